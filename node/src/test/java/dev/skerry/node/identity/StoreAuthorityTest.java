package dev.skerry.node.identity;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a store shows its devices, and that they take it.
class StoreAuthorityTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir private Path folder;

    private final SecureRandom random = new SecureRandom();
    private final MovedClock clock = new MovedClock();
    private final Set<String> names = new TreeSet<>(Set.of("pos.example", "127.0.0.1", "::1"));

    /// Devices go by the real time.
    private final Instant now = Instant.now();

    @BeforeEach
    void now() {
        clock.set(now);
    }

    private StoreAuthority open() {
        return StoreAuthority.open(folder, new StoreId("0042"), () -> names, clock, random);
    }

    private static X509Certificate root(StoreAuthority authority) {
        return authority.root().orElseThrow();
    }

    private static String shown(StoreAuthority authority) {
        return Certificates.fingerprint(authority.shown().own());
    }

    /// As a device does that trusts the root and nothing else.
    private static void connect(X509Certificate root, StoreAuthority server, String name)
            throws Exception {
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("root", root);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext client = SSLContext.getInstance("TLSv1.3");
        client.init(null, trust.getTrustManagers(), null);
        try (SSLServerSocket listening =
                        (SSLServerSocket)
                                server.shown()
                                        .context()
                                        .getServerSocketFactory()
                                        .createServerSocket(
                                                0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket()) {
            Thread serving = Thread.startVirtualThread(() -> Handshake.serve(listening));
            socket.connect(listening.getLocalSocketAddress());
            try (SSLSocket called =
                    (SSLSocket)
                            client.getSocketFactory()
                                    .createSocket(socket, name, listening.getLocalPort(), true)) {
                SSLParameters parameters = called.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                called.setSSLParameters(parameters);
                called.startHandshake();
                called.getOutputStream().write(1);
                assertEquals(2, called.getInputStream().read());
            } finally {
                serving.join();
            }
        }
    }

    @Test
    void who_trusts_the_root_reaches_the_store_by_each_of_its_names_and_no_other()
            throws Exception {
        StoreAuthority store = open();
        for (String name : Set.of("pos.example", "127.0.0.1", "::1")) {
            assertDoesNotThrow(() -> connect(root(store), store, name), name);
        }
        assertThrows(SSLHandshakeException.class, () -> connect(root(store), store, "hq.example"));
    }

    @Test
    void who_trusts_the_root_of_another_store_does_not() throws Exception {
        StoreAuthority other =
                StoreAuthority.open(
                        folder.resolve("other"), new StoreId("0043"), () -> names, clock, random);
        assertThrows(
                SSLHandshakeException.class, () -> connect(root(other), open(), "pos.example"));
    }

    @Test
    void both_are_the_same_after_a_restart() {
        StoreAuthority before = open();
        StoreAuthority after = open();
        assertEquals(root(before), root(after));
        assertEquals(shown(before), shown(after));
        assertFalse(after.look());
    }

    @Test
    void it_is_renewed_in_time_under_the_same_root_while_the_store_runs() throws Exception {
        StoreAuthority store = open();
        String first = shown(store);
        X509Certificate root = root(store);
        clock.pass(StoreAuthority.SERVER_LIFETIME.minus(StoreAuthority.SERVER_LEFT_MIN).minus(DAY));
        assertFalse(store.look());
        clock.pass(DAY);
        assertTrue(store.look());
        assertFalse(store.look());
        assertNotEquals(first, shown(store));
        assertEquals(root, root(store));
        assertEquals(shown(store), shown(open()));
    }

    @Test
    void one_that_ended_while_the_store_was_off_is_replaced_at_its_start() {
        String first = shown(open());
        clock.pass(Duration.ofDays(800));
        assertNotEquals(first, shown(open()));
    }

    @Test
    void a_new_address_gets_into_it_and_one_that_is_gone_does_no_harm() throws Exception {
        StoreAuthority store = open();
        names.add("10.1.0.5");
        assertTrue(store.look());
        connect(root(store), store, "10.1.0.5");
        names.remove("10.1.0.5");
        assertFalse(store.look());
    }

    @Test
    void addresses_and_names_that_mean_the_same_are_the_same() {
        names.clear();
        names.addAll(Set.of("fd00:0::7", "POS.example"));
        StoreAuthority store = open();
        names.clear();
        names.addAll(Set.of("fd00::7", "pos.example"));
        assertFalse(store.look());
    }

    @Test
    void a_store_that_does_not_know_the_time_sells_with_tls() throws Exception {
        clock.set(Instant.EPOCH);
        StoreAuthority store = open();
        X509Certificate root = root(store);
        assertEquals("CN=Skerry store 0042", root.getSubjectX500Principal().getName());
        assertTrue(root.getNotBefore().toInstant().isBefore(now));
        clock.set(now);
        assertTrue(store.look());
        assertEquals(root, root(store));
        store.shown().own().checkValidity(Date.from(now));
    }

    @Test
    void one_that_was_made_by_a_clock_that_ran_ahead_is_made_anew() throws Exception {
        clock.set(Instant.parse("2040-01-01T00:00:00Z"));
        StoreAuthority store = open();
        clock.set(now);
        assertTrue(store.look());
        store.shown().own().checkValidity(Date.from(now));
        root(store).checkValidity(Date.from(now));
    }

    @Test
    void a_damaged_certificate_is_made_anew_and_a_damaged_authority_is_told() throws IOException {
        X509Certificate root = root(open());
        Files.writeString(folder.resolve("identity/shop-server.pem"), "rust");
        assertEquals(root, root(open()));
        Files.writeString(folder.resolve("identity/shop-authority.pem"), "rust");
        IdentityException told = assertThrows(IdentityException.class, this::open);
        assertEquals(IdentityException.Kind.DAMAGED, told.kind());
        assertTrue(told.getMessage().contains("shop-authority.pem"), told.getMessage());
    }

    @Test
    void its_time_is_one_that_every_system_takes() {
        X509Certificate own = open().shown().own();
        Duration time =
                Duration.between(own.getNotBefore().toInstant(), own.getNotAfter().toInstant());
        assertTrue(time.compareTo(Duration.ofDays(398)) < 0, time::toString);
    }

    @Test
    void a_machine_with_very_many_addresses_gets_a_certificate_nevertheless() {
        for (int i = 0; i < 1000; i++) {
            names.add("10.0." + i / 256 + "." + i % 256);
        }
        StoreAuthority store = open();
        assertFalse(store.look());
    }
}
