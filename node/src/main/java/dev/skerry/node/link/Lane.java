package dev.skerry.node.link;

/// How urgent a stream is on the link. While anything of one lane can be sent, nothing of a later one is begun.
public enum Lane {
    /// What was sold, paid and opened: HQ and the chain's money depend on it.
    SALES,
    /// What else happened in a store or at HQ and is listed nowhere.
    STOCK,
    /// Articles, prices, customers: large, and urgent only in small pieces.
    REFERENCE,
    /// What nobody misses for an hour.
    TELEMETRY
}
