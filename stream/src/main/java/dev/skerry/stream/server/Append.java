package dev.skerry.stream.server;

import dev.skerry.stream.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wish to append to a stream, to close it, or both; and the decision about it.
///
/// @param contentType null if the request has none
/// @param events none for closing alone
/// @param seq the writer's Stream-Seq, which must move on in the order of bytes; counted per stream
record Append(
        @Nullable ContentType contentType,
        List<Batch> events,
        boolean close,
        @Nullable Producer producer,
        @Nullable String seq) {

    /// The longest Stream-Seq, in characters.
    static final int SEQ_LENGTH_MAX = 1024;

    /// What came of it. The tail is that of the stream afterwards.
    sealed interface Outcome {
        record NoSuchStream() implements Outcome {}

        record Deleted() implements Outcome {}

        record Appended(long tail) implements Outcome {}

        /// This batch is there already, or this close was done already.
        record Duplicate(long tail, boolean closed, Producer.@Nullable State known)
                implements Outcome {}

        record Closed(long tail) implements Outcome {}

        record OtherContentType(ContentType expected) implements Outcome {}

        record Rejected(Producer.Verdict verdict) implements Outcome {}

        record SeqRegression(String last) implements Outcome {}
    }

    /// To do, or why not.
    sealed interface Decision {
        /// @param producer what is to be remembered of the producer, if one is named
        record Go(Producer.@Nullable State producer) implements Decision {}

        record No(Outcome outcome) implements Decision {}
    }

    /// Decides. A closed stream comes first, so that clients learn that it is; then the content type; then whether the batch
    /// is a new one; then Stream-Seq.
    Decision decide(Served stream, Producer.@Nullable State known, long tail) {
        if (stream.closed()) {
            boolean again = producer != null && producer.equals(stream.closedBy());
            boolean closeAlone = events.isEmpty() && close && producer == null;
            return again || closeAlone
                    ? new Decision.No(new Outcome.Duplicate(tail, true, known))
                    : new Decision.No(new Outcome.Closed(tail));
        }
        if (!events.isEmpty()
                && (contentType == null || !contentType.matches(stream.contentType()))) {
            return new Decision.No(new Outcome.OtherContentType(stream.contentType()));
        }
        Producer.State next = null;
        if (producer != null) {
            switch (producer.judge(known)) {
                case Producer.Verdict.Accepted accepted -> next = accepted.next();
                case Producer.Verdict.Duplicate duplicate -> {
                    return new Decision.No(new Outcome.Duplicate(tail, false, duplicate.known()));
                }
                case Producer.Verdict.Fenced no -> {
                    return new Decision.No(new Outcome.Rejected(no));
                }
                case Producer.Verdict.NewEpochNotAtZero no -> {
                    return new Decision.No(new Outcome.Rejected(no));
                }
                case Producer.Verdict.Gap no -> {
                    return new Decision.No(new Outcome.Rejected(no));
                }
            }
        }
        String last = stream.lastSeq();
        // Headers are Latin-1, so the order of characters is the order of bytes.
        if (seq != null && last != null && seq.compareTo(last) <= 0) {
            return new Decision.No(new Outcome.SeqRegression(last));
        }
        return new Decision.Go(next);
    }
}
