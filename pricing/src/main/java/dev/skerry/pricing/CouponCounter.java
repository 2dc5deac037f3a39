package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says which coupons were used up: as many as their promotions needed, and none that took nothing off.
final class CouponCounter {

    private final Verdicts verdicts;
    private final PromotionBook book;

    CouponCounter(Verdicts verdicts, PromotionBook book) {
        this.verdicts = verdicts;
        this.book = book;
    }

    /// @param codes as presented
    List<Priced.CouponUse> count(List<String> codes, List<Promotion> possible) {
        Map<String, Long> needed = new HashMap<>();
        Map<String, Promotion> users = new HashMap<>();
        for (Promotion promotion : possible) {
            if (promotion.conditions().coupon().isPresent() && verdicts.wasApplied(promotion)) {
                String code = promotion.conditions().coupon().get();
                needed.merge(code, coupons(promotion), Math::max);
                users.putIfAbsent(code, promotion);
            }
        }
        List<Priced.CouponUse> uses = new ArrayList<>();
        for (String code : codes) {
            Promotion user = users.get(code);
            if (user != null && needed.merge(code, -1L, Long::sum) >= 0) {
                uses.add(new Priced.CouponUse(code, Optional.of(user.id()), Optional.empty()));
            } else {
                uses.add(new Priced.CouponUse(code, Optional.empty(), whyNot(code, user != null)));
            }
        }
        return uses;
    }

    private long coupons(Promotion promotion) {
        if (promotion.conditions().limit().isEmpty()) {
            return 1;
        }
        int limit = promotion.conditions().limit().getAsInt();
        return (verdicts.times(Verdicts.source(promotion)) + limit - 1L) / limit;
    }

    private Optional<WhyNot> whyNot(String code, boolean usedOthers) {
        if (usedOthers) {
            return Optional.of(new WhyNot.NothingToTakeOff());
        }
        for (Promotion promotion : book.promotions(code)) {
            WhyNot whyNot = verdicts.whyNot(promotion.id());
            if (whyNot != null) {
                return Optional.of(whyNot);
            }
        }
        return Optional.empty();
    }
}
