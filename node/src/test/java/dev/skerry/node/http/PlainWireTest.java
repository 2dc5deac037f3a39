package dev.skerry.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Wire;
import dev.skerry.stream.Bytes;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes over a wire, byte by byte, from clients that do as they like.
class PlainWireTest {

    private static final byte[] MASK = {1, 2, 3, 4};

    private final BlockingQueue<Ear> taken = new LinkedBlockingQueue<>();
    private HttpHost host;

    @BeforeEach
    void start() {
        host =
                HttpHost.at("127.0.0.1", 0)
                        .wires(
                                new WireMount(
                                                WireDialer.PATH,
                                                (guest, wire) -> {
                                                    Ear ear = new Ear(guest);
                                                    ear.opened(wire);
                                                    taken.add(ear);
                                                    return ear;
                                                })
                                        .unproven(name -> name.startsWith("store-")))
                        .start();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private Ear taken() throws Exception {
        Ear ear = taken.poll(Ear.SECONDS_MAX, TimeUnit.SECONDS);
        if (ear == null) {
            throw new AssertionError("no wire came in");
        }
        return ear;
    }

    private static String opening(String... headers) {
        return "GET /v1/link HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + String.join("", Arrays.stream(headers).map(h -> h + "\r\n").toList())
                + "\r\n";
    }

    private static final String VERSION = "Sec-WebSocket-Version: 13";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final String GUEST = "Skerry-Guest: store-0042";

    private final class Client implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port());
        private final DataInputStream in = new DataInputStream(socket.getInputStream());

        Client() throws IOException {
            socket.setSoTimeout(10_000);
        }

        Client opened() throws IOException {
            String answer = ask(opening(VERSION, KEY, GUEST));
            assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
            // The example of RFC 6455.
            assertTrue(answer.contains("Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), answer);
            return this;
        }

        String ask(String request) throws IOException {
            say(request.getBytes(UTF_8));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            return head.toString();
        }

        void say(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        void frame(int first, byte[] payload) throws IOException {
            say(framed(first, payload));
        }

        /// The code of a close frame.
        int closeCode() throws IOException {
            byte[] payload = control(0x88);
            return ByteBuffer.wrap(payload).getShort();
        }

        byte[] control(int first) throws IOException {
            assertEquals(first, in.readUnsignedByte());
            return in.readNBytes(in.readUnsignedByte());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static byte[] framed(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) 0xFE).putShort((short) payload.length);
        } else {
            frame.put((byte) 0xFF).putLong(payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i & 3]));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    @Test
    void without_tls_a_name_counts_only_where_that_is_allowed() throws Exception {
        try (Client _ = new Client().opened()) {
            assertEquals("store-0042", taken().guest.name());
        }
        for (String[] bad :
                new String[][] {{VERSION, KEY}, {VERSION, KEY, "Skerry-Guest: somebody"}}) {
            try (Client client = new Client()) {
                assertTrue(client.ask(opening(bad)).startsWith("HTTP/1.1 403 "));
            }
        }
    }

    @Test
    void a_dialer_may_name_itself_without_tls() throws Exception {
        URI hq = URI.create("http://store-0007@127.0.0.1:" + host.port());
        try (WireDialer dialer =
                new WireDialer(
                        new HqRoute(
                                hq,
                                () -> {
                                    throw new AssertionError("nobody should ask");
                                },
                                Optional.empty()))) {
            Ear store = new Ear();
            dialer.dial(store);
            store.wire().send(Bytes.of("hello"));
            Ear ear = taken();
            assertEquals("store-0007", ear.guest.name());
            assertEquals("hello", ear.next().text());
        }
    }

    @Test
    void openings_that_are_none_are_told_what_is_wrong() throws Exception {
        String[][] bad = {
            {"426", KEY, GUEST},
            {"426", KEY, GUEST, "Sec-WebSocket-Version: 8"},
            {"400", VERSION, GUEST},
            {"400", VERSION, GUEST, "Sec-WebSocket-Key: short"},
            {"403", VERSION, KEY, GUEST, "Origin: https://evil.example"}
        };
        for (String[] headers : bad) {
            try (Client client = new Client()) {
                String answer = client.ask(opening(Arrays.copyOfRange(headers, 1, headers.length)));
                assertTrue(answer.startsWith("HTTP/1.1 " + headers[0]), answer);
                assertTrue(answer.contains("application/problem+json"), answer);
            }
        }
        try (Client client = new Client()) {
            String answer = client.ask("GET /v1/link HTTP/1.1\r\nHost: h\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 426"), answer);
            assertTrue(answer.contains("Upgrade: websocket"), answer);
        }
    }

    @Test
    void a_message_may_come_in_parts_with_pings_between() throws Exception {
        try (Client client = new Client().opened()) {
            client.frame(0x02, "one".getBytes(UTF_8));
            client.frame(0x89, "ping".getBytes(UTF_8));
            client.frame(0x00, new byte[0]);
            client.frame(0x8A, "pong nobody asked for".getBytes(UTF_8));
            client.frame(0x80, " two".getBytes(UTF_8));
            client.frame(0x82, "three".getBytes(UTF_8));
            Ear ear = taken();
            assertEquals("one two", ear.next().text());
            assertEquals("three", ear.next().text());
            assertEquals("ping", new String(client.control(0x8A), UTF_8));
        }
    }

