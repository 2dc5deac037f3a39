package dev.skerry.hq.people;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.language.Json;
import dev.skerry.language.people.PeopleEvent;
import dev.skerry.language.people.PeopleEvent.AccessRefused;
import dev.skerry.language.people.PeopleEvent.PasswordSet;
import dev.skerry.language.people.PeopleEvent.PersonChanged;
import dev.skerry.language.people.PeopleEvent.PersonRemoved;
import dev.skerry.language.people.PeopleEvent.ProgramAdded;
import dev.skerry.language.people.PeopleEvent.ProgramRemoved;
import dev.skerry.language.people.PeopleEvent.SignedOff;
import dev.skerry.language.people.PeopleEvent.SignedOn;
import dev.skerry.language.staff.PinHash;
import dev.skerry.stream.sqlite.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All SQL of this context.
final class PeopleTables implements Book.State<PeopleEvent> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "people",
                    List.of(
                            """
                            CREATE TABLE person (
                              id TEXT PRIMARY KEY,
                              name TEXT NOT NULL,
                              roles TEXT NOT NULL,
                              password TEXT,
                              wrong INTEGER NOT NULL,
                              wrong_at INTEGER NOT NULL,
                              locked_until INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE session (
                              id TEXT PRIMARY KEY,
                              person TEXT NOT NULL,
                              token_hash TEXT NOT NULL UNIQUE,
                              since INTEGER NOT NULL,
                              until INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX session_of ON session (person, since);
                            CREATE INDEX session_until ON session (until);
                            CREATE TABLE program (
                              name TEXT PRIMARY KEY,
                              roles TEXT NOT NULL,
                              token_hash TEXT NOT NULL UNIQUE,
                              since INTEGER NOT NULL,
                              added_by TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """));

    /// @param roles as in events
    /// @param password null for who cannot sign on
    /// @param wrong passwords in a row, the last of them at `wrongAt`
    record Person(
            String id,
            String name,
            List<String> roles,
            @Nullable PinHash password,
            int wrong,
            Instant wrongAt,
            Instant lockedUntil) {}

    record Session(String id, String person, String tokenHash, Instant since, Instant until) {}

    record Program(
            String name, List<String> roles, String tokenHash, Instant since, String addedBy) {}

    /// What a cell of roles holds.
    private record Words(List<String> words) {}

    // ---- the state, from events

    @Override
    public void apply(Fact<? extends PeopleEvent> fact, Handle tables) {
        long at = fact.at().toEpochMilli();
        switch (fact.event()) {
            case PersonChanged it ->
                    tables.execute(
                            "INSERT INTO person (id, name, roles, password, wrong, wrong_at, locked_until)"
                                    + " VALUES (?, ?, ?, NULL, 0, 0, 0)"
                                    + " ON CONFLICT DO UPDATE SET name = excluded.name, roles = excluded.roles",
                            it.person(),
                            it.name(),
                            Json.write(new Words(it.roles())));
            case PasswordSet it ->
                    tables.execute(
                            "UPDATE person SET password = ?, wrong = 0, wrong_at = 0, locked_until = 0 WHERE id = ?",
                            Json.write(it.password()),
                            it.person());
            case PersonRemoved it -> tables.execute("DELETE FROM person WHERE id = ?", it.person());
            case SignedOn it -> {
                tables.execute("DELETE FROM session WHERE until <= ?", at);
                tables.execute(
                        "INSERT INTO session (id, person, token_hash, since, until) VALUES (?, ?, ?, ?, ?)",
                        it.session(),
                        it.person(),
                        it.tokenHash(),
                        at,
                        it.until().toEpochMilli());
                tables.execute(
                        "UPDATE person SET wrong = 0, wrong_at = 0, locked_until = 0 WHERE id = ?",
                        it.person());
            }
            case SignedOff it -> tables.execute("DELETE FROM session WHERE id = ?", it.session());
            case AccessRefused it -> {
                Integer wrong = it.wrong();
                Instant until = it.until();
                if (wrong != null) {
                    tables.execute(
                            "UPDATE person SET wrong = ?, wrong_at = ?, locked_until = ? WHERE id = ?",
                            wrong,
                            at,
                            until == null ? 0 : until.toEpochMilli(),
                            it.person());
                }
            }
            case ProgramAdded it ->
                    tables.execute(
                            "REPLACE INTO program (name, roles, token_hash, since, added_by) VALUES (?, ?, ?, ?, ?)",
                            it.program(),
                            Json.write(new Words(it.roles())),
                            it.tokenHash(),
                            at,
                            it.by());
            case ProgramRemoved it ->
                    tables.execute("DELETE FROM program WHERE name = ?", it.program());
        }
    }

    @Override
    public void clear(Handle tables) {
        tables.execute("DELETE FROM person");
        tables.execute("DELETE FROM session");
        tables.execute("DELETE FROM program");
    }

    // ---- questions

    private static final String PERSONS =
            "SELECT id, name, roles, password, wrong, wrong_at, locked_until FROM person";

    static Optional<Person> person(String id, Handle tables) {
        return tables.createQuery(PERSONS + " WHERE id = ?")
                .bind(0, id)
                .map((row, _) -> person(row))
                .findOne();
    }

    static List<Person> people(Handle tables) {
        return tables.createQuery(PERSONS + " ORDER BY id").map((row, _) -> person(row)).list();
    }

    private static Person person(ResultSet row) throws SQLException {
        String password = row.getString(4);
        return new Person(
                row.getString(1),
                row.getString(2),
                Json.read(row.getString(3), Words.class).words(),
                password == null ? null : Json.read(password, PinHash.class),
                row.getInt(5),
                Instant.ofEpochMilli(row.getLong(6)),
                Instant.ofEpochMilli(row.getLong(7)));
    }

    static List<Session> sessions(Handle tables) {
        return tables.createQuery(
                        "SELECT id, person, token_hash, since, until FROM session ORDER BY since, id")
                .map((row, _) ->
                        new Session(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                Instant.ofEpochMilli(row.getLong(4)),
                                Instant.ofEpochMilli(row.getLong(5))))
                .list();
    }

    /// The oldest first.
    static List<Session> sessionsOf(String person, Handle tables) {
        return sessions(tables).stream().filter(it -> it.person().equals(person)).toList();
    }

    static List<Program> programs(Handle tables) {
        return tables.createQuery(
                        "SELECT name, roles, token_hash, since, added_by FROM program ORDER BY name")
                .map((row, _) ->
                        new Program(
                                row.getString(1),
                                Json.read(row.getString(2), Words.class).words(),
                                row.getString(3),
                                Instant.ofEpochMilli(row.getLong(4)),
                                row.getString(5)))
                .list();
    }
}
