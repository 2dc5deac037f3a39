package dev.skerry.store.staff;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.context.Query;
import dev.skerry.language.Json;
import dev.skerry.language.staff.PinHash;
import dev.skerry.language.staff.StaffEvent.PersonChanged;
import dev.skerry.language.staffing.DeviceKind;
import dev.skerry.language.staffing.StaffingEvent;
import dev.skerry.language.staffing.StaffingEvent.AccessRefused;
import dev.skerry.language.staffing.StaffingEvent.ActionApproved;
import dev.skerry.language.staffing.StaffingEvent.DeviceLocked;
import dev.skerry.language.staffing.StaffingEvent.DevicePaired;
import dev.skerry.language.staffing.StaffingEvent.DeviceRemoved;
import dev.skerry.language.staffing.StaffingEvent.DeviceRenamed;
import dev.skerry.language.staffing.StaffingEvent.DeviceUnlocked;
import dev.skerry.language.staffing.StaffingEvent.HelperReleased;
import dev.skerry.language.staffing.StaffingEvent.HelperTaken;
import dev.skerry.language.staffing.StaffingEvent.LockOutLifted;
import dev.skerry.language.staffing.StaffingEvent.PairingRefused;
import dev.skerry.language.staffing.StaffingEvent.PinSet;
import dev.skerry.language.staffing.StaffingEvent.RolesChanged;
import dev.skerry.language.staffing.StaffingEvent.SignedOff;
import dev.skerry.language.staffing.StaffingEvent.SignedOn;
import dev.skerry.store.staff.Staff.Device;
import dev.skerry.store.staff.Staff.Session;
import dev.skerry.stream.sqlite.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All SQL of this context. `person` is built from `hq/staff`, the rest from the context's own stream.
///
/// A PIN that was set here (`own_pin`) lies over the one of headquarters for as long as that is the one it was set over. A row of
/// `helper` stays after its time: who it was is in the audit, and the id may be given again.
final class StaffTables implements Book.State<StaffingEvent> {

    private static final String PERSON = "person";
    private static final String DEVICE = "device";

    static final Migrations MIGRATIONS =
            new Migrations(
                    "staff",
                    List.of(
                            """
                            CREATE TABLE person (
                              id TEXT PRIMARY KEY,
                              name TEXT NOT NULL,
                              roles TEXT NOT NULL,
                              pin TEXT
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE device (
                              name TEXT PRIMARY KEY,
                              kind TEXT NOT NULL,
                              token_hash TEXT NOT NULL UNIQUE,
                              paired_at INTEGER NOT NULL,
                              paired_by TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE session (
                              device TEXT PRIMARY KEY,
                              person TEXT NOT NULL,
                              name TEXT NOT NULL,
                              roles TEXT NOT NULL,
                              since INTEGER NOT NULL,
                              locked INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX session_of ON session (person);
                            CREATE TABLE wrong (
                              person TEXT NOT NULL,
                              device TEXT NOT NULL,
                              count INTEGER NOT NULL,
                              at INTEGER NOT NULL,
                              noted_until INTEGER NOT NULL,
                              PRIMARY KEY (person, device)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX wrong_at ON wrong (device);
                            CREATE TABLE lockout (
                              whose TEXT NOT NULL,
                              id TEXT NOT NULL,
                              until INTEGER NOT NULL,
                              PRIMARY KEY (whose, id)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE applied (
                              stream TEXT PRIMARY KEY,
                              next INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """,
                            """
                            ALTER TABLE session ADD COLUMN until INTEGER;
                            CREATE TABLE own_pin (
                              person TEXT PRIMARY KEY,
                              pin TEXT NOT NULL,
                              over TEXT
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE helper (
                              id TEXT PRIMARY KEY,
                              name TEXT NOT NULL,
                              roles TEXT NOT NULL,
                              pin TEXT NOT NULL,
                              until INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """));

    /// Somebody who works here.
    ///
    /// @param pin null for who cannot sign on
    /// @param told the PIN that headquarters told of; null if that is none
    /// @param until of a helper, when that ends; null for headquarters' people
    record Person(
            String id,
            String name,
            List<String> roles,
            @Nullable PinHash pin,
            @Nullable PinHash told,
            @Nullable Instant until) {

        boolean pinSetHere() {
            return until == null && pin != null && !pin.equals(told);
        }
    }

