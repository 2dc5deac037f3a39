package dev.skerry.node.identity;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.identity.Tls.ClientCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real connections over loopback between HQ and stores, right ones and wrong ones.
class TlsTest {

    private static final StoreId STORE = new StoreId("0042");

    @TempDir Path folder;

    private final SecureRandom random = new SecureRandom();
    private final MovedClock hqClock = new MovedClock();
    private final MovedClock storeClock = new MovedClock();

    @SuppressWarnings("NullAway.Init")
    private Authority authority;

    @SuppressWarnings("NullAway.Init")
    private StoreIdentity store;

    @BeforeEach
    void a_store_has_joined() {
        authority = Authority.open(folder.resolve("hq"), hqClock, random);
        store = StoreIdentity.open(folder.resolve("store"), storeClock, random);
        JoinToken token = JoinToken.parse(authority.joinToken(STORE).text());
        store.complete(token, authority.issue(STORE, store.begin(STORE)));
    }

    private Authority anotherAuthority() {
        return Authority.open(folder.resolve("another"), hqClock, random);
    }

    private Handshake connect(ClientCertificate asks) throws IOException {
        return Handshake.between(store.hqTls(), authority.serverTls(asks));
    }

    private Handshake connect() throws IOException {
        return connect(ClientCertificate.NEEDED);
    }

    @Test
    void a_store_and_hq_know_each_other() throws IOException {
        for (ClientCertificate asks : List.of(ClientCertificate.NEEDED, ClientCertificate.WANTED)) {
            Handshake handshake = connect(asks);

            assertTrue(handshake.worked(), handshake::toString);
            assertEquals("TLSv1.3", handshake.protocol());
            X509Certificate seen = requireNonNull(handshake.client());
            assertEquals(Optional.of(STORE), StoreId.of(seen));
            assertEquals(
                    Certificates.fingerprint(store.certificate()), Certificates.fingerprint(seen));
        }
    }

    @Test
    void on_a_resumed_session_too_hq_knows_whose_it_is() throws IOException {
        Tls client = store.hqTls();
        try (SSLServerSocket listening =
                Handshake.listen(authority.serverTls(ClientCertificate.NEEDED))) {
            Handshake.over(client, listening);
            int checked = hqClock.asked() + storeClock.asked();

            Handshake second = Handshake.over(client, listening);

            assertEquals(checked, hqClock.asked() + storeClock.asked());
            assertEquals(Optional.of(STORE), StoreId.of(requireNonNull(second.client())));
        }
    }

