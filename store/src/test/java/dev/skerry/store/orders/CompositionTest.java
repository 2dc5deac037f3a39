package dev.skerry.store.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.catalog.Article.Option;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.inventory.Availability.State;
import dev.skerry.language.inventory.Availability.Without;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.store.orders.BasketResult.Changed;
import dev.skerry.store.orders.BasketResult.Paid;
import dev.skerry.store.orders.BasketResult.Refusal;
import dev.skerry.store.orders.BasketResult.Refused;
import dev.skerry.store.orders.Goods.Making;
import dev.skerry.store.orders.Orders.Holder;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is chosen with an article, and what is left out.
class CompositionTest {

    private static final Holder TILL = new Holder("till-1", "anna");
    private static final Sku BURGER = new Sku("burger");
    private static final Sku ONION = new Sku("onion");
    private static final Sku BACON = new Sku("bacon");

    @TempDir private Path folder;
    private Counter counter;
    private Orders orders;

    @BeforeEach
    void open() {
        counter = new Counter(folder);
        orders = counter.orders();
        counter.makings.put(
                BURGER,
                new Making(
                        List.of(
                                group("doneness", 1, 1, plain("medium"), plain("well-done")),
                                group("extras", 0, 2, priced("shot"), priced("bacon"))),
                        List.of(
                                new Ingredient(ONION, new Quantity(10), true, true, null),
                                new Ingredient(BACON, new Quantity(30), true, true, BACON),
                                new Ingredient(
                                        new Sku("apples"), Quantity.ONE, false, false, null))));
        counter.makings.put(
                new Sku("menu"),
                new Making(
                        List.of(
                                group("main", 1, 1, Option.included("m", "Burger", BURGER, true)),
                                group(
                                        "side",
                                        1,
                                        1,
                                        Option.included("f", "Fries", new Sku("fries"), true)),
                                group(
                                        "drink",
                                        1,
                                        1,
                                        Option.included("c", "Cola", new Sku("cola"), false))),
                        List.of()));
        opened("b", OrderSource.KIOSK);
    }

    @AfterEach
    void close() {
        counter.close();
    }

    private static ModifierGroup group(String id, int min, int max, Option... options) {
        return new ModifierGroup(id, id, min, max, List.of(options));
    }

    private static Option plain(String id) {
        return new Option(id, id, null, false, List.of());
    }

    private static Option priced(String id) {
        return new Option(id, id, new Sku(id), false, List.of());
    }

    private void opened(String id, OrderSource source) {
        orders.open(counter.command(), id, source, TILL, false);
    }

    private BasketResult add(String line, String sku, Wishes wishes) {
        return add("b", line, sku, wishes);
    }

    private BasketResult add(String basket, String line, String sku, Wishes wishes) {
        return orders.change(
                counter.command(),
                basket,
                TILL,
                new BasketCommand.Add(line, new Sku(sku), Quantity.ONE, null, null, wishes));
    }

    private static Wishes with(String... options) {
        return new Wishes(
                java.util.Arrays.stream(options).map(Choice::of).toList(), List.of(), false);
    }

    private static Basket changed(BasketResult result) {
        return assertInstanceOf(Changed.class, result, result::toString).basket();
    }

    private static Refused refused(Refusal why, BasketResult result) {
        Refused refused = assertInstanceOf(Refused.class, result);
        assertEquals(why, refused.why(), refused::detail);
        return refused;
    }

    private static List<String> ids(Basket basket) {
        return basket.live().stream().map(Basket.Line::id).toList();
    }

    @Test
    void what_has_to_be_chosen_is_asked_for_by_name() {
        Refused refused = refused(Refusal.CHOICE_MISSING, add("1", "burger", Wishes.NONE));
        assertEquals("burger: choose 1 of doneness: medium, well-done", refused.detail());
        refused(Refusal.WRONG_CHOICE, add("1", "burger", with("medium", "well-done")));
        refused(Refusal.WRONG_CHOICE, add("1", "burger", with("medium", "pink")));
        Wishes three =
                new Wishes(
                        List.of(Choice.of("medium"), new Choice("shot", 3, null, null)),
                        List.of(),
                        false);
        refused(Refusal.WRONG_CHOICE, add("1", "burger", three));
        assertTrue(changed(orders.basket("b")).lines().isEmpty());
    }

