package dev.skerry.hq.sales;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.hq.sales.Sales.By;
import dev.skerry.hq.sales.Sales.Now;
import dev.skerry.hq.sales.Sales.Row;
import dev.skerry.hq.sales.Sales.StoreDay;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.OrderTax;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.BusinessDayClosed;
import dev.skerry.language.payments.PaymentEvent.BusinessDayOpened;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.language.payments.TenderTakings;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

class SalesTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-02T09:00:00Z"));

    @TempDir private Path folder;
    private SqliteDatabase mirrors;
    private SqliteDatabase database;
    private Sales sales;

    @BeforeEach
    void open() {
        mirrors =
                SqliteDatabase.open(
                        folder.resolve("estate.db"), SqliteSettings.defaults(), now::get);
        database = database("sales.db");
        sales = sales(database);
    }

    private SqliteDatabase database(String file) {
        return SqliteDatabase.open(
                folder.resolve(file), SqliteSettings.defaults(), now::get, Sales.tables());
    }

    private Sales sales(SqliteDatabase in) {
        return new Sales(in, mirrors, now::get, new TimeOrderedIds(now::get, new Random(1)));
    }

    @AfterEach
    void close() {
        database.close();
        mirrors.close();
    }

    private <E> void publish(String stream, EventForm<E> form, E event, Instant at) {
        StreamName name = StreamName.of(stream);
        CloudEvent envelope =
                CloudEvent.of("1", stream, form.type(event), at, form.data(event))
                        .withSubject(event instanceof OrderEvent order ? order.order() : null);
        mirrors.write(tx -> {
            tx.open(name, StreamSettings.keepAll());
            return tx.append(name, CloudEvents.write(envelope));
        });
    }

    /// Sells milk, and perhaps a discount on it, in cash.
    private void sell(String store, ZoneId zone, String id, LocalDateTime at, long cents) {
        sell(store, zone, id, at, at.toLocalDate(), cents);
    }

    private void sell(
            String store, ZoneId zone, String id, LocalDateTime at, LocalDate day, long cents) {
        publish(
                "store-" + store + "/orders",
                OrderEvent.FORM,
                new OrderPaid(order(store, id, at, day, cents)),
                at.atZone(zone).toInstant());
    }

    private static Order order(
            String store, String id, LocalDateTime at, LocalDate day, long cents) {
        return order(store, id, at, day, cents, "Whole milk");
    }

    private static Order order(
            String store, String id, LocalDateTime at, LocalDate day, long cents, String name) {
        Money net = Money.of(cents, "EUR");
        OrderDiscount off =
                new OrderDiscount("PROMOTION", "p1", "Milk week", Money.of(10, "EUR"), null);
        OrderLine line =
                new OrderLine(
                        "1",
                        null,
                        new Sku("milk"),
                        name,
                        Quantity.of(2),
                        "PIECE",
                        Money.of(cents, "EUR"),
                        "CHAIN",
                        Money.of(cents + 10, "EUR"),
                        net,
                        List.of(),
                        List.of(off),
                        "food",
                        "Dairy",
                        null,
                        null,
                        false,
                        null,
                        null,
                        null,
                        null);
        return new Order(
                id,
                OrderSource.TILL,
                "till-1",
                new ReceiptNumber(store, "till-1", day, 1),
                day,
                at,
                "1001",
                null,
                null,
                null,
                null,
                List.of(line),
                List.of(off),
                List.of(
                        new OrderTax(
                                "B",
                                Percent.of(7),
                                Money.of(cents - 7, "EUR"),
                                Money.of(7, "EUR"),
                                net)),
                net,
                true,
                List.of(new OrderTender("t-" + id, "CASH", Money.of(cents + 100, "EUR"), null)),
                Money.of(0, "EUR"),
                Money.of(100, "EUR"),
                new Order.BookVersions("1", "1"),
                true,
                0,
                List.of());
    }

    private static Steps orders(Sales of, SqliteDatabase mirrors) {
        return of.orders(mirrors.source(StreamPattern.of("store-*/orders"), "sales"));
    }

    private static Steps payments(Sales of, SqliteDatabase mirrors) {
        return of.payments(mirrors.source(StreamPattern.of("store-*/payments"), "sales"));
    }

    private static void all(Steps follower) {
        while (follower.step() instanceof Steps.Step.Moved) {
            assertTrue(follower instanceof Follower<?>);
        }
    }

    private void follow() {
        all(orders(sales, mirrors));
        all(payments(sales, mirrors));
    }

    private String sums(By by) {
        return sales.sums(by, MONDAY, TUESDAY, null, 100).stream()
                .map(it -> it.key() + "=" + it.count() + "/" + it.amount().minor())
                .collect(Collectors.joining(" "));
    }

    @Test
    void what_is_sold_today_looks_at_no_day_that_is_closed() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sales.db"));
                Statement statement = connection.createStatement();
                ResultSet plan =
                        statement.executeQuery("EXPLAIN QUERY PLAN " + SalesTables.OPEN_DAYS)) {
            assertTrue(plan.next());
            String step = plan.getString("detail");
            assertTrue(step.contains("business_day_open"), step);
        }
    }

    @Test
    void a_sale_is_summed_by_everything_that_can_be_asked_for() {
        sell("0042", BERLIN, "a", MONDAY.atTime(9, 20), 500);
        sell("0042", BERLIN, "b", TUESDAY.atTime(10, 50), 300);
        sell("0043", BERLIN, "c", MONDAY.atTime(9, 40), 1000);
        follow();
        assertEquals("2026-03-02=2/1500 2026-03-03=1/300", sums(By.DAY));
        assertEquals("0043=1/1000 0042=2/800", sums(By.STORE));
        assertEquals("09=2/1500 10=1/300", sums(By.HOUR));
        assertEquals("09:15=1/500 09:30=1/1000 10:45=1/300", sums(By.QUARTER));
        assertEquals("Dairy=3/1800", sums(By.DEPARTMENT));
        assertEquals("milk=3/1800", sums(By.ARTICLE));
        assertEquals("CASH=3/1800", sums(By.TENDER));
        assertEquals("B 7%=3/1779", sums(By.TAX).replace(" %", "%"));
        assertEquals("1001=3/1800", sums(By.CASHIER));
        assertEquals("TILL=3/1800", sums(By.SOURCE));
        assertEquals("PROMOTION: Milk week=3/30", sums(By.DISCOUNT));
        Row milk = sales.sums(By.ARTICLE, MONDAY, MONDAY, "0043", 1).getFirst();
        assertEquals("Whole milk", milk.name());
        assertEquals(Quantity.of(2), milk.quantity());
        assertEquals(
                Money.of(7, "EUR"), sales.sums(By.DAY, TUESDAY, TUESDAY, null, 9).getFirst().tax());
    }

    @Test
    void what_is_taken_back_goes_from_its_day_and_is_counted() {
        sellAndTakeBack();
        follow();
        StoreDay day = sales.day("0042", MONDAY);
        assertEquals(1, day.total().getFirst().count());
        assertEquals(Money.of(300, "EUR"), day.total().getFirst().amount());
        assertEquals(Money.of(500, "EUR"), day.voids().getFirst().amount());
        assertEquals(Money.of(300, "EUR"), day.tenders().getFirst().amount());
        assertTrue(sales.sale("0042", "a").orElseThrow().voided());
        assertEquals(
                List.of("a", "b"),
                sales.sales("0042", MONDAY, 0, 10).stream().map(it -> it.order().id()).toList());
    }

    @Test
    void all_sales_and_voids_are_read_as_poslog_each_once_in_pages() throws Exception {
        sellAndTakeBack();
        sell("0043", BERLIN, "c", MONDAY.atTime(9, 40), 1000);
        follow();
        Sales.Transactions first = sales.transactions(0, 2);
        assertEquals(
                List.of("a", "b"),
                first.transactions().stream().map(PosLog.Transaction::transactionId).toList());
        Sales.Transactions rest = sales.transactions(first.next(), 10);
        assertTrue(rest.upToDate());
        PosLog.Transaction taken = rest.transactions().getFirst();
        assertEquals("wrong", requireNonNull(taken.transactionLink()).reasonCode());
        assertEquals(Money.of(-500, "EUR"), taken.total());
        assertEquals(MONDAY.atTime(9, 30), taken.endDateTime());
        assertEquals("0043", rest.transactions().getLast().retailStoreId());
        assertEquals(List.of(), sales.transactions(rest.next(), 10).transactions());

        Document xml =
                DocumentBuilderFactory.newNSInstance()
                        .newDocumentBuilder()
                        .parse(
                                new InputSource(
                                        new StringReader(
                                                PosLogXml.write(
                                                        List.of(
                                                                first.transactions().getFirst(),
                                                                taken)))));
        assertEquals("5.00", text(xml, "TransactionGrandAmount"));
        assertEquals("milk", element(xml, "ItemID"));
        assertEquals(
                "0.10",
                element(
                        xml.getElementsByTagNameNS(PosLogXml.NAMESPACE, "RetailPriceModifier")
                                .item(0)));
        assertEquals(
                "PostVoided",
                xml.getElementsByTagNameNS(PosLogXml.NAMESPACE, "RetailTransaction")
                        .item(1)
                        .getAttributes()
                        .getNamedItem("TransactionStatus")
                        .getTextContent());
    }

    private static String element(Node node) {
        return node.getFirstChild().getTextContent();
    }

    private static String element(Document xml, String name) {
        return xml.getElementsByTagNameNS(PosLogXml.NAMESPACE, name).item(0).getTextContent();
    }

    private static String text(Document xml, String total) {
        var all = xml.getElementsByTagNameNS(PosLogXml.NAMESPACE, "Total");
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i)
                    .getAttributes()
                    .getNamedItem("TotalType")
                    .getTextContent()
                    .equals(total)) {
                return all.item(i).getTextContent();
            }
        }
        throw new AssertionError("no " + total);
    }

    @Test
    void a_line_of_the_file_of_a_day_is_told_apart_whatever_its_text_is() {
        PosLog.Transaction sale =
                PosLog.sale(
                        order("0042", "a", MONDAY.atTime(9, 20), MONDAY, 500, "=Milk, \"fresh\""));
        String row = SalesCsv.rows(sale, true);
        assertTrue(
                row.contains(
                        ",milk,\"'=Milk, \"\"fresh\"\"\",Dairy,2,PIECE,5.00,5.10,0.10,5.00,food,EUR,true\r\n"),
                row);
        assertEquals(
                SalesCsv.HEAD.split(",", -1).length,
                SalesCsv.rows(
                                PosLog.sale(order("0042", "a", MONDAY.atTime(9, 20), MONDAY, 500)),
                                false)
                        .split(",", -1)
                        .length);
    }

    private void sellAndTakeBack() {
        sell("0042", BERLIN, "a", MONDAY.atTime(9, 20), 500);
        sell("0042", BERLIN, "b", MONDAY.atTime(9, 25), 300);
        publish(
                "store-0042/orders",
                OrderEvent.FORM,
                new OrderVoided(
                        "a",
                        new ReceiptNumber("0042", "till-1", MONDAY, 3),
                        "1001",
                        "2001",
                        "wrong",
                        List.of(new OrderTender("r", "CASH", Money.of(-500, "EUR"), null))),
                MONDAY.atTime(9, 30).atZone(BERLIN).toInstant());
    }

    @Test
    void a_sale_after_the_day_was_closed_changes_that_day_and_is_flagged() {
        sellAlsoAfterTheDay();
        follow();
        StoreDay day = sales.day("0042", MONDAY);
        assertEquals(Money.of(800, "EUR"), day.total().getFirst().amount());
        assertEquals(1, day.late());
        assertEquals(Money.of(300, "EUR"), day.lateAmount());
        assertEquals(
                day.tenders().getFirst().amount(),
                day.takings().getFirst().net().plus(Money.of(300, "EUR")));
    }

    private void sellAlsoAfterTheDay() {
        publish(
                "store-0042/payments",
                PaymentEvent.FORM,
                new BusinessDayOpened(MONDAY, "2001"),
                MONDAY.atTime(7, 0).atZone(BERLIN).toInstant());
        sell("0042", BERLIN, "a", MONDAY.atTime(9, 20), 500);
        publish(
                "store-0042/payments",
                PaymentEvent.FORM,
                new BusinessDayClosed(
                        MONDAY,
                        List.of(
                                new TenderTakings(
                                        TenderKind.CASH,
                                        1,
                                        Money.of(500, "EUR"),
                                        Money.of(0, "EUR"))),
                        Money.of(0, "EUR"),
                        "2001"),
                MONDAY.atTime(22, 0).atZone(BERLIN).toInstant());
        sell("0042", BERLIN, "b", MONDAY.atTime(22, 30), 300);
    }

    @Test
    void today_is_compared_with_yesterday_at_the_same_time_of_each_stores_wall() {
        sell("0042", BERLIN, "a", MONDAY.atTime(9, 10), 500);
        sell("0042", BERLIN, "b", MONDAY.atTime(10, 10), 300);
        sell("0042", BERLIN, "c", TUESDAY.atTime(9, 0), 400);
        sell("0042", BERLIN, "d", TUESDAY.atTime(9, 55), 50);
        sell("1001", NEW_YORK, "e", MONDAY.atTime(3, 50), 1000);
        sell("1001", NEW_YORK, "f", MONDAY.atTime(9, 0), 2000);
        follow();
        // In Berlin 9:55, in New York 3:55 of the same day.
        now.set(TUESDAY.atTime(9, 55).atZone(BERLIN).toInstant());
        Now told = sales.now(1);
        assertEquals(TUESDAY, told.stores().getFirst().day());
        assertEquals(Money.of(450, "EUR"), told.stores().getFirst().sales());
        assertEquals(Money.of(400, "EUR"), told.stores().getFirst().compared());
        assertEquals(Money.of(500, "EUR"), told.stores().getFirst().against());
        assertEquals(Money.of(0, "EUR"), told.stores().getLast().against());
        now.set(now.get().plusSeconds(600));
        assertEquals(Money.of(1000, "EUR"), sales.now(1).stores().getLast().against());
        assertEquals(1, told.sums().size());
        assertEquals(1, told.sums().getFirst().stores());
        assertEquals(Money.of(450, "EUR"), told.sums().getFirst().sales());
    }

    @Test
    void a_store_whose_clock_is_days_off_hides_no_other() {
        publish(
                "store-0666/orders",
                OrderEvent.FORM,
                new OrderPaid(order("0666", "x", MONDAY.minusDays(5).atTime(9, 0), MONDAY, 100)),
                MONDAY.atTime(9, 0).atZone(BERLIN).toInstant());
        sell("0042", BERLIN, "a", MONDAY.atTime(9, 10), 500);
        follow();
        now.set(MONDAY.atTime(9, 55).atZone(BERLIN).toInstant());
        assertEquals(Money.of(500, "EUR"), sales.now(1).stores().getFirst().sales());
        assertEquals(2, sales.now(1).stores().size());
    }

    @Test
    void a_day_that_goes_on_past_midnight_is_still_today() {
        publish(
                "store-0042/payments",
                PaymentEvent.FORM,
                new BusinessDayOpened(MONDAY, "2001"),
                MONDAY.atTime(18, 0).atZone(BERLIN).toInstant());
        sell("0042", BERLIN, "a", TUESDAY.atTime(0, 40), MONDAY, 500);
        follow();
        now.set(TUESDAY.atTime(1, 0).atZone(BERLIN).toInstant());
        assertEquals(MONDAY, sales.now(1).stores().getFirst().day());
        assertEquals(Money.of(500, "EUR"), sales.now(1).stores().getFirst().compared());
        assertEquals("24:30=1/500", sums(By.QUARTER));
    }

    @Test
    void built_again_with_payments_first_everything_is_the_same() {
        sellAlsoAfterTheDay();
        follow();
        sell("0043", BERLIN, "c", TUESDAY.atTime(9, 40), 1000);
        follow();
        try (SqliteDatabase other = database("other.db")) {
            Sales again = sales(other);
            all(payments(again, mirrors));
            all(orders(again, mirrors));
            assertEquals(state(sales), state(again));
        }
    }

    private static String state(Sales of) {
        return of.day("0042", MONDAY)
                + "\n"
                + of.day("0043", TUESDAY)
                + "\n"
                + of.now(1)
                + "\n"
                + of.sales("0042", MONDAY, 0, 10)
                + List.of(By.values()).stream()
                        .map(it -> of.sums(it, MONDAY, TUESDAY, null, 100).toString())
                        .collect(Collectors.joining("\n"));
    }

    @Test
    void what_nobody_can_be_told_of_stops_only_its_own_order() {
        publish(
                "store-0042/orders",
                OrderEvent.FORM,
                new OrderVoided(
                        "unknown",
                        new ReceiptNumber("0042", "till-1", MONDAY, 3),
                        "1001",
                        "2001",
                        "wrong",
                        List.of()),
                now.get());
        sell("0042", BERLIN, "a", MONDAY.atTime(9, 20), 500);
        Steps orders = orders(sales, mirrors);
        for (int i = 0; i < 10; i++) {
            assertInstanceOf(Steps.Step.class, orders.step());
        }
        assertEquals("2026-03-02=1/500", sums(By.DAY));
    }
}
