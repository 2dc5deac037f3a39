package dev.skerry.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.StreamException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Nothing that a peer sends is taken but what it proves.
class CopiedTest {

    private static final Checksum BEFORE = new Checksum(1, 2);

    private final Compressor compressor = new Compressor(3, 1);

    private static Chunk chunk(long first, NewEvent... events) {
        ChunkBuilder entries = new ChunkBuilder();
        Checksums checksums = new Checksums();
        Checksum checksum = BEFORE;
        for (NewEvent event : events) {
            entries.event(event);
            checksum = checksums.after(checksum, event);
        }
        return new Chunk(first, first + events.length, BEFORE, checksum, 0, entries.bytes());
    }

    private static Chunk sales() {
        return chunk(
                7,
                NewEvent.of("a"),
                NewEvent.keyed("kä", Bytes.of("b")),
                NewEvent.deletion("k", Bytes.EMPTY));
    }

    private Chunk compressed(Chunk chunk) {
        Compressor.Compressed made = compressor.compress(chunk.data());
        return with(chunk, made.packedFrom(), made.data());
    }

    private static Chunk with(Chunk chunk, int packedFrom, Bytes data) {
        return new Chunk(
                chunk.first(), chunk.next(), chunk.before(), chunk.after(), packedFrom, data);
    }

    private static void assertFaulty(Chunk chunk) {
        StreamException refused =
                assertThrows(StreamException.class, () -> Copied.of(chunk), chunk.toString());
        assertEquals(Kind.PEER_FAULTY, refused.kind());
        assertFalse(refused.retryable());
    }

    @Test
    void a_run_that_is_what_it_says_is_taken() {
        Copied copied = Copied.of(sales());
        assertEquals(3, copied.events());
        assertEquals(2, copied.payloadBytes());
        assertFalse(copied.keyed());
        assertTrue(Copied.of(chunk(0, NewEvent.keyed("k", Bytes.EMPTY))).keyed());
        Chunk long_ = chunk(7, NewEvent.of("a".repeat(10_000)));
        Copied proven = Copied.of(compressed(long_));
        assertEquals(long_.data(), proven.entries());
        assertTrue(proven.wellCompressed());
        assertFalse(copied.wellCompressed());
    }

    @Test
    void no_bit_can_be_changed_unseen() {
        Chunk chunk = sales();
        for (Chunk sent : List.of(chunk, compressed(chunk(7, NewEvent.of("a".repeat(99)))))) {
            for (int bit = 0; bit < 8 * sent.data().length(); bit++) {
                byte[] data = sent.data().copy();
                data[bit / 8] ^= (byte) (1 << bit % 8);
                Chunk changed = with(sent, sent.packedFrom(), Bytes.of(data));
                if (changed.packedFrom() == 0 || !decompressesToTheSame(changed, sent)) {
                    assertFaulty(changed);
                }
            }
        }
    }

    /// zstd has bits that say nothing.
    private static boolean decompressesToTheSame(Chunk one, Chunk other) {
        try {
            return one.entries().equals(other.entries());
        } catch (StreamException e) {
            return false;
        }
    }

    @Test
    void it_must_span_what_it_says_and_lead_where_it_says() {
        Chunk is = sales();
        Checksum before = BEFORE;
        Checksum after = is.after();
        assertFaulty(new Chunk(7, 9, before, after, 0, is.data()));
        assertFaulty(new Chunk(7, 11, before, after, 0, is.data()));
        assertFaulty(new Chunk(7, 7, before, before, 0, Bytes.EMPTY));
        assertFaulty(new Chunk(7, 6, before, before, 0, Bytes.EMPTY));
        assertFaulty(new Chunk(-3, 0, before, after, 0, is.data()));
        assertFaulty(new Chunk(7, 10, Checksum.START, after, 0, is.data()));
        assertFaulty(new Chunk(7, 10, before, before, 0, is.data()));
        assertFaulty(new Chunk(7, 10, null, after, 0, is.data()));
        long beyond = OffsetToken.OFFSET_MAX;
        assertFaulty(new Chunk(beyond - 1, beyond + 2, before, after, 0, is.data()));
        Bytes cutOff = is.data().slice(0, is.data().length() - 1);
        assertFaulty(new Chunk(7, 10, before, after, 0, cutOff));
    }

    @Test
    void gaps_are_taken_at_their_word_but_must_be_gaps() {
        Checksum after = new Checksum(3, 4);
        assertEquals(0, Copied.of(Chunk.gap(5, 9, null, after)).events());
        assertEquals(0, Copied.of(Chunk.gap(5, 9, BEFORE, after)).events());
        assertFaulty(new Chunk(5, 9, BEFORE, BEFORE, 0, Chunk.gap(5, 9, null, after).data()));
        for (long length : new long[] {0, 3, 5, Long.MAX_VALUE >>> 2}) {
            Bytes gap = Chunk.gap(0, length, null, after).data();
            assertFaulty(new Chunk(5, 9, BEFORE, after, 0, gap));
            ChunkBuilder twice = new ChunkBuilder();
            twice.entries(gap, 0, length);
            twice.entries(gap, 0, length);
            assertFaulty(new Chunk(5, 9, BEFORE, after, 0, twice.bytes()));
        }
    }

