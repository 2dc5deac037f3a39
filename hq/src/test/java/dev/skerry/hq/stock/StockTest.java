package dev.skerry.hq.stock;

import static dev.skerry.hq.stock.Depot.BREAD;
import static dev.skerry.hq.stock.Depot.MILK;
import static dev.skerry.hq.stock.Depot.at;
import static dev.skerry.hq.stock.Depot.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.CommandIdReused;
import dev.skerry.hq.stock.Stock.Article;
import dev.skerry.hq.stock.Stock.AtStore;
import dev.skerry.hq.stock.Stock.Closing;
import dev.skerry.hq.stock.Stock.Which;
import dev.skerry.hq.stock.Transfer.State;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockChanged;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockRemoved;
import dev.skerry.language.inventory.CountLine;
import dev.skerry.language.inventory.InventoryEvent.Cause;
import dev.skerry.language.inventory.InventoryEvent.GoodsCounted;
import dev.skerry.language.inventory.InventoryEvent.ItemRanOut;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StockTest {

    private static final String HARBOUR = "store-0042";
    private static final String STATION = "store-0043";
    private static final String[] FOLLOWED = {
        "level", "heard", "transfer", "transfer_line", "article"
    };

    @TempDir private Path folder;
    private Depot depot;

    @BeforeEach
    void open() {
        depot = new Depot(folder);
    }

    @AfterEach
    void close() {
        depot.close();
    }

    private Transfer transfer(String sender, String document) {
        return depot.stock.transfer(sender, document).orElseThrow();
    }

    @Test
    void an_article_is_shown_in_each_store_with_the_age_of_its_figure() {
        depot.article(MILK, "Whole milk");
        depot.receives(HARBOUR, "r1", at(0), MILK, 20);
        depot.itIs(at(5));
        depot.receives(STATION, "r1", at(5), MILK, 7);
        depot.itIs(at(9));
        depot.sells(HARBOUR, "o1", at(9), BREAD, 1);
        List<AtStore> stores = depot.stock.article(MILK).orElseThrow().stores();
        assertEquals(
                List.of(Quantity.of(20), Quantity.of(7)),
                stores.stream().map(AtStore::quantity).toList());
        assertEquals(List.of(at(0), at(5)), stores.stream().map(AtStore::asOf).toList());
        assertEquals(List.of(at(9), at(5)), stores.stream().map(AtStore::heardAt).toList());
        Article all = depot.stock.articles(Which.ALL, "whole", null, 0, 10).articles().getFirst();
        assertEquals(Quantity.of(27), all.quantity());
        assertEquals(2, all.stores());
        assertEquals(at(0), all.asOf());
        Article one = depot.stock.articles(Which.ALL, "milk", STATION, 0, 10).articles().getFirst();
        assertEquals(Quantity.of(7), one.quantity());
    }

    @Test
    void articles_below_zero_and_those_that_ran_out_are_found() {
        depot.receives(HARBOUR, "r1", at(0), MILK, 1);
        depot.sells(STATION, "o1", at(1), MILK, 2);
        depot.receives(STATION, "r1", at(0), BREAD, 5);
        depot.say(STATION, new ItemRanOut(BREAD, Cause.HAND, Quantity.of(5), at(2), "anna"));
        var negative = depot.stock.articles(Which.NEGATIVE, "", null, 0, 10);
        assertEquals(1, negative.all());
        assertEquals(MILK, negative.articles().getFirst().sku());
        assertEquals(1, negative.articles().getFirst().negative());
        assertEquals(0, depot.stock.articles(Which.NEGATIVE, "", HARBOUR, 0, 10).all());
        var out = depot.stock.articles(Which.OUT, "", null, 0, 10);
        assertEquals(List.of(BREAD), out.articles().stream().map(Article::sku).toList());
    }

    @Test
    void articles_come_page_by_page() {
        for (int i = 0; i < 7; i++) {
            depot.receives(HARBOUR, "r" + i, at(i), new Sku("a" + i), 1);
        }
        var page = depot.stock.articles(Which.ALL, "", null, 5, 3);
        assertEquals(7, page.all());
        assertEquals(
                List.of(new Sku("a5"), new Sku("a6")),
                page.articles().stream().map(Article::sku).toList());
    }

    @Test
    void a_count_swallows_what_was_moved_before_it_and_becomes_known_later() {
        depot.receives(HARBOUR, "r1", at(0), MILK, 20);
        depot.sells(HARBOUR, "o1", at(10), MILK, 3);
        depot.say(
                HARBOUR,
                new GoodsCounted(
                        "c1",
                        at(20),
                        List.of(new CountLine(MILK, Quantity.of(15), at(20), Quantity.of(17))),
                        "anna",
                        "h-1"));
        assertEquals(Quantity.of(15), depot.at(HARBOUR, MILK));
        depot.sells(HARBOUR, "o2", at(15), MILK, 2);
        assertEquals(Quantity.of(15), depot.at(HARBOUR, MILK));
        depot.sells(HARBOUR, "o3", at(25), MILK, 2);
        assertEquals(Quantity.of(13), depot.at(HARBOUR, MILK));
    }

    @Test
    void other_stores_are_told_when_it_matters_and_not_of_each_sale() {
        depot.receives(HARBOUR, "r1", at(0), MILK, 100);
        for (int i = 1; i <= 100; i++) {
            depot.sells(HARBOUR, "o" + i, at(i), MILK, 1);
        }
        List<Quantity> told =
                depot.told().stream().map(it -> ((StoreStockChanged) it).quantity()).toList();
        assertEquals(Quantity.of(100), told.getFirst());
        assertEquals(Quantity.ZERO, told.getLast());
        assertTrue(told.size() < 25, told::toString);
        assertTrue(told.contains(Quantity.of(80)), told::toString);
        assertTrue(told.contains(Quantity.of(1)), told::toString);
    }

    @Test
    void an_article_that_leaves_the_catalogue_is_taken_from_what_stores_are_told() {
        depot.article(MILK, "Whole milk");
        depot.receives(HARBOUR, "r1", at(0), MILK, 1);
        depot.catalog(new ArticleRemoved(MILK));
        assertEquals(new StoreStockRemoved(HARBOUR, MILK), depot.told().getLast());
    }

    @Test
    void a_transfer_is_on_the_way_then_there_in_whatever_order_both_stores_tell_it() {
        depot.sends(HARBOUR, "t1", at(0), STATION, line(MILK, 5));
        assertEquals(State.ON_THE_WAY, transfer(HARBOUR, "t1").state());
        Article milk = depot.stock.articles(Which.ALL, "", null, 0, 10).articles().getFirst();
        assertEquals(Quantity.of(5), milk.onTheWay());
        depot.takes(STATION, "a1", at(60), HARBOUR, "t1", line(MILK, 5));
        assertEquals(State.ARRIVED, transfer(HARBOUR, "t1").state());
        assertEquals(
                Quantity.ZERO,
                depot.stock.articles(Which.ALL, "", null, 0, 10).articles().getFirst().onTheWay());

        depot.takes(HARBOUR, "a2", at(70), STATION, "t9", line(BREAD, 2));
        assertEquals(State.UNANNOUNCED, transfer(STATION, "t9").state());
        depot.sends(STATION, "t9", at(65), HARBOUR, line(BREAD, 2));
        assertEquals(State.ARRIVED, transfer(STATION, "t9").state());
    }

    @Test
    void a_transfer_that_does_not_arrive_is_lost_and_one_that_arrives_short_is_different() {
        depot.sends(HARBOUR, "t1", at(0), STATION, line(MILK, 5));
        depot.sends(HARBOUR, "t2", at(0), STATION, line(MILK, 5), line(BREAD, 3));
        depot.takes(STATION, "a1", at(60), HARBOUR, "t2", line(MILK, 5), line(BREAD, 2));
        depot.itIs(at(1).plus(Stock.LOST_AFTER));
        assertEquals(State.LOST, transfer(HARBOUR, "t1").state());
        assertEquals(State.DIFFERENT, transfer(HARBOUR, "t2").state());
        assertEquals(
                List.of(Quantity.of(2), Quantity.of(5)),
                transfer(HARBOUR, "t2").lines().stream().map(Transfer.Line::arrived).toList());
        assertEquals(1, depot.stock.transfers(State.LOST, 10).size());
        assertEquals(2, depot.stock.transfers(null, 10).size());
    }

    @Test
    void an_arrival_of_which_nobody_knows_the_sending_stands_alone() {
        depot.takes(STATION, "a1", at(60), HARBOUR, null, line(MILK, 5));
        Transfer alone = depot.stock.transfers(State.UNANNOUNCED, 10).getFirst();
        assertEquals(HARBOUR, alone.sender());
        assertEquals(STATION, alone.receiver());
    }

    @Test
    void closing_a_transfer_is_done_once_however_often_it_is_asked_for() {
        depot.sends(HARBOUR, "t1", at(0), STATION, line(MILK, 5));
        Command command = depot.command();
        for (int i = 0; i < 3; i++) {
            var done =
                    assertInstanceOf(
                            Closing.Done.class,
                            depot.stock.close(command, HARBOUR, "t1", "found", "anna"));
            assertEquals(State.CLOSED, done.transfer().state());
        }
        assertThrows(
                CommandIdReused.class,
                () ->
                        depot.stock.close(
                                new Command(command.id(), "other"), HARBOUR, "t1", "x", "anna"));
        assertInstanceOf(
                Closing.NoSuchTransfer.class,
                depot.stock.close(depot.command(), HARBOUR, "t2", "found", "anna"));
        assertInstanceOf(
                Closing.Malformed.class,
                depot.stock.close(depot.command(), HARBOUR, "t1", " ", "anna"));
        assertEquals(
                Quantity.ZERO,
                depot.stock.articles(Which.ALL, "", null, 0, 10).articles().getFirst().onTheWay());
    }

    @Test
    void what_arrived_as_it_was_sent_needs_no_closing() {
        depot.sends(HARBOUR, "t1", at(0), STATION, line(MILK, 5));
        depot.takes(STATION, "a1", at(60), HARBOUR, "t1", line(MILK, 5));
        assertInstanceOf(
                Closing.Arrived.class,
                depot.stock.close(depot.command(), HARBOUR, "t1", "found", "anna"));
    }

    @Test
    void a_drift_below_a_fifth_is_not_told_and_nothing_always_is() {
        assertTrue(Level.isToBeTold(null, Quantity.ZERO));
        assertTrue(Level.isToBeTold(Quantity.ONE, Quantity.ZERO));
        assertFalse(Level.isToBeTold(Quantity.of(100), Quantity.of(81)));
        assertTrue(Level.isToBeTold(Quantity.of(100), Quantity.of(80)));
        assertFalse(Level.isToBeTold(Quantity.ZERO, Quantity.ZERO));
        assertTrue(Level.isToBeTold(Quantity.ZERO, Quantity.of(-1)));
    }

    @Test
    void the_state_is_the_same_when_it_is_made_anew_from_the_streams() {
        depot.article(MILK, "Whole milk");
        depot.receives(HARBOUR, "r1", at(0), MILK, 20);
        depot.sells(STATION, "o1", at(1), MILK, 2);
        depot.sends(HARBOUR, "t1", at(2), STATION, line(MILK, 5));
        depot.sends(HARBOUR, "t2", at(2), STATION, line(MILK, 1));
        depot.takes(STATION, "a1", at(60), HARBOUR, "t1", line(MILK, 4));
        depot.stock.close(depot.command(), HARBOUR, "t1", "found", "anna");
        depot.itIs(at(90).plus(Duration.ofDays(1)));
        List<String> own = depot.rows("told", "closed", "command", "caused");
        depot.stock.book().rebuild();
        assertEquals(own, depot.rows("told", "closed", "command", "caused"));
        try (Depot other = depot.another(folder)) {
            assertEquals(depot.rows(FOLLOWED), other.rows(FOLLOWED));
            assertEquals(depot.rows("told"), other.rows("told"));
        }
    }
}
