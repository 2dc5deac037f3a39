package dev.skerry.app.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real sockets and real time, since that is what a line is made of; but each test takes little of it.
@Timeout(30)
class BadLineTest {

    private static final int SILENCE_MILLIS = 60;
    private static final int LATE_MILLIS = 3_000;
    private static final int PATIENCE_MILLIS = 10_000;

    private final List<Socket> sockets = new ArrayList<>();
    private ServerSocket hq;
    private BadLine line;

    @BeforeEach
    void open() throws IOException {
        hq = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        line = new BadLine(0, (InetSocketAddress) hq.getLocalSocketAddress());
    }

    @AfterEach
    void close() throws IOException {
        line.close();
        hq.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /// Both ends of a connection through the line.
    private record Ends(Socket store, Socket hq) {

        void passes(String text) throws IOException {
            say(store, text);
            hears(text, hq);
            say(hq, text);
            hears(text, store);
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static void hears(String text, Socket socket) throws IOException {
        byte[] heard = socket.getInputStream().readNBytes(text.length());
        assertEquals(text, new String(heard, US_ASCII));
    }

    private Ends connect() throws IOException {
        Socket store = dial();
        return new Ends(store, answer());
    }

    private Socket dial() throws IOException {
        Socket store = new Socket(InetAddress.getLoopbackAddress(), line.port());
        store.setSoTimeout(PATIENCE_MILLIS);
        store.setTcpNoDelay(true);
        sockets.add(store);
        return store;
    }

    private Socket answer() throws IOException {
        hq.setSoTimeout(PATIENCE_MILLIS);
        Socket answered = hq.accept();
        answered.setSoTimeout(PATIENCE_MILLIS);
        answered.setTcpNoDelay(true);
        sockets.add(answered);
        return answered;
    }

    private static void silent(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    private static void reset(Socket socket) {
        SocketException e =
                assertThrows(SocketException.class, () -> socket.getInputStream().read());
        assertTrue(String.valueOf(e.getMessage()).contains("reset"), e.toString());
    }

    /// Sends, and closes this direction.
    private static Thread send(Socket socket, byte[] bytes) {
        FutureTask<Boolean> task =
                new FutureTask<>(() -> {
                    socket.getOutputStream().write(bytes);
                    socket.shutdownOutput();
                    return true;
                });
        return Thread.ofVirtual().start(task);
    }

    private static Duration elapsed(long beginNanos) {
        return Duration.ofNanos(System.nanoTime() - beginNanos);
    }

    /// And not many times as long, as it would be if every piece waited for the one before; on a busy machine that is all
    /// that can be asked.
    private static void atLeast(long millisMin, Duration took) {
        long millis = took.toMillis();
        assertTrue(millis >= millisMin && millis <= LATE_MILLIS, took.toString());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void bytes_arrive_unchanged_both_ways_and_each_is_counted() throws Exception {
        Ends ends = connect();
        byte[] sale = random(3_000_001);
        byte[] answer = random(1_000_003);
        send(ends.store, sale);
        send(ends.hq, answer);
        assertArrayEquals(sale, ends.hq.getInputStream().readAllBytes());
        assertArrayEquals(answer, ends.store.getInputStream().readAllBytes());
        Traffic traffic = line.traffic();
        assertEquals(sale.length, traffic.upBytes());
        assertEquals(answer.length, traffic.downBytes());
        assertEquals(1, traffic.connections());
    }

    @Test
    void an_end_that_has_said_all_still_hears_the_other() throws Exception {
        Ends ends = connect();
        ends.store.shutdownOutput();
        assertEquals(-1, ends.hq.getInputStream().read());
        ends.hq.getOutputStream().write('x');
        assertEquals('x', ends.store.getInputStream().read());
    }

    @Test
    void a_cut_resets_connections_and_refuses_new_ones_until_the_line_is_up_on_the_same_port()
            throws Exception {
        Ends ends = connect();
        int port = line.port();
        line.cut();
        reset(ends.store);
        reset(ends.hq);
        assertThrows(ConnectException.class, this::dial);
        line.up();
        assertEquals(port, line.port());
        connect().passes("again");
        assertEquals(2, line.traffic().connections());
    }

    @Test
    void while_the_line_is_cut_nobody_is_connected_to_itself() {
        line.cut();
        // Any port of this machine comes up sooner or later as one's own end, but for the line's.
        for (int i = 0; i < 3_000; i++) {
            assertThrows(ConnectException.class, this::dial);
        }
    }

    @Test
    void the_line_can_be_cut_again_and_again() throws Exception {
        for (int i = 0; i < 50; i++) {
            connect().passes("round " + i);
            line.cut();
            line.up();
        }
    }

    @Test
    void a_flap_resets_connections_and_takes_new_ones_at_once() throws Exception {
        Ends ends = connect();
        line.resetAll();
        reset(ends.store);
        reset(ends.hq);
        connect().passes("again");
    }

    @Test
    void a_stalled_line_carries_nothing_and_forgets_nothing() throws Exception {
        Ends ends = connect();
        line.stall();
        say(ends.store, "sale");
        ends.store.shutdownOutput();
        Socket late = dial();
        say(late, "late");
        silent(ends.hq);
        line.up();
        hears("sale", ends.hq);
        assertEquals(-1, ends.hq.getInputStream().read());
        hears("late", answer());
    }

    @Test
    void a_stalled_line_does_not_tell_that_an_end_has_died() throws Exception {
        Ends ends = connect();
        line.stall();
        ends.hq.setSoLinger(true, 0);
        ends.hq.close();
        silent(ends.store);
        line.up();
        reset(ends.store);
    }

    @Test
    void a_stranded_connection_stays_dead_while_new_ones_work() throws Exception {
        Ends old = connect();
        line.stall();
        line.strand();
        connect().passes("new");
        old.store.getOutputStream().write('x');
        silent(old.hq);
        line.up();
        silent(old.hq);
        line.cut();
        reset(old.hq);
    }

    @Test
    void an_end_that_is_killed_resets_the_other() throws Exception {
        Ends ends = connect();
        ends.passes("x");
        ends.hq.setSoLinger(true, 0);
        ends.hq.close();
        reset(ends.store);
    }

    @Test
    void whoever_connects_while_the_far_end_is_not_there_is_reset() throws Exception {
        hq.close();
        reset(dial());
    }

    @Test
    void the_rate_holds_and_delay_limits_no_throughput() throws Exception {
        line.shape(1_250_000, Duration.ofMillis(40));
        Ends ends = connect();
        byte[] sales = random(500_000);
        long begin = System.nanoTime();
        send(ends.store, sales);
        assertArrayEquals(sales, ends.hq.getInputStream().readAllBytes());
        // 400 ms at 10 Mbit/s, and 40 ms on the way.
        atLeast(435, elapsed(begin));
    }

    @Test
    void connections_share_the_rate() throws Exception {
        line.shape(1_250_000, Duration.ZERO);
        Ends one = connect();
        Ends other = connect();
        long begin = System.nanoTime();
        send(one.store, random(250_000));
        send(other.store, random(250_000));
        assertEquals(250_000, one.hq.getInputStream().readAllBytes().length);
        assertEquals(250_000, other.hq.getInputStream().readAllBytes().length);
        atLeast(395, elapsed(begin));
    }

    @Test
    void delay_alone_leaves_the_line_wide() throws Exception {
        line.shape(Shape.UNLIMITED, Duration.ofMillis(40));
        Ends ends = connect();
        byte[] bulk = random(8_000_000);
        long begin = System.nanoTime();
        send(ends.store, bulk);
        assertArrayEquals(bulk, ends.hq.getInputStream().readAllBytes());
        atLeast(40, elapsed(begin));
    }

    @Test
    void a_question_and_its_answer_take_a_round_trip() throws Exception {
        Ends ends = connect();
        line.shape(Shape.UNLIMITED, Duration.ofMillis(40));
        long begin = System.nanoTime();
        ends.passes("x");
        atLeast(80, elapsed(begin));
    }

    @Test
    void a_slow_line_trickles() throws Exception {
        line.shape(100, Duration.ZERO);
        Ends ends = connect();
        long begin = System.nanoTime();
        ends.store.getOutputStream().write(random(1_000));
        ends.hq.getInputStream().readNBytes(10);
        atLeast(95, elapsed(begin));
        ends.hq.getInputStream().readNBytes(20);
        atLeast(295, elapsed(begin));
        line.shape(Shape.UNLIMITED, Duration.ZERO);
        ends.hq.getInputStream().readNBytes(970);
        atLeast(295, elapsed(begin));
    }

    @Test
    void what_is_on_the_line_is_bounded() throws Exception {
        line.stall();
        Socket store = dial();
        store.setSoTimeout(SILENCE_MILLIS);
        FutureTask<Long> sending =
                new FutureTask<>(() -> {
                    byte[] piece = new byte[100_000];
                    while (true) {
                        store.getOutputStream().write(piece);
                    }
                });
        Thread sender = Thread.ofVirtual().start(sending);
        long before = -1;
        for (long now = 0; now != before; now = line.traffic().upBytes()) {
            before = now;
            assertTrue(now < 5_000_000, now + " bytes");
            assertTrue(!sender.join(Duration.ofMillis(SILENCE_MILLIS)));
        }
        line.cut();
        sender.join();
    }

    @Test
    void closing_ends_everything_and_frees_the_port() throws Exception {
        Ends ends = connect();
        line.close();
        reset(ends.store);
        reset(ends.hq);
        assertEquals(0, line.traffic().open());
        line.up();
        assertEquals(BadLine.State.CLOSED, line.state());
        new ServerSocket(line.port(), 1, InetAddress.getLoopbackAddress()).close();
    }
}