    // ---- the state, from events

    @Override
    public void apply(Fact<? extends StaffingEvent> fact, Handle tables) {
        long at = fact.at().toEpochMilli();
        tables.execute(
                "REPLACE INTO applied (stream, next) VALUES ('staff', ?)", fact.offset() + 1);
        switch (fact.event()) {
            case SignedOn on -> {
                tables.execute(
                        "REPLACE INTO session (device, person, name, roles, since, locked, until)"
                                + " VALUES (?, ?, ?, ?, ?, 0, (SELECT until FROM helper WHERE id = ?))",
                        on.device(),
                        on.person(),
                        on.name(),
                        Json.write(on.roles()),
                        at,
                        on.person());
                proved(on.person(), on.device(), tables);
            }
            case SignedOff off ->
                    tables.execute("DELETE FROM session WHERE device = ?", off.device());
            case DeviceLocked locked ->
                    tables.execute(
                            "UPDATE session SET locked = 1 WHERE device = ?", locked.device());
            case DeviceUnlocked unlocked -> {
                tables.execute("UPDATE session SET locked = 0 WHERE device = ?", unlocked.device());
                proved(unlocked.person(), unlocked.device(), tables);
            }
            case RolesChanged changed ->
                    tables.execute(
                            "UPDATE session SET name = ?, roles = ? WHERE device = ?",
                            changed.name(),
                            Json.write(changed.roles()),
                            changed.device());
            case AccessRefused refused -> refused(refused, at, tables);
            case PinSet set -> {
                String pin = Json.write(set.pin());
                if (tables.execute("UPDATE helper SET pin = ? WHERE id = ?", pin, set.person())
                        == 0) {
                    tables.execute(
                            "REPLACE INTO own_pin (person, pin, over) VALUES (?, ?, ?)",
                            set.person(),
                            pin,
                            set.over() == null ? null : Json.write(set.over()));
                }
                forgive(set.person(), tables);
            }
            case HelperTaken helper -> {
                tables.execute(
                        "REPLACE INTO helper (id, name, roles, pin, until) VALUES (?, ?, ?, ?, ?)",
                        helper.person(),
                        helper.name(),
                        Json.write(helper.roles()),
                        Json.write(helper.pin()),
                        helper.until().toEpochMilli());
                tables.execute(
                        "UPDATE session SET until = ? WHERE person = ?",
                        helper.until().toEpochMilli(),
                        helper.person());
                forgive(helper.person(), tables);
            }
            case HelperReleased released ->
                    tables.execute(
                            "UPDATE helper SET until = ? WHERE id = ?", at, released.person());
            case LockOutLifted lifted -> {
                if (lifted.person() != null) {
                    forgive(lifted.person(), tables);
                }
                if (lifted.device() != null) {
                    tables.execute("DELETE FROM wrong WHERE device = ?", lifted.device());
                    tables.execute(
                            "DELETE FROM lockout WHERE whose = ? AND id = ?",
                            DEVICE,
                            lifted.device());
                }
            }
            case ActionApproved approved -> proved(approved.person(), approved.device(), tables);
            case DevicePaired paired -> {
                forget(paired.device(), tables);
                tables.execute(
                        "INSERT INTO device (name, kind, token_hash, paired_at, paired_by)"
                                + " VALUES (?, ?, ?, ?, ?)",
                        paired.device(),
                        paired.kind().name(),
                        paired.tokenHash(),
                        at,
                        paired.by());
            }
            case DeviceRenamed renamed -> {
                forget(renamed.to(), tables);
                rename("device", "name", renamed, tables);
                rename("session", "device", renamed, tables);
                rename("wrong", "device", renamed, tables);
                tables.execute(
                        "UPDATE lockout SET id = ? WHERE whose = ? AND id = ?",
                        renamed.to(),
                        DEVICE,
                        renamed.device());
            }
            case DeviceRemoved removed -> forget(removed.device(), tables);
            case PairingRefused _ -> {}
        }
    }

    private static void rename(String table, String column, DeviceRenamed renamed, Handle tables) {
        tables.execute(
                "UPDATE %s SET %s = ? WHERE %s = ?".formatted(table, column, column),
                renamed.to(),
                renamed.device());
    }

