package dev.skerry.hq.reconciliation;

import dev.skerry.context.Book.Command;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.inventory.InventoryEvent;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.Order.BookVersions;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.language.payments.PaidCard;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.PaymentCompleted;
import dev.skerry.language.payments.PaymentEvent.ShiftClosed;
import dev.skerry.language.payments.PaymentEvent.TenderApproved;
import dev.skerry.language.payments.PaymentEvent.TenderStored;
import dev.skerry.language.payments.PaymentEvent.TenderTaken;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.language.payments.TenderTakings;
import dev.skerry.language.payments.ZReport;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Read;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
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
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Headquarters' reconciliation, and what stores say.
final class Ledgers implements AutoCloseable {

    static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
    static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    static final String HARBOUR = "store-0042";

    private final AtomicReference<Instant> now = new AtomicReference<>(MORNING);
    private final InstantSource clock = now::get;
    private final AtomicInteger numbers = new AtomicInteger();
    final MemoryDatabase stores =
            new MemoryDatabase(new MemoryDisk(), MemorySettings.defaults(), Faults.NONE, clock);
    private final Path file;
    private final SqliteDatabase database;
    private final Follower<SqliteTransaction> follower;
    final Reconciliation reconciliation;

    Ledgers(Path folder) {
        this(folder, "reconciliation.db");
    }

    private Ledgers(Path folder, String name) {
        file = folder.resolve(name);
        database =
                SqliteDatabase.open(
                        file, SqliteSettings.defaults(), clock, Reconciliation.tables());
        reconciliation =
                new Reconciliation(database, clock, new TimeOrderedIds(clock, new Random(5)));
        follower =
                reconciliation.follower(
                        stores.source(StreamPattern.of("store-*/**"), "reconciliation"));
    }

    void pass(Duration time) {
        now.updateAndGet(it -> it.plus(time));
    }

    Command command() {
        return new Command("c" + numbers.incrementAndGet(), "same");
    }

    static Money eur(long minor) {
        return Money.of(minor, "EUR");
    }

    static Place place(String shift) {
        return new Place("till-1", DAY, shift, false);
    }

    // ---- what stores say

    void pays(PaymentEvent event) {
        publish("payments", PaymentEvent.FORM, event);
    }

    void orders(OrderEvent event) {
        publish("orders", OrderEvent.FORM, event);
    }

    void counts(InventoryEvent event) {
        publish("inventory", InventoryEvent.FORM, event);
    }

    private <E> void publish(String kind, EventForm<E> form, E event) {
        StreamName stream = StreamName.of(HARBOUR + "/" + kind);
        CloudEvent envelope =
                CloudEvent.of(
                        "e" + numbers.incrementAndGet(),
                        stream.value(),
                        form.type(event),
                        clock.instant(),
                        form.data(event));
        stores.write(tx -> {
            if (!tx.exists(stream)) {
                tx.open(stream, StreamSettings.keepAll());
            }
            return tx.append(stream, CloudEvents.write(envelope));
        });
        follow();
    }

    void follow() {
        while (follower.step() instanceof Steps.Step.Moved) {}
        if (follower.status().trouble() != null || !follower.parked().isEmpty()) {
            throw new AssertionError(follower.status() + " " + follower.parked());
        }
    }

    void cash(String order, long amount) {
        pays(
                new TenderTaken(
                        order,
                        "t-" + order,
                        TenderKind.CASH,
                        eur(amount),
                        null,
                        null,
                        place("s1"),
                        "anna"));
    }

    void card(String order, String tender, long amount) {
        pays(
                new TenderApproved(
                        order,
                        tender,
                        TenderKind.CARD,
                        eur(amount),
                        "A1",
                        new PaidCard("tok", "4242", "VISA"),
                        place("s1")));
    }

    void stored(String order, String tender, long amount) {
        pays(
                new TenderStored(
                        order,
                        tender,
                        TenderKind.CARD,
                        eur(amount),
                        "S1",
                        null,
                        new PaidCard("tok", "4242", "VISA"),
                        place("s1")));
    }

    void completed(String order, long due) {
        pays(new PaymentCompleted(order, eur(due), List.of(), eur(0), eur(0), place("s1"), "anna"));
    }

    void sold(String order, long total) {
        orders(
                new OrderPaid(
                        new Order(
                                order,
                                OrderSource.TILL,
                                "till-1",
                                new ReceiptNumber("0042", "till-1", DAY, 1),
                                DAY,
                                LocalDateTime.of(2026, 3, 2, 9, 0),
                                "anna",
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                List.of(),
                                List.of(),
                                eur(total),
                                true,
                                List.of(),
                                eur(0),
                                eur(0),
                                new BookVersions("1", "1"),
                                true,
                                0,
                                List.of(),
                                null,
                                null,
                                null,
                                null,
                                null)));
    }

    /// @param takings net, by tender
    void closes(int number, String shift, TenderTakings... takings) {
        pays(
                new ShiftClosed(
                        shift,
                        new ZReport(
                                "till-1",
                                number,
                                shift,
                                DAY,
                                "anna",
                                "anna",
                                2,
                                List.of(takings),
                                eur(0),
                                eur(10000),
                                eur(0),
                                eur(0),
                                eur(0),
                                eur(0),
                                eur(0),
                                eur(0))));
    }

    static TenderTakings takings(TenderKind kind, long net) {
        return new TenderTakings(kind, 1, eur(net), eur(0));
    }

    // ---- the same elsewhere

    /// Another machine at headquarters with the same streams.
    Ledgers another(Path folder) {
        Ledgers other = new Ledgers(folder, "another.db");
        other.now.set(now.get());
        StreamName own = StreamName.of("local/reconciliation");
        Read.Page mine = (Read.Page) database.read(own, 0, 10_000, 100_000_000);
        other.database.write(tx -> {
            mine.events().forEach(it -> tx.append(own, it.content()));
            return true;
        });
        other.reconciliation.book().catchUp();
        for (var info : stores.matching(StreamPattern.of("store-*/**"))) {
            Read.Page page = (Read.Page) stores.read(info.name(), 0, 10_000, 100_000_000);
            other.stores.write(tx -> {
                tx.open(info.name(), StreamSettings.keepAll());
                page.events().forEach(it -> tx.append(info.name(), it.content()));
                return true;
            });
            other.follow();
        }
        return other;
    }

    /// All rows of these tables; when something became known is left out, as streams come in another order elsewhere.
    List<String> rows(String... tables) {
        List<String> all = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            for (String table : tables) {
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery("SELECT * FROM " + table)) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        StringBuilder row = new StringBuilder(table);
                        for (int i = 1; i <= columns; i++) {
                            row.append('|').append(rows.getString(i));
                        }
                        all.add(row.toString());
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return all.stream().sorted().toList();
    }

    @Override
    public void close() {
        database.close();
        stores.close();
    }
}
