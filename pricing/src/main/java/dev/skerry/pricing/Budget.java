package dev.skerry.pricing;

/// How many steps of the search may still be looked at for a basket.
final class Budget {

    private long left;
    private boolean spent;

    Budget(long steps) {
        this.left = steps;
    }

    /// @return false if there is no budget for it any more
    boolean spend(long steps) {
        left -= steps;
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
