package dev.skerry.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Comparison.Copy;
import dev.skerry.stream.Comparison.Result;
import dev.skerry.stream.Streams.Checkpoint;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final long TAIL = 1_000_000;

    /// A copy whose events from an offset on are others, and which knows its checksum only at some offsets.
    private static Copy copy(long othersFrom, NavigableSet<Long> known, AtomicInteger questions) {
        return offset -> {
            questions.incrementAndGet();
            Long at = known.floor(offset);
            return at == null
                    ? Optional.empty()
                    : Optional.of(new Checkpoint(at, new Checksum(at > othersFrom ? 1 : 0, at)));
        };
    }

    private static Copy dense(long othersFrom, AtomicInteger questions) {
        return offset -> {
            questions.incrementAndGet();
            return Optional.of(
                    new Checkpoint(offset, new Checksum(offset > othersFrom ? 1 : 0, offset)));
        };
    }

    @Test
    void equal_copies_are_proven_equal_by_one_question_to_each() {
        AtomicInteger questions = new AtomicInteger();
        Comparison comparison = new Comparison(dense(TAIL, questions), dense(TAIL, questions));
        assertEquals(new Result.Equal(TAIL), comparison.upTo(TAIL));
        assertEquals(2, questions.get());
    }

    @Test
    void the_first_difference_is_found_by_bisection() {
        for (long first : new long[] {0, 1, 2, 499_999, 500_000, 999_998, 999_999}) {
            AtomicInteger questions = new AtomicInteger();
            Comparison comparison = new Comparison(dense(TAIL, questions), dense(first, questions));
            assertEquals(new Result.Different(first, first + 1), comparison.upTo(TAIL));
            assertTrue(questions.get() <= 2 * 22, "asked " + questions);
        }
    }

    @Test
    void gaps_at_different_places_make_the_answer_wider_but_not_wrong() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            long tail = 400;
            long first = random.nextLong(tail);
            NavigableSet<Long> one = someOffsets(random, tail);
            NavigableSet<Long> other = someOffsets(random, tail);
            NavigableSet<Long> common = new TreeSet<>(one);
            common.retainAll(other);
            AtomicInteger questions = new AtomicInteger();
            Result result =
                    new Comparison(copy(tail, one, questions), copy(first, other, questions))
                            .upTo(tail);
            Long lastEqual = common.floor(first);
            Long firstDifferent = common.higher(first);
            long from = lastEqual == null ? 0 : lastEqual;
            assertEquals(
                    firstDifferent == null
                            ? new Result.Equal(from)
                            : new Result.Different(from, firstDifferent),
                    result);
        }
    }

    private static NavigableSet<Long> someOffsets(Random random, long tail) {
        NavigableSet<Long> offsets = new TreeSet<>();
        int oneIn = 1 + random.nextInt(6);
        for (long offset = random.nextLong(20); offset <= tail; offset++) {
            if (random.nextInt(oneIn) == 0) {
                offsets.add(offset);
            }
        }
        return offsets;
    }

    @Test
    void a_copy_that_knows_nothing_so_low_proves_nothing() {
        Comparison comparison =
                new Comparison(offset -> Optional.empty(), dense(TAIL, new AtomicInteger()));
        assertEquals(new Result.Equal(0), comparison.upTo(TAIL));
    }
}
