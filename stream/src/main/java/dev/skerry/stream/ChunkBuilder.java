package dev.skerry.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes the bytes of a chunk, the unit in which events are stored and sent. `docs/chunk-format.md` describes them.
/// For one thread at a time.
public final class ChunkBuilder {

    /// The kinds of entries, as the two lowest bits of their tags.
    public static final int PLAIN = 0;

    public static final int KEYED = 1;
    public static final int DELETION = 2;
    public static final int GAP = 3;

    /// Room for the event that fills a chunk, unless it is a large one.
    private static final int LAST_BYTES = 4096;

    private byte[] bytes;
    private int length;
    private int events;
    private long offsets;

    public ChunkBuilder() {
        this(1024);
    }

    /// @param expectedBytes how much it will probably have to hold
    public ChunkBuilder(long expectedBytes) {
        long most = Limits.CHUNK_BYTES_MAX + LAST_BYTES;
        bytes = new byte[(int) Math.min(expectedBytes * 17 / 16 + 64, most)];
    }

    /// Adds an event at the next offset.
    public void event(NewEvent event) {
        Bytes payload = event.payload();
        String key = event.key();
        if (key == null) {
            reserve(10 + payload.length());
            varint((long) payload.length() << 2 | PLAIN);
        } else {
            byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
            reserve(20 + keyBytes.length + payload.length());
            varint((long) payload.length() << 2 | (event.deletion() ? DELETION : KEYED));
            varint(keyBytes.length);
            System.arraycopy(keyBytes, 0, bytes, length, keyBytes.length);
            length += keyBytes.length;
        }
        System.arraycopy(payload.array(), payload.from(), bytes, length, payload.length());
        length += payload.length();
        events++;
        offsets++;
    }

    /// Says that the next offsets have been compacted away, and which checksum the stream had after them.
    public void gap(long count, Checksum after) {
        reserve(10 + Checksum.BYTES);
        varint(count << 2 | GAP);
        after.write(bytes, length);
        length += Checksum.BYTES;
        offsets += count;
    }

    /// Adds entries that another chunk held, as they are.
    ///
    /// @param entriesEvents how many events are among them
    /// @param entriesOffsets how many offsets they span
    public void entries(Bytes entries, int entriesEvents, long entriesOffsets) {
        reserve(entries.length());
        System.arraycopy(entries.array(), entries.from(), bytes, length, entries.length());
        length += entries.length();
        events += entriesEvents;
        offsets += entriesOffsets;
    }

    public int events() {
        return events;
    }

    /// How many offsets the chunk spans, gaps included.
    public long offsets() {
        return offsets;
    }

    public int length() {
        return length;
    }

    public boolean full() {
        return length >= Limits.CHUNK_BYTES_MAX || events >= Limits.CHUNK_EVENTS_MAX;
    }

    /// What has been written. Shares its array with this builder.
    public Bytes bytes() {
        return new Bytes(bytes, 0, length);
    }

    /// A place to come back to with [#cutBack].
    public Mark mark() {
        return new Mark(length, events, offsets);
    }

    /// Forgets what was added since the mark.
    public void cutBack(Mark mark) {
        length = mark.length;
        events = mark.events;
        offsets = mark.offsets;
    }

    /// How far a chunk had got.
    public record Mark(int length, int events, long offsets) {}

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }
}
