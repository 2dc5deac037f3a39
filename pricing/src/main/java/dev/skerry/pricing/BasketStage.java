package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.List;

/// Promotions on the basket. Whether a threshold is reached is seen on what lines cost after the promotions on lines, once.
final class BasketStage {

    private final List<Priced.MissingGift> missing = new ArrayList<>();

    BasketStage(Basket basket, List<Lot> afterLines, Verdicts verdicts) {}

    void apply(Shelf shelf, List<Candidate> candidates) {}

    List<Priced.MissingGift> missingGifts() {
        return missing;
    }
}
