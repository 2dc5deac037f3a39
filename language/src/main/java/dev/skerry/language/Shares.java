package dev.skerry.language;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Divides a whole number so that the parts are the whole: each part is its share rounded down, and what is left goes, one each, to the
/// largest remainders; of equal ones to the first.
public final class Shares {

    private Shares() {}

    /// @param whole any; what is below zero is divided as its opposite is
    /// @param weights 0 or more each; where all are 0 the parts are equal
    /// @return as many parts as weights
    public static long[] of(long whole, long... weights) {
        if (weights.length == 0 || Arrays.stream(weights).anyMatch(it -> it < 0)) {
            throw new IllegalArgumentException(
                    "one weight or more, and none below 0, not " + Arrays.toString(weights));
        }
        if (whole < 0) {
            return Arrays.stream(of(Math.negateExact(whole), weights)).map(it -> -it).toArray();
        }
        long sum = Arrays.stream(weights).reduce(0, Math::addExact);
        if (sum == 0) {
            return of(whole, IntStream.range(0, weights.length).mapToLong(_ -> 1).toArray());
        }
        long[] parts = new long[weights.length];
        long[] rests = new long[weights.length];
        long left = whole;
        for (int i = 0; i < weights.length; i++) {
            java.math.BigInteger[] part =
                    java.math.BigInteger.valueOf(whole)
                            .multiply(java.math.BigInteger.valueOf(weights[i]))
                            .divideAndRemainder(java.math.BigInteger.valueOf(sum));
            parts[i] = part[0].longValueExact();
            rests[i] = part[1].longValueExact();
            left -= parts[i];
        }
        IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer it) -> rests[it]).reversed())
                .limit(left)
                .forEach(it -> parts[it]++);
        return parts;
    }
}
