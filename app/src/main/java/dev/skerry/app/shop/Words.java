package dev.skerry.app.shop;

import dev.skerry.pricing.WhyNot;
import java.util.Locale;

/// Says to a cashier, and through the cashier to the customer, what the pricing engine has found.
final class Words {

    private Words() {}

    /// Such as `NEEDS_UNITS`.
    static String kind(WhyNot reason) {
        return reason.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT);
    }

    static String why(WhyNot reason) {
        return switch (reason) {
            case WhyNot.NotYet(var from) -> "it begins on " + from.toLocalDate();
            case WhyNot.Over(var since) -> "it has ended on " + since.toLocalDate();
            case WhyNot.NotNow() -> "not on this day, or not at this time of day";
            case WhyNot.CardMissing() -> "it needs a customer card";
            case WhyNot.NotInSegment() -> "it is for other customers";
            case WhyNot.MembershipUnknown() ->
                    "the line is down, and whether it is for this customer is not known";
            case WhyNot.CouponMissing(String code) -> "it needs the coupon " + code;
            case WhyNot.NoArticles() -> "none of its articles is in the basket";
            case WhyNot.Exempt() -> "these articles are never made cheaper";
            case WhyNot.Reduced() -> "these articles are reduced already";
            case WhyNot.NeedsUnits(int more) -> more + " more of its articles are needed";
            case WhyNot.NeedsSpend(var more) -> more + " more are to be spent";
            case WhyNot.NeedsPoints(long more) -> more + " more points are needed";
            case WhyNot.GiftMissing() -> "the gift has to be scanned";
            case WhyNot.AboveOfflineCap(var cap) ->
                    "the line is down, and then at most " + cap + " may be redeemed";
            case WhyNot.NotAsked() -> "nobody asked for it";
            case WhyNot.BeatenBy(var promotions) ->
                    "a better offer takes its place: " + String.join(", ", promotions);
            case WhyNot.NothingToTakeOff() -> "the articles are as cheap already";
        };
    }
}
