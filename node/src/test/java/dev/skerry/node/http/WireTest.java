package dev.skerry.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Acceptor;
import dev.skerry.node.link.Dialer.Failure;
import dev.skerry.node.link.Wire;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Both ends of a wire, over real sockets on loopback, with TLS.
@TestInstance(Lifecycle.PER_CLASS)
class WireTest {

    /// What TLS 1.3 adds: 5 before, 1 for the type, 16 to prove it, and 16 zeros with which the JDK always pads.
    private static final int RECORD_BYTES = 38;

    private static final int MASK_BYTES = 4;

    private final BlockingQueue<Ear> taken = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> strangers = new LinkedBlockingQueue<>();
    private final AtomicReference<Optional<Duration>> busy =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<SSLContext> server = new AtomicReference<>();
    private final AtomicReference<Acceptor> acceptor = new AtomicReference<>(this::take);
    private Keys keys;
    private HttpHost host;
    private WireDialer dialer;

    @BeforeAll
    void make(@TempDir Path folder) throws Exception {
        keys = new Keys(folder, "hq", "hq2", "store-0042", "stranger");
    }

    @BeforeEach
    void start() {
        acceptor.set(this::take);
        server.set(keys.context("hq", "store-0042"));
        host =
                HttpHost.at("127.0.0.1", 0)
                        .tls(server::get)
                        .strangers((address, why) -> strangers.add(address + ": " + why))
                        .wires(
                                new WireMount(
                                                WireDialer.PATH,
                                                (guest, wire) -> acceptor.get().accept(guest, wire))
                                        .busy(busy::get))
                        .route(
                                "POST",
                                "/v1/enrol",
                                it ->
                                        it.answerJson(
                                                201, it.body(100).text().toUpperCase(Locale.ROOT)))
                        .start();
        dialer = dialer(host.port(), () -> keys.context("store-0042", "hq"), Optional.empty());
    }

    private Wire.Ears take(Acceptor.Guest guest, Wire wire) {
        Ear ear = new Ear(guest);
        ear.opened(wire);
        taken.add(ear);
        return ear;
    }

    private static URI hq(int port) {
        return URI.create("https://127.0.0.1:" + port);
    }

    private static WireDialer dialer(
            int port, Supplier<SSLContext> tls, Optional<HttpProxy> proxy) {
        return new WireDialer(new HqRoute(hq(port), tls, proxy));
    }

    @AfterEach
    void stop() {
        dialer.close();
        host.close();
        busy.set(Optional.empty());
        taken.clear();
        strangers.clear();
    }

    private String stranger() throws InterruptedException {
        String told = strangers.poll(Ear.SECONDS_MAX, TimeUnit.SECONDS);
        if (told == null) {
            throw new AssertionError("nobody told of a stranger");
        }
        return told;
    }

    private Ear dial() throws Exception {
        return dial(dialer);
    }

    private static Ear dial(WireDialer from) throws Exception {
        Ear ear = new Ear();
        from.dial(ear);
        ear.wire();
        return ear;
    }

    private Ear taken() throws Exception {
        Ear ear = taken.poll(Ear.SECONDS_MAX, TimeUnit.SECONDS);
        if (ear == null) {
            throw new AssertionError("no wire came in");
        }
        return ear;
    }

