package dev.skerry.language.orders;

/// Where an order came from.
public enum OrderSource {
    TILL,
    KIOSK,
    TABLE,
    PHONE,
    /// A shopper who scans with a telephone.
    SCAN_AND_GO,
    /// Another vendor's system.
    VENDOR
}
