package dev.skerry.store.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.skerry.context.Book;
import dev.skerry.language.Money;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A store's payments over a real database, a terminal that outlives its crashes, and time that is moved.
final class Shop implements AutoCloseable {

    static final String STORE = "store-0042";
    static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    static final LocalDate TUESDAY = MONDAY.plusDays(1);
    static final Currency EUR = Currency.getInstance("EUR");
    static final Money STEP = money(5);

    /// What the loops of the follower and the errands need to come to rest.
    private static final int STEPS_MAX = 10_000;

    private final Path folder;
    private final Random random;
    private final PaymentsPolicy policy;
    private @Nullable Terminal otherTerminal;
    private @Nullable GiftCards otherGiftCards;
    Instant now = Instant.parse("2026-03-02T08:00:00Z");
    boolean line = true;
    final SimulatedTerminal terminal = new SimulatedTerminal(() -> line);
    final SimulatedGiftCards giftCards = new SimulatedGiftCards(() -> line);
    SqliteDatabase database;
    Payments payments;

    Shop(Path folder, PaymentsPolicy policy, long seed) {
        this.folder = folder;
        this.policy = policy;
        this.random = new Random(seed);
        this.database = database();
        this.payments = payments();
    }

    Shop(Path folder) {
        this(folder, policy(), 1);
    }

    /// As a shop in Euro that rounds cash to 0.05.
    static PaymentsPolicy policy() {
        return PaymentsPolicy.standard(EUR).withCashStep(STEP).withGiftCardPrefixes(List.of("G-"));
    }

    static Money money(long minor) {
        return new Money(minor, EUR);
    }

    /// Asked in place of the simulated terminal from the next start on.
    void terminal(Terminal terminalToAsk) {
        otherTerminal = terminalToAsk;
        restart();
    }

    /// As with the terminal.
    void giftCards(GiftCards giftCardsToAsk) {
        otherGiftCards = giftCardsToAsk;
        restart();
    }

    private SqliteDatabase database() {
        return SqliteDatabase.open(
                folder.resolve("payments.db"),
                SqliteSettings.defaults(),
                clock(),
                Book.TABLES,
                Payments.TABLES);
    }

    InstantSource clock() {
        return () -> now;
    }

    private Payments payments() {
        return new Payments(
                database,
                new Payments.Site(STORE, ZoneId.of("Europe/Berlin")),
                clock(),
                new TimeOrderedIds(clock(), random),
                policy,
                otherTerminal == null ? terminal : otherTerminal,
                otherGiftCards == null ? giftCards : otherGiftCards);
    }

    /// What the process knew is gone; what was committed is there.
    void restart() {
        database.close();
        database = database();
        payments = payments();
    }

    @Override
    public void close() {
        database.close();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    // ---- the day

    Shop openDay(LocalDate day) {
        assertInstanceOf(BusinessDayResult.Done.class, payments.cashOffice().open(day, "manager"));
        return this;
    }

    Shop openShift(String shift, String till, long cashFloat) {
        assertInstanceOf(
                ShiftResult.Done.class,
                payments.cashOffice()
                        .open(new ShiftOpening(shift, till, money(cashFloat), List.of(), "anna")));
        return this;
    }

    /// Counts what should be there, and a difference, and closes.
    Shift closeShift(String shift, long over) {
        long drawer = drawer(shift);
        count(shift, "count-of-" + shift + "-" + drawer, drawer + over);
        return done(payments.cashOffice().close(shift, false, "anna"));
    }

    Shift count(String shift, String id, long counted) {
        return done(
                payments.cashOffice()
                        .count(new DrawerMove(shift, id, money(counted), List.of(), "", "anna")));
    }

    static Shift done(ShiftResult result) {
        return assertInstanceOf(ShiftResult.Done.class, result).shift();
    }

    long drawer(String shift) {
        return payments.takings(Span.ofShift(shift).onTime()).drawer().minor();
    }

    // ---- payments

    Payment due(String order, long due) {
        return done(openPayment(order, due));
    }

    PaymentResult openPayment(String order, long due) {
        return payments.open(new Opening(order, money(due), "till-1", "anna", null, null));
    }

    PaymentResult take(String order, String tender, TenderKind kind, long amount) {
        return payments.take(new Offer(order, tender, kind, money(amount), null, "till-1", "anna"));
    }

    PaymentResult take(String order, String tender, TenderKind kind, long amount, String account) {
        return payments.take(
                new Offer(order, tender, kind, money(amount), account, "till-1", "anna"));
    }

    /// All that is left.
    PaymentResult take(String order, String tender, TenderKind kind) {
        return payments.take(new Offer(order, tender, kind, null, null, "till-1", "anna"));
    }

    PaymentResult giveBack(
            String order, String tender, TenderKind kind, long amount, @Nullable RefundOf of) {
        return payments.giveBack(
                new GivingBack(
                        order, tender, kind, money(amount), of, false, null, "till-1", "ben"));
    }

    PaymentResult withdraw(String order, String tender) {
        return payments.withdraw(order, tender, "changed his mind", "till-1", "anna");
    }

    PaymentResult cancel(String order) {
        return payments.cancel(order, "changed his mind", "till-1", "anna");
    }

    Payment payment(String order) {
        return payments.payment(order).orElseThrow();
    }

    Tender tender(String order, String tender) {
        Tender found = payment(order).tender(tender);
        if (found == null) {
            throw new AssertionError("no tender " + tender);
        }
        return found;
    }

    static Payment done(PaymentResult result) {
        return assertInstanceOf(PaymentResult.Done.class, result).payment();
    }

    static Refusal refused(PaymentResult result) {
        return assertInstanceOf(PaymentResult.Refused.class, result).why();
    }

    static Refusal refused(ShiftResult result) {
        return assertInstanceOf(ShiftResult.Refused.class, result).why();
    }

    static Refusal refused(BusinessDayResult result) {
        return assertInstanceOf(BusinessDayResult.Refused.class, result).why();
    }

    // ---- what is driven

    /// Steps until nothing moves any more.
    static Steps.Step run(Steps steps) {
        for (int i = 0; i < STEPS_MAX; i++) {
            Steps.Step step = steps.step();
            if (!(step instanceof Steps.Step.Moved)) {
                return step;
            }
        }
        throw new AssertionError(steps.name() + " does not come to rest");
    }

    Steps.Step settle() {
        return run(payments.settling());
    }

    Steps.Step forward() {
        return run(payments.forwarding());
    }

    // ---- what is there

    long events() {
        return database.find(StreamName.of(STORE + "/payments")).orElseThrow().tail();
    }

    void assertRebuiltEqual() {
        var before = tables();
        payments.book().rebuild();
        assertEquals(before, tables());
    }

    /// All rows of all tables that are made from events.
    private SortedMap<String, List<String>> tables() {
        SortedMap<String, List<String>> tables = new TreeMap<>();
        for (String table :
                List.of(
                        "payment",
                        "tender",
                        "voucher",
                        "entry",
                        "business_day",
                        "shift",
                        "attention",
                        "command")) {
            tables.put(table, rows(table));
        }
        return tables;
    }

    private List<String> rows(String table) {
        return database.query(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
                List<String> all = new ArrayList<>();
                while (rows.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(rows.getString(i)));
                    }
                    all.add(String.join("|", row));
                }
                return all;
            }
        });
    }
}