    @Test
    void what_is_chosen_and_has_a_price_is_a_line_and_the_rest_stands_in_the_dish() {
        Basket basket =
                changed(
                        add(
                                "1",
                                "burger",
                                new Wishes(
                                        List.of(
                                                Choice.of("medium"),
                                                new Choice("shot", 2, null, null)),
                                        List.of(ONION),
                                        false)));
        assertEquals(List.of("1", "1.1", "1-onion"), ids(basket));
        assertEquals(List.of("medium"), basket.lines().getFirst().choices());
        assertEquals(Quantity.of(2), basket.lines().get(1).quantity());
        assertEquals(Quantity.of(-1), basket.lines().get(2).quantity());
        assertEquals(Money.of(890 + 160, "EUR"), basket.priced().total());

        Basket two =
                changed(
                        orders.change(
                                counter.command(),
                                "b",
                                TILL,
                                new BasketCommand.ChangeQuantity("1", Quantity.of(3))));
        assertEquals(Quantity.of(6), two.lines().get(1).quantity());
        assertEquals(Quantity.of(-3), two.lines().get(2).quantity());
        refused(
                Refusal.WRONG_QUANTITY,
                orders.change(
                        counter.command(),
                        "b",
                        TILL,
                        new BasketCommand.ChangeQuantity("1.1", Quantity.ONE)));
        refused(
                Refusal.WRONG_CHOICE,
                orders.change(counter.command(), "b", TILL, new BasketCommand.VoidLine("1.1")));
        Basket none =
                changed(
                        orders.change(
                                counter.command(), "b", TILL, new BasketCommand.VoidLine("1")));
        assertTrue(none.live().isEmpty());
    }

    @Test
    void only_what_can_be_left_out_is() {
        refused(
                Refusal.WRONG_CHOICE,
                add(
                        "1",
                        "burger",
                        new Wishes(
                                List.of(Choice.of("medium")), List.of(new Sku("apples")), false)));
    }

    @Test
    void a_combo_has_its_parts_below_it_and_they_are_made_as_they_are_alone() {
        refused(Refusal.CHOICE_MISSING, add("1", "menu", with("m", "c")));
        Choice main = new Choice("m", null, List.of(Choice.of("medium")), List.of(ONION));
        Basket basket =
                changed(
                        add(
                                "1",
                                "menu",
                                new Wishes(List.of(main, Choice.of("c")), List.of(), false)));
        assertEquals(List.of("1", "1.1", "1.1-onion", "1.2", "1.3"), ids(basket));
        assertEquals(BURGER, basket.lines().get(1).item().sku());
        assertEquals(List.of("medium"), basket.lines().get(1).choices());
        assertEquals("1.1", basket.lines().get(2).parent());
        assertEquals(new Sku("fries"), basket.lines().get(3).item().sku());
    }

    @Test
    void what_ran_out_is_refused_and_something_else_is_offered() {
        counter.limited.put(
                BURGER,
                new Availability(
                        BURGER,
                        State.OUT,
                        List.of(new Sku("apples")),
                        List.of(),
                        List.of(),
                        List.of(new Sku("fries"))));
        Refused refused = refused(Refusal.RAN_OUT, add("1", "burger", with("medium")));
        assertEquals(
                "burger cannot be had: apples ran out. Instead there is fries (fries)",
                refused.detail());
        changed(add("1", "burger", new Wishes(List.of(Choice.of("medium")), List.of(), true)));
    }

    @Test
    void what_ran_out_while_it_was_ordered_is_left_out_before_it_is_paid_or_refused() {
        changed(add("1", "burger", with("medium")));
        counter.limited.put(
                BURGER,
                new Availability(
                        BURGER,
                        State.LIMITED,
                        List.of(BACON),
                        List.of(new Without(BACON, BACON)),
                        List.of("bacon"),
                        List.of()));
        refused(Refusal.RAN_OUT, add("2", "burger", with("medium", "bacon")));
        Basket paying =
                changed(orders.change(counter.command(), "b", TILL, new BasketCommand.Pay()));
        assertEquals(List.of("1", "1-bacon"), ids(paying));
        assertEquals(BACON, paying.lines().get(1).credit());

        opened("b2", OrderSource.KIOSK);
        changed(add("b2", "1", "burger", with("medium")));
        counter.limited.put(
                BURGER,
                new Availability(
                        BURGER,
                        State.OUT,
                        List.of(new Sku("apples")),
                        List.of(),
                        List.of(),
                        List.of()));
        refused(
                Refusal.RAN_OUT,
                orders.change(counter.command(), "b2", TILL, new BasketCommand.Pay()));
        refused(Refusal.RAN_OUT, orders.place(counter.command(), "b2", TILL, ""));

        // At a till the customer has it in his hand.
        opened("b3", OrderSource.TILL);
        counter.limited.clear();
        changed(add("b3", "1", "burger", with("medium")));
        counter.limited.put(
                BURGER,
                new Availability(
                        BURGER,
                        State.OUT,
                        List.of(new Sku("apples")),
                        List.of(),
                        List.of(),
                        List.of()));
        changed(orders.change(counter.command(), "b3", TILL, new BasketCommand.Pay()));
    }

    @Test
    void an_order_says_what_was_chosen_and_left_out() {
        changed(
                add(
                        "1",
                        "burger",
                        new Wishes(List.of(Choice.of("medium")), List.of(ONION), false)));
        changed(orders.change(counter.command(), "b", TILL, new BasketCommand.Pay()));
        counter.settle("b", LocalDate.of(2026, 3, 2));
        Order order = assertInstanceOf(Paid.class, orders.basket("b")).order().order();
        assertEquals(List.of("medium"), order.lines().getFirst().choices());
        OrderLine left = order.lines().get(1);
        assertEquals(Quantity.of(-1), left.quantity());
        assertTrue(left.leavesOut());
        String before = counter.dump();
        orders.rebuild();
        assertEquals(before, counter.dump());
    }
}