    @Test
    void a_message_may_come_byte_by_byte_and_with_the_opening() throws Exception {
        try (Client client = new Client()) {
            ByteBuffer all = ByteBuffer.allocate(1000);
            all.put(opening(VERSION, KEY, GUEST).getBytes(UTF_8)).put(framed(0x82, MASK));
            client.say(Arrays.copyOf(all.array(), all.position()));
            Ear ear = taken();
            assertEquals(Bytes.of(MASK), ear.next());
            client.socket.setTcpNoDelay(true);
            for (byte b : framed(0x82, new byte[300])) {
                client.say(new byte[] {b});
            }
            assertEquals(Bytes.of(new byte[300]), ear.next());
        }
    }

    @Test
    void what_is_too_large_is_told_so_even_while_it_comes() throws Exception {
        int max = Wire.MESSAGE_BYTES_MAX;
        try (Client client = new Client().opened()) {
            client.frame(0x82, new byte[max + 1]);
            assertEquals(1009, client.closeCode());
        }
        try (Client client = new Client().opened()) {
            client.frame(0x02, new byte[max]);
            client.frame(0x80, new byte[1]);
            assertEquals(1009, client.closeCode());
        }
        try (Client client = new Client().opened()) {
            byte[] endless = framed(0x82, new byte[1 << 16]);
            ByteBuffer.wrap(endless).putLong(2, Long.MIN_VALUE);
            client.say(endless);
            assertEquals(1009, client.closeCode());
        }
        for (int i = 0; i < 3; i++) {
            Ear ear = taken();
            while (!ear.ended.isDone()) {
                host.connections().step();
            }
            assertEquals("a message has at most 1048576 bytes", ear.end());
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x80, // the end of nothing
                0xC2, // a reserved bit
                0x09, // a ping in parts
                0x83 // nobody knows
            })
    void what_is_no_websocket_is_refused(int first) throws Exception {
        try (Client client = new Client().opened()) {
            client.frame(first, "x".getBytes(UTF_8));
            assertEquals(first == 0x83 ? 1003 : 1002, client.closeCode());
        }
        taken().end();
    }

    @Test
    void text_is_not_understood() throws Exception {
        try (Client client = new Client().opened()) {
            client.frame(0x81, "text".getBytes(UTF_8));
            assertEquals(1003, client.closeCode());
        }
        assertEquals("only binary messages are understood", taken().end());
    }

    @Test
    void a_frame_without_a_mask_is_refused() throws Exception {
        try (Client client = new Client().opened()) {
            client.say(new byte[] {(byte) 0x82, 1, 7});
            assertEquals(1002, client.closeCode());
        }
        taken().end();
    }

    @Test
    void a_farewell_is_answered_and_tells_why() throws Exception {
        try (Client client = new Client().opened()) {
            client.frame(0x88, new byte[] {3, (byte) 0xE8, 'b', 'y', 'e'});
            assertEquals(1000, client.closeCode());
            assertEquals(-1, client.in.read());
            assertEquals("bye", taken().end());
        }
    }

    @Test
    void a_client_that_leaves_without_a_word_ends_the_wire() throws Exception {
        new Client().opened().close();
        assertEquals("the line broke", taken().end());
    }

    @Test
    void an_idle_wire_is_left_alone_and_half_a_message_is_not() throws Exception {
        try (Client idle = new Client().opened()) {
            Ear ear = taken();
            try (Client stalled = new Client().opened()) {
                Ear half = taken();
                stalled.say(new byte[] {(byte) 0x82, (byte) 0x85, 1, 2, 3, 4, 5});
                stalled.socket.setSoTimeout(1);
                int looks = 0;
                boolean open = true;
                while (open) {
                    try {
                        open = stalled.in.read() >= 0;
                    } catch (SocketTimeoutException e) {
                        host.connections().step();
                        looks++;
                    }
                }
                half.end();
                assertTrue(looks >= Line.SILENT_LOOKS_MAX, "after " + looks);
            }
            idle.frame(0x82, "here I am".getBytes(UTF_8));
            assertEquals("here I am", ear.next().text());
            for (int i = 0; i < 2 * Line.SILENT_LOOKS_MAX; i++) {
                host.connections().step();
            }
            idle.frame(0x82, "still".getBytes(UTF_8));
            assertEquals("still", ear.next().text());
        }
    }

    @Test
    void who_does_not_answer_a_farewell_gets_a_moment_and_no_more() throws Exception {
        try (Client client = new Client().opened()) {
            Ear ear = taken();
            ear.wire().close("a newer wire is here");
            assertEquals(1000, client.closeCode());
            client.frame(0x82, "too late".getBytes(UTF_8));
            for (int i = 0; i < Line.ENDING_LOOKS_MAX; i++) {
                host.connections().step();
            }
            assertEquals("a newer wire is here", ear.end());
            assertTrue(ear.heard.isEmpty());
        }
    }

    @Test
    void a_long_farewell_is_cut_at_a_character() throws Exception {
        try (Client client = new Client().opened()) {
            taken().wire().close("ü".repeat(100));
            byte[] farewell = client.control(0x88);
            assertEquals("ü".repeat(61), new String(farewell, 2, farewell.length - 2, UTF_8));
        }
    }
}
