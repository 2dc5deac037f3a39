package dev.skerry.hq.prices;

import static dev.skerry.hq.prices.Office.done;
import static dev.skerry.hq.prices.Office.percent;
import static dev.skerry.hq.prices.Office.price;
import static dev.skerry.hq.prices.Office.promotion;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Changes.Fault;
import dev.skerry.context.Changes.Outcome;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Unit;
import dev.skerry.language.prices.PriceEvent.Level;
import dev.skerry.language.prices.PriceEvent.Place;
import dev.skerry.language.prices.PriceEvent.PriceRemoved;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.PromotionEvent.PromotionRemoved;
import dev.skerry.language.prices.TaxEvent.TaxRateSet;
import dev.skerry.pricing.Overlaps;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamPattern;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricesTest {

    private static final Sku MILK = new Sku("milk");

    @TempDir private Path folder;
    private Office office;

    @BeforeEach
    void open() {
        office = new Office(folder);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private static List<String> problems(Outcome outcome) {
        return assertInstanceOf(Outcome.Faulty.class, outcome, outcome::toString).faults().stream()
                .map(Fault::problem)
                .toList();
    }

    @Test
    void an_article_has_prices_of_the_chain_a_zone_and_a_store() {
        done(
                office.propose(
                        "c1",
                        price("milk", Level.CHAIN, null, "1.29"),
                        price("milk", Level.ZONE, "north", "1.19"),
                        price("milk", Level.STORE, "store-0042", "1.09"),
                        price("cola", Level.CHAIN, null, "2.00")));
        assertEquals(3, office.prices.prices(MILK).size());
        done(
                office.propose(
                        "c2",
                        new PriceRemoved(new Place(MILK, Level.ZONE, "north", Office.MARCH, 0))));
        assertEquals(2, office.prices.prices(MILK).size());
        done(office.prices.changes().undo(new Command("undo", "f"), "c2", "c3", "mia"));
        assertEquals(3, office.prices.prices(MILK).size());
        assertEquals(
                List.of("c3", "c2", "c1"),
                office
                        .prices
                        .priceHistory(price("milk", Level.ZONE, "north", "1.19").key(), 10)
                        .stream()
                        .map(it -> it.change().id())
                        .toList());
    }

    @Test
    void a_price_is_of_what_is_there_and_in_the_chains_currency() {
        assertEquals(
                List.of("there is no article tea"),
                problems(office.propose("c1", price("tea", Level.CHAIN, null, "1.00"))));
        assertEquals(
                List.of("the chain sells in EUR, not in CHF"),
                problems(
                        office.propose(
                                "c2",
                                new PriceSet(
                                        "p",
                                        new Place(MILK, Level.CHAIN, null, Office.MARCH, 0),
                                        Money.of(100, "CHF"),
                                        Unit.PIECE,
                                        null))));
    }

    @Test
    void a_faulty_promotion_is_refused_with_every_field_that_is_wrong() {
        List<String> problems =
                problems(
                        office.propose(
                                "c1",
                                promotion(
                                        "P",
                                        """
                                        {"id":"P","lane":"left","effect":{"type":"line-discount","articles":{"skus":["milk"]},"off":{"percent":120}}}\
                                        """)));
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.getFirst().startsWith("lane: "), problems::toString);
        assertTrue(problems.getLast().startsWith("effect.off.percent: "), problems::toString);
        assertEquals(
                List.of("id: the promotion calls itself milk"),
                problems(
                        office.propose(
                                "c2", promotion("P", percent("milk", "milk", 5).promotion()))));
        assertTrue(office.prices.promotions("", 10).isEmpty());
    }

    @Test
    void a_promotion_has_a_higher_version_each_time_also_after_it_was_removed() {
        done(office.propose("c1", percent("P", "milk", 10)));
        long first = office.prices.promotion("P").orElseThrow().version();
        assertInstanceOf(Outcome.Nothing.class, office.propose("c2", percent("P", "milk", 10)));
        done(office.propose("c3", percent("P", "milk", 20)));
        long second = office.prices.promotion("P").orElseThrow().version();
        assertTrue(second > first);
        done(office.propose("c4", new PromotionRemoved("P")));
        done(office.propose("c5", percent("P", "milk", 30)));
        assertTrue(office.prices.promotion("P").orElseThrow().version() > second);
        assertEquals(4, office.prices.promotionHistory("P", 10).size());
    }

    @Test
    void who_plans_a_promotion_is_told_which_others_it_may_meet() {
        done(office.propose("c1", percent("OLD", "milk", 10), percent("COLA", "cola", 10)));
        Prices.Looked looked =
                office.prices.look(
                        List.of(
                                promotion(
                                        "NEW",
                                        """
                                        {"id":"NEW","concurrency":"exclusive","effect":{"type":"line-discount","articles":{"departments":["food"]},"off":{"percent":5}}}\
                                        """)));
        assertEquals(
                List.of(new Warning("NEW", "OLD", Overlaps.Outcome.THIS_GOES_FIRST)),
                looked.warnings());
        assertTrue(looked.faults().isEmpty());
        assertTrue(office.prices.promotion("NEW").isEmpty());
    }

    @Test
    void taxes_are_changed_like_prices() {
        done(
                office.propose(
                        "c1",
                        new TaxRateSet(
                                "reduced",
                                null,
                                LocalDate.of(2026, 1, 1),
                                "Reduced",
                                "B",
                                Percent.of(7),
                                true)));
        assertEquals("B", office.prices.taxes().getFirst().mark());
        done(office.prices.changes().undo(new Command("undo", "f"), "c1", "c2", "mia"));
        assertTrue(office.prices.taxes().isEmpty());
    }

    private void follow() {
        Steps orders =
                PricesFollowers.orders(
                        office.prices,
                        office.stores.source(StreamPattern.of("store-*/orders"), "prices"));
        while (orders.step() instanceof Steps.Step.Moved) {}
    }

    @Test
    void it_is_known_with_which_promotions_each_store_has_sold_last() {
        for (int i = 0; i < 7; i++) {
            done(office.propose("p" + i, price("milk", Level.CHAIN, null, "1.0" + i)));
        }
        done(office.propose("c1", percent("P", "milk", 10)));
        LocalDateTime noon = LocalDateTime.of(2026, 3, 8, 12, 0);
        office.sold("store-0042", noon, "0", Office.line("milk", 1, "1.29"));
        office.sold("store-0042", noon.plusHours(1), "1", Office.line("milk", 1, "1.29"));
        office.sold("store-0043", noon, "none", Office.line("milk", 1, "1.29"));
        follow();
        assertEquals(
                List.of(
                        new BookVersion("store-0042", 7, 1, noon.plusHours(1), true),
                        new BookVersion("store-0043", 7, 0, noon, false)),
                office.prices.versions());
        done(office.propose("c2", percent("P", "milk", 20)));
        assertTrue(office.prices.versions().stream().noneMatch(BookVersion::current));
    }

    @Test
    void what_past_sales_would_have_cost_is_said_beside_what_they_cost() {
        done(office.propose("c1", percent("OLD", "milk", 10), percent("COLA", "cola", 50)));
        LocalDateTime noon = LocalDateTime.of(2026, 3, 8, 12, 0);
        office.sold("store-0042", noon, "1", Office.line("milk", 2, "1.00"));
        office.sold(
                "store-0043",
                noon,
                "1",
                Office.line("milk", 1, "1.00"),
                Office.line("cola", 1, "2.00"));
        office.sold("store-0042", noon.plusDays(1), "1", Office.line("milk", 9, "1.00"));
        List<Object> events = List.of(percent("OLD", "milk", 25), new PromotionRemoved("COLA"));
        LocalDate day = noon.toLocalDate();
        Simulated simulated = office.prices.simulate(events, day, day, Set.of());
        assertEquals(2, simulated.orders());
        assertTrue(simulated.complete());
        assertEquals(Office.euros("5.00"), simulated.paid());
        // 1.80 + 0.90 + 1.00
        assertEquals(Office.euros("3.70"), simulated.now());
        // 1.50 + 0.75 + 2.00
        assertEquals(Office.euros("4.25"), simulated.then());
        assertEquals(1, simulated.cheaper());
        assertEquals(1, simulated.dearer());
        assertEquals(
                List.of(
                        new Simulated.OfPromotion(
                                "COLA", "COLA", 1, Office.euros("1.00"), 0, Office.euros("0.00")),
                        new Simulated.OfPromotion(
                                "OLD", "OLD", 2, Office.euros("0.30"), 2, Office.euros("0.75"))),
                simulated.promotions());
        assertEquals(1, office.prices.simulate(events, day, day, Set.of("store-0043")).orders());
        assertTrue(office.prices.promotion("OLD").orElseThrow().promotion().contains("10"));
    }

    @Test
    void an_order_in_which_goods_came_back_is_left_out_of_a_simulation() {
        LocalDateTime noon = LocalDateTime.of(2026, 3, 8, 12, 0);
        office.sold("store-0042", noon, "1", Office.line("milk", -1, "1.00"));
        Simulated simulated =
                office.prices.simulate(
                        List.of(percent("P", "milk", 25)),
                        noon.toLocalDate(),
                        noon.toLocalDate(),
                        Set.of());
        assertEquals(0, simulated.orders());
        assertEquals(1, simulated.leftOut());
    }

    @Test
    void all_tables_follow_from_the_streams() throws SQLException {
        an_article_with_a_history();
        List<String> before = tables();
        office.prices.changes().book().rebuild();
        assertEquals(before, tables());
    }

    private void an_article_with_a_history() {
        office.propose(
                "c1",
                price("milk", Level.CHAIN, null, "1.29"),
                price("milk", Level.ZONE, "north", "1.19"),
                percent("P", "milk", 10));
        office.propose(
                "c2",
                new PriceRemoved(new Place(MILK, Level.ZONE, "north", Office.MARCH, 0)),
                new PromotionRemoved("P"));
        office.prices.changes().undo(new Command("undo", "f"), "c2", "c3", "ben");
    }

    private List<String> tables() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("prices.db"));
                Statement statement = connection.createStatement()) {
            for (String table :
                    List.of("said", "change", "statement", "rule", "price", "command")) {
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
}
