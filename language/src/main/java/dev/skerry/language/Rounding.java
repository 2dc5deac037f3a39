package dev.skerry.language;

/// The one rule of rounding: to the nearest whole, and halves away from zero.
public final class Rounding {

    private Rounding() {}

    /// `value × numerator ÷ denominator`, rounded.
    ///
    /// @param denominator above 0
    /// @throws ArithmeticException if the result does not fit
    public static long ratio(long value, long numerator, long denominator) {
        if (denominator <= 0) {
            throw new IllegalArgumentException("a denominator above 0, not " + denominator);
        }
        long high = Math.multiplyHigh(value, numerator);
        long low = value * numerator;
        if (high != low >> 63) {
            return wide(value, numerator, denominator);
        }
        long whole = low / denominator;
        long rest = Math.abs(low % denominator);
        // rest ≥ denominator − rest is 2 × rest ≥ denominator without an overflow.
        return rest >= denominator - rest ? Math.addExact(whole, low < 0 ? -1 : 1) : whole;
    }

    private static long wide(long value, long numerator, long denominator) {
        return new java.math.BigDecimal(value)
                .multiply(java.math.BigDecimal.valueOf(numerator))
                .divide(
                        java.math.BigDecimal.valueOf(denominator),
                        0,
                        java.math.RoundingMode.HALF_UP)
                .longValueExact();
    }
}
