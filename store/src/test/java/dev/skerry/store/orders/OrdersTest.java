package dev.skerry.store.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.BasketAbandoned;
import dev.skerry.language.orders.OrderEvent.OrderPlaced;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.store.orders.Basket.Discount;
import dev.skerry.store.orders.Basket.Status;
import dev.skerry.store.orders.BasketResult.Abandoned;
import dev.skerry.store.orders.BasketResult.Changed;
import dev.skerry.store.orders.BasketResult.Paid;
import dev.skerry.store.orders.BasketResult.Refusal;
import dev.skerry.store.orders.BasketResult.Refused;
import dev.skerry.store.orders.Orders.Holder;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {

    private static final Holder TILL_1 = new Holder("till-1", "anna");
    private static final Holder TILL_2 = new Holder("till-2", "ben");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @TempDir private Path folder;
    private Counter counter;
    private Orders orders;

    @BeforeEach
    void open() {
        counter = new Counter(folder);
        orders = counter.orders();
    }

    @AfterEach
    void close() {
        counter.close();
    }

    private Basket opened(String id) {
        return changed(orders.open(counter.command(), id, OrderSource.TILL, TILL_1, false));
    }

    private Basket changed(BasketResult result) {
        return assertInstanceOf(Changed.class, result).basket();
    }

    private void refused(Refusal why, BasketResult result) {
        assertEquals(why, assertInstanceOf(Refused.class, result).why(), result::toString);
    }

    private BasketResult change(String id, BasketCommand what) {
        return orders.change(counter.command(), id, TILL_1, what);
    }

    private BasketResult scan(String id, String line, String code) {
        return change(id, new BasketCommand.Scan(line, code, null));
    }

    private static Money eur(long cents) {
        return Money.of(cents, "EUR");
    }

    @Test
    void a_basket_is_never_taken_for_the_money_of_an_order_that_is_taken_back() {
        refused(
                Refusal.NOT_NOW,
                orders.open(counter.command(), "void-1", OrderSource.TILL, TILL_1, false));
        refused(Refusal.NO_SUCH_BASKET, orders.basket("void-1"));
    }

    private Order sold(String id, String... codes) {
        opened(id);
        for (int i = 0; i < codes.length; i++) {
            changed(scan(id, "l" + i, codes[i]));
        }
        changed(change(id, new BasketCommand.Pay()));
        counter.settle(id, DAY);
        return assertInstanceOf(Paid.class, orders.basket(id)).order().order();
    }

    @Test
    void what_is_scanned_has_its_price() {
        opened("b1");
        scan("b1", "1", "milk");
        Basket basket = changed(scan("b1", "2", "apples:735"));
        assertEquals(eur(119 + 293), basket.priced().total());
        assertEquals(3, basket.version());
    }

    @Test
    void what_is_not_known_or_not_for_sale_is_refused_and_nothing_changes() {
        opened("b1");
        refused(Refusal.UNKNOWN_ARTICLE, scan("b1", "1", "unobtainium"));
        refused(Refusal.NOT_FOR_SALE, scan("b1", "1", "recalled"));
        refused(Refusal.NO_PRICE, scan("b1", "1", "priceless"));
        refused(Refusal.WRONG_QUANTITY, scan("b1", "1", "apples"));
        refused(
                Refusal.WRONG_QUANTITY,
                change("b1", new BasketCommand.Scan("1", "milk", new Quantity(500))));
        refused(
                Refusal.WRONG_QUANTITY,
                change("b1", new BasketCommand.Scan("1", "milk", Quantity.of(4000))));
        refused(Refusal.NO_SUCH_BASKET, scan("b2", "1", "milk"));
        assertEquals(1, changed(orders.basket("b1")).version());
    }

    @Test
    void the_same_scan_ten_times_at_once_is_one_line() throws InterruptedException {
        opened("b1");
        Command command = counter.command();
        List<Thread> all =
                java.util.stream.IntStream.range(0, 10)
                        .mapToObj(_ ->
                                Thread.startVirtualThread(() ->
                                        orders.change(
                                                command,
                                                "b1",
                                                TILL_1,
                                                new BasketCommand.Scan("1", "milk", null))))
                        .toList();
        for (Thread one : all) {
            one.join();
        }
        assertEquals(1, changed(orders.basket("b1")).lines().size());
    }

    @Test
    void many_scans_at_once_all_count() throws InterruptedException {
        opened("b1");
        List<Thread> all =
                java.util.stream.IntStream.range(0, 20)
                        .mapToObj(i -> Thread.startVirtualThread(() -> scan("b1", "l" + i, "milk")))
                        .toList();
        for (Thread one : all) {
            one.join();
        }
        assertEquals(eur(20 * 119), changed(orders.basket("b1")).priced().total());
    }

    @Test
    void a_basket_is_suspended_here_and_recalled_there() {
        opened("b1");
        scan("b1", "1", "milk");
        change("b1", new BasketCommand.Suspend("blue coat"));
        refused(Refusal.NOT_NOW, scan("b1", "2", "milk"));
        Basket recalled = changed(orders.recall(counter.command(), "b1", TILL_2, false));
        assertEquals("till-2", recalled.device());
        assertEquals("blue coat", recalled.name());
        refused(Refusal.HELD_ELSEWHERE, scan("b1", "2", "milk"));
        refused(Refusal.HELD_ELSEWHERE, orders.recall(counter.command(), "b1", TILL_1, false));
        changed(orders.recall(counter.command(), "b1", TILL_1, true));
        changed(scan("b1", "2", "milk"));
    }

    @Test
    void a_basket_survives_a_restart() {
        opened("b1");
        Basket before = changed(scan("b1", "1", "milk"));
        counter.restart();
        assertEquals(before, changed(counter.orders().basket("b1")));
    }

    @Test
    void a_deposit_comes_and_goes_with_its_bottle() {
        opened("b1");
        Basket basket = changed(scan("b1", "1", "beer16"));
        assertEquals(2, basket.lines().size());
        basket = changed(change("b1", new BasketCommand.ChangeQuantity("1", Quantity.of(6))));
        assertEquals(eur(6 * 99 + 6 * 2 * 8), basket.priced().total());
        basket = changed(change("b1", new BasketCommand.VoidLine("1")));
        assertEquals(eur(0), basket.priced().total());
        assertEquals(2, basket.lines().size());
    }

    @Test
    void an_age_is_checked_once_for_all() {
        opened("b1");
        refused(Refusal.AGE_CHECK_NEEDED, scan("b1", "1", "vodka18"));
        change("b1", new BasketCommand.CheckAge(18));
        changed(scan("b1", "1", "vodka18"));
        changed(scan("b1", "2", "vodka18"));
    }

    @Test
    void a_kiosk_may_take_what_needs_an_age_and_the_till_checks_it() {
        Holder kiosk = new Holder("kiosk-1", "");
        orders.open(counter.command(), "k1", OrderSource.KIOSK, kiosk, false);
        changed(
                orders.change(
                        counter.command(),
                        "k1",
                        kiosk,
                        new BasketCommand.Scan("1", "vodka18", null)));
        Basket placed = changed(orders.place(counter.command(), "k1", kiosk, "Mia"));
        assertEquals(Status.PLACED, placed.status());
        assertEquals("1", placed.number());
        changed(orders.recall(counter.command(), "k1", TILL_1, false));
        refused(Refusal.AGE_CHECK_NEEDED, change("k1", new BasketCommand.Pay()));
        change("k1", new BasketCommand.CheckAge(18));
        changed(change("k1", new BasketCommand.Pay()));
        counter.settle("k1", DAY);
        assertEquals(
                "1", assertInstanceOf(Paid.class, orders.basket("k1")).order().order().number());
        OrderPlaced event = assertInstanceOf(OrderPlaced.class, counter.published().getFirst());
        assertEquals("Mia", event.name());
    }

    @Test
    void a_cashier_discounts_so_much_and_a_manager_more() {
        opened("b1");
        scan("b1", "1", "milk");
        Discount ten = new Discount(Percent.of(10), null, "damaged");
        Discount half = new Discount(Percent.of(50), null, "damaged");
        changed(change("b1", new BasketCommand.DiscountLine("1", ten, null)));
        refused(
                Refusal.APPROVAL_NEEDED,
                change("b1", new BasketCommand.DiscountLine("1", half, null)));
        Basket basket = changed(change("b1", new BasketCommand.DiscountLine("1", half, "chief")));
        assertEquals("chief", basket.approvedBy());
        refused(
                Refusal.APPROVAL_NEEDED,
                change("b1", new BasketCommand.OverridePrice("1", eur(50), "wrong label", null)));
        changed(change("b1", new BasketCommand.OverridePrice("1", eur(110), "wrong label", null)));
        refused(
                Refusal.APPROVAL_NEEDED,
                change("b1", new BasketCommand.OverridePrice("1", eur(100), "wrong label", null)));
    }

    @Test
    void money_for_a_basket_that_was_lost_is_told_and_holds_nobody_up() {
        counter.settleUnknown("gone", DAY);
        counter.settleAgain();
        assertEquals(
                List.of("gone"),
                counter.published().stream()
                        .filter(OrderEvent.OrderLost.class::isInstance)
                        .map(OrderEvent::order)
                        .toList());
        assertEquals(1, sold("b1", "milk").receipt().sequence());
    }

    @Test
    void a_coupon_is_taken_once_and_one_that_is_used_up_not_at_all() {
        opened("b1");
        changed(change("b1", new BasketCommand.AddCoupon("ten")));
        assertEquals(
                List.of("ten"),
                changed(change("b1", new BasketCommand.AddCoupon("ten"))).coupons());
        refused(Refusal.COUPON_REFUSED, change("b1", new BasketCommand.AddCoupon("used")));
        assertEquals(
                List.of(), changed(change("b1", new BasketCommand.RemoveCoupon("ten"))).coupons());
    }

    @Test
    void paid_is_final_and_receipts_count_without_a_gap() {
        for (int i = 1; i <= 3; i++) {
            Order order = sold("b" + i, "milk");
            assertEquals(i, order.receipt().sequence());
            assertEquals(eur(119), order.total());
        }
        assertInstanceOf(Paid.class, scan("b1", "9", "milk"));
        assertInstanceOf(
                Paid.class, orders.open(counter.command(), "b1", OrderSource.TILL, TILL_1, false));
        counter.settleAgain();
        assertEquals(3, orders.journal(JournalSearch.of(DAY, "")).size());
        assertEquals(
                List.of("b2"),
                orders.journal(JournalSearch.of(DAY, "0042-till-1-20260302-0002")).stream()
                        .map(it -> it.order().id())
                        .toList());
    }

    private List<String> found(JournalSearch search) {
        return orders.journal(search).stream().map(it -> it.order().id()).toList();
    }

    /// One thing besides the days.
    private static final class Sought {
        private LocalDate until = DAY;
        private String text = "";
        private @Nullable String till;
        private @Nullable Money amount;
        private @Nullable String card;
        private @Nullable LocalTime since;
        private @Nullable LocalTime before;
        private @Nullable String older;

        Sought until(LocalDate day) {
            until = day;
            return this;
        }

        Sought text(String it) {
            text = it;
            return this;
        }

        Sought till(String it) {
            till = it;
            return this;
        }

        Sought amount(Money it) {
            amount = it;
            return this;
        }

        Sought card(String it) {
            card = it;
            return this;
        }

        Sought between(int from, int to) {
            since = LocalTime.of(from, 0);
            before = LocalTime.of(to, 0);
            return this;
        }

        Sought older(String it) {
            older = it;
            return this;
        }

        JournalSearch search() {
            return new JournalSearch(
                    DAY, until, text, till, null, amount, card, since, before, older, 10);
        }
    }

    private static JournalSearch search(String text, LocalDate from, LocalDate until) {
        return new JournalSearch(from, until, text, null, null, null, null, null, null, null, 10);
    }

    @Test
    void an_order_is_found_by_whatever_is_known_of_it() {
        sold("b1", "milk");
        opened("b2");
        changed(scan("b2", "1", "milk"));
        changed(scan("b2", "2", "apples:735"));
        changed(change("b2", new BasketCommand.Pay()));
        counter.settle("b2", DAY.plusDays(1), "till-2", "CARD", "VISA **** 1234");
        sold("b3", "cola");
        LocalDate next = DAY.plusDays(1);
        assertEquals(List.of("b2", "b3", "b1"), found(search("", DAY, next)));
        assertEquals(List.of("b3", "b1"), found(search("", DAY, DAY)));
        assertEquals(List.of("b2"), found(search("APPLES", DAY, next)));
        assertEquals(List.of("b2", "b1"), found(search("milk", DAY, next)));
        assertEquals(List.of("b3"), found(search("till-1-0002", DAY, next)));
        assertEquals(List.of("b2"), found(search("0042-till-2-20260303-0001", DAY, next)));
        // What only the form of the stored order says is said by no receipt.
        assertEquals(List.of(), found(search("unitPrice", DAY, next)));
        assertEquals(List.of(), found(search("Äpfel", DAY, next)));
        assertEquals(List.of("b2"), found(new Sought().until(next).card("1234").search()));
        assertEquals(List.of(), found(new Sought().until(next).card("0002").search()));
        assertEquals(List.of("b3"), found(new Sought().until(next).amount(eur(250)).search()));
        assertEquals(List.of("b2"), found(new Sought().until(next).till("till-2").search()));
        assertEquals(
                List.of("b2", "b3", "b1"),
                found(new Sought().until(next).between(11, 12).search()));
        assertEquals(List.of(), found(new Sought().until(next).between(12, 13).search()));
        assertEquals(List.of("b3", "b1"), found(new Sought().until(next).older("b2").search()));
    }

    @Test
    void the_journal_goes_on_where_a_list_ended() {
        for (int i = 1; i <= 110; i++) {
            sold("b" + i, i == 3 ? "cola" : "milk");
        }
        List<String> first = found(JournalSearch.of(DAY, "milk"));
        assertEquals(109, first.size());
        assertEquals("b110", first.getFirst());
        assertEquals(List.of("b3"), found(JournalSearch.of(DAY, "cola")));
        assertEquals(List.of("b2", "b1"), found(new Sought().text("milk").older("b4").search()));
    }

    @Test
    void more_days_than_can_be_searched_at_once_are_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> search("", DAY, DAY.plusDays(JournalSearch.DAYS_MAX)));
        assertThrows(IllegalArgumentException.class, () -> search("", DAY, DAY.minusDays(1)));
    }

    @Test
    void while_it_is_paid_a_basket_stands_still() {
        opened("b1");
        refused(Refusal.NOTHING_TO_PAY, change("b1", new BasketCommand.Pay()));
        scan("b1", "1", "milk");
        change("b1", new BasketCommand.Pay());
        refused(Refusal.NOT_NOW, scan("b1", "2", "milk"));
        refused(Refusal.NOT_NOW, orders.recall(counter.command(), "b1", TILL_2, true));
        refused(Refusal.NOT_NOW, orders.abandon(counter.command(), "b1", TILL_1, DAY, ""));
        change("b1", new BasketCommand.StopPaying());
        changed(scan("b1", "2", "milk"));
    }

    @Test
    void what_is_given_up_is_told() {
        opened("b1");
        scan("b1", "1", "milk");
        assertInstanceOf(
                Abandoned.class, orders.abandon(counter.command(), "b1", TILL_1, DAY, "no money"));
        assertInstanceOf(Abandoned.class, scan("b1", "2", "milk"));
        BasketAbandoned event =
                assertInstanceOf(BasketAbandoned.class, counter.published().getFirst());
        assertEquals(eur(119), event.total());
        assertEquals("no money", event.reason());
    }

    @Test
    void partial_refunds_are_together_what_was_paid() {
        opened("b1");
        changed(change("b1", new BasketCommand.Scan("1", "tenner", Quantity.of(7))));
        change("b1", new BasketCommand.Pay());
        counter.settle("b1", DAY);
        Money back = eur(0);
        for (int i = 1; i <= 7; i++) {
            String id = "r" + i;
            opened(id);
            Basket basket =
                    changed(
                            change(
                                    id,
                                    new BasketCommand.Return(
                                            "1", "b1", "1", Quantity.ONE, "broken")));
            back = back.plus(basket.priced().total().negated());
            change(id, new BasketCommand.Pay());
            counter.settle(id, DAY);
        }
        assertEquals(eur(1000), back);
        opened("r8");
        refused(
                Refusal.ALREADY_RETURNED,
                change("r8", new BasketCommand.Return("1", "b1", "1", Quantity.ONE, "broken")));
    }

    @Test
    void the_same_line_is_not_returned_twice_in_one_basket() {
        sold("b1", "milk");
        opened("r1");
        changed(change("r1", new BasketCommand.Return("1", "b1", "l0", Quantity.ONE, "sour")));
        refused(
                Refusal.ALREADY_RETURNED,
                change("r1", new BasketCommand.Return("2", "b1", "l0", Quantity.ONE, "sour")));
        refused(
                Refusal.NO_SUCH_ORDER,
                change("r1", new BasketCommand.Return("2", "b9", "l0", Quantity.ONE, "sour")));
    }

    @Test
    void without_a_receipt_a_manager_allows_more() {
        opened("r1");
        Basket basket =
                changed(
                        change(
                                "r1",
                                new BasketCommand.ReturnWithoutReceipt(
                                        "1",
                                        new Sku("milk"),
                                        Quantity.ONE,
                                        eur(119),
                                        "sour",
                                        null)));
        assertEquals(eur(-119), basket.priced().total());
        refused(
                Refusal.APPROVAL_NEEDED,
                change(
                        "r1",
                        new BasketCommand.ReturnWithoutReceipt(
                                "2", new Sku("milk"), Quantity.of(30), eur(119), "sour", null)));
    }

    @Test
    void an_order_is_taken_back_whole_on_its_day_and_once() {
        Order order = sold("b1", "milk");
        refused(
                Refusal.NOT_NOW,
                orders.beginVoid(
                        counter.command(), "b1", TILL_1, DAY.plusDays(1), "chief", "wrong"));
        assertInstanceOf(
                Paid.class,
                orders.beginVoid(counter.command(), "b1", TILL_1, DAY, "chief", "wrong"));
        counter.giveBack("b1", order.total(), DAY);
        OrderEvent.OrderVoided voided = orders.order("b1").orElseThrow().voided();
        assertNotNull(voided);
        assertEquals(2, voided.receipt().sequence());
        refused(
                Refusal.NOT_NOW,
                orders.beginVoid(counter.command(), "b1", TILL_1, DAY, "chief", "wrong"));
        opened("r1");
        refused(
                Refusal.NOT_RETURNABLE,
                change("r1", new BasketCommand.Return("1", "b1", "l0", Quantity.ONE, "sour")));
        String before = counter.dump();
        orders.rebuild();
        assertEquals(before, counter.dump());
    }

    @Test
    void what_has_partly_come_back_is_not_taken_back_whole() {
        sold("b1", "milk", "milk");
        opened("r1");
        change("r1", new BasketCommand.Return("1", "b1", "l0", Quantity.ONE, "sour"));
        change("r1", new BasketCommand.Pay());
        counter.settle("r1", DAY);
        refused(
                Refusal.ALREADY_RETURNED,
                orders.beginVoid(counter.command(), "b1", TILL_1, DAY, "chief", "wrong"));
    }

    @Test
    void all_tables_made_anew_from_the_streams_are_the_same() {
        Random random = new Random(11);
        for (int i = 0; i < 40; i++) {
            String id = "b" + i;
            opened(id);
            int lines = 1 + random.nextInt(5);
            for (int line = 0; line < lines; line++) {
                scan(id, "l" + line, random.nextBoolean() ? "milk" : "beer16");
            }
            switch (random.nextInt(4)) {
                case 0 -> change(id, new BasketCommand.Suspend(""));
                case 1 -> orders.abandon(counter.command(), id, TILL_1, DAY, "");
                case 2 -> orders.place(counter.command(), id, TILL_1, "x");
                default -> {
                    change(id, new BasketCommand.Pay());
                    counter.settle(id, DAY);
                }
            }
        }
        String before = counter.dump();
        orders.rebuild();
        assertEquals(before, counter.dump());
        assertTrue(before.length() > 1000);
    }

    @Test
    void an_order_that_is_published_says_all_that_its_receipt_does() {
        Order order = sold("b1", "milk", "beer16");
        OrderEvent.OrderPaid event =
                assertInstanceOf(OrderEvent.OrderPaid.class, counter.published().getFirst());
        assertEquals(order, event.paid());
        assertEquals("0042-till-1-20260302-0001", order.receipt().toString());
        assertEquals(3, order.lines().size());
        assertNotNull(order.lines().get(2).parent());
    }
}