    private static void forget(String device, Handle tables) {
        tables.execute("DELETE FROM device WHERE name = ?", device);
        tables.execute("DELETE FROM session WHERE device = ?", device);
        tables.execute("DELETE FROM wrong WHERE device = ?", device);
        tables.execute("DELETE FROM lockout WHERE whose = ? AND id = ?", DEVICE, device);
    }

    /// A person gave the right PIN: his wrong ones were mistyped, and so was what belongs to nobody at that device.
    private static void proved(String person, String device, Handle tables) {
        forgive(person, tables);
        tables.execute("DELETE FROM wrong WHERE person = '' AND device = ?", device);
    }

    private static void forgive(String person, Handle tables) {
        tables.execute("DELETE FROM wrong WHERE person = ?", person);
        tables.execute("DELETE FROM lockout WHERE whose = ? AND id = ?", PERSON, person);
    }

    private static void refused(AccessRefused refused, long at, Handle tables) {
        switch (refused.why()) {
            case WRONG_PIN, UNKNOWN_PERSON -> {
                tables.execute(
                        "INSERT INTO wrong (person, device, count, at, noted_until)"
                                + " VALUES (?, ?, ?, ?, 0)"
                                + " ON CONFLICT DO UPDATE SET count = excluded.count, at = excluded.at",
                        refused.person(),
                        refused.device(),
                        refused.wrong() == null ? 0 : refused.wrong(),
                        at);
                lock(PERSON, refused.person(), refused.personUntil(), tables);
                lock(DEVICE, refused.device(), refused.deviceUntil(), tables);
            }
            case LOCKED_OUT ->
                    tables.execute(
                            "INSERT INTO wrong (person, device, count, at, noted_until)"
                                    + " VALUES (?, ?, 0, ?, ?)"
                                    + " ON CONFLICT DO UPDATE SET noted_until = excluded.noted_until",
                            refused.person(),
                            refused.device(),
                            at,
                            Math.max(millis(refused.personUntil()), millis(refused.deviceUntil())));
            case ELSEWHERE, OCCUPIED, MAY_NOT -> proved(refused.person(), refused.device(), tables);
        }
    }

    private static void lock(String whose, String id, @Nullable Instant until, Handle tables) {
        if (until != null) {
            tables.execute(
                    "REPLACE INTO lockout (whose, id, until) VALUES (?, ?, ?)",
                    whose,
                    id,
                    until.toEpochMilli());
        }
    }

    private static long millis(@Nullable Instant at) {
        return at == null ? 0 : at.toEpochMilli();
    }

    @Override
    public void clear(Handle tables) {
        List.of("device", "session", "wrong", "lockout", "applied", "own_pin", "helper")
                .forEach(table -> tables.execute("DELETE FROM " + table));
    }

