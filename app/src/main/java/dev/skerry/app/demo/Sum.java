package dev.skerry.app.demo;

import java.util.Locale;

/// How many receipts, and what they come to.
///
/// @param receipts of sales, returns and voids
/// @param minor what was paid less what was paid back, in minor units of the chain's currency
record Sum(long receipts, long minor) {

    static final Sum NONE = new Sum(0, 0);

    private static final int MINOR_IN_MAJOR = 100;

    Sum plus(Sum other) {
        return new Sum(receipts + other.receipts, Math.addExact(minor, other.minor));
    }

    Sum minus(Sum other) {
        return new Sum(receipts - other.receipts, Math.subtractExact(minor, other.minor));
    }

    /// Such as `€1,234.56`. The example chain sells in euros.
    String money() {
        return money(minor);
    }

    static String money(long minor) {
        long size = Math.absExact(minor);
        return String.format(
                Locale.ROOT,
                "%s€%,d.%02d",
                minor < 0 ? "−" : "",
                size / MINOR_IN_MAJOR,
                size % MINOR_IN_MAJOR);
    }
}
