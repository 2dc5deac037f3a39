package dev.skerry.node.link;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams.Checkpoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said on the link. `docs/protocol.md` says what each message means and when it may be sent; [Messages] how it is
/// written. Stream numbers stand for names on one wire: those that the store gives ([Offer]) for what it sends, those that HQ
/// gives ([Announce]) for what HQ sends.
sealed interface Message {

    // ---- greeting

    /// The first message of a store.
    ///
    /// @param versions of this protocol that it speaks
    /// @param boot which start of the store's server this is, 32 hexadecimal digits
    /// @param known the last boot of which the store knows that HQ knows it; empty before the first
    /// @param windowBytes how much HQ may send ahead of the store's answers
    record Hello(
            List<Integer> versions,
            String software,
            String store,
            long epoch,
            String boot,
            String known,
            Instant clock,
            int windowBytes)
            implements Message {}

    /// HQ takes the store in.
    ///
    /// @param epoch the store's from now on; higher than that of its [Hello] if this machine was set back and may go on
    /// @param windowBytes how much the store may send ahead of HQ's answers
    /// @param mirrors the store's own streams, as HQ has them
    /// @param more there are more of them than fit, and [Mirrors] follow
    record Welcome(
            int version,
            String software,
            String hq,
            long epoch,
            String displayName,
            String zone,
            Instant clock,
            int windowBytes,
            List<Announce> mirrors,
            boolean more)
            implements Message {}

    /// HQ does not take the store in. Where it is fenced it may still ask for checksums ([Ask]), to find out what HQ never got.
    ///
    /// @param mirrors as in [Welcome], for a store that is fenced
    /// @param more as in [Welcome]
    record Refused(
            Refusal refusal,
            String why,
            @Nullable Long comeBackAfterMs,
            List<Announce> mirrors,
            boolean more)
            implements Message {}

    /// More of what [Welcome] or [Refused] has begun to list.
    record Mirrors(List<Announce> mirrors, boolean more) implements Message {}

    enum Refusal {
        /// Another machine has taken over as this store, or what this one wrote differs from what HQ has of it.
        FENCED,
        /// Another machine is connected as this store; it may be one that is about to be noticed as gone.
        ELSEWHERE,
        /// The store is not known, or no more.
        UNKNOWN,
        /// The two have no version of this protocol in common.
        VERSION
    }

    /// The store has written down what [Welcome] told it.
    record Ready() implements Message {}

    /// What the store has written differs from what HQ has of it, at or after an offset: this machine has fenced itself.
    record Forked(StreamName name, long offset) implements Message {}

    // ---- up

    /// The store has a stream of its own to send.
    ///
    /// @param start where it begins: 0, unless what came before has been dropped at the store
    record Offer(
            int stream, StreamName name, boolean compacted, String contentType, Checkpoint start)
            implements Message {}

    /// How far HQ has a stream that was offered: the store goes on from there. Also the answer to data that does not begin there.
    record Mirror(int stream, Checkpoint tail) implements Message {}

    /// The store asks for HQ's checksum of a mirror.
    ///
    /// @param name one of the store's own streams
    record Ask(StreamName name, long offset) implements Message {}

    /// The highest offset, at most the one asked for, at which HQ knows the checksum; 0 if none.
    record Sum(StreamName name, Checkpoint checkpoint) implements Message {}

    // ---- down

    /// HQ has a stream that the store may follow.
    record Announce(
            int stream, StreamName name, boolean compacted, String contentType, Checkpoint tail)
            implements Message {}

    /// The store wants a stream, from an offset on.
    ///
    /// @param from the tail of the store's mirror
    record Follow(int stream, Checkpoint from) implements Message {}

    /// What the store has is not a beginning of what HQ has any more, or HQ has dropped what comes next. The store deletes its
    /// mirror and follows anew from here.
    record StartOver(int stream, Checkpoint at) implements Message {}

    // ---- both ways

    /// A run of a stream.
    ///
    /// @param check the lower half of the stream's checksum after it
    /// @param rawBytes how long it is once decompressed
    /// @param more [Part]s of the same stream follow, whose bytes belong to these
    record Data(
            int stream,
            long first,
            long next,
            long check,
            Coding coding,
            int rawBytes,
            boolean more,
            Bytes data)
            implements Message {}

    /// In what follows of a stream, deletions before this offset may be missing, because their time was over.
    record Dropped(int stream, long offset) implements Message {}

    record Part(int stream, boolean more, Bytes data) implements Message {}

    /// Something is wrong with one stream: over this wire nothing more comes of it, while all others go on.
    ///
    /// @param sends whether it is said by the side that sends the stream, and cannot read it; else by the side that gets it, and has
    ///     got something that it is not
    record Aside(int stream, boolean sends, String why) implements Message {

        /// So many characters are kept of what the other side says.
        static final int WHY_LENGTH_MAX = 500;
    }

    /// How the entries of a run are written.
    enum Coding {
        /// As they are.
        RAW(0),
        /// zstd.
        ZSTD(1),
        /// zstd without its magic number, with [History] as its dictionary.
        HISTORY(2),
        /// In columns, as docs/columns-format.md describes.
        COLUMNS(3);

        final int code;

        Coding(int code) {
            this.code = code;
        }

        static Coding of(int code) {
            for (Coding coding : values()) {
                if (coding.code == code) {
                    return coding;
                }
            }
            throw LinkException.broken("a run is coded in a way that is not known here: " + code);
        }
    }

    /// All before this offset is durable at the sender of this.
    record Ack(int stream, long tail) implements Message {}

    /// A [Data] or [Part] with more to come has arrived.
    record Heard(int stream) implements Message {}

    /// @param clock the sender's
    record Ping(Instant clock) implements Message {}

    /// @param echo the clock of the [Ping] that this answers
    record Pong(Instant echo, Instant clock) implements Message {}
}
