package dev.skerry.pricing;

import java.util.BitSet;
import java.util.List;

/// A promotion whose conditions hold, and the goods in the basket that it means.
///
/// @param order higher rank and lower id first
/// @param slots indexes of goods, for each of the effect's articles
/// @param limit sets or units at most; 0 is no limit
record Candidate(Promotion promotion, int order, List<BitSet> slots, long limit) {

    static Candidate of(
            Promotion promotion, int order, List<Goods> goods, BitSet reduced, long coupons) {
        List<BitSet> slots =
                EffectArticles.of(promotion.effect()).stream()
                        .map(articles -> meant(promotion, articles, goods, reduced))
                        .toList();
        long limit = promotion.conditions().limit().orElse(0);
        return new Candidate(
                promotion,
                order,
                slots,
                promotion.conditions().coupon().isPresent() ? limit * coupons : limit);
    }

    private static BitSet meant(
            Promotion promotion, Articles articles, List<Goods> goods, BitSet reduced) {
        BitSet meant = new BitSet(goods.size());
        for (Goods each : goods) {
            if (each.article().discountable()
                    && articles.include(each.article())
                    && (promotion.conditions().reducedToo() || !reduced.get(each.index()))) {
                meant.set(each.index());
            }
        }
        return meant;
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
