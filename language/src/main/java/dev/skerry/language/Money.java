package dev.skerry.language;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;

/// An amount of money, exact: a whole number of the minor units of a currency. May be negative.
///
/// Sums are exact or fail; what has to be rounded is rounded half up, away from zero, so that a refund mirrors its sale.
///
/// @param minor in minor units of the currency: cents, pence, yen, fils
public record Money(long minor, Currency currency) implements Comparable<Money> {

    public Money {
        requireNonNull(currency, "currency");
        if (currency.getDefaultFractionDigits() < 0) {
            throw new IllegalArgumentException(currency + " is no money that one pays with");
        }
    }

    /// @param code of ISO 4217
    public static Money of(long minor, String code) {
        return new Money(minor, Currency.getInstance(code));
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /// @param amount in major units, such as 12.50
    /// @throws IllegalArgumentException if the currency has fewer decimals, or the amount does not fit
    public static Money of(BigDecimal amount, Currency currency) {
        try {
            return new Money(
                    amount.movePointRight(currency.getDefaultFractionDigits()).longValueExact(),
                    currency);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    amount
                            + " is no amount in "
                            + currency
                            + ", which has "
                            + currency.getDefaultFractionDigits()
                            + " decimals",
                    e);
        }
    }

    /// @throws IllegalArgumentException if the other is in another currency
    public Money plus(Money other) {
        return new Money(Math.addExact(minor, same(other).minor), currency);
    }

    /// @throws IllegalArgumentException if the other is in another currency
    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, same(other).minor), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(minor), currency);
    }

    public Money abs() {
        return minor < 0 ? negated() : this;
    }

    public Money times(long factor) {
        return new Money(Math.multiplyExact(minor, factor), currency);
    }

    /// The price of so much at this price for one, rounded: 0.735 at 3.99 is 2.93.
    public Money times(Quantity quantity) {
        return new Money(
                Rounding.ratio(minor, quantity.thousandths(), Quantity.THOUSANDTHS), currency);
    }

    /// A share, rounded: 20 % of 2.93 is 0.59.
    public Money times(Percent percent) {
        return new Money(Rounding.ratio(minor, percent.basisPoints(), Percent.WHOLE), currency);
    }

    public boolean isZero() {
        return minor == 0;
    }

    public boolean isNegative() {
        return minor < 0;
    }

    public boolean isPositive() {
        return minor > 0;
    }

    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Money max(Money other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// @throws IllegalArgumentException if the other is in another currency
    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, same(other).minor);
    }

    /// In major units, with all decimals of the currency: 12.50.
    public BigDecimal amount() {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits());
    }

    /// For people who read logs: `12.50 EUR`.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s", amount().toPlainString(), currency);
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    currency + " and " + other.currency + " cannot be added or compared");
        }
        return other;
    }
}
