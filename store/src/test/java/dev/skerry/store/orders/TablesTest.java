package dev.skerry.store.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent.OrderCancelled;
import dev.skerry.language.orders.OrderEvent.OrderSent;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderLine.Sent;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.store.orders.BasketResult.Changed;
import dev.skerry.store.orders.BasketResult.Paid;
import dev.skerry.store.orders.BasketResult.Refusal;
import dev.skerry.store.orders.BasketResult.Refused;
import dev.skerry.store.orders.Orders.Holder;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guests at a table: what the kitchen is told of before anybody pays.
class TablesTest {

    private static final Holder WAITER = new Holder("pad-1", "anna");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @TempDir private Path folder;
    private Counter counter;
    private Orders orders;

    @BeforeEach
    void open() {
        counter = new Counter(folder);
        orders = counter.orders();
        changed(
                orders.open(
                        counter.command(), "a", OrderSource.TABLE, WAITER, false, "Terrace 4", 3));
    }

    @AfterEach
    void close() {
        counter.close();
    }

    private static Basket changed(BasketResult result) {
        return assertInstanceOf(Changed.class, result, result::toString).basket();
    }

    private BasketResult change(BasketCommand what) {
        return orders.change(counter.command(), "a", WAITER, what);
    }

    private void add(String line, String sku, int count, @Nullable Integer course) {
        changed(
                change(
                        new BasketCommand.Add(
                                line,
                                new Sku(sku),
                                Quantity.of(count),
                                null,
                                null,
                                new Wishes(List.of(), List.of(), false, course))));
    }

    private OrderSent told() {
        return counter.published().stream()
                .filter(OrderSent.class::isInstance)
                .map(OrderSent.class::cast)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static List<String> lines(OrderSent sent) {
        return sent.lines().stream().map(it -> it.id() + " " + it.quantity()).toList();
    }

    @Test
    void the_kitchen_is_told_of_what_was_sent_and_of_what_changed_since() {
        add("1", "burger", 2, 1);
        add("2", "fries", 1, 2);
        changed(change(new BasketCommand.Send()));
        assertEquals("Terrace 4", told().table());
        assertEquals(3, told().guests());
        assertEquals(List.of("1 2", "2 1"), lines(told()));
        assertEquals(2, told().lines().get(1).course());

        add("3", "cola", 1, null);
        assertEquals(List.of("1 2", "2 1"), lines(told()), "not sent yet");
        changed(change(new BasketCommand.ChangeQuantity("1", Quantity.ONE)));
        assertEquals(List.of("1 1", "2 1"), lines(told()));
        changed(change(new BasketCommand.VoidLine("2")));
        assertEquals(List.of("1 1"), lines(told()));
        changed(change(new BasketCommand.Send()));
        assertEquals(List.of("1 1", "3 1"), lines(told()));
        assertEquals(
                Refusal.NOTHING_TO_PAY,
                assertInstanceOf(Refused.class, change(new BasketCommand.Send())).why());
    }

    @Test
    void what_was_sent_is_not_changed_in_words() {
        add("1", "burger", 1, 1);
        changed(change(new BasketCommand.SetCourse("1", 2)));
        changed(change(new BasketCommand.Send()));
        assertInstanceOf(Refused.class, change(new BasketCommand.Note("1", "no salt")));
        assertInstanceOf(Refused.class, change(new BasketCommand.SetCourse("1", 3)));
    }

    @Test
    void what_is_paid_and_was_not_sent_is_sent_with_the_payment() {
        add("1", "burger", 1, null);
        changed(change(new BasketCommand.Send()));
        add("2", "cola", 1, null);
        changed(change(new BasketCommand.Pay()));
        counter.settle("a", DAY);
        assertEquals(List.of("1 1", "2 1"), lines(told()));
        Order order = assertInstanceOf(Paid.class, orders.basket("a")).order().order();
        assertTrue(order.wasSent());
        assertEquals("Terrace 4", order.table());
        assertEquals(
                List.of(new Sent("a", "1"), new Sent("a", "2")),
                order.lines().stream().map(OrderLine::sent).toList());
        String before = counter.dump();
        orders.rebuild();
        assertEquals(before, counter.dump());
    }

    @Test
    void what_is_given_up_is_not_made() {
        add("1", "burger", 1, null);
        changed(change(new BasketCommand.Send()));
        orders.abandon(counter.command(), "a", WAITER, DAY, "left");
        assertTrue(told().lines().isEmpty());
        assertTrue(counter.published().getLast() instanceof OrderCancelled it && it.sent() != null);
    }

    @Test
    void what_is_taken_back_whole_is_not_made() {
        add("1", "burger", 1, null);
        changed(change(new BasketCommand.Send()));
        changed(change(new BasketCommand.Pay()));
        counter.settle("a", DAY);
        Order order = assertInstanceOf(Paid.class, orders.basket("a")).order().order();
        orders.beginVoid(counter.command(), "a", WAITER, DAY, "chief", "wrong table");
        counter.giveBack("a", order.total(), DAY);
        assertTrue(told().lines().isEmpty());
    }

    @Test
    void a_split_that_is_repeated_is_one_split_and_the_tables_can_be_made_anew() {
        add("1", "burger", 2, null);
        add("2", "cola", 1, null);
        changed(change(new BasketCommand.Send()));
        var command = counter.command();
        List<Splitting.Part> parts = List.of(new Splitting.Part("b", null, null));
        CheckResult.Done first =
                assertInstanceOf(CheckResult.Done.class, orders.split(command, "a", WAITER, parts));
        CheckResult.Done again =
                assertInstanceOf(CheckResult.Done.class, orders.split(command, "a", WAITER, parts));
        assertEquals(first, again);
        assertEquals(List.of("1 2", "2 1"), lines(told()));
        assertInstanceOf(
                CheckResult.Done.class, orders.transfer(counter.command(), "b", WAITER, "a", null));
        assertInstanceOf(BasketResult.Abandoned.class, orders.basket("b"));
        String before = counter.dump();
        orders.rebuild();
        assertEquals(before, counter.dump());
    }

    @Test
    void what_is_for_one_check_alone_is_taken_out_before_it_is_split() {
        add("1", "burger", 2, null);
        changed(change(new BasketCommand.AddCoupon("summer")));
        List<Splitting.Part> parts = List.of(new Splitting.Part("b", null, null));
        CheckResult.NotDone refused =
                assertInstanceOf(
                        CheckResult.NotDone.class,
                        orders.split(counter.command(), "a", WAITER, parts));
        assertEquals(Refusal.NOT_NOW, assertInstanceOf(Refused.class, refused.why()).why());
        changed(change(new BasketCommand.RemoveCoupon("summer")));
        assertInstanceOf(
                CheckResult.Done.class, orders.split(counter.command(), "a", WAITER, parts));
    }
}
