package dev.skerry.stream;

/// What may grow, and how far.
public final class Limits {

    /// The most bytes of one event's payload.
    public static final int EVENT_BYTES_MAX = 64 * 1024 * 1024;

    /// The most payload bytes that one piece of work may append in its transaction.
    public static final long TRANSACTION_BYTES_MAX = 256L * 1024 * 1024;

    /// The longest key, in characters.
    public static final int KEY_LENGTH_MAX = 1024;

    /// A chunk, the unit of storage, is closed once it holds this many bytes before compression. Only a single larger
    /// event makes a larger chunk.
    public static final int CHUNK_BYTES_MAX = 256 * 1024;

    /// A chunk is closed once it holds this many events.
    public static final int CHUNK_EVENTS_MAX = 4096;

    /// The most events that a follower takes in one step.
    public static final int PAGE_EVENTS_MAX = 1000;

    /// The most payload bytes of one page, unless a single event is larger.
    public static final long PAGE_BYTES_MAX = 4L * 1024 * 1024;

    private Limits() {}
}
