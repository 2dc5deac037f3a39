package dev.skerry.pricing;

/// Where a regular unit price comes from; what stands higher wins.
public enum PriceSource {
    /// A cashier typed it.
    MANUAL,
    /// It is in the barcode.
    BARCODE,
    /// The customer has a contract.
    CONTRACT,
    STORE,
    ZONE,
    CHAIN
}
