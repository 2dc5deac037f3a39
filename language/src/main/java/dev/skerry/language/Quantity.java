package dev.skerry.language;

import java.math.BigDecimal;

/// How much of an article, exact to the thousandth: pieces, kilograms, litres, metres, as the article's unit says. May be
/// negative: what comes back.
public record Quantity(long thousandths) implements Comparable<Quantity> {

    /// How many thousandths are one.
    public static final long THOUSANDTHS = 1000;

    public static final Quantity ZERO = new Quantity(0);
    public static final Quantity ONE = new Quantity(THOUSANDTHS);

    public static Quantity of(long whole) {
        return new Quantity(Math.multiplyExact(whole, THOUSANDTHS));
    }

    /// @throws IllegalArgumentException if it has more than three decimals, or does not fit
    public static Quantity of(BigDecimal amount) {
        try {
            return new Quantity(amount.movePointRight(3).longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    amount + " is no quantity: at most three decimals", e);
        }
    }

    public Quantity plus(Quantity other) {
        return new Quantity(Math.addExact(thousandths, other.thousandths));
    }

    public Quantity minus(Quantity other) {
        return new Quantity(Math.subtractExact(thousandths, other.thousandths));
    }

    public Quantity negated() {
        return new Quantity(Math.negateExact(thousandths));
    }

    public Quantity abs() {
        return thousandths < 0 ? negated() : this;
    }

    /// So much of each, for so many: rounded to the thousandth, halves away from zero.
    public Quantity times(Quantity factor) {
        return new Quantity(Rounding.ratio(thousandths, factor.thousandths, THOUSANDTHS));
    }

    public boolean isWhole() {
        return thousandths % THOUSANDTHS == 0;
    }

    public boolean isZero() {
        return thousandths == 0;
    }

    public boolean isNegative() {
        return thousandths < 0;
    }

    public boolean isPositive() {
        return thousandths > 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return Long.compare(thousandths, other.thousandths);
    }

    /// Without zeros that say nothing: 3, 0.735.
    public BigDecimal amount() {
        BigDecimal amount = BigDecimal.valueOf(thousandths, 3).stripTrailingZeros();
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }

    @Override
    public String toString() {
        return amount().toPlainString();
    }
}
