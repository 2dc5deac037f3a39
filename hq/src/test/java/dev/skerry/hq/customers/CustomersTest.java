package dev.skerry.hq.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Changes.Outcome;
import dev.skerry.context.Changes.Proposal;
import dev.skerry.hq.customers.LedgerEvent.Base;
import dev.skerry.hq.customers.LedgerEvent.GiftCardLoaded;
import dev.skerry.hq.customers.LedgerEvent.PointsCountMade;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.customers.CustomerEvent.CustomerRemoved;
import dev.skerry.language.customers.CustomerEvent.PointsCounted;
import dev.skerry.language.customers.CustomerEvent.PointsRemoved;
import dev.skerry.language.loyalty.CustomerListEvent;
import dev.skerry.language.loyalty.CustomerListEvent.ListConfirmed;
import dev.skerry.language.loyalty.CustomerListEvent.StoreCounted;
import dev.skerry.language.loyalty.LoyaltyEvent;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponFreed;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponUsed;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerSignedUp;
import dev.skerry.language.loyalty.LoyaltyEvent.PointsBooked;
import dev.skerry.language.loyalty.LoyaltyEvent.Why;
import dev.skerry.language.loyalty.OfferEvent;
import dev.skerry.language.loyalty.OfferEvent.CodeFreed;
import dev.skerry.language.loyalty.OfferEvent.CodeUsedUp;
import dev.skerry.language.payments.GiftCardEvent;
import dev.skerry.language.payments.GiftCardEvent.GiftCardBlocked;
import dev.skerry.language.payments.GiftCardEvent.OfflineGiftCardBooked;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.RefundMade;
import dev.skerry.language.payments.PaymentEvent.TenderStored;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomersTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Place TILL = new Place("till-1", LocalDate.of(2026, 3, 2), "s1", false);

    @TempDir private Path folder;
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-02T10:00:00Z"));
    private final InstantSource clock = now::get;
    private SqliteDatabase database;
    private SqliteDatabase stores;
    private Customers customers;
    private Steps loyalty;
    private Steps payments;
    private int events;

    @BeforeEach
    void open() {
        database =
                SqliteDatabase.open(
                        folder.resolve("customers.db"),
                        SqliteSettings.defaults(),
                        clock,
                        Customers.tables());
        stores = SqliteDatabase.open(folder.resolve("estate.db"), SqliteSettings.defaults(), clock);
        customers = new Customers(database, EUR, clock, new TimeOrderedIds(clock, new Random(1)));
        CustomersFollowers followers = new CustomersFollowers(customers);
        loyalty = followers.loyalty(stores.source(StreamPattern.of("store-*/loyalty"), "c"));
        payments = followers.payments(stores.source(StreamPattern.of("store-*/payments"), "c"));
    }

    @AfterEach
    void close() {
        stores.close();
        database.close();
    }

    private <E> void publish(String stream, EventForm<E> form, E event) {
        StreamName name = StreamName.of(stream);
        now.set(now.get().plusSeconds(1));
        CloudEvent envelope =
                CloudEvent.of(
                        "e" + ++events, stream, form.type(event), now.get(), form.data(event));
        stores.write(tx -> {
            if (!tx.exists(name)) {
                tx.open(name, StreamSettings.keepAll());
            }
            return tx.append(name, CloudEvents.write(envelope));
        });
    }

    private void says(String store, LoyaltyEvent event) {
        publish(store + "/loyalty", LoyaltyEvent.FORM, event);
        while (loyalty.step() instanceof Steps.Step.Moved) {}
    }

    private void says(String store, PaymentEvent event) {
        publish(store + "/payments", PaymentEvent.FORM, event);
        while (payments.step() instanceof Steps.Step.Moved) {}
    }

    private void books(String store, String customer, long points) {
        says(
                store,
                new PointsBooked(customer, "o" + events, Why.EARNED, points, null, points, null));
    }

    private List<CloudEvent> published(String stream) {
        return ((Read.Page)
                        database.read(
                                StreamName.of(stream),
                                0,
                                Limits.PAGE_EVENTS_MAX,
                                Limits.PAGE_BYTES_MAX))
                .events().stream().filter(it -> !it.deletion()).map(CloudEvents::read).toList();
    }

    private List<Object> customersStream() {
        return published(CustomerEvent.STREAM).stream()
                .map(it ->
                        CustomerEvent.FORM
                                .read(it)
                                .<Object>map(event -> event)
                                .or(() -> CustomerListEvent.FORM.read(it))
                                .orElseThrow())
                .filter(it -> !(it instanceof CustomerChanged))
                .toList();
    }

    private static CustomerChanged customer(String id, String... cards) {
        return new CustomerChanged(
                id, List.of(cards), "Anna " + id, List.of(), null, LocalDate.of(2026, 1, 1), false);
    }

    private Outcome propose(String id, Object... said) {
        return customers
                .changes()
                .propose(
                        new Command("propose " + id, "f"),
                        new Proposal(id, "Change", null, false, List.of(said)),
                        "mia");
    }

    @Test
    void points_of_all_stores_are_counted_and_each_store_is_told_up_to_where() {
        propose("known", customer("C1", "1"), customer("C2", "2"));
        books("store-0042", "C1", 30);
        books("store-0043", "C1", 12);
        books("store-0042", "C2", 5);
        assertEquals(2, customers.count());
        Instant asOf = now.get();
        assertEquals(
                List.of(
                        new StoreCounted("store-0042", 2, asOf),
                        new StoreCounted("store-0043", 1, asOf),
                        new PointsCounted("C1", 42, asOf),
                        new PointsCounted("C2", 5, asOf)),
                customersStream());
        books("store-0043", "C2", -5);
        assertEquals(0, customers.points("C2"));
        assertEquals(1, customers.count());
        assertEquals(
                List.of(
                        new StoreCounted("store-0043", 2, now.get()),
                        new PointsCounted("C2", 0, now.get())),
                customersStream().subList(4, 6));
        assertEquals(2, customers.bookings("C2", 10).size());
    }

    @Test
    void a_list_to_which_nothing_happened_is_confirmed_and_counts_never_share_an_instant() {
        propose("known", customer("C1", "1"), customer("C2", "2"));
        books("store-0042", "C1", 30);
        customers.count();
        assertEquals(0, customers.count());
        assertEquals(new ListConfirmed(now.get().plusMillis(1)), customersStream().getLast());
        publish(
                "store-0042/loyalty",
                LoyaltyEvent.FORM,
                new PointsBooked("C1", "o9", Why.EARNED, 1, null, 1, null));
        now.set(now.get().minusSeconds(1));
        while (loyalty.step() instanceof Steps.Step.Moved) {}
        customers.count();
        assertEquals(
                new PointsCounted("C1", 31, now.get().plusMillis(1)), customersStream().getLast());
    }

    @Test
    void points_that_somebody_had_before_are_counted_once() {
        Instant imported = now.get();
        propose("c1", customer("C1", "1"), new PointsCounted("C1", 500, imported));
        books("store-0042", "C1", 30);
        customers.count();
        books("store-0042", "C1", 1);
        customers.count();
        assertEquals(new PointsCounted("C1", 531, now.get()), customersStream().getLast());
        customers.book().rebuild();
        assertEquals(531, customers.points("C1"));
    }

    @Test
    void counting_is_done_every_so_often() {
        propose("known", customer("C1", "1"), customer("C2", "2"));
        Steps counting = new CustomersFollowers(customers).counting(Duration.ofMinutes(10));
        books("store-0042", "C1", 30);
        counting.step();
        books("store-0042", "C1", 3);
        counting.step();
        assertEquals(2, customersStream().size());
        now.set(now.get().plusSeconds(600));
        counting.step();
        assertEquals(new PointsCounted("C1", 33, now.get()), customersStream().getLast());
    }

    @Test
    void nothing_is_told_of_the_points_of_who_was_forgotten() {
        propose("known", customer("C1", "1"));
        books("store-0042", "C1", 30);
        customers.count();
        propose("gone", new CustomerRemoved("C1"), new PointsRemoved("C1"));
        books("store-0043", "C1", 5);
        assertEquals(0, customers.count());
        assertEquals(new StoreCounted("store-0043", 1, now.get()), customersStream().getLast());
    }

    @Test
    void who_is_signed_up_in_a_store_is_a_customer_everywhere() {
        says(
                "store-0042",
                new CustomerSignedUp(
                        "N1", List.of("7"), "Änne Berg", null, LocalDate.of(2026, 3, 2), "t", ""));
        says(
                "store-0043",
                new CustomerSignedUp(
                        "N2",
                        List.of("7", "8"),
                        "Bo Dahl",
                        null,
                        LocalDate.of(2026, 3, 2),
                        "t",
                        ""));
        assertEquals(List.of("8"), customers.customer("N2").orElseThrow().cards());
        assertEquals("N1", customers.search("anne", 0, 10).getFirst().customer());
        Finding finding = customers.findings(0, 10).getFirst();
        assertEquals(Finding.Kind.CARD_TAKEN, finding.kind());
        assertEquals("store-0043", finding.store());
        assertEquals(
                "the card 7 is that of N1",
                assertInstanceOf(Outcome.Faulty.class, propose("c1", customer("C3", "7")))
                        .faults()
                        .getFirst()
                        .problem());
    }

    @Test
    void a_code_that_is_used_in_two_stores_is_found_and_is_good_again_when_both_are_undone() {
        says("store-0042", new CouponUsed("V1", null, "o1"));
        says("store-0043", new CouponUsed("V1", null, "o2"));
        says("store-0043", new CouponUsed("V1", "C1", "o3"));
        assertEquals(
                List.of(
                        new CodeUsedUp("V1", null, "store-0042", now.get().minusSeconds(2)),
                        new CodeUsedUp("V1", "C1", "store-0043", now.get())),
                published(OfferEvent.STREAM).stream()
                        .map(it -> OfferEvent.FORM.read(it).orElseThrow())
                        .toList());
        assertEquals(
                List.of("used before in store-0042, order o1"),
                customers.findings(0, 10).stream().map(Finding::detail).toList());
        says("store-0042", new CouponFreed("V1", null, "o1"));
        assertEquals(2, published(OfferEvent.STREAM).size());
        says("store-0043", new CouponFreed("V1", null, "o2"));
        List<Event> all =
                ((Read.Page)
                                database.read(
                                        StreamName.of(OfferEvent.STREAM),
                                        0,
                                        Limits.PAGE_EVENTS_MAX,
                                        Limits.PAGE_BYTES_MAX))
                        .events();
        assertEquals(
                new CodeFreed("V1", null),
                OfferEvent.FORM.read(CloudEvents.read(all.getLast())).orElseThrow());
        assertTrue(all.getLast().deletion());
    }

    private static TenderStored stored(String tender, long cents) {
        return new TenderStored(
                "o-" + tender,
                tender,
                TenderKind.GIFT_CARD,
                new Money(cents, EUR),
                "r",
                "G1",
                null,
                TILL);
    }

    @Test
    void a_gift_card_that_lacked_what_a_store_took_is_blocked_and_found() {
        customers.load(new Command("l1", "f"), "G1", new Money(5000, EUR), "kai");
        customers.load(new Command("l1", "f"), "G1", new Money(5000, EUR), "kai");
        says("store-0042", stored("t1", 3000));
        assertEquals(new Money(2000, EUR), customers.giftCard("G1").orElseThrow().balance());
        says("store-0043", stored("t2", 3000));
        GiftCard card = customers.giftCard("G1").orElseThrow();
        assertEquals(new Money(-1000, EUR), card.balance());
        assertTrue(card.blocked());
        assertEquals(
                List.of(
                        new OfflineGiftCardBooked("G1", "store-0042", "t1", null),
                        new OfflineGiftCardBooked("G1", "store-0043", "t2", new Money(1000, EUR)),
                        new GiftCardBlocked("G1", "overdrawn by " + new Money(1000, EUR))),
                published(GiftCardEvent.STREAM).stream()
                        .map(it -> GiftCardEvent.FORM.read(it).orElseThrow())
                        .toList());
        assertEquals(Finding.Kind.GIFT_CARD_OVERDRAWN, customers.findings(0, 1).getFirst().kind());
        says(
                "store-0042",
                new RefundMade(
                        "o9",
                        "t9",
                        TenderKind.GIFT_CARD,
                        new Money(1500, EUR),
                        new Money(1500, EUR),
                        "G1",
                        null,
                        TILL,
                        "eva"));
        assertEquals(new Money(500, EUR), customers.giftCard("G1").orElseThrow().balance());
        assertThrows(
                IllegalArgumentException.class,
                () -> customers.load(new Command("l2", "f"), "G1", new Money(0, EUR), "kai"));
    }

    @Test
    void a_chain_that_keeps_its_gift_cards_elsewhere_blocks_none() {
        says("store-0042", stored("t1", 3000));
        assertTrue(published(GiftCardEvent.STREAM).isEmpty());
        assertTrue(customers.findings(0, 10).isEmpty());
        assertFalse(customers.giftCard("G1").isPresent());
    }

    @Test
    void what_follows_from_the_own_streams_is_the_same_when_it_is_made_anew() throws SQLException {
        propose("c1", customer("C1", "1"), new PointsCounted("C1", 500, now.get()));
        propose("c2", customer("C2", "2"));
        books("store-0042", "C1", 30);
        customers.count();
        customers.load(new Command("l1", "f"), "G1", new Money(5000, EUR), "kai");
        says("store-0042", stored("t1", 6000));
        List<String> before = tables();
        customers.book().rebuild();
        assertEquals(before, tables());
    }

    private List<String> tables() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("customers.db"));
                Statement statement = connection.createStatement()) {
            for (String table :
                    List.of(
                            "said",
                            "change",
                            "statement",
                            "member",
                            "card",
                            "base",
                            "made",
                            "loaded",
                            "booking",
                            "tender",
                            "finding",
                            "command")) {
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                    while (row.next()) {
                        StringBuilder text = new StringBuilder(table);
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            text.append('|').append(row.getString(i));
                        }
                        rows.add(text.toString());
                    }
                }
            }
        }
        return rows.stream().sorted().toList();
    }

    @Test
    void every_event_of_the_ledger_is_read_and_written_as_it_was_first_published() {
        golden(
                new GiftCardLoaded("G1", new Money(5000, EUR), "kai"),
                "{\"card\":\"G1\",\"amount\":{\"amount\":5000,\"currency\":\"EUR\"},\"by\":\"kai\"}");
        golden(
                new PointsCountMade(
                        7,
                        Instant.parse("2026-03-02T10:00:00Z"),
                        List.of(new Base("C1", 500, Instant.parse("2026-03-01T10:00:00Z")))),
                "{\"upTo\":7,\"asOf\":\"2026-03-02T10:00:00Z\",\"bases\":[{\"customer\":\"C1\",\"points\":500,\"asOf\":\"2026-03-01T10:00:00Z\"}]}");
    }

    private static void golden(LedgerEvent event, String json) {
        assertEquals(json, Json.write(event));
        assertEquals(event, Json.read(json, event.getClass()));
    }
}
