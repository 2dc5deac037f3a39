package dev.skerry.stream.columns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.sun.management.ThreadMXBean;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.ChunkBuilder;
import dev.skerry.stream.Compressor;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is torn into columns comes back to the byte, takes little, and does no harm if it was tampered with.
class ColumnsTest {

    private static final int LENGTH_MAX = 1 << 20;

    private final Columns columns = new Columns();

    @AfterEach
    void close() {
        columns.close();
    }

    // What it is for

    @Test
    void similar_events_take_little_more_than_half_of_what_zstd_makes_of_them() {
        Random random = new Random(1);
        Bytes entries = chunk(350, n -> sale(random, n));
        int coded = columns.encode(entries, entries.length()).orElseThrow().length();
        try (Compressor zstd = new Compressor(9, 1)) {
            int zstds = zstd.compress(entries).data().length();
            assertTrue(coded < 0.6 * zstds, coded + " bytes, and " + zstds + " with zstd");
        }
        assertTrue(coded < 75 * 350, coded + " bytes");
        assertExact(entries);
    }

    @Test
    void what_would_not_get_shorter_is_not_coded() {
        Random random = new Random(2);
        Bytes sales = chunk(100, n -> sale(random, n));
        int length = columns.encode(sales, sales.length()).orElseThrow().length();
        assertEquals(Optional.empty(), columns.encode(sales, length));
        assertTrue(columns.encode(sales, length + 1).isPresent());
        assertEquals(Optional.empty(), columns.encode(Bytes.EMPTY, 100));
        assertEquals(Optional.empty(), columns.encode(chunk(100, n -> noise(random, 600)), 60_000));
    }

