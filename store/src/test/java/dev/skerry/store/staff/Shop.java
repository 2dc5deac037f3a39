package dev.skerry.store.staff;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.staff.PinHash;
import dev.skerry.language.staff.StaffEvent;
import dev.skerry.language.staff.StaffEvent.PersonChanged;
import dev.skerry.language.staffing.DeviceKind;
import dev.skerry.language.staffing.StaffingEvent;
import dev.skerry.store.staff.Staff.Change.Added;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Read;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Store 0042 with two cashiers (1001 Anna, 1002 Ben), a supervisor (2001 Cleo), a manager (3001 Dora) and an auditor without a PIN;
/// each PIN is the last four digits of twice the person's id.
final class Shop implements AutoCloseable, InstantSource {

    static final String STORE = "store-0042";

    private static final StreamName HQ = StreamName.of(StaffEvent.STREAM);
    private static final String FILE = "staff.db";

    /// Few, so that tests are quick; the store checks whatever number the hash says.
    private static final int ITERATIONS = 10;

    private final Path folder;
    private final MemoryDatabase hq =
            new MemoryDatabase(new MemoryDisk(), MemorySettings.defaults(), Faults.NONE, this);
    private final Map<String, String> tokens = new HashMap<>();
    private volatile Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private SqliteDatabase database;
    private Staff staff;
    private Follower<SqliteTransaction> follower;
    private int made;

    Shop(Path folder) {
        this.folder = folder;
        hq.write(tx -> {
            tx.open(HQ, StreamSettings.compactedByKey());
            return true;
        });
        open();
        person("1001", "Anna", "cashier");
        person("1002", "Ben", "cashier", "juggler");
        person("2001", "Cleo", "supervisor");
        person("3001", "Dora", "manager");
        publish(new PersonChanged("9001", "Ole", List.of("auditor"), null, null));
        add("till-1", DeviceKind.TILL);
        add("till-2", DeviceKind.TILL);
        add("office", DeviceKind.OFFICE);
    }

    private void open() {
        made++;
        database =
                SqliteDatabase.open(
                        folder.resolve(FILE), SqliteSettings.defaults(), this, Staff.tables());
        staff =
                new Staff(
                        database,
                        STORE,
                        this,
                        new TimeOrderedIds(this, new Random(made)),
                        new Random(100 + made));
        follower = StaffFollowers.hq(staff, hq.source(HQ, "staff"));
    }

    void restart() {
        database.close();
        open();
    }

    @Override
    public void close() {
        database.close();
        hq.close();
    }

    Staff staff() {
        return staff;
    }

    // ---- time

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    // ---- headquarters

    static String pin(String person) {
        return "%04d".formatted(Integer.parseInt(person) * 2 % 10_000);
    }

    void person(String id, String name, String... roles) {
        publish(hired(id, name, null, pin(id), roles));
    }

    static PersonChanged hired(
            String id, String name, @Nullable List<String> stores, String pin, String... roles) {
        return new PersonChanged(
                id, name, List.of(roles), stores, PinHash.of(pin, new byte[16], ITERATIONS));
    }

    void publish(StaffEvent event) {
        CloudEvent envelope =
                CloudEvent.of(
                                "e" + hq.find(HQ).orElseThrow().tail(),
                                StaffEvent.STREAM,
                                StaffEvent.FORM.type(event),
                                now,
                                StaffEvent.FORM.data(event))
                        .withSubject(event.key());
        CloudEvent told = event.ends() ? CloudEvents.deletionOf(envelope) : envelope;
        hq.write(tx -> tx.append(HQ, CloudEvents.write(told)));
        follow();
    }

    private void follow() {
        while (follower.step() instanceof Steps.Step.Moved) {}
        assertNull(follower.status().trouble(), () -> follower.status().toString());
    }

    // ---- devices

    String add(String name, DeviceKind kind) {
        String token =
                assertInstanceOf(Added.class, staff.add(name, kind, false, "operator")).token();
        tokens.put(name, token);
        return token;
    }

    String token(String device) {
        return java.util.Objects.requireNonNull(tokens.get(device), device);
    }

    Staff.Entry signOn(String device, String person) {
        return staff.signOn(device, person, pin(person));
    }

    // ---- what came of it

    List<StaffingEvent> published() {
        List<StaffingEvent> all = new ArrayList<>();
        Read.Page page = (Read.Page) database.read(Staff.stream(STORE), 0, 1000, 10_000_000);
        page.events()
                .forEach(event ->
                        all.add(StaffingEvent.FORM.read(CloudEvents.read(event)).orElseThrow()));
        return all;
    }

    StaffingEvent last() {
        return published().getLast();
    }

    /// All rows of all tables of the context.
    String dump() {
        StringBuilder all = new StringBuilder();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(FILE));
                var statement = connection.createStatement()) {
            for (String table :
                    List.of(
                            "person", "device", "session", "wrong", "lockout", "applied", "command",
                            "caused", "own_pin", "helper")) {
                all.append(table).append('\n');
                try (var rows =
                        statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            all.append(rows.getString(i)).append('|');
                        }
                        all.append('\n');
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return all.toString();
    }
}
