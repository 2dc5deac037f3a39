package dev.skerry.stream.server;

import dev.skerry.stream.server.Problem.Kind;
import org.jspecify.annotations.Nullable;

/// Who sends a batch, and which one it is: with these three a retried batch is recognised.
record Producer(String id, long epoch, long seq) {

    /// The longest id, in characters.
    static final int ID_LENGTH_MAX = 256;

    /// What a stream knows of a producer.
    record State(long epoch, long lastSeq) {}

    /// What becomes of a batch.
    sealed interface Verdict {
        record Accepted(State next) implements Verdict {}

        /// It is there already.
        record Duplicate(State known) implements Verdict {}

        /// A newer incarnation of this producer has written: this one must stop.
        record Fenced(long currentEpoch) implements Verdict {}

        record NewEpochNotAtZero() implements Verdict {}

        record Gap(long expectedSeq) implements Verdict {}
    }

    /// @param known null if the stream has never heard of this producer
    Verdict judge(@Nullable State known) {
        if (known == null) {
            return seq == 0 ? new Verdict.Accepted(new State(epoch, 0)) : new Verdict.Gap(0);
        }
        if (epoch < known.epoch) {
            return new Verdict.Fenced(known.epoch);
        }
        if (epoch > known.epoch) {
            return seq == 0
                    ? new Verdict.Accepted(new State(epoch, 0))
                    : new Verdict.NewEpochNotAtZero();
        }
        if (seq <= known.lastSeq) {
            return new Verdict.Duplicate(known);
        }
        return seq == known.lastSeq + 1
                ? new Verdict.Accepted(new State(epoch, seq))
                : new Verdict.Gap(known.lastSeq + 1);
    }

    /// Null where the request has none of the three headers.
    ///
    /// @throws Refused if only some are there, or one is malformed
    static @Nullable Producer ofHeaders(Exchange exchange) {
        String id = exchange.header("Producer-Id");
        String epoch = exchange.header("Producer-Epoch");
        String seq = exchange.header("Producer-Seq");
        if (id == null && epoch == null && seq == null) {
            return null;
        }
        if (id == null || epoch == null || seq == null) {
            throw new Refused(
                    Kind.BAD_REQUEST,
                    "Producer-Id, Producer-Epoch and Producer-Seq come together or not at all");
        }
        if (id.isEmpty() || id.length() > ID_LENGTH_MAX) {
            throw new Refused(
                    Kind.BAD_REQUEST, "Producer-Id has 1 to " + ID_LENGTH_MAX + " characters");
        }
        return new Producer(
                id,
                Numbers.parse("Producer-Epoch", epoch, Numbers.JAVASCRIPT_MAX),
                Numbers.parse("Producer-Seq", seq, Numbers.JAVASCRIPT_MAX));
    }
}
