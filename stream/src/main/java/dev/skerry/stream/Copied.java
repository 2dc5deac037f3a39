package dev.skerry.stream;

import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.Streams.Checkpoint;
import org.jspecify.annotations.Nullable;

/// A run of another copy of a stream that has been proven: its events lead from the checksum before it to the one after
/// it, span its offsets and keep the limits. What a gap hides cannot be proven; there the sender's word is taken.
///
/// Immutable, for any thread; made outside any transaction, so that [Transaction#append(StreamName, Copied)] has little
/// left to do.
public final class Copied {

    private final Chunk chunk;
    private final Bytes entries;
    private final int events;
    private final boolean keyed;
    private final long payloadBytes;

    private Copied(Chunk chunk, Bytes entries, int events, boolean keyed, long payloadBytes) {
        this.chunk = chunk;
        this.entries = entries;
        this.events = events;
        this.keyed = keyed;
        this.payloadBytes = payloadBytes;
    }

    /// Proves a run.
    ///
    /// @throws StreamException of the kind [Kind#PEER_FAULTY] if it is not what it says
    public static Copied of(Chunk chunk) {
        return of(chunk, chunk.entries());
    }

    /// Proves a run that somebody has decompressed.
    ///
    /// @throws StreamException as above
    public static Copied of(Chunk chunk, Bytes entries) {
        return of(chunk, entries, false);
    }

    private static Copied of(Chunk chunk, Bytes entries, boolean half) {
        if (chunk.first() < 0
                || chunk.next() <= chunk.first()
                || chunk.next() > OffsetToken.OFFSET_MAX) {
            throw faulty(chunk, "spans no offsets that a stream can have", null);
        }
        try {
            return new Proof(chunk, entries, half).run();
        } catch (IllegalStateException e) {
            throw faulty(chunk, "cannot be read", e);
        }
    }

    /// Proves a run of which only the lower half of the checksum after it is known, as the link sends it.
    ///
    /// @param claim its `after` is looked at by its lower half only
    /// @param entries decompressed
    /// @throws StreamException as above
    public static Copied ofHalf(Chunk claim, Bytes entries) {
        return of(claim, entries, true);
    }

    /// Walks through a run once.
    private static final class Proof {
        private final Chunk chunk;
        private final Bytes entries;
        private final boolean half;
        private final ChunkReader reader;
        private final Checksums checksums = new Checksums();
        private @Nullable Checksum checksum;
        private int events;
        private boolean keyed = true;
        private long payloadBytes;

        Proof(Chunk chunk, Bytes entries, boolean half) {
            this.half = half;
            this.chunk = chunk;
            this.entries = entries;
            this.reader = new ChunkReader(entries, chunk.first());
            this.checksum = chunk.before();
        }

        Copied run() {
            long at = chunk.first();
            while (reader.next()) {
                // Compaction may have made a chunk a little longer than it was when it was closed.
                if (reader.start() > 2 * Limits.CHUNK_BYTES_MAX) {
                    throw faulty(chunk, "holds more than a chunk does", null);
                }
                if (reader.gap()) {
                    gap(at);
                } else {
                    event();
                }
                at = reader.nextOffset();
                if (at > chunk.next()) {
                    break;
                }
            }
            if (at != chunk.next()) {
                throw faulty(chunk, "holds entries up to " + at, null);
            }
            Checksum found = checksum;
            if (found == null || !claimed(found)) {
                throw faulty(
                        chunk,
                        "leads from checksum %s to %s, not to %s"
                                .formatted(chunk.before(), checksum, chunk.after()),
                        null);
            }
            Chunk proven =
                    new Chunk(
                            chunk.first(),
                            chunk.next(),
                            chunk.before(),
                            found,
                            chunk.packedFrom(),
                            chunk.data());
            return new Copied(proven, entries, events, keyed, payloadBytes);
        }

        private boolean claimed(Checksum found) {
            return half ? chunk.after().low() == found.low() : chunk.after().equals(found);
        }

        private void gap(long at) {
            if (reader.nextOffset() <= at) {
                throw faulty(chunk, "has a gap of no offsets", null);
            }
            checksum = reader.afterGap();
        }

        private void event() {
            Bytes key = reader.keyBytes();
            if (key == null) {
                keyed = false;
            } else {
                check(key);
            }
            if (reader.payload().length() > Limits.EVENT_BYTES_MAX) {
                throw faulty(chunk, "has an event that is too large", null);
            }
            if (++events > Limits.CHUNK_EVENTS_MAX) {
                throw faulty(chunk, "holds more events than a chunk does", null);
            }
            payloadBytes += reader.payload().length();
            Checksum before = checksum;
            if (before == null) {
                throw faulty(chunk, "does not say which checksum it begins with", null);
            }
            checksum = reader.checksum(before, checksums);
        }

        /// A key has one form only, else two copies with the same checksum could differ in it.
        private void check(Bytes key) {
            String text = key.text();
            if (text.length() > Limits.KEY_LENGTH_MAX || !Bytes.of(text).equals(key)) {
                throw faulty(chunk, "has a key that is too long, or no UTF-8", null);
            }
        }
    }

    private static StreamException faulty(Chunk chunk, String what, @Nullable Throwable cause) {
        return new StreamException(
                Kind.PEER_FAULTY,
                "a copied " + chunk + " " + what,
                "nothing of it was taken; compare the two copies of the stream, and look at the peer"
                        + " that sent it",
                false,
                cause);
    }

    /// Makes sure that the run belongs at the end of a mirror.
    ///
    /// @throws IllegalStateException saying why it does not
    public void requireNextIn(StreamName mirror, boolean compacted, Checkpoint end) {
        Checksum before = chunk.before();
        String why =
                chunk.first() != end.offset()
                        ? "it ends at %d".formatted(end.offset())
                        : before != null && !before.equals(end.checksum())
                                ? "what is there before %d has checksum %s, and what was copied %s"
                                        .formatted(chunk.first(), end.checksum(), before)
                                : compacted && !keyed
                                        ? "it is compacted, and an event has no key"
                                        : null;
        if (why != null) {
            throw new IllegalStateException(
                    "%s cannot be appended to %s: %s".formatted(chunk, mirror, why));
        }
    }

    /// The run, as it came.
    public Chunk chunk() {
        return chunk;
    }

    /// Its entries, not compressed.
    public Bytes entries() {
        return entries;
    }

    /// Walks through the entries.
    public ChunkReader reader() {
        return new ChunkReader(entries, chunk.first());
    }

    public int events() {
        return events;
    }

    /// Whether every event has a key, as a compacted stream wants it.
    public boolean keyed() {
        return keyed;
    }

    public long payloadBytes() {
        return payloadBytes;
    }

    /// Whether the run came compressed so well that it can be stored as it came.
    public boolean wellCompressed() {
        return chunk.packedFrom() >= Compressor.STORED_BYTES_MIN
                && Compressor.pays(chunk.packedFrom(), chunk.data().length());
    }
}
