package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// When, for whom and on what else a promotion depends. All of it must hold.
///
/// @param from from when on, in store-local time
/// @param to until when, in store-local time: at that time it is over
/// @param windows any of them is enough; none means always
/// @param coupon the code that must be presented; such a promotion is looked at after all others
/// @param requires what else must be in the basket
/// @param limit how many sets or units at most take part in a basket; with a coupon, for each coupon presented
/// @param reducedToo whether articles take part that are marked down or have a price typed by a cashier
public record Conditions(
        Optional<LocalDateTime> from,
        Optional<LocalDateTime> to,
        List<TimeWindow> windows,
        Audience audience,
        Optional<String> coupon,
        List<Requirement> requires,
        OptionalInt limit,
        boolean reducedToo) {

    /// What else must be in the basket, goods only, at prices after markdowns. It is not used up.
    public sealed interface Requirement {

        Articles articles();

        /// @param units a measured line is one
        record Units(Articles articles, int units) implements Requirement {}

        record Spend(Articles articles, Money spend) implements Requirement {}
    }

    public static final Conditions NONE =
            new Conditions(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Audience.ANYBODY,
                    Optional.empty(),
                    List.of(),
                    OptionalInt.empty(),
                    true);

    public Conditions {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(audience, "audience");
        requireNonNull(coupon, "coupon");
        windows = List.copyOf(windows);
        requires = List.copyOf(requires);
        if (limit.isPresent() && limit.getAsInt() < 1) {
            throw new IllegalArgumentException("a limit of 1 or more, not " + limit.getAsInt());
        }
    }

    public Conditions between(LocalDateTime start, LocalDateTime end) {
        return new Conditions(
                Optional.of(start),
                Optional.of(end),
                windows,
                audience,
                coupon,
                requires,
                limit,
                reducedToo);
    }

    /// The same, and not before this time, which is store-local.
    public Conditions notBefore(LocalDateTime time) {
        return new Conditions(
                Optional.of(from.filter(it -> it.isAfter(time)).orElse(time)),
                to,
                windows,
                audience,
                coupon,
                requires,
                limit,
                reducedToo);
    }

    public Conditions during(TimeWindow... all) {
        return new Conditions(
                from, to, List.of(all), audience, coupon, requires, limit, reducedToo);
    }

    public Conditions only(Audience other) {
        return new Conditions(from, to, windows, other, coupon, requires, limit, reducedToo);
    }

    public Conditions withCoupon(String code) {
        return new Conditions(
                from, to, windows, audience, Optional.of(code), requires, limit, reducedToo);
    }

    public Conditions requiring(Requirement... all) {
        return new Conditions(from, to, windows, audience, coupon, List.of(all), limit, reducedToo);
    }

    public Conditions atMost(int times) {
        return new Conditions(
                from, to, windows, audience, coupon, requires, OptionalInt.of(times), reducedToo);
    }

    public Conditions notOnReduced() {
        return new Conditions(from, to, windows, audience, coupon, requires, limit, false);
    }
}
