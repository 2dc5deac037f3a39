package dev.skerry.stream;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// The machine failed: disk, file, network, peer. Says what, what to do about it, and whether trying again can help.
public final class StreamException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Which failure, for those who act on it.
    public enum Kind {
        /// No space left; writing works again by itself once there is.
        DISK_FULL,
        /// The disk or the file system refused to read or write.
        IO,
        /// The file is damaged; nothing more is written to it.
        CORRUPT,
        /// Another process uses the file.
        IN_USE,
        /// The file was written by a newer version of this program.
        NEWER_VERSION,
        /// More work is waiting than the database takes on.
        OVERLOADED,
        /// The database or the client has been closed.
        CLOSED,
        /// There is no such stream.
        NO_STREAM,
        /// The peer is out of reach, or its answer was lost.
        UNREACHABLE,
        /// The peer answered, and the answer is no.
        REFUSED,
        /// The peer sent what is damaged, or is not what it says.
        PEER_FAULTY
    }

    private final Kind kind;
    private final String remedy;
    private final boolean retryable;

    /// A failure, what it was, and what to do about it.
    public StreamException(
            Kind kind, String what, String remedy, boolean retryable, @Nullable Throwable cause) {
        super(what + " (" + remedy + ")", cause);
        this.kind = requireNonNull(kind, "kind");
        this.remedy = requireNonNull(remedy, "remedy");
        this.retryable = retryable;
    }

    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    public Kind kind() {
        return kind;
    }

    /// The same failure, for one more caller.
    public StreamException again() {
        return new StreamException(this);
    }

    private StreamException(StreamException before) {
        super(before.getMessage(), before);
        this.kind = before.kind;
        this.remedy = before.remedy;
        this.retryable = before.retryable;
    }

    /// What a person can do about it.
    public String remedy() {
        return remedy;
    }

    /// Whether the same call can succeed later without anything else changing hands.
    public boolean retryable() {
        return retryable;
    }
}
