package dev.skerry.language.payments;

import dev.skerry.language.Money;
import java.util.Collection;
import java.util.Currency;

/// Notes or coins of one value, counted.
///
/// @param value of one
/// @param count 0 to [#COUNT_MAX]
public record Pieces(Money value, int count) {

    /// More of one value is in no drawer.
    public static final int COUNT_MAX = 100_000;

    public Pieces {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("a note or coin is worth something, not " + value);
        }
        if (count < 0 || count > COUNT_MAX) {
            throw new IllegalArgumentException("count is 0 to " + COUNT_MAX + ", not " + count);
        }
    }

    public static Money total(Collection<Pieces> pieces, Currency currency) {
        return pieces.stream()
                .map(it -> it.value().times(it.count()))
                .reduce(Money.zero(currency), Money::plus);
    }
}
