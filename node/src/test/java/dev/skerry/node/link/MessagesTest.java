package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Message.Ack;
import dev.skerry.node.link.Message.Announce;
import dev.skerry.node.link.Message.Aside;
import dev.skerry.node.link.Message.Ask;
import dev.skerry.node.link.Message.Coding;
import dev.skerry.node.link.Message.Data;
import dev.skerry.node.link.Message.Dropped;
import dev.skerry.node.link.Message.Follow;
import dev.skerry.node.link.Message.Forked;
import dev.skerry.node.link.Message.Heard;
import dev.skerry.node.link.Message.Hello;
import dev.skerry.node.link.Message.Mirror;
import dev.skerry.node.link.Message.Mirrors;
import dev.skerry.node.link.Message.Offer;
import dev.skerry.node.link.Message.Part;
import dev.skerry.node.link.Message.Ping;
import dev.skerry.node.link.Message.Pong;
import dev.skerry.node.link.Message.Ready;
import dev.skerry.node.link.Message.Refusal;
import dev.skerry.node.link.Message.Refused;
import dev.skerry.node.link.Message.StartOver;
import dev.skerry.node.link.Message.Sum;
import dev.skerry.node.link.Message.Welcome;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The link as bytes: what was ever sent can be read, and the protocol page says what the code does.
class MessagesTest {

    /// A line for each message, in hexadecimal digits. Lines are only ever added.
    private static final String EVER_SENT = "messages-1.txt";

    private static final StreamName ORDERS = StreamName.of("store-0042/orders");
    private static final Checkpoint PLACE =
            new Checkpoint(300, new Checksum(0x0123456789abcdefL, 0xfedcba9876543210L));
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Announce ANNOUNCE =
            new Announce(7, ORDERS, false, "application/json", PLACE);

    private static final List<Message> SAMPLES =
            List.of(
                    new Hello(List.of(1), "skerry 0.1", "0042", 3, "0a", "0b", NOON, 65536),
                    new Welcome(
                            1,
                            "skerry 0.1",
                            "HQ",
                            3,
                            "Main Street",
                            "north",
                            NOON,
                            65536,
                            List.of(ANNOUNCE),
                            false),
                    new Refused(Refusal.ELSEWHERE, "another one is", 5000L, List.of(), false),
                    new Ready(),
                    new Offer(1, ORDERS, true, "application/json", PLACE),
                    new Mirror(1, PLACE),
                    new Ask(ORDERS, 299),
                    new Sum(ORDERS, PLACE),
                    ANNOUNCE,
                    new Follow(7, PLACE),
                    new StartOver(7, PLACE),
                    new Data(1, 300, 302, -2, Coding.HISTORY, 1200, true, Bytes.of("data")),
                    new Part(1, false, Bytes.of("more")),
                    new Ack(1, 302),
                    new Heard(1),
                    new Ping(NOON),
                    new Pong(NOON, NOON.plusMillis(5)),
                    new Forked(ORDERS, 12),
                    new Dropped(7, 200),
                    new Aside(7, true, "a bad sector"),
                    new Mirrors(List.of(ANNOUNCE), true));

    @Test
    void what_was_ever_sent_can_be_read() throws IOException {
        List<String> lines;
        try (var in = Objects.requireNonNull(MessagesTest.class.getResourceAsStream(EVER_SENT))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
        assertEquals(SAMPLES.size(), lines.size());
        for (int i = 0; i < SAMPLES.size(); i++) {
            Bytes bytes = Bytes.of(HexFormat.of().parseHex(lines.get(i)));
            assertEquals(SAMPLES.get(i), Messages.read(bytes));
            assertEquals(
                    lines.get(i), HexFormat.of().formatHex(Messages.write(SAMPLES.get(i)).copy()));
        }
    }

    @Test
    void every_message_is_among_the_samples() {
        assertEquals(
                Arrays.stream(Message.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .sorted()
                        .toList(),
                SAMPLES.stream().map(one -> one.getClass().getName()).sorted().toList());
    }

    @Test
    void the_protocol_page_numbers_the_messages_as_the_code_does() throws IOException {
        String page = protocol();
        for (Message sample : SAMPLES) {
            int number = Messages.write(sample).array()[0];
            String row = "| %d | %s |".formatted(number, sample.getClass().getSimpleName());
            assertTrue(page.contains(row), row);
        }
    }

    @Test
    void the_protocol_page_states_the_limits_that_the_code_keeps() throws IOException {
        String page = protocol();
        LinkSettings store = LinkSettings.defaults();
        HqSettings hq = HqSettings.defaults();
        for (String said :
                List.of(
                        "the last %,d bytes".formatted(History.BYTES_MAX),
                        "at most %d times as long".formatted(Run.EXPANSION_MAX),
                        "a receiver keeps %d MiB".formatted(Receiver.PARTS_BYTES_MAX >> 20),
                        "at most %,d streams".formatted(Receiver.STREAMS_MAX),
                        "%d characters of it are kept".formatted(Message.Aside.WHY_LENGTH_MAX),
                        "after %d s, 10 s, 20 s … up to %d minutes"
                                .formatted(
                                        Asides.PAUSE_MIN.toSeconds(), Asides.PAUSE_MAX.toMinutes()),
                        "and %d ms more".formatted(Window.QUEUE.toMillis()),
                        "heard nothing for %d s sends Ping"
                                .formatted(store.pingEvery().toSeconds()),
                        "heard nothing for %d s gives".formatted(hq.silenceMax().toSeconds()),
                        "after %d s without an answer"
                                .formatted(store.answerWithin().toSeconds()))) {
            assertTrue(page.contains(said), said);
        }
        assertEquals(Duration.ofMillis(300), store.probeEvery());
        assertEquals(Duration.ofMillis(500), store.backOffMin());
        assertEquals(Duration.ofMinutes(1), store.backOffMax());
    }

    private static String protocol() throws IOException {
        return Files.readString(Path.of("../docs/protocol.md"));
    }

    @Test
    void a_message_of_a_newer_version_is_passed_over_and_so_are_new_fields() {
        assertNull(Messages.read(Bytes.of(new byte[] {99, 1, 2, 3})));
        Bytes hello = Messages.write(SAMPLES.getFirst());
        String newer =
                hello.text().replace("\"epoch\"", "\"mood\":{\"is\":[1,\"good\"]},\"epoch\"");
        assertEquals(SAMPLES.getFirst(), Messages.read(Bytes.of(newer)));
    }

    @Test
    void no_bytes_do_worse_than_break_the_protocol() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Messages.write(SAMPLES.get(i % SAMPLES.size())).copy();
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            if (cut.length > 0 && random.nextBoolean()) {
                cut[random.nextInt(cut.length)] = (byte) random.nextInt();
            }
            try {
                Messages.read(Bytes.of(cut));
            } catch (LinkException broken) {
                assertTrue(String.valueOf(broken.getMessage()).length() > 5);
            }
        }
        assertThrows(LinkException.class, () -> Messages.read(Bytes.EMPTY));
    }
}
