package dev.skerry.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.stream.server.Producer.State;
import dev.skerry.stream.server.Producer.Verdict;
import org.junit.jupiter.api.Test;

class ProducerTest {

    private static Verdict judge(State known, long epoch, long seq) {
        return new Producer("till-1", epoch, seq).judge(known);
    }

    @Test
    void a_producer_nobody_knows_begins_at_sequence_zero_of_any_epoch() {
        Producer first = new Producer("till-1", 7, 0);
        assertEquals(new Verdict.Accepted(new State(7, 0)), first.judge(null));
        assertEquals(new Verdict.Gap(0), new Producer("till-1", 7, 3).judge(null));
    }

    @Test
    void the_next_batch_is_taken_and_an_earlier_one_recognised() {
        State known = new State(2, 5);
        assertEquals(new Verdict.Accepted(new State(2, 6)), judge(known, 2, 6));
        assertEquals(new Verdict.Duplicate(known), judge(known, 2, 5));
        assertEquals(new Verdict.Duplicate(known), judge(known, 2, 0));
    }

    @Test
    void a_missing_batch_is_asked_for() {
        assertEquals(new Verdict.Gap(6), judge(new State(2, 5), 2, 7));
    }

    @Test
    void an_older_incarnation_is_fenced_off() {
        assertEquals(new Verdict.Fenced(2), judge(new State(2, 5), 1, 6));
    }

    @Test
    void a_newer_incarnation_begins_at_sequence_zero() {
        State known = new State(2, 5);
        assertEquals(new Verdict.Accepted(new State(3, 0)), judge(known, 3, 0));
        assertEquals(new Verdict.NewEpochNotAtZero(), judge(known, 3, 6));
    }
}
