package dev.skerry.pricing;

import dev.skerry.language.Money;
import java.time.LocalDateTime;
import java.util.List;

/// Why a promotion took nothing off.
public sealed interface WhyNot {

    record NotYet(LocalDateTime from) implements WhyNot {}

    record Over(LocalDateTime since) implements WhyNot {}

    /// Another weekday, or another time of day.
    record NotNow() implements WhyNot {}

    record CardMissing() implements WhyNot {}

    record NotInSegment() implements WhyNot {}

    /// The line is down, and the membership list is too old to be believed.
    record MembershipUnknown() implements WhyNot {}

    record CouponMissing(String code) implements WhyNot {}

    /// Nothing in the basket is meant.
    record NoArticles() implements WhyNot {}

    /// What is meant may never be discounted.
    record Exempt() implements WhyNot {}

    /// What is meant is reduced already, and the promotion is not for such.
    record Reduced() implements WhyNot {}

    record NeedsUnits(int more) implements WhyNot {}

    record NeedsSpend(Money more) implements WhyNot {}

    record NeedsPoints(long more) implements WhyNot {}

    /// The gift must be scanned.
    record GiftMissing() implements WhyNot {}

    /// More than may be redeemed while the line is down.
    record AboveOfflineCap(Money cap) implements WhyNot {}

    record NotAsked() implements WhyNot {}

    /// Other promotions took off more, or stand higher, on the same articles.
    ///
    /// @param promotions their ids, in order
    record BeatenBy(List<String> promotions) implements WhyNot {
        public BeatenBy {
            promotions = List.copyOf(promotions);
        }
    }

    /// The articles are as cheap already.
    record NothingToTakeOff() implements WhyNot {}
}
