package dev.skerry.hq.stores;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.hq.stores.Register.Connection;
import dev.skerry.hq.stores.Register.Registered;
import dev.skerry.hq.stores.Stores.Alarm;
import dev.skerry.hq.stores.Stores.Described;
import dev.skerry.hq.stores.Stores.Line;
import dev.skerry.hq.stores.Stores.Order;
import dev.skerry.hq.stores.Stores.Page;
import dev.skerry.hq.stores.Stores.Row;
import dev.skerry.hq.stores.Stores.Wanted;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.stores.StoreProfile;
import dev.skerry.language.stores.StoreProfile.Format;
import dev.skerry.stream.Steps;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Map<String, Registered> register = new TreeMap<>();
    private final List<String> changed = new ArrayList<>();

    @TempDir private Path folder;
    private SqliteDatabase database;
    private Stores stores;
    private Steps lines;

    @BeforeEach
    void open() {
        database =
                SqliteDatabase.open(
                        folder.resolve("stores.db"),
                        SqliteSettings.defaults(),
                        now::get,
                        Stores.tables());
        start();
    }

    private void start() {
        stores =
                new Stores(
                        database,
                        new Known(register),
                        now::get,
                        new TimeOrderedIds(now::get, new Random(1)));
        lines = stores.lines(changed::add);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private record Known(Map<String, Registered> all) implements Register {

        @Override
        public List<Registered> stores() {
            return List.copyOf(all.values());
        }

        @Override
        public Optional<Registered> find(String id) {
            return Optional.ofNullable(all.get(id));
        }

        @Override
        public List<Stream> streams(String id) {
            return List.of(new Stream("store-" + id + "/orders", 7, 700, START));
        }

        @Override
        public Invited invite(String id, String name, String zone) {
            throw new AssertionError("nobody is invited here");
        }
    }

    private void store(String id, String name, String zone, long epoch) {
        register.put(id, new Registered(id, name, zone, epoch, null, null));
    }

    private void connected(String id, @Nullable Long clockAheadMs) {
        Registered it = requireNonNull(register.get(id));
        register.put(
                id,
                new Registered(
                        id,
                        it.name(),
                        it.zone(),
                        1,
                        null,
                        new Connection(
                                START, now.get(), "10.0.0.1", "skerry 0.1.0", clockAheadMs)));
    }

    private void cut(String id) {
        Registered it = requireNonNull(register.get(id));
        register.put(id, new Registered(id, it.name(), it.zone(), it.epoch(), null, null));
    }

    private static StoreProfile profile(Format format, String city, @Nullable Double latitude) {
        return new StoreProfile(
                "Europe/Berlin", "EUR", format, null, null, city, null, latitude, 13.4, List.of());
    }

    private Row only() {
        return stores.list(Wanted.all()).stores().getFirst();
    }

    @Test
    void a_line_that_came_and_went_is_known_with_its_last_contact_also_after_a_restart() {
        store("0042", "Main Street", "north", 0);
        lines.step();
        assertEquals("never joined", only().line());
        connected("0042", 5L);
        lines.step();
        assertEquals("up", only().line());
        Instant heard = now.get();
        now.set(START.plus(Duration.ofHours(1)));
        cut("0042");
        lines.step();
        lines.step();
        start();
        Row row = only();
        assertEquals("down", row.line());
        assertEquals(heard, row.lastContact());
        assertEquals("skerry 0.1.0", row.software());
        assertNull(row.address());
        assertEquals(List.of("0042", "0042"), changed);
    }

    @Test
    void a_line_that_went_while_hq_was_down_is_noted_when_it_is_back() {
        store("0042", "Main Street", "north", 1);
        connected("0042", 5L);
        lines.step();
        start();
        cut("0042");
        now.set(START.plus(Duration.ofHours(1)));
        lines.step();
        assertEquals(START, only().lastContact());
        assertEquals(now.get(), only().since());
    }

    @Test
    void two_thousand_stores_are_found_sorted_and_paged() {
        for (int i = 0; i < 2000; i++) {
            store(
                    "%04d".formatted(i),
                    "Store " + (i % 7),
                    i % 2 == 0 ? "north" : "south",
                    i == 3 ? 0 : 1);
        }
        stores.describe("0005", profile(Format.CAFE, "Kiel", 54.3), "anna");
        Page south = stores.list(new Wanted("", null, "south", null, Order.ID, true, 10, 50));
        assertEquals(1000, south.total());
        assertEquals(50, south.stores().size());
        assertEquals("1979", south.stores().getFirst().id());
        assertEquals(
                "0005",
                stores.list(new Wanted("kiel", null, null, null, Order.CITY, false, 0, 5))
                        .stores()
                        .getFirst()
                        .id());
        assertEquals(
                1,
                stores.list(new Wanted("", Line.NEVER_JOINED, null, null, Order.NAME, false, 0, 5))
                        .total());
        assertEquals(
                1,
                stores.list(new Wanted("", null, null, Format.CAFE, Order.NAME, false, 0, 5))
                        .total());
        assertEquals(
                List.of(),
                stores.list(new Wanted("", null, null, null, Order.ID, false, 5000, 5)).stores());
    }

    @Test
    void a_store_is_described_and_what_cannot_be_is_refused() {
        store("0042", "Main Street", "north", 1);
        StoreProfile berlin = profile(Format.MARKET, "Berlin", 52.5);
        assertInstanceOf(Described.Done.class, stores.describe("0042", berlin, "anna"));
        assertInstanceOf(Described.NoSuchStore.class, stores.describe("0043", berlin, "anna"));
        assertEquals(berlin, stores.store("0042").orElseThrow().profile());
        assertEquals(7, stores.store("0042").orElseThrow().streams().getFirst().tail());
        assertThrows(
                IllegalArgumentException.class,
                () -> stores.describe("0042", profile(Format.MARKET, "Berlin", 152.5), "anna"));
        assertThrows(
                IllegalArgumentException.class,
                () -> stores.describe("0042", profile(Format.MARKET, "Berlin", null), "anna"));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        stores.describe(
                                "0042",
                                new StoreProfile(
                                        "Mars",
                                        "EUR",
                                        Format.SHOP,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        List.of()),
                                "anna"));
    }

    @Test
    void stores_that_need_somebody_raise_an_alarm() {
        store("0001", "Well", "north", 1);
        store("0002", "Away", "north", 1);
        store("0003", "Wrong clock", "north", 1);
        store("0004", "Late", "north", 0);
        connected("0001", 5L);
        connected("0002", 5L);
        connected("0003", -90_000L);
        lines.step();
        cut("0002");
        lines.step();
        now.set(START.plus(Stores.AWAY_MAX));
        assertEquals(
                List.of("0003 clock-wrong", "0004 not-joined"),
                stores.alarms().stream().map(it -> it.store() + " " + it.kind()).toList());
        now.set(START.plus(Stores.AWAY_MAX).plusSeconds(1));
        assertEquals(new Alarm("0002", "Away", "line-down", START), stores.alarms().getFirst());
    }

    @Test
    void the_state_made_anew_from_the_streams_is_the_same() {
        store("0042", "Main Street", "north", 1);
        stores.describe("0042", profile(Format.MARKET, "Berlin", 52.5), "anna");
        connected("0042", 5L);
        lines.step();
        cut("0042");
        lines.step();
        String before = stores.list(Wanted.all()) + " " + stores.store("0042");
        stores.rebuild();
        assertEquals(before, stores.list(Wanted.all()) + " " + stores.store("0042"));
    }
}
