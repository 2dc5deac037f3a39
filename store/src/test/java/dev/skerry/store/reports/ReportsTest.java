package dev.skerry.store.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.Order.BookVersions;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.OrderTax;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.store.reports.DayReport.Row;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final StreamName ORDERS = StreamName.of("store-0042/orders");
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z"));

    @TempDir private Path folder;
    private SqliteDatabase orders;
    private SqliteDatabase database;
    private Reports reports;
    private Follower<SqliteTransaction> follower;

    @BeforeEach
    void open() {
        orders = SqliteDatabase.open(folder.resolve("orders.db"), SqliteSettings.defaults(), CLOCK);
        orders.write(tx -> {
            tx.open(ORDERS, StreamSettings.keepAll());
            return true;
        });
        database =
                SqliteDatabase.open(
                        folder.resolve("reports.db"),
                        SqliteSettings.defaults(),
                        CLOCK,
                        Reports.tables());
        reports =
                new Reports(
                        database,
                        EUR,
                        ZoneId.of("Europe/Berlin"),
                        CLOCK,
                        new TimeOrderedIds(CLOCK, new Random(1)));
        follower = reports.follower(orders.source(ORDERS, "reports"));
    }

    @AfterEach
    void close() {
        database.close();
        orders.close();
    }

    private void publish(OrderEvent event) {
        CloudEvent envelope =
                CloudEvent.of(
                                "1",
                                ORDERS.value(),
                                OrderEvent.FORM.type(event),
                                CLOCK.instant(),
                                OrderEvent.FORM.data(event))
                        .withSubject(event.order());
        orders.write(tx -> tx.append(ORDERS, CloudEvents.write(envelope)));
    }

    private void follow() {
        while (follower.step() instanceof Steps.Step.Moved) {}
        assertEquals(null, follower.status().trouble());
    }

    private static Money eur(long cents) {
        return new Money(cents, EUR);
    }

    /// @param nets of the lines, by department
    private static Order order(
            String id,
            LocalDate day,
            int hour,
            long discount,
            List<OrderTender> tenders,
            long change,
            long rounding,
            long... nets) {
        List<OrderLine> lines = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < nets.length; i++) {
            total += nets[i];
            lines.add(
                    new OrderLine(
                            "l" + i,
                            null,
                            new Sku("s" + i),
                            "Article " + i,
                            nets[i] < 0 ? Quantity.of(-1) : Quantity.ONE,
                            "PIECE",
                            eur(Math.abs(nets[i])),
                            "CHAIN",
                            eur(nets[i]),
                            eur(nets[i]),
                            List.of(),
                            List.of(),
                            "food",
                            i % 2 == 0 ? "Food" : "Drinks",
                            null,
                            null,
                            false,
                            null,
                            null,
                            null,
                            null));
        }
        long tax = Math.round(total * 7 / 107.0);
        return new Order(
                id,
                OrderSource.TILL,
                "till-1",
                new ReceiptNumber("0042", "till-1", day, id.hashCode()),
                day,
                day.atTime(hour, 30),
                "anna",
                null,
                null,
                null,
                null,
                lines,
                discount == 0
                        ? List.of()
                        : List.of(
                                new OrderDiscount(
                                        "PROMOTION", "p", "=Three for two", eur(discount), null)),
                List.of(new OrderTax("B", Percent.of(7), eur(total - tax), eur(tax), eur(total))),
                eur(total),
                true,
                tenders,
                eur(rounding),
                eur(change),
                new BookVersions("1", "1"),
                true,
                0,
                List.of());
    }

    private static OrderTender tender(String kind, long cents) {
        return new OrderTender("t", kind, eur(cents), null);
    }

    private static long sum(List<Row> rows) {
        return rows.stream().mapToLong(it -> it.amount().minor()).sum();
    }

    @Test
    void a_day_is_the_sum_of_its_receipts_whatever_it_is_counted_by() {
        Random random = new Random(5);
        long total = 0;
        long rounding = 0;
        for (int i = 0; i < 200; i++) {
            long first = random.nextLong(1, 5000);
            long second = random.nextInt(10) == 0 ? -random.nextLong(1, 900) : random.nextLong(900);
            long due = first + second;
            long rounded = random.nextBoolean() ? random.nextLong(-2, 3) : 0;
            long change = random.nextLong(0, 1000);
            long card = random.nextLong(0, 500);
            total += due;
            rounding += rounded;
            publish(
                    new OrderPaid(
                            order(
                                    "o" + i,
                                    DAY,
                                    8 + i % 12,
                                    random.nextLong(0, 3),
                                    List.of(
                                            tender("CASH", due + rounded + change - card),
                                            tender("CARD", card)),
                                    change,
                                    rounded,
                                    first,
                                    second)));
        }
        follow();
        DayReport report = reports.day(DAY);
        assertEquals(200, report.orders());
        assertEquals(eur(total), report.total());
        assertEquals(total, sum(report.byHour()));
        assertEquals(total, sum(report.byDepartment()));
        assertEquals(total, sum(report.byCashier()));
        assertEquals(total, sum(report.bySource()));
        assertEquals(
                total,
                report.byTax().stream().mapToLong(it -> it.amount().plus(it.tax()).minor()).sum());
        assertEquals(eur(rounding), report.rounding());
        assertEquals(total + rounding, sum(report.byTender()));
        assertEquals(report.discounts().minor(), sum(report.byDiscount()));
        assertEquals(12, report.byHour().size());
    }

    @Test
    void what_was_taken_back_counts_for_nothing_but_as_a_void() {
        Order order = order("o1", DAY, 9, 100, List.of(tender("CASH", 2000)), 500, 0, 1500);
        publish(new OrderPaid(order("o0", DAY, 9, 0, List.of(tender("CARD", 700)), 0, 0, 700)));
        publish(new OrderPaid(order));
        publish(
                new OrderVoided(
                        "o1",
                        order.receipt(),
                        "anna",
                        "chief",
                        "wrong",
                        List.of(tender("CASH", -1500))));
        follow();
        DayReport report = reports.day(DAY);
        assertEquals(1, report.orders());
        assertEquals(1, report.voids());
        assertEquals(eur(700), report.total());
        assertEquals(700, sum(report.byTender()));
        assertEquals(700, sum(report.byDepartment()));
        assertEquals(eur(0), report.discounts());
    }

    @Test
    void a_late_sale_changes_its_own_day() {
        publish(
                new OrderPaid(
                        order("o1", DAY.plusDays(1), 9, 0, List.of(tender("CASH", 5)), 0, 0, 5)));
        publish(new OrderPaid(order("o2", DAY, 23, 0, List.of(tender("CASH", 7)), 0, 0, 7)));
        follow();
        assertEquals(eur(7), reports.day(DAY).total());
        assertEquals(eur(5), reports.day(DAY.plusDays(1)).total());
        assertEquals(eur(0), reports.day(DAY.plusDays(2)).total());
        DayReport both = reports.days(DAY, DAY.plusDays(2));
        assertEquals(eur(12), both.total());
        assertEquals(12, sum(both.byHour()));
        assertEquals(12, sum(both.byTender()));
        assertEquals(
                List.of(DAY.toString(), DAY.plusDays(1).toString()),
                both.byDay().stream().map(Row::key).toList());
        assertEquals(12, sum(both.byDay()));
        assertThrows(IllegalArgumentException.class, () -> reports.days(DAY, DAY.minusDays(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> reports.days(DAY, DAY.plusDays(DayReport.DAYS_MAX)));
    }
}
