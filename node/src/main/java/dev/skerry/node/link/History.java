package dev.skerry.node.link;

import dev.skerry.stream.Bytes;

/// The end of what last went over one stream of a wire, as both sides have it: the dictionary for what comes next, so that one
/// more sale costs only what is new in it. Neither trained nor shipped. For one thread.
///
/// It is changed by runs that are coded [Message.Coding#RAW] or [Message.Coding#HISTORY], in the order in which they were sent; never by others.
final class History {

    /// Measured with sales of 600 bytes: more saves nothing and costs time.
    static final int BYTES_MAX = 2 * 1024;

    private Bytes last = Bytes.EMPTY;

    Bytes dictionary() {
        return last;
    }

    /// A run has gone over the wire.
    void add(Bytes raw) {
        if (raw.length() >= BYTES_MAX) {
            last = Bytes.of(raw.slice(raw.length() - BYTES_MAX, BYTES_MAX).copy());
            return;
        }
        int kept = Math.min(last.length(), BYTES_MAX - raw.length());
        byte[] both = new byte[kept + raw.length()];
        System.arraycopy(last.array(), last.from() + last.length() - kept, both, 0, kept);
        System.arraycopy(raw.array(), raw.from(), both, kept, raw.length());
        last = Bytes.of(both);
    }
}
