package dev.skerry.pricing;

/// How many combinations may still be looked at for a basket.
final class Budget {

    private long left;
    private boolean spent;

    Budget(long nodes) {
        this.left = nodes;
    }

    /// @return false if there is no budget for it any more
    boolean spend(long nodes) {
        left -= nodes;
        return left >= 0;
    }

    /// Says that something was decided without looking at everything.
    void gaveUp() {
        spent = true;
    }

    boolean spent() {
        return spent;
    }
}
