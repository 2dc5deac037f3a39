package dev.skerry.stream;

import org.jspecify.annotations.Nullable;

/// Walks through the bytes of a chunk, entry by entry, without copying payloads. For one thread at a time.
///
/// An entry is an event, or a gap of compacted offsets.
public final class ChunkReader {

    private final byte[] bytes;
    private final int from;
    private final int end;
    private int at;
    private int entry;
    private long nextOffset;

    private int kind;
    private long offset;
    private @Nullable Bytes key;
    private Bytes payload = Bytes.EMPTY;
    private Checksum afterGap = Checksum.START;

    public ChunkReader(Bytes chunk, long firstOffset) {
        this.bytes = chunk.array();
        this.from = chunk.from();
        this.at = from;
        this.end = chunk.from() + chunk.length();
        this.nextOffset = firstOffset;
    }

    /// Moves to the next entry.
    ///
    /// @return false at the end of the chunk
    /// @throws IllegalStateException if the bytes are not those of a chunk
    public boolean next() {
        if (at == end) {
            return false;
        }
        entry = at;
        long tag = varint();
        kind = (int) (tag & 3);
        offset = nextOffset;
        if (kind == ChunkBuilder.GAP) {
            need(Checksum.BYTES);
            afterGap = Checksum.read(bytes, at);
            at += Checksum.BYTES;
            nextOffset += tag >>> 2;
            return true;
        }
        if (kind == ChunkBuilder.PLAIN) {
            key = null;
        } else {
            int keyLength = length(varint());
            key = new Bytes(bytes, at, keyLength);
            at += keyLength;
        }
        int payloadLength = length(tag >>> 2);
        payload = new Bytes(bytes, at, payloadLength);
        at += payloadLength;
        nextOffset++;
        return true;
    }

    /// Moves to the first event at or after an offset.
    ///
    /// @return false if there is none in this chunk
    public boolean nextFrom(long wanted) {
        while (next()) {
            if (!gap() && offset >= wanted) {
                return true;
            }
        }
        return false;
    }

    public boolean gap() {
        return kind == ChunkBuilder.GAP;
    }

    /// The offset of the event, or the first of the gap.
    public long offset() {
        return offset;
    }

    /// The offset after this entry.
    public long nextOffset() {
        return nextOffset;
    }

    /// The stream's checksum after a gap.
    public Checksum afterGap() {
        return afterGap;
    }

    public Bytes payload() {
        return payload;
    }

    public @Nullable String key() {
        return key == null ? null : key.text();
    }

    /// The key as it stands there, in UTF-8.
    @Nullable Bytes keyBytes() {
        return key;
    }

    /// How many bytes come before this entry.
    int start() {
        return entry - from;
    }

    /// The entries after this one.
    Bytes rest() {
        return new Bytes(bytes, at, end - at);
    }

    public boolean deletion() {
        return kind == ChunkBuilder.DELETION;
    }

    public Event event(StreamName stream) {
        return new Event(stream, offset, key(), deletion(), payload);
    }

    /// The stream's checksum after this entry, from that before it.
    public Checksum checksum(Checksum before, Checksums checksums) {
        return gap() ? afterGap : checksums.after(before, kind, key, payload);
    }

    private int length(long value) {
        if (value < 0 || value > end - at) {
            throw broken();
        }
        return (int) value;
    }

    private void need(int count) {
        if (end - at < count) {
            throw broken();
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw broken();
    }

    private static IllegalStateException broken() {
        return new IllegalStateException("these bytes are not those of a chunk of events");
    }
}
