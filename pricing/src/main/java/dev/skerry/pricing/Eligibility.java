package dev.skerry.pricing;

import dev.skerry.language.Money;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides whether the conditions of a promotion hold, other than what is in the basket for its effect.
final class Eligibility {

    private final Basket basket;
    private final Policies policies;

    Eligibility(Basket basket, Policies policies) {
        this.basket = basket;
        this.policies = policies;
    }

    /// @return null if they hold
    @Nullable WhyNot whyNot(Promotion promotion) {
        Conditions conditions = promotion.conditions();
        WhyNot time = time(conditions, basket.at());
        if (time != null) {
            return time;
        }
        WhyNot audience = audience(conditions.audience());
        if (audience != null) {
            return audience;
        }
        if (conditions.coupon().isPresent()
                && !basket.coupons().contains(conditions.coupon().get())) {
            return new WhyNot.CouponMissing(conditions.coupon().get());
        }
        return null;
    }

    /// @param at the store's time, in its zone
    static @Nullable WhyNot time(Conditions conditions, ZonedDateTime at) {
        if (conditions.from().isPresent()
                && StoreTime.moment(conditions.from().get(), at.getZone())
                        .isAfter(at.toInstant())) {
            return new WhyNot.NotYet(conditions.from().get());
        }
        if (conditions.to().isPresent()
                && !StoreTime.moment(conditions.to().get(), at.getZone()).isAfter(at.toInstant())) {
            return new WhyNot.Over(conditions.to().get());
        }
        if (conditions.windows().isEmpty()) {
            return null;
        }
        for (TimeWindow window : conditions.windows()) {
            if (window.includes(at)) {
                return null;
            }
        }
        return new WhyNot.NotNow();
    }

    private @Nullable WhyNot audience(Audience audience) {
        if (!audience.targeted()) {
            return null;
        }
        Customer customer = basket.customer();
        if (!customer.cardHolder()) {
            return new WhyNot.CardMissing();
        }
        if (!basket.lineUp() && customer.listAge().compareTo(policies.listAgeMax()) >= 0) {
            return audience.anyCardHolderOffline() ? null : new WhyNot.MembershipUnknown();
        }
        if (audience.segments().isEmpty()) {
            return null;
        }
        for (String segment : audience.segments()) {
            if (customer.segments().contains(segment)) {
                return null;
            }
        }
        return new WhyNot.NotInSegment();
    }

    /// @param lots after markdowns
    @Nullable WhyNot whyNot(List<Conditions.Requirement> requirements, List<Lot> lots) {
        for (Conditions.Requirement requirement : requirements) {
            long units = 0;
            long spent = 0;
            for (Lot lot : lots) {
                if (lot.goods().article().discountable()
                        && requirement.articles().include(lot.goods().article())) {
                    units += lot.units();
                    spent += lot.extended();
                }
            }
            switch (requirement) {
                case Conditions.Requirement.Units(var _, int least) -> {
                    if (units < least) {
                        return new WhyNot.NeedsUnits((int) (least - units));
                    }
                }
                case Conditions.Requirement.Spend(var _, Money least) -> {
                    if (spent < least.minor()) {
                        return new WhyNot.NeedsSpend(
                                new Money(least.minor() - spent, basket.currency()));
                    }
                }
            }
        }
        return null;
    }
}
