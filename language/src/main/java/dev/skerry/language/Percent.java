package dev.skerry.language;

import java.math.BigDecimal;

/// A share in basis points, hundredths of a percent: 12.5 % is 1,250.
public record Percent(long basisPoints) implements Comparable<Percent> {

    /// The basis points of 100 %.
    public static final long WHOLE = 10_000;

    public static Percent of(long percent) {
        return new Percent(Math.multiplyExact(percent, 100L));
    }

    /// @param percent such as 12.5
    /// @throws IllegalArgumentException if it has more than two decimals, or does not fit
    public static Percent of(BigDecimal percent) {
        try {
            return new Percent(percent.movePointRight(2).longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    percent + " is no percentage: at most two decimals", e);
        }
    }

    @Override
    public int compareTo(Percent other) {
        return Long.compare(basisPoints, other.basisPoints);
    }

    /// Without zeros that say nothing: 20, 12.5.
    public BigDecimal amount() {
        BigDecimal amount = BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros();
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }

    @Override
    public String toString() {
        return amount().toPlainString() + " %";
    }
}