    @Test
    void tls_1_2_is_not_spoken() throws IOException {
        Tls server = authority.serverTls(ClientCertificate.WANTED);
        try (SSLServerSocket listening = Handshake.listen(server);
                SSLSocket socket =
                        (SSLSocket)
                                store.hqTls()
                                        .context()
                                        .getSocketFactory()
                                        .createSocket(
                                                listening.getInetAddress(),
                                                listening.getLocalPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            Thread.startVirtualThread(() -> Handshake.serve(listening));

            assertThrows(SSLHandshakeException.class, socket::startHandshake);
        }
    }

    @Test
    void another_hq_is_refused_by_the_store() throws IOException {
        Handshake handshake =
                Handshake.between(
                        store.hqTls(), anotherAuthority().serverTls(ClientCertificate.WANTED));

        assertTrue(
                requireNonNull(handshake.clientFailed()).contains("is not from the authority"),
                handshake::toString);
    }

    @Test
    void a_store_of_another_hq_is_refused_by_hq() throws IOException {
        Authority another = anotherAuthority();
        StoreIdentity theirs =
                StoreIdentity.open(folder.resolve("their-store"), storeClock, random);
        theirs.complete(another.joinToken(STORE), another.issue(STORE, theirs.begin(STORE)));

        Handshake handshake =
                Handshake.between(
                        presenting(credential(theirs, "their-store")),
                        authority.serverTls(ClientCertificate.NEEDED));

        assertTrue(
                requireNonNull(handshake.serverFailed()).contains("is not from the authority"),
                handshake::toString);
    }

    @Test
    void an_authority_with_the_same_name_is_not_the_same() throws IOException {
        Handshake handshake =
                Handshake.between(
                        presenting(issued(namesake(), Role.STORE, "store-0042")),
                        authority.serverTls(ClientCertificate.NEEDED));

        assertTrue(
                requireNonNull(handshake.serverFailed()).contains("is not from the authority"),
                handshake::toString);
    }

    @Test
    void who_shows_no_certificate_comes_in_as_nobody_and_only_where_that_is_allowed()
            throws IOException {
        Tls nobody = store.enrolmentTls(authority.joinToken(STORE));

        Handshake wanted = Handshake.between(nobody, authority.serverTls(ClientCertificate.WANTED));
        Handshake needed = Handshake.between(nobody, authority.serverTls(ClientCertificate.NEEDED));

        assertTrue(wanted.worked(), wanted::toString);
        assertNull(wanted.client());
        assertFalse(needed.worked(), needed::toString);
    }

    @Test
    void joining_talks_only_to_the_hq_that_made_the_token() throws IOException {
        Tls pinned = store.enrolmentTls(authority.joinToken(STORE));
        Tls inBetween = anotherAuthority().serverTls(ClientCertificate.WANTED);

        Handshake handshake = Handshake.between(pinned, inBetween);

        assertTrue(
                requireNonNull(handshake.clientFailed())
                        .contains("is not the HQ that made the join token"),
                handshake::toString);
    }

    @Test
    void to_send_along_the_right_authority_does_not_make_a_server_hq() throws IOException {
        Tls pinned = store.enrolmentTls(authority.joinToken(STORE));
        Credential theirs = issued(namesake(), Role.HQ, "hq");
        Tls inBetween =
                presenting(
                        new Credential(
                                theirs.key(), List.of(theirs.own(), authority.certificate())));

        Handshake handshake = Handshake.between(pinned, inBetween);

        assertTrue(
                requireNonNull(handshake.clientFailed()).contains("is not from the authority"),
                handshake::toString);
    }

    @Test
    void a_certificate_of_hq_is_none_of_a_store() throws IOException {
        Handshake handshake =
                Handshake.between(
                        presenting(server("hq", authority)),
                        authority.serverTls(ClientCertificate.NEEDED));

        assertTrue(
                requireNonNull(handshake.serverFailed()).contains("no certificate of a STORE"),
                handshake::toString);
    }

    @Test
    void a_store_cannot_pass_for_hq() throws IOException {
        Tls pretending = presenting(credential(store, "store"));

        for (Tls client : List.of(store.hqTls(), store.enrolmentTls(authority.joinToken(STORE)))) {
            Handshake handshake = Handshake.between(client, pretending);
            assertTrue(
                    requireNonNull(handshake.clientFailed()).contains("no certificate of a HQ"),
                    handshake::toString);
        }
    }

    @Test
    void hq_has_both_the_name_and_the_purpose() throws IOException {
        Credential signing = read("hq", "authority.pem");
        for (Credential wrong :
                List.of(
                        issued(signing, Role.STORE, "hq"),
                        issued(signing, Role.HQ, "store-0042"))) {
            Handshake handshake = Handshake.between(store.hqTls(), presenting(wrong));

            assertTrue(
                    requireNonNull(handshake.clientFailed()).contains("no certificate of a HQ"),
                    handshake::toString);
        }
    }

    @Test
    void a_store_works_for_180_days_without_renewal_and_no_longer() throws IOException {
        pass(179);
        assertTrue(connect().worked());

        pass(2);
        Handshake late = connect();

        assertTrue(
                requireNonNull(late.serverFailed()).contains("ended at 2027-08-28T08:00:00Z"),
                late::toString);
        assertTrue(store.expired(hqClock.instant()));
    }

    @Test
    void a_server_certificate_that_has_ended_is_refused() throws IOException {
        Tls old = authority.serverTls(ClientCertificate.WANTED);
        pass(731);

        Handshake handshake = Handshake.between(store.hqTls(), old);

        assertTrue(
                requireNonNull(handshake.clientFailed()).contains("ended at"), handshake::toString);
    }

    @Test
    void hq_shows_a_new_certificate_after_a_year_and_nobody_notices() throws IOException {
        pass(170);
        renew();
        assertEquals(MovedClock.START.plus(Duration.ofDays(365)), authority.reissueDue());
        pass(170);
        renew();
        pass(30);
        assertTrue(authority.reissueDue().isBefore(hqClock.instant()));

        assertTrue(connect().worked());

        assertEquals(hqClock.instant().plus(Duration.ofDays(365)), authority.reissueDue());
        authority = Authority.open(folder.resolve("hq"), hqClock, random);
        assertEquals(hqClock.instant().plus(Duration.ofDays(365)), authority.reissueDue());
        assertTrue(connect().worked());
    }

    @Test
    void a_store_with_a_dead_clock_reaches_hq_and_joins() throws IOException {
        for (String dead : List.of("1970-01-01T00:00:07Z", "2000-01-01T00:00:00Z")) {
            storeClock.set(Instant.parse(dead));
            assertTrue(connect().worked());
            renew();
            assertTrue(connect().worked());
            JoinToken token = authority.joinToken(STORE);
            assertTrue(
                    Handshake.between(
                                    store.enrolmentTls(token),
                                    authority.serverTls(ClientCertificate.WANTED))
                            .worked());
            store.complete(token, authority.issue(STORE, store.begin(STORE)));
            assertTrue(connect().worked());
        }
    }

    @Test
    void a_dead_clock_does_not_bring_back_what_had_ended_when_the_store_last_renewed()
            throws IOException {
        Tls old = authority.serverTls(ClientCertificate.WANTED);
        for (int times = 0; times < 5; times++) {
            pass(150);
            renew();
        }
        storeClock.set(Instant.EPOCH);

        Handshake handshake = Handshake.between(store.hqTls(), old);

        assertTrue(
                requireNonNull(handshake.clientFailed()).contains("ended at"), handshake::toString);
    }

    @Test
    void a_store_whose_clock_is_months_ahead_reaches_hq() throws IOException {
        storeClock.pass(Duration.ofDays(360));
        assertTrue(connect().worked());
        renew();
        assertTrue(connect().worked());
    }

    @Test
    void a_renewed_certificate_and_the_one_before_are_both_good() throws IOException {
        Tls before = store.hqTls();
        String old = Certificates.fingerprint(store.certificate());
        pass(60);
        renew();

        assertAll(
                () -> assertFalse(old.equals(Certificates.fingerprint(store.certificate()))),
                () -> assertTrue(connect().worked()),
                () ->
                        assertTrue(
                                Handshake.between(
                                                before,
                                                authority.serverTls(ClientCertificate.NEEDED))
                                        .worked()));
    }

    private void pass(int days) {
        hqClock.pass(Duration.ofDays(days));
        storeClock.pass(Duration.ofDays(days));
    }

    private void renew() {
        store.complete(authority.issue(STORE, store.begin(STORE)));
    }

    private Credential namesake() {
        String name = authority.certificate().getSubjectX500Principal().getName().substring(3);
        return Issuer.selfSigned(name, hqClock.instant(), Duration.ofDays(9), random);
    }

    private Credential issued(Credential by, Role role, String name) {
        KeyPair pair = Keys.fresh(random);
        return new Credential(
                pair.getPrivate(),
                new Issuer(by, random)
                        .issue(
                                role,
                                name,
                                new GeneralName(GeneralName.dNSName, name),
                                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
                                hqClock.instant(),
                                Duration.ofDays(9)));
    }

    private Credential credential(StoreIdentity of, String place) {
        assertTrue(of.store().isPresent());
        return read(place, "store.pem");
    }

    private Credential server(String place, Authority of) {
        Credential server = read(place, "server.pem");
        assertEquals(of.certificate(), server.authority());
        return server;
    }

    private Credential read(String place, String file) {
        try {
            return Credential.fromPem(
                    IdentityFolder.in(folder.resolve(place)).read(file).orElseThrow());
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    /// An end that shows what it has, whoever asks for what, and believes anything of this HQ.
    private Tls presenting(Credential credential) {
        return Tls.of(
                credential,
                Trust.in(authority.certificate(), Role.HQ, hqClock, Instant.EPOCH),
                ClientCertificate.NONE,
                random);
    }
}
