package dev.skerry.node.identity;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.identity.IdentityException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {

    private static final StoreId STORE = new StoreId("0042");

    @TempDir Path data;

    private final SecureRandom random = new SecureRandom();
    private final MovedClock clock = new MovedClock();

    private Authority open() {
        return Authority.open(data, clock, random);
    }

    private Path file(String name) {
        return data.resolve("identity").resolve(name);
    }

    @Test
    void the_first_start_makes_an_authority_and_later_ones_find_it() {
        Authority made = open();
        clock.pass(Duration.ofDays(30));

        assertEquals(made.certificate(), open().certificate());
        assertTrue(made.fingerprint().matches("[0-9a-f]{64}"));
    }

    @Test
    void an_authority_only_signs_for_20_years() {
        X509Certificate own = open().certificate();
        boolean[] usage = own.getKeyUsage();

        assertAll(
                () ->
                        assertTrue(
                                own.getSubjectX500Principal()
                                        .getName()
                                        .matches("CN=Skerry HQ [0-9A-Z]{6}")),
                () -> assertEquals(0, own.getBasicConstraints()),
                () ->
                        assertArrayEquals(
                                new boolean[] {
                                    false, false, false, false, false, true, false, false, false
                                },
                                usage),
                () ->
                        assertEquals(
                                Instant.parse("2047-03-01T08:00:00Z"),
                                own.getNotAfter().toInstant()));
    }

    @Test
    void only_its_owner_can_read_the_keys() throws IOException {
        open();
        assertEquals("rwx------", mode(data.resolve("identity")));
        assertEquals("rw-------", mode(file("authority.pem")));
        assertEquals("rw-------", mode(file("server.pem")));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void a_folder_that_came_back_from_a_backup_is_closed_to_others() throws IOException {
        open();
        Files.setPosixFilePermissions(
                data.resolve("identity"), PosixFilePermissions.fromString("rwxr-xr-x"));

        open();

        assertEquals("rwx------", mode(data.resolve("identity")));
    }

    @Test
    void the_jdk_keeps_the_providers_that_it_has() {
        open().issue(STORE, request());
        assertNull(Security.getProvider("BC"));
    }

    @Test
    void a_first_start_that_was_cut_off_anywhere_is_finished_by_the_next() throws IOException {
        Files.createDirectories(file(""));
        open();
        String authority = Files.readString(file("authority.pem"));
        String server = Files.readString(file("server.pem"));

        // While the authority was being written: nobody has seen it yet.
        clear();
        Files.writeString(file("authority.pem.new"), authority.substring(0, 99));
        assertNotEquals(
                Certificates.fingerprint(Certificates.fromPem(certificates(authority)).getFirst()),
                open().fingerprint());
        assertEquals(Set.of("authority.pem", "server.pem"), files());

        // Between the two, and while the second was being written.
        for (String unfinished : List.of("", server.substring(0, 99))) {
            clear();
            Files.writeString(file("authority.pem"), authority);
            if (!unfinished.isEmpty()) {
                Files.writeString(file("server.pem.new"), unfinished);
            }
            assertEquals(
                    Certificates.fromPem(certificates(authority)).getFirst(), open().certificate());
            assertEquals(Set.of("authority.pem", "server.pem"), files());
        }
    }

    private static String certificates(String pem) {
        return pem.substring(pem.indexOf("-----BEGIN CERTIFICATE"));
    }

    private void clear() throws IOException {
        for (String name : files()) {
            Files.delete(file(name));
        }
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(file(""))) {
            return new HashSet<>(files.map(it -> it.getFileName().toString()).toList());
        }
    }

    @Test
    void a_second_authority_is_never_made_beside_the_traces_of_a_first() throws IOException {
        open();
        Files.delete(file("authority.pem"));

        IdentityException refused = assertThrows(IdentityException.class, this::open);

        assertEquals(Kind.DAMAGED, refused.kind());
        assertTrue(refused.remedy().contains("backup"));
        assertEquals(Set.of("server.pem"), files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"authority.pem", "server.pem"})
    void a_damaged_file_is_refused_and_left_alone(String name) throws IOException {
        open();
        String damaged = Files.readString(file(name)).replace('M', 'N');
        Files.writeString(file(name), damaged);

        IdentityException refused = assertThrows(IdentityException.class, this::open);

        assertEquals(Kind.DAMAGED, refused.kind());
        assertEquals(damaged, Files.readString(file(name)));
    }

    @Test
    void a_clock_that_cannot_be_right_makes_nothing() {
        clock.set(Instant.EPOCH);
        assertEquals(Kind.CLOCK, assertThrows(IdentityException.class, this::open).kind());

        clock.set(MovedClock.START);
        Authority authority = open();
        String request = request();
        clock.set(Instant.EPOCH);
        assertEquals(
                Kind.CLOCK,
                assertThrows(IdentityException.class, () -> authority.issue(STORE, request))
                        .kind());
    }

    @Test
    void a_store_gets_a_certificate_for_itself_only() throws GeneralSecurityException {
        Authority authority = open();
        List<X509Certificate> chain = authority.issue(STORE, request());
        X509Certificate own = chain.getFirst();
        List<Collection<List<?>>> names = List.of(own.getSubjectAlternativeNames());

        own.verify(authority.certificate().getPublicKey());
        assertAll(
                () -> assertEquals(authority.certificate(), chain.getLast()),
                () -> assertEquals("CN=store-0042", own.getSubjectX500Principal().getName()),
                () -> assertEquals("[[[6, urn:skerry:store:0042]]]", names.toString()),
                () -> assertEquals(List.of("1.3.6.1.5.5.7.3.2"), own.getExtendedKeyUsage()),
                () -> assertEquals(-1, own.getBasicConstraints()),
                () ->
                        assertEquals(
                                MovedClock.START.minus(Duration.ofHours(1)),
                                own.getNotBefore().toInstant()),
                () ->
                        assertEquals(
                                MovedClock.START.plus(Duration.ofDays(180)),
                                own.getNotAfter().toInstant()),
                () -> assertTrue(own.getSerialNumber().bitLength() > 64),
                () ->
                        assertNotEquals(
                                own.getSerialNumber(),
                                authority.issue(STORE, request()).getFirst().getSerialNumber()));
    }

    @Test
    void no_certificate_outlives_its_authority() {
        Authority authority = open();
        clock.pass(Authority.AUTHORITY_LIFETIME.minusDays(10));

        assertEquals(
                authority.certificate().getNotAfter(),
                authority.issue(STORE, request()).getFirst().getNotAfter());
    }

    @Test
    void the_names_in_a_request_are_not_believed() {
        String request = Pem.text(List.of(Request.of(Keys.fresh(random), "hq", random)));
        assertEquals(
                "CN=store-0042",
                open().issue(STORE, request).getFirst().getSubjectX500Principal().getName());
    }

    @Test
    void a_request_for_somebody_elses_key_is_refused()
            throws IOException, OperatorCreationException {
        KeyPair own = Keys.fresh(random);
        KeyPair theirs = Keys.fresh(random);
        assertRefused(
                "not signed with its own key",
                request(theirs, own.getPrivate(), "SHA256withECDSA"));
    }

    @Test
    void a_request_with_another_kind_of_key_is_refused()
            throws IOException, OperatorCreationException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPair curve = generator.generateKeyPair();
        KeyPairGenerator primes = KeyPairGenerator.getInstance("RSA");
        // Short, because only its kind matters, and a long one takes seconds to find.
        primes.initialize(1024);
        KeyPair rsa = primes.generateKeyPair();

        assertRefused("P-256", request(curve, curve.getPrivate(), "SHA256withECDSA"));
        assertRefused("P-256", request(rsa, rsa.getPrivate(), "SHA256withRSA"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
                "-----BEGIN CERTIFICATE REQUEST-----\n",
                "-----BEGIN CERTIFICATE REQUEST-----\n!!!!\n-----END CERTIFICATE REQUEST-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            })
    void nonsense_is_refused(String nonsense) {
        assertRefused("", nonsense);
    }

    @Test
    void a_request_with_any_bit_changed_is_refused_or_means_the_same() {
        Authority authority = open();
        KeyPair pair = Keys.fresh(random);
        byte[] content = Request.of(pair, "store-0042", random).getContent();
        for (int at = 0; at < content.length * 8; at++) {
            byte[] changed = content.clone();
            changed[at / 8] ^= (byte) (1 << at % 8);
            String request = Pem.text(List.of(new PemObject(Request.PEM_TYPE, changed)));
            try {
                assertEquals(
                        pair.getPublic(),
                        authority.issue(STORE, request).getFirst().getPublicKey());
            } catch (IdentityException e) {
                assertEquals(Kind.REQUEST, e.kind());
            }
        }
    }

    @Test
    void an_oversized_request_is_refused() {
        assertRefused("longer than", request() + "\n".repeat(5000));
    }

    @Test
    void a_token_names_this_authority() {
        Authority authority = open();
        JoinToken token = authority.joinToken(STORE);

        assertEquals(STORE, token.store());
        assertTrue(authority.fingerprint().startsWith(token.authority()));
        assertNotEquals(token.secret(), authority.joinToken(STORE).secret());
        assertFalse(token.toString().contains(token.secret().revealed()));
    }

    private void assertRefused(String why, String request) {
        IdentityException refused =
                assertThrows(IdentityException.class, () -> open().issue(STORE, request));
        assertEquals(Kind.REQUEST, refused.kind());
        assertTrue(refused.getMessage().contains(why), refused::getMessage);
        assertFalse(refused.retryable());
    }

    private String request() {
        return Pem.text(List.of(Request.of(Keys.fresh(random), "store-0042", random)));
    }

    private static String request(KeyPair shown, PrivateKey signing, String algorithm)
            throws IOException, OperatorCreationException {
        return Pem.text(
                List.of(
                        new PemObject(
                                Request.PEM_TYPE,
                                new PKCS10CertificationRequestBuilder(
                                                new X500Name("CN=store-0042"),
                                                SubjectPublicKeyInfo.getInstance(
                                                        shown.getPublic().getEncoded()))
                                        .build(
                                                new JcaContentSignerBuilder(algorithm)
                                                        .build(signing))
                                        .getEncoded())));
    }
}
