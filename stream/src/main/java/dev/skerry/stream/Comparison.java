package dev.skerry.stream;

import dev.skerry.stream.Streams.Checkpoint;
import java.util.Optional;

/// Proves two copies of a stream equal up to an offset, with one question to each, or finds where they first differ by
/// bisection. Copes with copies that know different checksums, because compaction has left gaps at different places.
public final class Comparison {

    /// A copy that can be asked for its running checksum, as [Streams#checksum]: here, or at another node.
    @FunctionalInterface
    public interface Copy {
        Optional<Checkpoint> checksum(long offset);

        static Copy of(Streams streams, StreamName name) {
            return offset -> streams.checksum(name, offset);
        }
    }

    /// What came of it.
    public sealed interface Result {

        /// The copies are equal before this offset: the highest at which both know their checksum.
        record Equal(long upTo) implements Result {}

        /// The copies are equal before `from` and differ before `to`, and at no offset between do both know their
        /// checksum. Where nothing is compacted, the event at `from` is the first that differs.
        record Different(long from, long to) implements Result {}
    }

    private final Copy one;
    private final Copy other;

    public Comparison(Copy one, Copy other) {
        this.one = one;
        this.other = other;
    }

    /// Compares all before an offset.
    public Result upTo(long offset) {
        Common found = common(offset);
        if (found.equal) {
            return new Result.Equal(found.offset);
        }
        // Equal before `equal`, different before `different`; no common checksum in (equal,
        // searched].
        long equal = 0;
        long searched = 0;
        long different = found.offset;
        while (different - searched > 1) {
            long middle = searched + (different - searched) / 2;
            Common common = common(middle);
            if (common.equal) {
                equal = Math.max(equal, common.offset);
                searched = middle;
            } else {
                different = common.offset;
            }
        }
        return new Result.Different(equal, different);
    }

    /// @param offset the highest, at most the one asked for, at which both know their checksum
    private record Common(long offset, boolean equal) {}

    private Common common(long offset) {
        long at = offset;
        while (at > 0) {
            Optional<Checkpoint> here = one.checksum(at);
            Optional<Checkpoint> there = other.checksum(at);
            if (here.isEmpty() || there.isEmpty()) {
                break;
            }
            if (here.get().offset() == there.get().offset()) {
                return new Common(
                        here.get().offset(), here.get().checksum().equals(there.get().checksum()));
            }
            at = Math.min(here.get().offset(), there.get().offset());
        }
        // Nothing comes before the first event, so there all copies are equal.
        return new Common(0, true);
    }
}
