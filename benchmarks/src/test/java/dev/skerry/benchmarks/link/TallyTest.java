package dev.skerry.benchmarks.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static BitSet numbers(int... numbers) {
        BitSet set = new BitSet();
        for (int number : numbers) {
            set.set(number);
        }
        return set;
    }

    @Test
    void missing_and_doubled_are_told_apart() {
        Tally tally = new Tally(5, numbers(0, 2, 70));
        assertEquals(2, tally.doubled());
        assertEquals(1, tally.missing(numbers(0, 1, 2)));
        assertEquals(0, tally.missing(numbers(70)));
    }

    @Test
    void a_tally_is_the_same_after_it_was_written_and_read() {
        Tally tally = new Tally(9, numbers(3, 64, 300_000));
        assertEquals(tally, Tally.read(tally.write()));
        Tally none = new Tally(0, numbers());
        assertEquals(none, Tally.read(none.write()));
    }
}
