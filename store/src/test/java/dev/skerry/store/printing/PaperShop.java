package dev.skerry.store.printing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.context.Book.Command;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.printing.CodePage;
import dev.skerry.language.printing.PrintJob;
import dev.skerry.language.printing.Printer;
import dev.skerry.store.printing.Printing.Answer;
import dev.skerry.store.printing.Printing.Connection;
import dev.skerry.store.printing.Printing.PaidOrders;
import dev.skerry.store.printing.Printing.Sent;
import dev.skerry.store.printing.Printing.Trouble;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Steps.Step;
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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A store with printers that do as they are told, and that can be switched off between any two steps.
final class PaperShop implements AutoCloseable {

    /// The server has lost its power.
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }

    /// Where the power may go.
    enum Cut {
        BEFORE_CALL,
        AFTER_CALL,
        BEFORE_PAPER,
        AFTER_PAPER
    }

    /// What a printer does.
    enum Mood {
        FINE,
        SILENT,
        NO_PAPER,
        /// Prints, and does not say so.
        MUTE,
        /// Is lost in the middle of a document: half of it is on paper.
        HALF
    }

    private static final StreamName ORDERS = StreamName.of("store-0042/orders");

    private final Path folder;
    private final AtomicInteger commands = new AtomicInteger();
    private final Map<String, Mood> moods = new HashMap<>();
    private final Map<String, Order> paid = new LinkedHashMap<>();
    private final MemoryDatabase orders;
    private @Nullable Cut cut;
    private Instant now = Instant.parse("2026-03-02T16:00:00Z");

    /// What came out, by printer.
    final Map<String, List<String>> paper = new HashMap<>();

    private SqliteDatabase database;
    private Printing printing;
    private Follower<SqliteTransaction> receipts;
    private Map<String, Steps> lanes = new HashMap<>();

    PaperShop(Path folder) {
        this.folder = folder;
        this.orders =
                new MemoryDatabase(
                        new MemoryDisk(), MemorySettings.defaults(), Faults.NONE, clock());
        orders.write(tx -> {
            tx.open(ORDERS, StreamSettings.keepAll());
            return true;
        });
        open();
    }

    private InstantSource clock() {
        return () -> now;
    }

    private void open() {
        database =
                SqliteDatabase.open(
                        folder.resolve("printing.db"),
                        SqliteSettings.defaults(),
                        clock(),
                        Printing.tables());
        printing =
                new Printing(
                        database,
                        order ->
                                Optional.ofNullable(paid.get(order))
                                        .map(it -> new PaidOrders.Paid(it, null, false)),
                        this::call,
                        Printing.Policy.defaults(),
                        clock(),
                        new TimeOrderedIds(clock(), new Random(3)));
        receipts = printing.orders(orders.source(ORDERS, "printing"));
        lanes = new HashMap<>();
    }

    /// As after a power cut: what was committed is there, and nothing else.
    void restart() {
        database.close();
        open();
    }

    @Override
    public void close() {
        database.close();
        orders.close();
    }

    Printing printing() {
        return printing;
    }

    Command command() {
        return new Command("c" + commands.incrementAndGet(), "same");
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    void mood(String printer, Mood mood) {
        moods.put(printer, mood);
    }

    void cut(@Nullable Cut where) {
        cut = where;
    }

    void add(String id, @Nullable String fallback, Printer.Kind kind, String... serves) {
        printing.set(
                command(),
                new Printer(
                        id,
                        "The " + id,
                        "127.0.0.1",
                        9100,
                        42,
                        "en-GB",
                        List.of(CodePage.PC858),
                        List.of(kind),
                        List.of(serves),
                        fallback,
                        true,
                        true,
                        true));
    }

    /// An order is paid.
    Order pay(String id) {
        Order sale = Samples.sale(id);
        paid.put(id, sale);
        publish(new OrderEvent.OrderPaid(sale));
        return sale;
    }

    void publish(OrderEvent event) {
        orders.write(tx ->
                tx.append(
                        ORDERS,
                        CloudEvents.write(
                                CloudEvent.of(
                                        "e" + commands.incrementAndGet(),
                                        ORDERS.value(),
                                        OrderEvent.FORM.type(event),
                                        now,
                                        OrderEvent.FORM.data(event)))));
    }

    void follow() {
        while (receipts.step() instanceof Step.Moved) {}
        if (receipts.status().trouble() != null) {
            throw new AssertionError(receipts.status());
        }
    }

    /// A follower that has lost its place.
    void followFromTheStart() {
        receipts = printing.orders(orders.source(ORDERS, "again"));
        database.write(tx -> {
            tx.moveCursor("orders", 0);
            return true;
        });
        follow();
    }

    Step step(String printer) {
        return lanes.computeIfAbsent(printer, printing::lane).step();
    }

    /// Steps until nothing moves.
    void run(String printer) {
        for (int i = 0; i < 1000; i++) {
            if (!(step(printer) instanceof Step.Moved)) {
                return;
            }
        }
        throw new AssertionError("it never ends");
    }

    List<String> on(String printer) {
        return paper.getOrDefault(printer, List.of());
    }

    PrintJob only() {
        List<PrintJob> jobs = printing.jobs(null, null);
        if (jobs.size() != 1) {
            throw new AssertionError(jobs);
        }
        return jobs.getFirst();
    }

    // ---- the printers

    private Answer call(Printer printer) {
        cutAt(Cut.BEFORE_CALL);
        Answer answer =
                switch (moods.getOrDefault(printer.id(), Mood.FINE)) {
                    case SILENT ->
                            new Answer.NotReady(
                                    Trouble.SILENT, printer.name() + " does not answer");
                    case NO_PAPER ->
                            new Answer.NotReady(Trouble.NO_PAPER, printer.name() + " has no paper");
                    case FINE, MUTE, HALF -> new Answer.Ready(new Wire(printer.id()));
                };
        cutAt(Cut.AFTER_CALL);
        return answer;
    }

    private void cutAt(Cut where) {
        if (cut == where) {
            cut = null;
            throw new PowerCut();
        }
    }

    private final class Wire implements Connection {
        private final String printer;

        Wire(String printer) {
            this.printer = printer;
        }

        @Override
        public Sent send(byte[] document) {
            cutAt(Cut.BEFORE_PAPER);
            String text = new String(document, UTF_8);
            Mood mood = moods.getOrDefault(printer, Mood.FINE);
            paper.computeIfAbsent(printer, _ -> new ArrayList<>())
                    .add(mood == Mood.HALF ? text.substring(0, text.length() / 2) : text);
            cutAt(Cut.AFTER_PAPER);
            return mood == Mood.FINE
                    ? new Sent.Printed()
                    : new Sent.Unknown("The " + printer + " did not say that it printed");
        }

        @Override
        public void close() {}
    }

    // ---- the tables

    /// All rows of all tables of the context.
    String dump() {
        StringBuilder all = new StringBuilder();
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("printing.db"));
                var statement = connection.createStatement()) {
            List<String> names = new ArrayList<>(PrintingTables.NAMES);
            names.add("command");
            for (String table : names) {
                all.append(table).append('\n');
                try (var rows = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1")) {
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