    /// The offset after the last event that these tables know of.
    static long applied(Handle tables) {
        return tables.createQuery("SELECT next FROM applied")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    // ---- what HQ publishes

    static void set(PersonChanged person, Handle tables) {
        tables.execute(
                "REPLACE INTO person (id, name, roles, pin) VALUES (?, ?, ?, ?)",
                person.person(),
                person.name(),
                Json.write(person.roles()),
                person.pin() == null ? null : Json.write(person.pin()));
    }

    static void removePerson(String id, Handle tables) {
        tables.execute("DELETE FROM person WHERE id = ?", id);
    }

    static void forgetPeople(Handle tables) {
        tables.execute("DELETE FROM person");
    }

    // ---- questions: people

    /// Headquarters' people, and helpers for as long as they help; an id that both have is headquarters'.
    private static final String PEOPLE =
            "SELECT id, name, roles, pin, told, until FROM ("
                    + "SELECT person.id AS id, person.name AS name, person.roles AS roles,"
                    + " iif(own_pin.pin IS NOT NULL AND own_pin.over IS person.pin, own_pin.pin,"
                    + " person.pin) AS pin, person.pin AS told, NULL AS until"
                    + " FROM person LEFT JOIN own_pin ON own_pin.person = person.id"
                    + " UNION ALL SELECT id, name, roles, pin, NULL, until FROM helper"
                    + " WHERE until > :now AND id NOT IN (SELECT id FROM person))";

    static Optional<Person> person(String id, Instant now, Handle tables) {
        return people(
                        tables.createQuery(PEOPLE + " WHERE id = :id")
                                .bind("now", now.toEpochMilli())
                                .bind("id", id))
                .stream()
                .findFirst();
    }

    /// By their names.
    static List<Person> people(Instant now, Handle tables) {
        return people(
                tables.createQuery(PEOPLE + " ORDER BY name, id").bind("now", now.toEpochMilli()));
    }

    private static List<Person> people(Query query) {
        return query.map((row, _) ->
                        new Person(
                                row.getString("id"),
                                row.getString("name"),
                                roles(row),
                                pin(row.getString("pin")),
                                pin(row.getString("told")),
                                instant(row, "until")))
                .list();
    }

    private static @Nullable PinHash pin(@Nullable String json) {
        return json == null ? null : Json.read(json, PinHash.class);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    private static List<String> roles(ResultSet row) throws SQLException {
        return List.of(Json.read(row.getString("roles"), String[].class));
    }

    // ---- questions: wrong PINs

    static Optional<Instant> personLocked(String person, Handle tables) {
        return locked(PERSON, person, tables);
    }

    static Optional<Instant> deviceLocked(String device, Handle tables) {
        return locked(DEVICE, device, tables);
    }

    private static Optional<Instant> locked(String whose, String id, Handle tables) {
        return tables.createQuery("SELECT until FROM lockout WHERE whose = ? AND id = ?")
                .bind(0, whose)
                .bind(1, id)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    static int wrong(String person, String device, Instant since, Handle tables) {
        return wrong("person = ? AND device = ?", since, tables, person, device);
    }

    static int wrongOfPerson(String person, Instant since, Handle tables) {
        return wrong("person = ?", since, tables, person);
    }

    static int wrongAtDevice(String device, Instant since, Handle tables) {
        return wrong("device = ?", since, tables, device);
    }

    private static int wrong(String where, Instant since, Handle tables, String... values) {
        Query query =
                tables.createQuery(
                        "SELECT coalesce(sum(count), 0) FROM wrong WHERE " + where + " AND at > ?");
        for (int i = 0; i < values.length; i++) {
            query.bind(i, values[i]);
        }
        return query.bind(values.length, since.toEpochMilli()).mapTo(Integer.class).one();
    }

    /// The lock-out that was told last of a person at a device; the epoch if none was.
    static Instant noted(String person, String device, Handle tables) {
        return Instant.ofEpochMilli(
                tables.createQuery("SELECT noted_until FROM wrong WHERE person = ? AND device = ?")
                        .bind(0, person)
                        .bind(1, device)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    // ---- questions: sessions and devices

    static Optional<Session> session(String device, Handle tables) {
        return sessions(
                        tables.createQuery("SELECT * FROM session WHERE device = ?")
                                .bind(0, device))
                .stream()
                .findFirst();
    }

    static List<Session> sessionsOf(String person, Handle tables) {
        return sessions(
                tables.createQuery("SELECT * FROM session WHERE person = ? ORDER BY device")
                        .bind(0, person));
    }

    static List<Session> sessions(Handle tables) {
        return sessions(tables.createQuery("SELECT * FROM session ORDER BY device"));
    }

    private static List<Session> sessions(Query query) {
        return query.map((row, _) ->
                        new Session(
                                row.getString("device"),
                                row.getString("person"),
                                row.getString("name"),
                                roles(row),
                                Instant.ofEpochMilli(row.getLong("since")),
                                row.getInt("locked") != 0,
                                instant(row, "until")))
                .list();
    }

    static Optional<Device> device(String name, Handle tables) {
        return devices(tables.createQuery("SELECT * FROM device WHERE name = ?").bind(0, name))
                .stream()
                .findFirst();
    }

    static List<Device> devices(Handle tables) {
        return devices(tables.createQuery("SELECT * FROM device ORDER BY name"));
    }

    private static List<Device> devices(Query query) {
        return query.map((row, _) ->
                        new Device(
                                row.getString("name"),
                                DeviceKind.valueOf(row.getString("kind")),
                                row.getString("token_hash"),
                                Instant.ofEpochMilli(row.getLong("paired_at")),
                                row.getString("paired_by")))
                .list();
    }
}