    private static Bytes random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return Bytes.of(bytes);
    }

    // ---- messages

    @Test
    void messages_of_all_sizes_come_as_they_went() throws Exception {
        Ear store = dial();
        Ear hq = taken();
        int max = Wire.MESSAGE_BYTES_MAX;
        for (int length :
                new int[] {0, 1, 7, 8, 9, 125, 126, 16_375, 16_376, 16_377, 65_535, 65_536, max}) {
            store.wire().send(random(length));
            assertEquals(random(length), hq.next());
            hq.wire().send(random(length));
            assertEquals(random(length), store.next());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> store.wire().send(Bytes.of(new byte[max + 1])));
        assertThrows(
                IllegalArgumentException.class, () -> hq.wire().send(Bytes.of(new byte[max + 1])));
    }

    @Test
    void a_thousand_messages_each_way_at_once_stay_in_order() throws Exception {
        Ear store = dial();
        Ear hq = taken();
        Thread up = Thread.startVirtualThread(() -> sendMany(store));
        Thread down = Thread.startVirtualThread(() -> sendMany(hq));
        for (int i = 0; i < 1000; i++) {
            assertEquals(random(i * 7), hq.next());
            assertEquals(random(i * 7), store.next());
        }
        up.join();
        down.join();
    }

    private static void sendMany(Ear from) {
        try {
            Wire wire = from.wire();
            for (int i = 0; i < 1000; i++) {
                wire.send(random(i * 7));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("slow") // Messages of a megabyte, encrypted.
    void who_does_not_listen_is_not_sent_more_than_the_line_holds() throws Exception {
        // More than the buffers of two sockets ever hold.
        int many = 24;
        Semaphore listens = new Semaphore(0);
        acceptor.set((guest, wire) -> {
            Ear slow =
                    new Ear(guest) {
                        @Override
                        public void received(Bytes message) {
                            listens.acquireUninterruptibly();
                            super.received(message);
                        }
                    };
            taken.add(slow);
            return slow;
        });
        Ear store = dial();
        Ear hq = taken();
        Thread sender =
                Thread.startVirtualThread(() -> {
                    for (int i = 0; i < many; i++) {
                        store.wire.join().send(random(Wire.MESSAGE_BYTES_MAX));
                    }
                });
        while (sender.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        listens.release(many);
        for (int i = 0; i < many; i++) {
            assertEquals(Wire.MESSAGE_BYTES_MAX, hq.next().length());
        }
        sender.join();
    }

    // ---- who comes in

    @Test
    void a_guest_is_who_the_certificate_says() throws Exception {
        dial();
        Acceptor.Guest guest = taken().guest;
        assertEquals("store-0042", guest.name());
        assertTrue(guest.fingerprint().matches("[0-9a-f]{64}"), guest.fingerprint());
        assertTrue(guest.address().startsWith("127.0.0.1:"), guest.address());
    }

    @Test
    void without_a_certificate_there_is_no_wire() throws Exception {
        Ear nobody = new Ear();
        dialer(host.port(), () -> keys.context("", "hq"), Optional.empty()).dial(nobody);
        Failure failure = nobody.failure();
        assertTrue(failure.why().startsWith("HTTP 403"), failure.why());
        assertEquals("127.0.0.1: no certificate was shown for a wire", stranger());
        assertTrue(failure.reached());
        assertNull(failure.comeBackAfter());
    }

    @Test
    void a_certificate_of_somebody_else_gets_no_tls() throws Exception {
        Ear stranger = new Ear();
        dialer(host.port(), () -> keys.context("stranger", "hq"), Optional.empty()).dial(stranger);
        assertTrue(stranger.failure().reached(), stranger.failure().why());
        assertTrue(stranger().startsWith("127.0.0.1: "));
    }

    @Test
    void an_hq_that_is_not_ours_is_not_spoken_to() throws Exception {
        Ear store = new Ear();
        dialer(host.port(), () -> keys.context("store-0042", "hq2"), Optional.empty()).dial(store);
        assertTrue(store.failure().why().contains("SSL"), store.failure().why());
        assertTrue(store.failure().reached());
    }

    @Test
    void a_busy_hq_says_when_to_come_back() throws Exception {
        busy.set(Optional.of(Duration.ofMillis(6_500)));
        Ear store = new Ear();
        dialer.dial(store);
        assertEquals(Duration.ofSeconds(7), store.failure().comeBackAfter());
        assertTrue(store.failure().reached());
        busy.set(Optional.empty());
        dial();
    }

    @Test
    void renewed_certificates_count_from_the_next_connection_on() throws Exception {
        AtomicReference<SSLContext> own =
                new AtomicReference<>(keys.context("store-0042", "hq", "hq2"));
        WireDialer renewing = dialer(host.port(), own::get, Optional.empty());
        Ear before = dial(renewing);
        Ear first = taken();
        server.set(keys.context("hq2", "stranger"));
        own.set(keys.context("stranger", "hq2"));
        dial(renewing);
        assertEquals("stranger", taken().guest.name());
        before.wire().send(random(10));
        assertEquals(random(10), first.next());
        renewing.close();
    }

    // ---- how it ends

    @Test
    void hq_may_end_it() throws Exception {
        Ear store = dial();
        Ear hq = taken();
        hq.wire().close("a newer wire is here");
        hq.wire().close("again");
        assertEquals("a newer wire is here", store.end());
        assertEquals("a newer wire is here", hq.end());
        store.wire().send(random(10));
        hq.wire().send(random(10));
    }

    @Test
    void the_store_may_end_it() throws Exception {
        Ear store = dial();
        Ear hq = taken();
        store.wire().send(random(10));
        store.wire().close("good night – until tomorrow");
        assertEquals("good night ? until tomorrow", hq.end());
        assertEquals(random(10), hq.next());
        assertEquals("good night – until tomorrow", store.end());
    }

    @Test
    void a_store_that_vanishes_is_noticed() throws Exception {
        Ear store = dial();
        Ear hq = taken();
        dialer.close();
        hq.end();
        assertEquals("this node stops", store.end());
    }

    @Test
    void a_host_that_stops_says_so_and_is_quick() throws Exception {
        Ear store = dial();
        Ear hq = taken();
        long before = System.nanoTime();
        host.close();
        long ms = (System.nanoTime() - before) / 1_000_000;
        assertTrue(ms < 2000, "stopping took " + ms + " ms");
        assertEquals("the server stops", store.end());
        assertEquals("the server stops", hq.end());
    }

    @Test
    void ears_that_fail_end_their_wire_and_no_other() throws Exception {
        acceptor.set((guest, wire) -> {
            Ear ear =
                    new Ear(guest) {
                        @Override
                        public void received(Bytes message) {
                            throw new IllegalStateException("meant");
                        }
                    };
            taken.add(ear);
            return ear;
        });
        Ear store = dial();
        Ear other = dial();
        taken();
        store.wire().send(random(10));
        assertEquals("failed", store.end());
        assertFalse(other.ended.isDone());
    }

    // ---- lines that are bad

    @Test
    void nobody_there_is_told_from_somebody_who_refuses() throws Exception {
        int closed;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = once.getLocalPort();
        }
        Ear store = new Ear();
        WireDialer lost = dialer(closed, () -> keys.context("store-0042", "hq"), Optional.empty());
        lost.dial(store);
        assertFalse(store.failure().reached(), store.failure().why());
    }

    @Test
    @Tag("slow") // The JDK looks at its deadlines every three seconds.
    void a_line_that_accepts_and_never_answers_is_given_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ear store = new Ear();
            new WireDialer(
                            new HqRoute(
                                    hq(silent.getLocalPort()),
                                    () -> keys.context("store-0042", "hq"),
                                    Optional.empty(),
                                    Duration.ofMillis(50)))
                    .dial(store);
            assertFalse(store.failure().reached(), store.failure().why());
        }
    }

    @Test
    void a_line_cut_in_the_handshake_is_down() throws Exception {
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ear store = new Ear();
            dialer(rude.getLocalPort(), () -> keys.context("store-0042", "hq"), Optional.empty())
                    .dial(store);
            Thread.startVirtualThread(() -> hangUpOnEverybody(rude));
            assertFalse(store.failure().reached(), store.failure().why());
        }
    }

    private static void hangUpOnEverybody(ServerSocket listener) {
        try {
            // The JDK tries more than once.
            while (true) {
                listener.accept().close();
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Test
    void keys_that_cannot_be_read_fail_the_dial() throws Exception {
        Ear store = new Ear();
        dialer(
                        host.port(),
                        () -> {
                            throw new IllegalStateException("no keys");
                        },
                        Optional.empty())
                .dial(store);
        assertTrue(store.failure().why().contains("no keys"));
    }

    @Test
    void a_cut_ends_both_sides() throws Exception {
        try (LoopbackProxy proxy = new LoopbackProxy(host.port())) {
            WireDialer through =
                    dialer(proxy.port(), () -> keys.context("store-0042", "hq"), Optional.empty());
            Ear store = dial(through);
            Ear hq = taken();
            proxy.cut();
            store.end();
            hq.end();
        }
    }

    @Test
    void closing_never_hangs_on_a_line_that_has_gone_silent() throws Exception {
        try (LoopbackProxy proxy = new LoopbackProxy(host.port())) {
            WireDialer through =
                    dialer(proxy.port(), () -> keys.context("store-0042", "hq"), Optional.empty());
            Ear store = dial(through);
            Ear hq = taken();
            proxy.swallow();
            store.wire().close("no heartbeat");
            hq.wire().close("no heartbeat");
            assertEquals(0, hq.ends.get() + store.ends.get());
            for (int i = 0; i < ClientWire.ENDING_LOOKS_MAX; i++) {
                through.wires().step();
                host.connections().step();
            }
            assertEquals("no heartbeat", store.end());
            assertEquals("no heartbeat", hq.end());
        }
    }

    @Test
    void a_store_that_takes_nothing_is_ended() throws Exception {
        try (LoopbackProxy proxy = new LoopbackProxy(host.port())) {
            WireDialer through =
                    dialer(proxy.port(), () -> keys.context("store-0042", "hq"), Optional.empty());
            dial(through);
            Ear hq = taken();
            proxy.stall();
            Wire wire = hq.wire();
            Thread sender = Thread.startVirtualThread(() -> sendUntilEnded(wire, hq));
            awaitStandstill(sender);
            for (int i = 0; i <= Line.WIRE_UNTAKEN_LOOKS_MAX; i++) {
                assertEquals(0, hq.ends.get(), "after " + i);
                host.connections().step();
            }
            hq.end();
            sender.join();
            through.close();
        }
    }

    @Test
    void an_hq_that_takes_nothing_is_given_up() throws Exception {
        try (LoopbackProxy proxy = new LoopbackProxy(host.port())) {
            WireDialer through =
                    dialer(proxy.port(), () -> keys.context("store-0042", "hq"), Optional.empty());
            Ear store = dial(through);
            proxy.stall();
            Wire wire = store.wire();
            Thread sender = Thread.startVirtualThread(() -> sendUntilEnded(wire, store));
            awaitStandstill(sender);
            for (int i = 0; i <= ClientWire.UNTAKEN_LOOKS_MAX; i++) {
                assertEquals(0, store.ends.get(), "after " + i);
                through.wires().step();
            }
            assertEquals("HQ takes nothing", store.end());
            sender.join();
        }
    }

    private static void sendUntilEnded(Wire wire, Ear ear) {
        while (ear.ends.get() == 0) {
            wire.send(random(Wire.MESSAGE_BYTES_MAX));
        }
    }

    /// Until it has surely stopped in the same place: nothing tells when a socket's buffers are full.
    private static void awaitStandstill(Thread sender) throws InterruptedException {
        int same = 0;
        while (same < 50) {
            same = sender.getState() == Thread.State.RUNNABLE ? 0 : same + 1;
            Thread.sleep(1);
        }
    }

    @Test
    void a_handshake_that_stands_still_is_ended() throws Exception {
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
            silent.setSoTimeout(1);
            int looks = 0;
            boolean open = true;
            while (open) {
                try {
                    open = silent.getInputStream().read() >= 0;
                } catch (SocketTimeoutException e) {
                    host.connections().step();
                    looks++;
                }
            }
            assertTrue(looks >= Line.SILENT_LOOKS_MAX, "closed after " + looks);
        }
    }

    @Test
    void what_is_not_tls_is_hung_up_on() throws Exception {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
            plain.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(UTF_8));
            plain.setSoTimeout(10_000);
            plain.getInputStream().readAllBytes();
        }
        dial();
    }

    // ---- proxies, probes and calls

    @Test
    void a_wire_goes_through_a_proxy() throws Exception {
        try (LoopbackProxy proxy = new LoopbackProxy(0)) {
            WireDialer through =
                    dialer(
                            host.port(),
                            () -> keys.context("store-0042", "hq"),
                            Optional.of(
                                    new HttpProxy("127.0.0.1", proxy.port(), Optional.empty())));
            Ear store = dial(through);
            Ear hq = taken();
            store.wire().send(random(100));
            assertEquals(random(100), hq.next());
            assertEquals("CONNECT 127.0.0.1:" + host.port() + " HTTP/1.1", proxy.asked());
            through.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {407, 502})
    void a_proxy_that_refuses_is_not_hq(int status) throws Exception {
        try (LoopbackProxy proxy = new LoopbackProxy(0)) {
            proxy.refuse(status);
            HqRoute route =
                    new HqRoute(
                            hq(host.port()),
                            () -> keys.context("store-0042", "hq"),
                            Optional.of(
                                    new HttpProxy("127.0.0.1", proxy.port(), Optional.empty())));
            Ear store = new Ear();
            new WireDialer(route).dial(store);
            assertFalse(store.failure().reached(), store.failure().why());
            assertTrue(store.failure().why().contains("" + status), store.failure().why());
            HqCalls calls = new HqCalls(route);
            assertThrows(
                    IOException.class,
                    () -> calls.post("/v1/enrol", Bytes.of("{}"), Duration.ofSeconds(20)));
        }
    }

    @Test
    void an_address_with_a_path_is_none() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new HqRoute(
                                URI.create("https://hq.example/x"), server::get, Optional.empty()));
    }

    @Test
    void a_probe_finds_out_whether_anybody_is_there() throws Exception {
        Semaphore reached = new Semaphore(0);
        dialer.probe(reached::release);
        assertTrue(reached.tryAcquire(Ear.SECONDS_MAX, TimeUnit.SECONDS));
    }

    @Test
    void a_call_is_answered() throws Exception {
        HqCalls calls =
                new HqCalls(
                        new HqRoute(
                                hq(host.port()), () -> keys.context("", "hq"), Optional.empty()));
        HqCalls.Reply reply = calls.post("/v1/enrol", Bytes.of("{}x"), Duration.ofSeconds(20));
        assertEquals(new HqCalls.Reply(201, Bytes.of("{}X")), reply);
        assertEquals(413, calls.post("/v1/enrol", random(101), Duration.ofSeconds(20)).status());
        assertEquals(404, calls.post("/v1/x", random(1), Duration.ofSeconds(20)).status());
    }

    // ---- what it costs

    @Test
    void a_small_message_is_one_record() throws Exception {
        try (LoopbackProxy proxy = new LoopbackProxy(host.port())) {
            WireDialer through =
                    dialer(proxy.port(), () -> keys.context("store-0042", "hq"), Optional.empty());
            Ear store = dial(through);
            Ear hq = taken();
            // The first ones may share the line with what TLS says after its handshake.
            exchange(store, hq, 1);
            long up = proxy.up();
            long down = proxy.down();
            exchange(store, hq, 100);
            long upEach = (proxy.up() - up) / 100;
            long downEach = (proxy.down() - down) / 100;
            assertEquals(150 + RECORD_BYTES + 4 + MASK_BYTES, upEach);
            assertEquals(150 + RECORD_BYTES + 4, downEach);
            through.close();
        }
    }

    private static void exchange(Ear store, Ear hq, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            store.wire().send(random(150));
            hq.next();
            hq.wire().send(random(150));
            store.next();
        }
    }
}
