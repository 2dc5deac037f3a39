package dev.skerry.language.catalog;

/// In what an article is counted, and for one of what its price is.
public enum Unit {
    PIECE("pc"),
    KILOGRAM("kg"),
    LITRE("l"),
    METRE("m");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    /// As on a receipt.
    public String symbol() {
        return symbol;
    }
}
