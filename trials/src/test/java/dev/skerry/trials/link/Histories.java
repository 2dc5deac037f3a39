package dev.skerry.trials.link;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Streams.Checkpoint;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that was ever written to each stream, by whichever machine: a tree, since machines that are copies of each other
/// may go on differently. The running checksum tells a place in it, with all that came before.
final class Histories {

    /// A place in a stream.
    static final class Place {
        final StreamName stream;
        final Checkpoint at;
        final @Nullable Place before;

        /// It is in HQ's mirror.
        boolean mirrored;

        private Place(StreamName stream, Checkpoint at, @Nullable Place before) {
            this.stream = stream;
            this.at = at;
            this.before = before;
        }

        @Override
        public String toString() {
            return stream + "@" + at.offset();
        }
    }

    private record Key(StreamName stream, Checkpoint at) {}

    private final Map<Key, Place> places = new HashMap<>();

    Place root(StreamName stream) {
        Place root = place(stream, new Checkpoint(0, Checksum.START), null);
        root.mirrored = true;
        return root;
    }

    private Place place(StreamName stream, Checkpoint at, @Nullable Place before) {
        return places.computeIfAbsent(new Key(stream, at), _ -> new Place(stream, at, before));
    }

    /// @return null if nobody ever wrote what leads there
    @Nullable Place find(StreamName stream, Checkpoint at) {
        return places.get(new Key(stream, at));
    }

    /// Takes down what has been written since.
    ///
    /// @param tip where the same copy of the stream ended when it was last looked at
    /// @return where it ends now
    Place written(Streams streams, StreamInfo info, Place tip) {
        Checkpoint end = new Checkpoint(info.tail(), info.checksum());
        if (end.equals(tip.at)) {
            return tip;
        }
        Place at = continues(streams, info, tip) ? tip : root(info.name());
        for (long offset = at.at.offset() + 1; offset <= info.tail(); offset++) {
            long wanted = offset;
            Checkpoint known =
                    streams.checksum(info.name(), offset)
                            .filter(one -> one.offset() == wanted)
                            .orElse(null);
            if (known != null) {
                at = place(info.name(), known, at);
            }
        }
        return at;
    }

    private static boolean continues(Streams streams, StreamInfo info, Place tip) {
        return tip.at.offset() <= info.tail()
                && streams.checksum(info.name(), tip.at.offset())
                        .filter(here -> here.offset() != tip.at.offset() || here.equals(tip.at))
                        .isPresent();
    }
}