    @Test
    void entries_that_no_builder_writes_are_left_alone() {
        byte[] entries = chunk(50, n -> text("{\"number\":" + n + "}")).copy();
        assertTrue(columns.encode(Bytes.of(entries), entries.length).isEmpty(), "too short");
        byte[] more = chunk(500, n -> text("{\"number\":" + n + "}")).copy();
        assertTrue(columns.encode(Bytes.of(more), more.length).isPresent());
        assertTrue(columns.encode(new Bytes(more, 0, more.length - 1), more.length).isEmpty());
        byte[] longTag = new byte[more.length + 2];
        longTag[0] = (byte) 0x80;
        System.arraycopy(more, 0, longTag, 2, more.length);
        assertTrue(columns.encode(Bytes.of(longTag), longTag.length).isEmpty(), "a long zero");
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = more.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            assertExact(Bytes.of(damaged));
        }
    }

    // Exactly

    @Test
    void every_odd_payload_comes_back() {
        String[] odd = {
            "",
            " ",
            "0",
            "-",
            "-0",
            "-0.0",
            "007",
            "1.50",
            "-0.05",
            "1e5",
            "1E-7",
            "12345678901234567890",
            "9999999999999999",
            "99999999999999999",
            "0.9999999999999999",
            "123456.7890123456789",
            "[1,2,,3]",
            "[\"a\",\"b\"",
            "\"",
            "\"\\",
            "\"\\\"",
            "{\"a\":tru}",
            "{\"a\":true,\"b\":null,\"c\":false}",
            "{ \"a\" : [ 1 , -2 , 3.5 ],\n\t\"b\" : \"x\" }",
            "{\"a\":\"\"}",
            "{\"a\":\"0042\"}",
            "{\"a\":\"00AF\"}",
            "{\"a\":\"00af\"}",
            "{\"a\":\"bcde-0001\"}",
            "{\"a\":\"2026-03-02T08:00:00.123Z\"}",
            "{\"a\":\"2026-03-02T08:00:00Z\"}",
            "{\"a\":\"019cad8f-b32c-7062-93c2-0f38fc4aeed2\"}",
            "{\"a\":\"019CAD8F-B32C-7062-93C2-0F38FC4AEED2\"}",
            "{\"a\":\"line\\nline \\u00e4 \\\\\"}",
            "{\"a\":\"Äpfel & Öl ☃\"}",
            "{\"a\":\"" + "x".repeat(300) + "7\"}",
            "{\"a\":\"" + "7".repeat(300) + "\"}",
            "a,b,c\r\n1,2,3",
            "<a b=\"1\">2</a>",
            "x".repeat(5000),
            "{\"" + "k".repeat(3000) + "\":1}",
        };
        for (int distance = 1; distance <= odd.length; distance += 4) {
            int step = distance;
            assertExact(chunk(300, n -> text(odd[n % step * 7 % odd.length])));
            assertExact(chunk(300, n -> text(odd[n * step % odd.length])));
            assertExact(
                    chunk(300, n -> text("{\"n\":" + n + ",\"v\":" + odd[n * step % odd.length])));
        }
    }

    @Test
    void keys_deletions_and_gaps_come_back() {
        Random random = new Random(4);
        ChunkBuilder builder = new ChunkBuilder();
        for (int i = 0; i < 400; i++) {
            Bytes payload = Bytes.of(sale(random, i));
            switch (random.nextInt(6)) {
                case 0 ->
                        builder.gap(
                                random.nextLong(1, 1 << random.nextInt(1, 30)), noise16(random));
                case 1 -> builder.event(NewEvent.deletion("article-" + i / 2, Bytes.EMPTY));
                case 2 -> builder.event(NewEvent.keyed("", payload));
                case 3 -> builder.event(NewEvent.keyed("käse " + random.nextInt(9), payload));
                case 4 -> builder.event(NewEvent.keyed("article-" + i, payload));
                default -> builder.event(new NewEvent(null, false, payload));
            }
        }
        Bytes entries = builder.bytes();
        assertTrue(columns.encode(entries, entries.length() / 4).isPresent());
        assertExact(entries);
    }

    @Test
    void whatever_is_made_up_comes_back() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            MadeUp madeUp = new MadeUp(random);
            int events = random.nextInt(1, 200);
            try {
                assertExact(chunk(events, n -> madeUp.payload()));
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void a_huge_event_comes_back() {
        Random random = new Random(5);
        StringBuilder lines = new StringBuilder("[");
        for (int i = 0; i < 2_000; i++) {
            lines.append(new String(sale(random, i), UTF_8)).append(',');
        }
        Bytes entries = chunk(1, n -> text(lines.toString()));
        assertTrue(columns.encode(entries, entries.length() / 7).isPresent());
        assertExact(entries);
    }

    @Test
    void a_part_of_a_larger_array_is_coded_as_if_it_were_alone() {
        Random random = new Random(6);
        Bytes entries = chunk(60, n -> sale(random, n));
        byte[] larger = new byte[entries.length() + 200];
        Arrays.fill(larger, (byte) '"');
        System.arraycopy(entries.copy(), 0, larger, 100, entries.length());
        Bytes coded = columns.encode(entries, LENGTH_MAX).orElseThrow();
        assertEquals(
                coded,
                columns.encode(new Bytes(larger, 100, entries.length()), LENGTH_MAX).orElseThrow());
        byte[] around = new byte[coded.length() + 20];
        System.arraycopy(coded.copy(), 0, around, 10, coded.length());
        assertEquals(
                entries,
                Columns.decode(
                        new Bytes(around, 10, coded.length()), entries.length(), LENGTH_MAX));
    }

    // Tampered with

    @Test
    void a_length_that_is_wrong_or_too_large_is_refused() {
        Random random = new Random(7);
        Bytes entries = chunk(60, n -> sale(random, n));
        Bytes coded = columns.encode(entries, LENGTH_MAX).orElseThrow();
        int length = entries.length();
        assertFaulty(coded, length, length - 1);
        assertFaulty(coded, length - 1, LENGTH_MAX);
        assertFaulty(coded, length + 1, LENGTH_MAX);
        assertFaulty(coded, 0, LENGTH_MAX);
        assertFaulty(coded, -1, LENGTH_MAX);
        assertFaulty(Bytes.EMPTY, length, LENGTH_MAX);
        for (int i = 0; i < coded.length(); i++) {
            assertFaulty(coded.slice(0, i), length, LENGTH_MAX);
        }
    }

    @Test
    void another_version_is_refused_and_named() {
        StreamException refused =
                assertThrows(
                        StreamException.class,
                        () -> Columns.decode(Bytes.of(new byte[] {2, 0, 0, 0}), 10, 10));
        assertEquals(Kind.PEER_FAULTY, refused.kind());
        assertTrue(refused.getMessage().contains("version 2"), refused.getMessage());
    }

    @Test
    void damaged_bytes_do_no_more_harm_than_other_bytes_of_that_length() {
        Random random = new Random(8);
        Bytes entries = rich();
        byte[] coded = columns.encode(entries, LENGTH_MAX).orElseThrow().copy();
        for (int i = 0; i < 5000; i++) {
            assertHarmless(mutated(coded, random), entries.length());
        }
    }

    @Test
    void a_head_that_lies_does_no_more_harm_than_other_bytes_of_that_length() {
        Random random = new Random(9);
        Bytes entries = rich();
        Bytes coded = columns.encode(entries, LENGTH_MAX).orElseThrow();
        for (int i = 0; i < 10_000; i++) {
            assertHarmless(withHead(coded, head -> mutated(head, random)), entries.length());
        }
    }

    @Test
    @Tag("slow") // Megabytes of noise.
    void a_head_of_noise_does_no_more_harm_than_other_bytes_of_that_length() {
        Random random = new Random(10);
        Bytes entries = rich();
        Bytes coded = columns.encode(entries, LENGTH_MAX).orElseThrow();
        for (int i = 0; i < 3000; i++) {
            int kept = random.nextInt(500);
            byte[] made =
                    withHead(
                            coded,
                            head -> {
                                byte[] noise = new byte[entries.length()];
                                for (int at = 0; at < noise.length; at++) {
                                    noise[at] = (byte) random.nextInt(1 << random.nextInt(9));
                                }
                                System.arraycopy(head, 0, noise, 0, Math.min(kept, head.length));
                                return noise;
                            });
            assertHarmless(made, entries.length());
        }
    }

    // For ever

    @Test
    void what_the_first_version_wrote_is_read_for_ever() throws IOException {
        assertEquals(rich(), Columns.decode(golden("columns-1.hex"), rich().length(), LENGTH_MAX));
    }

    private static Bytes golden(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(ColumnsTest.class.getResourceAsStream(name), name)) {
            String hex = new String(file.readAllBytes(), UTF_8).replaceAll("\\s", "");
            return Bytes.of(HexFormat.of().parseHex(hex));
        }
    }

    /// Entries of every kind, with values of every kind: what the golden file holds, so this never changes.
    static Bytes rich() {
        ChunkBuilder builder = new ChunkBuilder();
        for (int n = 0; n < 48; n++) {
            int mixed = (n * 7919 + 17) % 1009;
            long noise = (n + 1) * 0x9E3779B97F4A7C15L;
            noise = (noise ^ (noise >>> 29)) * 0xBF58476D1CE4E5B9L;
            noise ^= noise >>> 32;
            int skewed = (int) ((noise >>> 40) & (n % 5 == 0 ? 0xFFFF : 7));
            String hex = "%016x".formatted(noise);
            builder.event(
                    new NewEvent(
                            null,
                            false,
                            Bytes.of(
                                    """
                                    {"id":"%s%s","short":"%s","upper":"%s","till":%d,"at":"2026-03-02T08:%02d:%02d.%03dZ",\
                                    "receipt":"0042-%06d","again":"0042-%06d","price":%d,"rate":%d.%02d,"status":%d,\
                                    "below":%d,"paid":%b,"note":"%s","list":[%s],"number":"no. %d","skewed":%d,"constant":"EUR"}\
                                    """
                                            .formatted(
                                                    hex,
                                                    hex,
                                                    hex.substring(4, 8),
                                                    hex.substring(8, 15).toUpperCase(Locale.ROOT),
                                                    n % 5,
                                                    n / 3,
                                                    n * 20 % 60,
                                                    mixed % 1000,
                                                    mixed * 97,
                                                    mixed * 97,
                                                    mixed * 50,
                                                    mixed % 7,
                                                    mixed % 100,
                                                    n % 3 == 0 ? 200 : 40_000 + n % 2,
                                                    mixed - 500,
                                                    n % 4 == 0,
                                                    n % 2 == 0
                                                            ? ""
                                                            : "Käse \\\"" + mixed + "\\\" ist da",
                                                    n % 3 == 0
                                                            ? ""
                                                            : "1,-2.5,null"
                                                                    .substring(
                                                                            0, n % 3 == 1 ? 1 : 11),
                                                    n * n,
                                                    skewed))));
            if (n % 2 == 0) {
                builder.event(NewEvent.keyed("article-" + n, Bytes.of("{\"price\":" + n + "e5}")));
                builder.event(NewEvent.deletion("k" + n, Bytes.EMPTY));
                builder.gap(n + 1, new Checksum(n, ~n));
            }
        }
        builder.event(new NewEvent(null, false, Bytes.of("{\"open\":\"")));
        builder.event(
                new NewEvent(null, false, Bytes.of("\u00FF\u0000 12 007".getBytes(ISO_8859_1))));
        return builder.bytes();
    }

    // Checks

    private void assertExact(Bytes entries) {
        Optional<Bytes> coded = columns.encode(entries, Integer.MAX_VALUE);
        coded.ifPresent(it ->
                assertArrayEquals(
                        entries.copy(),
                        Columns.decode(it, entries.length(), entries.length()).copy()));
    }

    private void assertFaulty(Bytes coded, int length, int lengthMax) {
        StreamException refused =
                assertThrows(StreamException.class, () -> Columns.decode(coded, length, lengthMax));
        assertEquals(Kind.PEER_FAULTY, refused.kind());
        assertFalse(refused.retryable());
    }

    /// It is refused or has the length, and takes no more memory than a multiple of it.
    private void assertHarmless(byte[] coded, int length) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Bytes decoded = Columns.decode(Bytes.of(coded), length, LENGTH_MAX);
            assertEquals(length, decoded.length());
        } catch (StreamException e) {
            assertEquals(Kind.PEER_FAULTY, e.kind());
        }
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(taken < 30L * length + 300_000, taken + " bytes taken for " + length);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] mutated = bytes.clone();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutated[at] = (byte) random.nextInt(256);
                case 2 -> mutated[at] = (byte) random.nextInt(12);
                default -> {
                    int length = random.nextInt(Math.min(40, mutated.length - at));
                    int from = random.nextInt(mutated.length - length);
                    System.arraycopy(mutated, from, mutated, at, length);
                }
            }
        }
        return mutated;
    }

    private interface Change {
        byte[] to(byte[] head);
    }

    /// The same numbers after another head.
    private static byte[] withHead(Bytes coded, Change change) {
        HeadReader outer = new HeadReader(coded, 0);
        outer.next();
        int headLength = outer.count(LENGTH_MAX);
        int bits = outer.count(LENGTH_MAX);
        int words = outer.count(LENGTH_MAX);
        byte[] numbers = outer.take(bits + words).copy();
        byte[] head;
        try (ZstdDecompressCtx zstd = new ZstdDecompressCtx().setMagicless(true)) {
            head = change.to(zstd.decompress(outer.rest().copy(), headLength));
        }
        ByteSink made = new ByteSink();
        made.put(Columns.VERSION);
        made.varint(head.length);
        made.varint(bits);
        made.varint(words);
        made.put(numbers, 0, numbers.length);
        try (ZstdCompressCtx zstd = new ZstdCompressCtx().setMagicless(true)) {
            byte[] compressed = zstd.compress(head);
            made.put(compressed, 0, compressed.length);
        }
        return Arrays.copyOf(made.bytes, made.length);
    }

    // Events

    private static Bytes chunk(int events, IntFunction<byte[]> payload) {
        ChunkBuilder builder = new ChunkBuilder();
        for (int n = 0; n < events; n++) {
            builder.event(new NewEvent(null, false, Bytes.of(payload.apply(n))));
        }
        return Bytes.of(builder.bytes().copy());
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] noise(Random random, int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static Checksum noise16(Random random) {
        return new Checksum(random.nextLong(), random.nextLong());
    }

    private static byte[] sale(Random random, int n) {
        StringBuilder lines = new StringBuilder();
        for (int i = random.nextInt(1, 9); i > 0; i--) {
            lines.append(lines.isEmpty() ? "" : ",")
                    .append("{\"gtin\":\"%013d\"".formatted(random.nextLong(4_000_000_000L)))
                    .append(",\"quantity\":%d".formatted(random.nextInt(10) == 0 ? 2 : 1))
                    .append(",\"price\":%d}".formatted(random.nextInt(50, 2000)));
        }
        String receipt = "0042-%02d-%06d".formatted(random.nextInt(12), random.nextInt(1_000_000));
        return text(
                """
                {"specversion":"1.0","id":"019cad8f-%04x-7%03x-8%03x-%012x","source":"store-0042/orders",\
                "type":"dev.skerry.orders.OrderPaid","subject":"%s","time":"2026-03-02T08:%02d:%02d.%03dZ",\
                "traceparent":"00-%016x%016x-%016x-01","data":{"receipt":"%s","lines":[%s],"total":%d,"tender":"%s"}}\
                """
                        .formatted(
                                (n * 9) & 0xFFFF,
                                random.nextInt(4096),
                                random.nextInt(4096),
                                random.nextLong(1L << 48),
                                receipt,
                                n / 60 % 60,
                                n % 60,
                                random.nextInt(1000),
                                random.nextLong(),
                                random.nextLong(),
                                random.nextLong(),
                                receipt,
                                lines,
                                random.nextInt(20_000),
                                random.nextInt(3) == 0 ? "cash" : "card"));
    }

    /// Payloads of a few made-up kinds, some of them damaged.
    private static final class MadeUp {
        private final Random random;
        private final List<List<IntFunction<String>>> kinds = new ArrayList<>();
        private int count;

        MadeUp(Random random) {
            this.random = random;
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                List<IntFunction<String>> kind = new ArrayList<>();
                for (int j = random.nextInt(0, 12); j > 0; j--) {
                    kind.add(field(random.nextInt(12)));
                }
                kinds.add(kind);
            }
        }

        private IntFunction<String> field(int kind) {
            int width = random.nextInt(1, 40);
            long bound = 1L << random.nextInt(1, 62);
            String name =
                    "\"f" + random.nextInt(20) + "\"" + (random.nextInt(9) == 0 ? " " : "") + ":";
            return switch (kind) {
                case 0 -> n -> name + n;
                case 1 -> n -> name + random.nextLong(-bound, bound);
                case 2 -> n -> name + (float) random.nextGaussian() * width;
                case 3 -> n -> name + "\"" + digits("0123456789abcdef", width) + "\"";
                case 4 -> n -> name + "\"" + digits("0123456789", width) + "-" + n + "\"";
                case 5 -> n -> name + "\"" + digits("0123456789ABCDEF", width) + "/x\"";
                case 6 -> n -> name + "\"" + digits("ab cß\\\\", random.nextInt(width)) + "\"";
                case 7 -> n -> name + "\"" + (n % width) + "\"";
                case 8 -> n -> name + random.nextBoolean();
                case 9 -> n -> name + "[" + "1,".repeat(random.nextInt(width)) + "null]";
                case 10 -> n -> name + "{\"x\":\"" + (n / 10) + "a" + n + "\"}";
                default -> n -> digits("{}[]\":,\\ -.0aeT\u00E9", random.nextInt(width));
            };
        }

        private String digits(String of, int length) {
            StringBuilder digits = new StringBuilder();
            for (int i = 0; i < length; i++) {
                digits.append(of.charAt(random.nextInt(of.length())));
            }
            return digits.toString();
        }

        byte[] payload() {
            StringBuilder payload = new StringBuilder("{");
            for (IntFunction<String> field : kinds.get(random.nextInt(kinds.size()))) {
                payload.append(payload.length() > 1 ? "," : "").append(field.apply(count));
            }
            count++;
            byte[] bytes = payload.append('}').toString().getBytes(ISO_8859_1);
            if (random.nextInt(20) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            return random.nextInt(30) == 0
                    ? Arrays.copyOf(bytes, random.nextInt(bytes.length))
                    : bytes;
        }
    }
}
