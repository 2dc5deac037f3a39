package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;

/// Who buys, as far as the store knows.
///
/// @param cardHolder whether a card of the chain was shown
/// @param segments what the membership list says
/// @param listAge how old that list is
/// @param points that can be spent
public record Customer(boolean cardHolder, Set<String> segments, Duration listAge, long points) {

    public Customer {
        segments = Set.copyOf(segments);
        requireNonNull(listAge, "listAge");
        if (listAge.isNegative() || points < 0) {
            throw new IllegalArgumentException("an age and points of 0 or more");
        }
    }

    /// Of whom nothing is known.
    public static Customer anybody() {
        return new Customer(false, Set.of(), Duration.ZERO, 0);
    }

    /// With a card, no points, and a list that is up to date.
    public static Customer member(String... segments) {
        return new Customer(true, Set.of(segments), Duration.ZERO, 0);
    }

    public Customer withPoints(long more) {
        return new Customer(cardHolder, segments, listAge, more);
    }

    public Customer withListAge(Duration age) {
        return new Customer(cardHolder, segments, age, points);
    }
}
