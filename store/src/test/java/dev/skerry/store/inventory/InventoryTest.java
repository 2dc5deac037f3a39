package dev.skerry.store.inventory;

import static dev.skerry.store.inventory.StockRoom.at;
import static dev.skerry.store.inventory.StockRoom.dish;
import static dev.skerry.store.inventory.StockRoom.goods;
import static dev.skerry.store.inventory.StockRoom.line;
import static dev.skerry.store.inventory.StockRoom.optional;
import static dev.skerry.store.inventory.StockRoom.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.CommandIdReused;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.inventory.Availability.State;
import dev.skerry.language.inventory.AvailabilityEvent.AvailabilityRestored;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockChanged;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockRemoved;
import dev.skerry.language.inventory.InventoryEvent.Cause;
import dev.skerry.language.inventory.InventoryEvent.ItemBackInStock;
import dev.skerry.language.inventory.InventoryEvent.ItemRanOut;
import dev.skerry.language.inventory.MovementKind;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.store.inventory.Inventory.Counted;
import dev.skerry.store.inventory.Inventory.Elsewhere;
import dev.skerry.store.inventory.Inventory.LedgerEntry;
import dev.skerry.store.inventory.Inventory.Which;
import dev.skerry.store.inventory.StockDocument.Kind;
import dev.skerry.store.inventory.StockResult.Recorded;
import dev.skerry.store.inventory.StockResult.Refusal;
import dev.skerry.store.inventory.StockResult.Refused;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {

    private static final Sku MILK = new Sku("milk");
    private static final Sku BACON = new Sku("bacon");
    private static final Sku BURGER = new Sku("burger");
    private static final Sku SALAD = new Sku("salad");

    @TempDir private Path folder;
    private StockRoom room;
    private Inventory inventory;

    @BeforeEach
    void open() {
        room = new StockRoom(folder);
        inventory = room.inventory();
        room.itIs(at(60));
        room.article(goods("milk"));
        room.article(goods("bacon"));
        room.article(
                dish("burger", part("bun", 1000), part("bacon", 30)).substitutes(List.of(SALAD)));
        room.article(dish("salad", part("leaves", 100), optional("bacon", 20, "x-bacon")));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private StockDocument recorded(StockResult result) {
        return assertInstanceOf(Recorded.class, result, result::toString).document();
    }

    private void refused(Refusal why, StockResult result) {
        assertEquals(why, assertInstanceOf(Refused.class, result).why());
    }

    private StockResult receive(String id, Instant at, String sku, long whole) {
        return inventory.receive(
                room.command(),
                room.header(id, at),
                "Dairy Ltd",
                "D-7",
                List.of(goods(sku, whole)));
    }

    private StockDocument count(String id, Instant at, String sku, long whole) {
        return recorded(
                inventory.count(
                        room.command(),
                        room.header(id, at),
                        List.of(new Counted(new Sku(sku), Quantity.of(whole), null))));
    }

    private void isStock(long whole, String sku) {
        assertEquals(Quantity.of(whole), room.stock(sku));
    }

    private State state(Sku sku) {
        return inventory.availability(sku).state();
    }

    @Test
    void what_is_received_sold_wasted_and_moved_to_other_stores_makes_the_stock() {
        recorded(receive("r1", at(0), "milk", 20));
        room.sell("o1", at(1), line("1", "milk", 3000));
        recorded(
                inventory.waste(
                        room.command(),
                        room.header("w1", at(2)),
                        "spoiled",
                        List.of(goods("milk", 1))));
        recorded(
                inventory.send(
                        room.command(),
                        room.header("t1", at(3)),
                        "store-0043",
                        List.of(goods("milk", 5))));
        recorded(
                inventory.arrive(
                        room.command(),
                        room.header("t2", at(4)),
                        "store-0044",
                        "t77",
                        List.of(goods("milk", 2))));
        isStock(13, "milk");
        assertEquals(
                List.of(
                        MovementKind.ARRIVED,
                        MovementKind.SENT,
                        MovementKind.WASTED,
                        MovementKind.SOLD,
                        MovementKind.RECEIVED),
                inventory.ledger(MILK).stream().map(LedgerEntry::kind).toList());
        assertEquals(
                List.of(13L, 11L, 16L, 17L, 20L),
                inventory.ledger(MILK).stream()
                        .map(it -> it.balance().thousandths() / 1000)
                        .toList());
        StockDocument receipt = inventory.document("r1").orElseThrow();
        assertEquals("Dairy Ltd", receipt.party());
        assertEquals("D-7", receipt.reference());
        assertEquals(
                List.of("t2", "t1", "w1"),
                inventory.documents(Set.of(Kind.values()), 3).stream()
                        .map(StockDocument::id)
                        .toList());
        assertEquals(List.of(receipt), inventory.documents(Set.of(Kind.RECEIVED), 9));
    }

    @Test
    void an_order_that_is_told_again_changes_nothing() {
        room.sell("o1", at(1), line("1", "milk", 3000));
        room.voidOrder("o1");
        int events = room.published().size();
        String before = room.dump();
        room.sell("o1", at(1), line("1", "milk", 3000));
        room.voidOrder("o1");
        assertEquals(events, room.published().size());
        assertEquals(before, room.dump());
        isStock(0, "milk");
    }

    @Test
    void a_new_machine_that_follows_all_orders_from_the_start_sells_nothing_twice() {
        recorded(receive("r1", at(0), "milk", 20));
        room.sell("o1", at(1), line("1", "milk", 3000));
        room.sell("o2", at(2), line("1", "milk", 1000));
        room.voidOrder("o2");
        inventory.setAvailable(room.command(), BACON, false, "anna");
        int events = room.published().size();
        room.replaceMachine();
        assertEquals(events, room.published().size());
        isStock(17, "milk");
        assertEquals(State.OUT, room.inventory().availability(BURGER).state());
    }

    @Test
    void a_document_that_is_sent_again_is_written_down_once() {
        Command command = new Command("document r1", "same");
        for (int i = 0; i < 3; i++) {
            recorded(
                    inventory.receive(
                            command,
                            room.header("r1", at(0)),
                            "Dairy Ltd",
                            null,
                            List.of(goods("milk", 20))));
        }
        isStock(20, "milk");
        recorded(receive("r1", at(0), "milk", 20));
        isStock(20, "milk");
        assertThrows(
                CommandIdReused.class,
                () ->
                        inventory.receive(
                                new Command("document r1", "other"),
                                room.header("r1", at(0)),
                                "Dairy Ltd",
                                null,
                                List.of(goods("milk", 9))));
        refused(
                Refusal.ID_TAKEN,
                inventory.send(
                        room.command(),
                        room.header("r1", at(0)),
                        "store-0043",
                        List.of(goods("milk", 1))));
        isStock(20, "milk");
    }

    @Test
    void what_is_no_proper_document_is_refused_and_nothing_changes() {
        refused(Refusal.MALFORMED_DOCUMENT, receive(" ", at(0), "milk", 1));
        refused(Refusal.WRONG_QUANTITY, receive("r", at(0), "milk", 0));
        refused(Refusal.NOT_STOCKED, receive("r", at(0), "burger", 1));
        refused(Refusal.IN_THE_FUTURE, receive("r", at(66), "milk", 1));
        refused(Refusal.TOO_LONG_AGO, receive("r", Instant.MIN, "milk", 1));
        refused(
                Refusal.MALFORMED_DOCUMENT,
                inventory.waste(
                        room.command(), room.header("w", at(0)), "", List.of(goods("milk", 1))));
        refused(
                Refusal.MALFORMED_DOCUMENT,
                inventory.send(room.command(), room.header("t", at(0)), "store-0043", List.of()));
        Counted ten = new Counted(MILK, Quantity.of(10), null);
        refused(
                Refusal.COUNTED_TWICE,
                inventory.count(room.command(), room.header("c", at(0)), List.of(ten, ten)));
        refused(
                Refusal.IN_THE_FUTURE,
                inventory.count(
                        room.command(),
                        room.header("c", at(0)),
                        List.of(new Counted(MILK, Quantity.of(10), at(66)))));
        refused(
                Refusal.WRONG_QUANTITY,
                inventory.count(
                        room.command(),
                        room.header("c", at(0)),
                        List.of(new Counted(MILK, Quantity.of(-1), null))));
        assertEquals(List.of(), room.published());
    }

    private StockResult adjust(String id, Instant at, String sku, long whole) {
        return inventory.adjust(
                room.command(),
                room.header(id, at),
                "own use",
                List.of(new StockLine(new Sku(sku), Quantity.of(whole), "L1", null)));
    }

    @Test
    void the_books_are_put_right_in_both_directions_with_a_reason() {
        recorded(receive("r1", at(0), "milk", 20));
        StockDocument less = recorded(adjust("a1", at(1), "milk", -3));
        recorded(adjust("a2", at(2), "milk", 1));
        isStock(18, "milk");
        assertEquals("own use", less.reason());
        assertEquals(Quantity.of(-3), less.lines().getFirst().quantity());
        assertEquals(MovementKind.ADJUSTED, inventory.ledger(MILK).getFirst().kind());
        recorded(adjust("a1", at(1), "milk", -3));
        isStock(18, "milk");
        refused(Refusal.WRONG_QUANTITY, adjust("a3", at(1), "milk", 0));
        refused(Refusal.WRONG_QUANTITY, adjust("a3", at(1), "milk", -1_000_001));
        refused(Refusal.NOT_STOCKED, adjust("a3", at(1), "burger", -1));
        // No goods were seen: what a hand took away stays so.
        inventory.setAvailable(room.command(), MILK, false, "anna");
        recorded(adjust("a4", at(3), "milk", 5));
        assertEquals(State.OUT, state(MILK));
    }

    private List<String> listed(Which which) {
        return inventory.stocks(which, "").stream().map(it -> it.sku().value()).toList();
    }

    @Test
    void what_will_be_used_up_within_a_day_is_listed_as_low() {
        recorded(receive("r1", at(0), "milk", 100));
        recorded(receive("r2", at(0), "bacon", 100));
        room.sell("o1", at(1), line("1", "milk", 70_000), line("2", "bacon", 87_000));
        // In a week 87 of bacon were sold, so 13 last for a day and a bit; 30 of milk for three
        // days.
        assertEquals(List.of(), listed(Which.LOW));
        recorded(adjust("a1", at(2), "bacon", -1));
        assertEquals(List.of("bacon"), listed(Which.LOW));
        inventory.setAvailable(room.command(), BACON, false, "anna");
        assertEquals(List.of(), listed(Which.LOW));
        assertEquals(List.of("bacon"), listed(Which.OUT));
        // A person says that it is there, against its threshold.
        inventory.setThreshold(room.command(), MILK, Quantity.of(40), "anna");
        assertEquals(List.of("bacon", "milk"), listed(Which.OUT));
        inventory.setAvailable(room.command(), MILK, true, "anna");
        assertEquals(List.of("milk"), listed(Which.LOW));
    }

    @Test
    void a_count_holds_for_the_moment_at_which_the_shelf_was_looked_at() {
        recorded(receive("r1", at(0), "milk", 20));
        room.sell("before", at(5), line("1", "milk", 1000));
        room.sell("after", at(15), line("1", "milk", 2000));
        // 20 less 1 were to be there at 10; 18 were.
        StockDocument count = count("c1", at(10), "milk", 18);
        assertEquals(Quantity.of(19), count.lines().getFirst().expected());
        isStock(16, "milk");
        room.sell("late, of before", at(7), line("1", "milk", 1000));
        isStock(16, "milk");
        room.sell("late, of after", at(12), line("1", "milk", 3000));
        isStock(13, "milk");
        LedgerEntry difference =
                inventory.ledger(MILK).stream()
                        .filter(it -> it.kind() == MovementKind.COUNTED)
                        .findFirst()
                        .orElseThrow();
        assertEquals(Quantity.ZERO, difference.quantity());
        assertEquals(Quantity.of(18), difference.balance());
        assertEquals(at(10), inventory.stock(MILK).countedAt());
    }

    @Test
    void a_count_that_is_entered_late_changes_no_later_count() {
        count("evening", at(30), "milk", 7);
        count("noon", at(10), "milk", 12);
        isStock(7, "milk");
        assertEquals(
                List.of(-5L, 12L),
                inventory.ledger(MILK).stream()
                        .map(it -> it.quantity().thousandths() / 1000)
                        .toList());
    }

    @Test
    void stock_below_zero_is_flagged_and_nothing_is_refused() {
        room.sell("o1", at(1), line("1", "milk", 2000));
        isStock(-2, "milk");
        assertEquals(at(60), inventory.stock(MILK).negativeSince());
        assertEquals(
                List.of(MILK),
                inventory.stocks(Which.NEGATIVE, "").stream().map(Inventory.Stock::sku).toList());
        room.itIs(at(70));
        room.sell("o2", at(2), line("1", "milk", 1000));
        assertEquals(at(60), inventory.stock(MILK).negativeSince());
        recorded(receive("r1", at(3), "milk", 3));
        assertNull(inventory.stock(MILK).negativeSince());
        assertEquals(List.of(), inventory.stocks(Which.NEGATIVE, ""));
    }

    @Test
    void a_dish_takes_its_ingredients_and_a_void_brings_them_back() {
        room.sell("o1", at(1), line("1", "burger", 2000));
        assertEquals(Quantity.of(-2), room.stock("bun"));
        assertEquals(new Quantity(-60), room.stock("bacon"));
        assertEquals(Quantity.ZERO, room.stock("burger"));
        assertEquals(BURGER, inventory.ledger(BACON).getFirst().madeInto());
        room.voidOrder("o1");
        assertEquals(Quantity.ZERO, room.stock("bun"));
        assertEquals(Quantity.ZERO, room.stock("bacon"));
    }

    @Test
    void a_wasted_dish_takes_its_ingredients() {
        recorded(
                inventory.waste(
                        room.command(),
                        room.header("w1", at(1)),
                        "dropped",
                        List.of(goods("burger", 1))));
        assertEquals(Quantity.of(-1), room.stock("bun"));
        assertEquals(BURGER, inventory.document("w1").orElseThrow().lines().getFirst().sku());
    }

    @Test
    void what_ran_out_by_hand_takes_away_what_needs_it_and_is_taken_out_of_what_can_do_without() {
        inventory.setAvailable(room.command(), BACON, false, "anna");
        assertEquals(
                new Availability(
                        BURGER, State.OUT, List.of(BACON), List.of(), List.of(), List.of(SALAD)),
                inventory.availability(BURGER));
        assertEquals(
                new Availability(
                        SALAD,
                        State.LIMITED,
                        List.of(BACON),
                        List.of(new Availability.Without(BACON, new Sku("x-bacon"))),
                        List.of(),
                        List.of()),
                inventory.availability(SALAD));
        assertEquals(3, inventory.availability().size());
        room.sell("o1", at(61), line("1", "salad", 1000));
        assertEquals(Quantity.ZERO, room.stock("bacon"));
        inventory.setAvailable(room.command(), BACON, true, "anna");
        assertEquals(List.of(), inventory.availability());
        assertEquals(
                3, room.told().stream().filter(AvailabilityRestored.class::isInstance).count());
    }

    @Test
    void saying_twice_that_something_ran_out_says_it_once() {
        inventory.setAvailable(room.command(), BACON, false, "anna");
        inventory.setAvailable(room.command(), BACON, false, "ben");
        inventory.setAvailable(room.command(), MILK, true, "ben");
        assertEquals(
                List.of(new ItemRanOut(BACON, Cause.HAND, Quantity.ZERO, at(60), "anna")),
                room.published());
    }

    @Test
    void the_stock_itself_says_at_a_threshold_that_something_ran_out_and_is_back() {
        recorded(receive("r1", at(0), "bacon", 1));
        inventory.setThreshold(room.command(), BACON, new Quantity(950), "anna");
        assertEquals(State.AVAILABLE, state(BURGER));
        room.sell("o1", at(1), line("1", "burger", 1000));
        assertEquals(State.AVAILABLE, state(BURGER));
        room.sell("o2", at(2), line("1", "burger", 1000));
        assertEquals(State.OUT, state(BURGER));
        room.voidOrder("o2");
        assertEquals(State.AVAILABLE, state(BURGER));
        room.sell("o3", at(3), line("1", "burger", 1000));
        recorded(receive("r2", at(4), "bacon", 5));
        assertEquals(State.AVAILABLE, state(BURGER));
        assertEquals(
                List.of(true, false, true, false),
                room.published().stream()
                        .filter(it -> it instanceof ItemRanOut || it instanceof ItemBackInStock)
                        .map(ItemRanOut.class::isInstance)
                        .toList());
        assertNotNull(inventory.stock(BACON).threshold());
    }

    @Test
    void a_hand_overrules_the_stock_until_goods_are_seen() {
        recorded(receive("r1", at(0), "bacon", 1));
        inventory.setAvailable(room.command(), BACON, false, "anna");
        room.sell("o1", at(1), line("1", "milk", 1000));
        assertEquals(State.OUT, state(BACON));
        count("c1", at(2), "bacon", 0);
        assertEquals(State.OUT, state(BACON));
        count("c2", at(3), "bacon", 2);
        assertEquals(State.AVAILABLE, state(BACON));

        inventory.setThreshold(room.command(), BACON, Quantity.of(5), "anna");
        assertEquals(State.OUT, state(BACON));
        inventory.setAvailable(room.command(), BACON, true, "anna");
        room.sell("o2", at(4), line("1", "burger", 1000));
        assertEquals(State.AVAILABLE, state(BACON));
        recorded(receive("r2", at(5), "bacon", 4));
        recorded(
                inventory.waste(
                        room.command(),
                        room.header("w1", at(6)),
                        "spoiled",
                        List.of(goods("bacon", 3))));
        assertEquals(State.OUT, state(BACON));
        inventory.setThreshold(room.command(), BACON, null, "anna");
        assertEquals(State.AVAILABLE, state(BACON));
    }

    @Test
    void a_recipe_that_changes_changes_at_once_what_can_be_had() {
        inventory.setAvailable(room.command(), BACON, false, "anna");
        room.article(dish("burger", part("bun", 1000)));
        assertEquals(State.AVAILABLE, state(BURGER));
        room.article(dish("soup", part("bacon", 10)));
        assertEquals(State.OUT, state(new Sku("soup")));
        room.catalog(new ArticleRemoved(new Sku("soup")));
        assertEquals(State.AVAILABLE, state(new Sku("soup")));
        Article.Option with = new Article.Option("bacon", "Bacon", BACON, false, List.of());
        Article.Option none = new Article.Option("none", "No", null, true, List.of());
        room.article(
                goods("toast")
                        .modifiers(
                                List.of(
                                        new Article.ModifierGroup(
                                                "top", "Top", 1, 1, List.of(with, none)))));
        assertEquals(List.of("bacon"), inventory.availability(new Sku("toast")).options());
        assertEquals(State.LIMITED, state(new Sku("toast")));
    }

    @Test
    void the_stock_of_other_stores_is_told_with_its_age() {
        room.chain(new StoreStockChanged("store-0043", MILK, Quantity.of(7), at(50)));
        room.chain(new StoreStockChanged("store-0044", MILK, Quantity.of(1), at(50)));
        room.chain(new StoreStockChanged("store-0042", MILK, Quantity.of(9), at(50)));
        room.chain(new StoreStockRemoved("store-0044", MILK));
        assertEquals(
                List.of(new Elsewhere("store-0043", Quantity.of(7), at(50), 600)),
                inventory.elsewhere(MILK));
    }

    @Test
    void all_tables_made_anew_from_the_streams_are_the_same() {
        recorded(receive("r1", at(0), "bacon", 1));
        inventory.setThreshold(room.command(), BACON, new Quantity(970), "anna");
        room.sell("o1", at(1), line("1", "burger", 1000), line("2", "milk", 1000));
        inventory.setAvailable(room.command(), BACON, true, "anna");
        inventory.setAvailable(room.command(), MILK, false, "anna");
        count("c1", at(0), "milk", 4);
        recorded(adjust("a1", at(0), "milk", -1));
        room.voidOrder("o1");
        String before = room.dump();
        inventory.rebuild();
        assertEquals(before, room.dump());
        assertTrue(before.contains("milk"));
    }
}
