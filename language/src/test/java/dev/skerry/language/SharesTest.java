package dev.skerry.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void what_is_left_goes_to_the_largest_remainders_and_of_equal_ones_to_the_first() {
        assertArrayEquals(new long[] {34, 33, 33}, Shares.of(100, 1, 1, 1));
        assertArrayEquals(new long[] {132, 58, 48}, Shares.of(238, 519, 229, 189));
        assertArrayEquals(new long[] {-2, -1}, Shares.of(-3, 1, 1));
        assertArrayEquals(new long[] {2, 1}, Shares.of(3, 0, 0));
        assertArrayEquals(new long[] {0, 3}, Shares.of(3, 0, 7));
        assertThrows(IllegalArgumentException.class, () -> Shares.of(3));
        assertThrows(IllegalArgumentException.class, () -> Shares.of(3, 1, -1));
    }

    @Test
    void the_parts_are_always_the_whole_and_none_is_further_from_its_share_than_one() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            long whole = random.nextLong(-1_000_000, 1_000_000);
            long[] weights = random.longs(1 + random.nextInt(12), 0, 1_000).toArray();
            long sum = Arrays.stream(weights).sum();
            long[] parts = Shares.of(whole, weights);
            assertEquals(whole, Arrays.stream(parts).sum(), "seed " + seed);
            for (int i = 0; sum > 0 && i < parts.length; i++) {
                double share = (double) whole * weights[i] / sum;
                assertTrue(Math.abs(parts[i] - share) < 1, "seed " + seed);
            }
        }
    }
}
