package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A promotion whose conditions hold, and the goods in the basket that it means.
///
/// @param order higher rank and lower id first
/// @param slots indexes of goods, for each of the effect's articles
/// @param limit sets or units at most; 0 is no limit
record Candidate(Promotion promotion, int order, List<BitSet> slots, long limit) {

    /// @param reduced goods that are marked down or have a price typed by a cashier
    static Candidate of(
            Promotion promotion, int order, GoodsIndex index, BitSet reduced, long coupons) {
        List<BitSet> slots = new ArrayList<>();
        for (Articles articles : EffectArticles.of(promotion.effect())) {
            BitSet meant = index.meant(articles);
            if (!promotion.conditions().reducedToo()) {
                meant.andNot(reduced);
            }
            if (!addsToSettled(promotion)) {
                meant.andNot(index.settled());
            }
            slots.add(meant);
        }
        long limit = promotion.conditions().limit().orElse(0);
        return new Candidate(
                promotion,
                order,
                slots,
                promotion.conditions().coupon().isPresent() ? limit * coupons : limit);
    }

    /// Whether it counts also for goods whose price was settled before.
    private static boolean addsToSettled(Promotion promotion) {
        return promotion.conditions().coupon().isPresent()
                || promotion.effect() instanceof Effect.Reward
                || promotion.effect() instanceof Effect.OnPoints;
    }

    boolean means(Goods goods) {
        for (BitSet slot : slots) {
            if (slot.get(goods.index())) {
                return true;
            }
        }
        return false;
    }

    boolean means(int slot, Goods goods) {
        return slots.get(slot).get(goods.index());
    }

    boolean meansNothing() {
        return slots.stream().allMatch(BitSet::isEmpty);
    }

    Standing standing() {
        return promotion.standing();
    }

    Source source() {
        return Verdicts.source(promotion);
    }
}
