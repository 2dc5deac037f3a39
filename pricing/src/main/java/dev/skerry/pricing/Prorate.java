package dev.skerry.pricing;

import java.math.BigInteger;

/// Shares an amount by largest remainder: each gets its proportion rounded down, and what is then left goes in single minor
/// units to those that lost most by that; of equal ones the first.
final class Prorate {

    private Prorate() {}

    /// @param amount from 0 to the sum of the weights
    /// @param weights 0 or more each
    /// @return sums up to the amount, and no share is above its weight
    static long[] shares(long amount, long[] weights) {
        long total = 0;
        for (long weight : weights) {
            total = Math.addExact(total, weight);
        }
        if (amount < 0 || amount > total) {
            throw new IllegalArgumentException(amount + " cannot be shared over " + total);
        }
        long[] shares = new long[weights.length];
        if (amount == 0) {
            return shares;
        }
        long[] rests = new long[weights.length];
        long left = amount;
        for (int i = 0; i < weights.length; i++) {
            if (Math.multiplyHigh(amount, weights[i]) == 0 && amount * weights[i] >= 0) {
                shares[i] = amount * weights[i] / total;
                rests[i] = amount * weights[i] % total;
            } else {
                BigInteger[] parts =
                        BigInteger.valueOf(amount)
                                .multiply(BigInteger.valueOf(weights[i]))
                                .divideAndRemainder(BigInteger.valueOf(total));
                shares[i] = parts[0].longValueExact();
                rests[i] = parts[1].longValueExact();
            }
            left -= shares[i];
        }
        for (; left > 0; left--) {
            int largest = 0;
            for (int i = 1; i < rests.length; i++) {
                if (rests[i] > rests[largest]) {
                    largest = i;
                }
            }
            shares[largest]++;
            rests[largest] = -1;
        }
        return shares;
    }
}