    @Test
    void limits_are_kept() {
        assertFaulty(chunk(0, events(Limits.CHUNK_EVENTS_MAX + 1, "")));
        Copied.of(chunk(0, events(Limits.CHUNK_EVENTS_MAX, "")));
        assertFaulty(chunk(0, events(1000, "a".repeat(1000))));
        byte[] key = "k".repeat(Limits.KEY_LENGTH_MAX + 1).getBytes(StandardCharsets.UTF_8);
        assertFaulty(keyedBy(key));
        assertFaulty(keyedBy(new byte[] {'k', (byte) 0xC3}));
        assertFaulty(keyedBy(new byte[] {(byte) 0xC0, (byte) 0x80}));
        Copied.of(keyedBy("ä".getBytes(StandardCharsets.UTF_8)));
    }

    private static NewEvent[] events(int count, String text) {
        NewEvent[] events = new NewEvent[count];
        java.util.Arrays.fill(events, NewEvent.of(text));
        return events;
    }

    /// An event with a key that no [NewEvent] can have, in a run that is right otherwise.
    private static Chunk keyedBy(byte[] key) {
        ChunkBuilder entries = new ChunkBuilder();
        entries.entries(Bytes.of(new byte[] {1}), 0, 0);
        int length = key.length;
        entries.entries(
                length < 128
                        ? Bytes.of(new byte[] {(byte) length})
                        : Bytes.of(new byte[] {(byte) (length | 128), (byte) (length >>> 7)}),
                0,
                0);
        entries.entries(Bytes.of(key), 0, 0);
        Checksum after =
                new Checksums().after(BEFORE, ChunkBuilder.KEYED, Bytes.of(key), Bytes.EMPTY);
        return new Chunk(0, 1, BEFORE, after, 0, entries.bytes());
    }

    @Test
    void the_length_before_compression_is_not_trusted() {
        Chunk chunk = chunk(7, NewEvent.of("a".repeat(10_000)));
        Chunk sent = compressed(chunk);
        for (int length : new int[] {-1, 1, sent.packedFrom() - 1, sent.packedFrom() + 1}) {
            assertFaulty(with(sent, length, sent.data()));
        }
        assertFaulty(with(sent, Integer.MAX_VALUE, sent.data()));
        assertFaulty(with(sent, 100, Bytes.EMPTY));
        assertFaulty(with(sent, 0, sent.data()));
    }

    @Test
    void a_little_is_compressed_against_what_went_before() {
        Bytes before =
                Bytes.of("x".repeat(50) + "{\"basket\": 4711, \"lines\": [\"milk\"], \"paid\"}");
        Bytes now = Bytes.of("{\"basket\": 4712, \"lines\": [\"milk\"], \"paid\"}");
        Bytes slice = before.slice(50, before.length() - 50);
        for (Bytes dictionary : List.of(before, slice, Bytes.EMPTY, before)) {
            Bytes packed = compressor.compress(now, dictionary);
            assertTrue(
                    packed.length() < (dictionary.length() == 0 ? 80 : 30), "" + packed.length());
            assertEquals(now, Compressor.decompress(packed, now.length(), 1000, dictionary));
            for (int length : new int[] {-1, 0, 7, now.length() + 1}) {
                StreamException refused =
                        assertThrows(
                                StreamException.class,
                                () -> Compressor.decompress(packed, length, 1000, dictionary));
                assertEquals(Kind.PEER_FAULTY, refused.kind());
            }
        }
    }

    @Test
    void noise_is_refused() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            int packedFrom = random.nextBoolean() ? 0 : random.nextInt(100_000);
            assertFaulty(
                    new Chunk(
                            0, 1 + random.nextInt(5), BEFORE, BEFORE, packedFrom, Bytes.of(noise)));
        }
    }

    @Test
    void the_rest_of_a_run_is_a_run() {
        Chunk chunk = compressed(sales());
        for (long offset = 7; offset < 10; offset++) {
            Chunk rest = chunk.from(offset);
            assertEquals(offset, rest.first());
            assertEquals(10 - offset, Copied.of(rest).events());
        }
        assertThrows(IllegalArgumentException.class, () -> chunk.from(6));
        assertThrows(IllegalArgumentException.class, () -> chunk.from(10));
        Chunk gap = Chunk.gap(5, 9, BEFORE, new Checksum(3, 4));
        assertEquals(Chunk.gap(8, 9, null, new Checksum(3, 4)), gap.from(8));
    }
}
