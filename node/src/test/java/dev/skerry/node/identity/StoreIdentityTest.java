package dev.skerry.node.identity;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.identity.IdentityException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class StoreIdentityTest {

    private static final StoreId STORE = new StoreId("0042");
    private static final StoreId OTHER = new StoreId("0043");

    @TempDir Path folder;

    private final SecureRandom random = new SecureRandom();
    private final MovedClock clock = new MovedClock();

    @SuppressWarnings("NullAway.Init")
    private Authority authority;

    @SuppressWarnings("NullAway.Init")
    private JoinToken token;

    @BeforeEach
    void hq_has_made_a_token() {
        authority = Authority.open(folder.resolve("hq"), clock, random);
        token = authority.joinToken(STORE);
    }

    private StoreIdentity open() {
        return StoreIdentity.open(folder, clock, random);
    }

    private StoreIdentity joined() {
        StoreIdentity store = open();
        store.complete(token, authority.issue(STORE, store.begin(STORE)));
        return store;
    }

    private Path file(String name) {
        return folder.resolve("identity").resolve(name);
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(file(""))) {
            return new HashSet<>(files.map(it -> it.getFileName().toString()).toList());
        }
    }

    @Test
    void a_store_joins_and_is_that_store_from_then_on() throws IOException {
        assertEquals(Optional.empty(), open().store());
        StoreIdentity store = joined();

        assertEquals(Optional.of(STORE), store.store());
        assertEquals(Optional.of(STORE), open().store());
        assertEquals(store.certificate(), open().certificate());
        assertEquals(Set.of("store.pem"), files());
    }

    @Test
    void only_its_owner_can_read_the_keys() throws IOException {
        open().begin(STORE);
        assertEquals("rwx------", mode(file("")));
        assertEquals("rw-------", mode(file("pending.pem")));
        joined();
        assertEquals("rw-------", mode(file("store.pem")));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void the_key_does_not_leave() throws IOException {
        String request = open().begin(STORE);

        assertFalse(request.contains("PRIVATE"), request);
        assertTrue(Files.readString(file("pending.pem")).contains("PRIVATE"));
    }

    @Test
    void the_same_is_asked_for_until_the_answer_comes() {
        String request = open().begin(STORE);
        List<X509Certificate> lost = authority.issue(STORE, request);

        assertEquals(request, open().begin(STORE));
        open().complete(token, authority.issue(STORE, request));

        assertNotEquals(lost.getFirst(), open().certificate());
    }

    @Test
    void an_answer_to_somebody_else_is_not_taken() {
        StoreIdentity store = open();
        String request = store.begin(STORE);
        Authority another = Authority.open(folder.resolve("another"), clock, random);
        StoreIdentity neighbour = StoreIdentity.open(folder.resolve("neighbour"), clock, random);

        assertAll(
                refused(
                        "not the HQ that made the join token",
                        () -> store.complete(token, another.issue(STORE, request))),
                refused(
                        "is not from the authority",
                        () ->
                                store.complete(
                                        token,
                                        List.of(
                                                another.issue(STORE, request).getFirst(),
                                                authority.certificate()))),
                refused(
                        "not for store 0042",
                        () -> store.complete(token, authority.issue(OTHER, request))),
                refused(
                        "not for the key asked for",
                        () ->
                                store.complete(
                                        token, authority.issue(STORE, neighbour.begin(STORE)))),
                refused(
                        "no certificate of a STORE",
                        () -> store.complete(token, List.of(authority.certificate()))));
        assertEquals(Optional.empty(), store.store());
        store.complete(token, authority.issue(STORE, request));
    }

    private static Executable refused(String why, Executable call) {
        return () -> {
            IdentityException refused = assertThrows(IdentityException.class, call);
            assertEquals(Kind.CERTIFICATE, refused.kind());
            assertTrue(refused.getMessage().contains(why), refused::getMessage);
        };
    }

    @Test
    void before_it_has_joined_a_store_has_nothing_to_show() {
        StoreIdentity store = open();
        for (Executable call :
                List.<Executable>of(
                        store::certificate,
                        store::hqTls,
                        store::validUntil,
                        () -> store.renewalDue(clock.instant()),
                        () -> store.expired(clock.instant()),
                        () -> store.complete(List.of(authority.certificate())))) {
            assertEquals(Kind.NOT_ENROLLED, assertThrows(IdentityException.class, call).kind());
        }
    }

    @Test
    void a_machine_does_not_become_another_store() {
        StoreIdentity store = joined();

        IdentityException refused = assertThrows(IdentityException.class, () -> store.begin(OTHER));

        assertEquals(Kind.TOKEN, refused.kind());
        assertTrue(refused.getMessage().contains("the server of store 0042, not of store 0043"));
    }

    @Test
    void renewal_is_due_at_day_60_with_120_days_left() {
        StoreIdentity store = joined();
        Instant start = MovedClock.START;

        assertFalse(store.renewalDue(start));
        assertFalse(store.renewalDue(start.plus(Duration.ofDays(59))));
        assertTrue(store.renewalDue(start.plus(Duration.ofDays(60))));
        assertEquals(start.plus(Duration.ofDays(180)), store.validUntil());
        assertFalse(store.expired(start.plus(Duration.ofDays(180))));
        assertTrue(store.expired(start.plus(Duration.ofDays(180)).plusSeconds(1)));
    }

    @Test
    void a_renewal_has_a_new_key_and_replaces_the_old_one() throws IOException {
        StoreIdentity store = joined();
        X509Certificate old = store.certificate();
        clock.pass(Duration.ofDays(60));

        String request = store.begin(STORE);
        assertEquals(old, store.certificate());
        assertEquals(old, open().certificate());
        store.complete(authority.issue(STORE, request));

        assertNotEquals(old.getPublicKey(), store.certificate().getPublicKey());
        assertFalse(store.renewalDue(clock.instant()));
        assertEquals(store.certificate(), open().certificate());
        assertEquals(Set.of("store.pem"), files());
    }

    @Test
    void a_renewal_that_was_cut_off_anywhere_leaves_a_working_identity() throws IOException {
        StoreIdentity store = joined();
        X509Certificate old = store.certificate();
        String before = Files.readString(file("store.pem"));
        clock.pass(Duration.ofDays(60));

        // The new key is being written.
        Files.writeString(file("pending.pem.new"), "-----BEGIN PRIV");
        assertEquals(old, open().certificate());

        // It is written, HQ has not answered; or has, and the answer is being written.
        String request = open().begin(STORE);
        String pending = Files.readString(file("pending.pem"));
        assertEquals(old, open().certificate());
        Files.writeString(file("store.pem.new"), before.substring(0, 300));
        assertEquals(old, open().certificate());
        assertEquals(request, open().begin(STORE));
        open().complete(authority.issue(STORE, request));
        X509Certificate renewed = open().certificate();
        assertNotEquals(old, renewed);

        // The answer is written, and the new key still stands as pending.
        Files.writeString(file("pending.pem"), pending);
        assertEquals(renewed, open().certificate());
        assertEquals(Set.of("store.pem"), files());
        assertNotEquals(request, open().begin(STORE));
    }

    @Test
    void a_join_that_was_cut_off_anywhere_can_be_finished() throws IOException {
        open();
        Files.writeString(file("pending.pem.new"), "-----BEGIN PRIV");
        String request = open().begin(STORE);
        Files.writeString(file("store.pem.new"), "-----BEGIN PRIV");
        assertEquals(Optional.empty(), open().store());

        open().complete(token, authority.issue(STORE, request));

        assertEquals(Optional.of(STORE), open().store());
        assertEquals(Set.of("store.pem"), files());
    }

    @Test
    void a_damaged_key_that_is_not_in_use_yet_is_made_anew() throws IOException {
        String request = open().begin(STORE);
        Files.writeString(file("pending.pem"), "-----BEGIN PRIV");

        assertNotEquals(request, open().begin(STORE));
        assertEquals(Optional.of(STORE), joined().store());
    }

    @Test
    void a_damaged_identity_is_refused_and_left_alone() throws IOException {
        joined();
        Files.writeString(file("store.pem"), "nothing");

        IdentityException refused = assertThrows(IdentityException.class, this::open);

        assertEquals(Kind.DAMAGED, refused.kind());
        assertTrue(refused.remedy().contains("join again"));
        assertEquals("nothing", Files.readString(file("store.pem")));
    }

    @Test
    void a_renewal_never_shortens_the_time_left() {
        StoreIdentity store = joined();
        X509Certificate old = store.certificate();
        String request = store.begin(STORE);
        clock.pass(Duration.ofMinutes(-30));

        refusedToShorten(store, authority.issue(STORE, request));

        assertEquals(old, store.certificate());
    }

    private static void refusedToShorten(StoreIdentity store, List<X509Certificate> chain) {
        IdentityException refused =
                assertThrows(IdentityException.class, () -> store.complete(chain));
        assertTrue(refused.getMessage().contains("ends before"), refused::getMessage);
    }

    @Test
    void a_store_that_was_away_too_long_joins_again() {
        StoreIdentity store = joined();
        clock.pass(Duration.ofDays(400));
        assertTrue(store.expired(clock.instant()));

        store.complete(authority.joinToken(STORE), authority.issue(STORE, store.begin(STORE)));

        assertFalse(store.expired(clock.instant()));
    }

    @Test
    void a_store_can_join_an_hq_that_was_built_anew() {
        StoreIdentity store = joined();
        Authority another = Authority.open(folder.resolve("another"), clock, random);

        store.complete(another.joinToken(STORE), another.issue(STORE, store.begin(STORE)));

        clock.pass(Duration.ofDays(1));
        store.complete(another.issue(STORE, store.begin(STORE)));
        assertEquals(Optional.of(STORE), open().store());
    }
}
