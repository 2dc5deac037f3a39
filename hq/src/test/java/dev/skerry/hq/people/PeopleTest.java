package dev.skerry.hq.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.hq.people.People.Adding;
import dev.skerry.hq.people.People.Change;
import dev.skerry.hq.people.People.Entry;
import dev.skerry.hq.people.People.Known;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {

    private static final String PASSWORD = "correct horse";

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-02T09:00:00Z"));

    @TempDir private Path folder;
    private SqliteDatabase database;
    private People people;

    @BeforeEach
    void open() {
        database =
                SqliteDatabase.open(
                        folder.resolve("people.db"),
                        SqliteSettings.defaults(),
                        now::get,
                        People.tables());
        people =
                new People(
                        database,
                        new People.Rules(10, Duration.ofHours(12)),
                        now::get,
                        new TimeOrderedIds(now::get, new Random(1)),
                        new Random(2));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void anna(Role role, @Nullable String password) {
        assertInstanceOf(
                Change.Done.class,
                people.change("anna", "Anna Berg", List.of(role), password, "admin"));
    }

    private Entry.Entered on(String password) {
        return assertInstanceOf(Entry.Entered.class, people.signOn("anna", password));
    }

    @Test
    void a_person_signs_on_with_the_right_password_alone() {
        anna(Role.ANALYST, PASSWORD);
        assertInstanceOf(Entry.Wrong.class, people.signOn("anna", "wrong horse"));
        assertInstanceOf(Entry.Wrong.class, people.signOn("eve", PASSWORD));
        Known known = people.known(on(PASSWORD).token()).orElseThrow();
        assertEquals("anna", known.person());
        assertEquals(new Caller("anna", "", java.util.Set.of(Role.ANALYST)), known.caller());
        assertTrue(people.known("no token").isEmpty());
    }

    @Test
    void an_admin_may_do_everything_and_a_changed_role_counts_at_once() {
        anna(Role.ADMIN, PASSWORD);
        String token = on(PASSWORD).token();
        assertEquals(Caller.OF_HQ, people.known(token).orElseThrow().caller().roles());
        anna(Role.SUPPORT, null);
        assertEquals(
                java.util.Set.of(Role.SUPPORT), people.known(token).orElseThrow().caller().roles());
    }

    @Test
    void a_session_ends_by_itself_by_its_person_and_with_a_new_password() {
        anna(Role.ANALYST, PASSWORD);
        String first = on(PASSWORD).token();
        String second = on(PASSWORD).token();
        Known known = people.known(second).orElseThrow();
        assertInstanceOf(
                Change.WrongPassword.class,
                people.changePassword(known, "not it at all", "another horse"));
        assertInstanceOf(
                Change.Done.class, people.changePassword(known, PASSWORD, "another horse"));
        assertTrue(people.known(first).isEmpty());
        assertTrue(people.known(second).isPresent());
        people.signOff(known.session(), "anna");
        assertTrue(people.known(second).isEmpty());
        String third = on("another horse").token();
        now.set(now.get().plus(Duration.ofHours(12)));
        assertTrue(people.known(third).isEmpty());
    }

    @Test
    void after_five_wrong_passwords_not_even_the_right_one_is_looked_at_for_a_while() {
        anna(Role.ANALYST, PASSWORD);
        for (int wrong = 1; wrong < 5; wrong++) {
            assertInstanceOf(Entry.Wrong.class, people.signOn("anna", "wrong horse"));
        }
        Entry.LockedOut locked =
                assertInstanceOf(Entry.LockedOut.class, people.signOn("anna", "wrong horse"));
        assertEquals(now.get().plusSeconds(30), locked.until());
        assertInstanceOf(Entry.LockedOut.class, people.signOn("anna", PASSWORD));
        assertEquals(locked.until(), people.people().getFirst().lockedUntil());
        now.set(locked.until());
        on(PASSWORD);
        assertInstanceOf(Entry.Wrong.class, people.signOn("anna", "wrong horse"));
    }

    @Test
    void who_was_removed_is_out_at_once() {
        anna(Role.ADMIN, PASSWORD);
        String token = on(PASSWORD).token();
        assertTrue(people.remove("anna", "admin"));
        assertTrue(people.known(token).isEmpty());
        assertInstanceOf(Entry.Wrong.class, people.signOn("anna", PASSWORD));
        assertEquals(List.of(), people.people());
    }

    @Test
    void a_person_has_so_many_sessions_and_the_oldest_makes_room() {
        anna(Role.ANALYST, PASSWORD);
        String first = on(PASSWORD).token();
        for (int i = 0; i < People.SESSIONS_MAX; i++) {
            now.set(now.get().plusSeconds(1));
            on(PASSWORD);
        }
        assertTrue(people.known(first).isEmpty());
    }

    @Test
    void a_program_has_a_token_until_it_is_removed() {
        Adding.Added added =
                assertInstanceOf(
                        Adding.Added.class, people.add("warehouse", List.of(Role.ANALYST), "anna"));
        assertInstanceOf(
                Adding.NameTaken.class, people.add("warehouse", List.of(Role.ADMIN), "anna"));
        assertEquals(
                "program/warehouse", people.known(added.token()).orElseThrow().caller().person());
        assertTrue(people.removeProgram("warehouse", "anna"));
        assertTrue(people.known(added.token()).isEmpty());
    }

    @Test
    void a_role_of_stores_and_a_short_password_are_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> people.change("anna", "Anna", List.of(Role.MANAGER), null, "admin"));
        assertThrows(
                IllegalArgumentException.class,
                () -> people.change("anna", "Anna", List.of(Role.ADMIN), "short", "admin"));
        assertThrows(
                IllegalArgumentException.class,
                () -> people.change("Anna!", "Anna", List.of(Role.ADMIN), null, "admin"));
        assertEquals(List.of(), people.people());
    }

    @Test
    void the_audit_tells_the_newest_first_and_unknown_people_once_a_minute() {
        anna(Role.ANALYST, PASSWORD);
        for (int i = 0; i < 50; i++) {
            people.signOn("eve", PASSWORD);
        }
        on(PASSWORD);
        assertEquals(
                List.of("SignedOn", "AccessRefused", "PasswordSet", "PersonChanged"),
                people.audit(null).events().stream().map(People.Audited::what).toList());
        assertEquals(
                List.of("PersonChanged"),
                people.audit(1L).events().stream().map(People.Audited::what).toList());
    }

    @Test
    void the_state_made_anew_from_the_stream_is_the_same() {
        anna(Role.ANALYST, PASSWORD);
        String token = on(PASSWORD).token();
        people.signOn("anna", "wrong horse");
        people.add("warehouse", List.of(Role.ANALYST), "anna");
        people.change("ben", "Ben", List.of(Role.SUPPORT), null, "anna");
        people.remove("ben", "anna");
        String before = state(token);
        people.rebuild();
        assertEquals(before, state(token));
    }

    private String state(String token) {
        return people.people() + " " + people.programs() + " " + people.known(token);
    }
}
