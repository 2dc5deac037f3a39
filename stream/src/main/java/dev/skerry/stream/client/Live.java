package dev.skerry.stream.client;

/// How a reading goes on once it has caught up.
public enum Live {
    /// Asks again when stepped again.
    NO,
    /// One waiting request after the other; answers may be compressed and shared by caches.
    LONG_POLL,
    /// One lasting answer: the least delay.
    SSE
}
