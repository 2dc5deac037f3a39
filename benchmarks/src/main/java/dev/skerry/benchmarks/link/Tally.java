package dev.skerry.benchmarks.link;

import java.util.Base64;
import java.util.BitSet;

/// Which events somebody has.
///
/// @param events all, repeats included
/// @param numbers the different ones
public record Tally(long events, BitSet numbers) {

    public long doubled() {
        return events - numbers.cardinality();
    }

    /// How many of these it lacks.
    public int missing(BitSet expected) {
        BitSet missing = (BitSet) expected.clone();
        missing.andNot(numbers);
        return missing.cardinality();
    }

    /// In one line.
    String write() {
        return events + " " + Base64.getEncoder().encodeToString(numbers.toByteArray());
    }

    static Tally read(String line) {
        int space = line.indexOf(' ');
        return new Tally(
                Long.parseLong(line.substring(0, space)),
                BitSet.valueOf(Base64.getDecoder().decode(line.substring(space + 1))));
    }
}
