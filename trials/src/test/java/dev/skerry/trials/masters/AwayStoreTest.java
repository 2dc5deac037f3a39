package dev.skerry.trials.masters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.hq.catalog.ImportState;
import dev.skerry.language.Money;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.language.catalog.Unit;
import dev.skerry.language.prices.PriceEvent.Level;
import dev.skerry.language.prices.PriceEvent.Place;
import dev.skerry.language.prices.PriceEvent.PriceRemoved;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.PromotionEvent.PromotionChanged;
import dev.skerry.language.prices.PromotionEvent.PromotionRemoved;
import dev.skerry.pricing.Promotion;
import dev.skerry.trials.masters.Estate.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store that was away for longer than anybody plans for sells as headquarters say once its line is up.
class AwayStoreTest {

    private static final int ARTICLES = 60;
    private static final int DAYS = 30;
    private static final Duration MOMENT = Duration.ofSeconds(2);

    @TempDir private Path folder;
    private Estate estate;

    /// What is to be, by article: a name, or nothing; and the price of tomorrow in the north.
    private final Map<String, String> names = new TreeMap<>();

    private final Map<String, Long> cents = new TreeMap<>();
    private final Map<String, Integer> percents = new TreeMap<>();
    private LocalDateTime begin = LocalDateTime.MIN;

    @BeforeEach
    void open() {
        estate = new Estate(folder);
    }

    @AfterEach
    void close() {
        estate.close();
    }

    private static String sku(int number) {
        return "%04d".formatted(number);
    }

    private LocalDateTime today() {
        return LocalDateTime.ofInstant(estate.now(), ZoneOffset.UTC).toLocalDate().atStartOfDay();
    }

    private ArticleChanged article(String sku, String name) {
        names.put(sku, name);
        return new ArticleChanged(
                Article.draft(new Sku(sku), name, "reduced", "Food", "Dairy").article());
    }

    private static Place place(String sku, LocalDateTime from) {
        return new Place(new Sku(sku), Level.ZONE, "north", from, 0);
    }

    private PriceSet price(String sku, LocalDateTime from, long amount) {
        cents.put(sku, amount);
        return new PriceSet("p", place(sku, from), new Money(amount, Estate.EUR), Unit.PIECE, null);
    }

    private PromotionChanged promotion(String id, int percent) {
        percents.put(id, percent);
        return new PromotionChanged(
                id,
                0,
                """
                {"id":"%s","effect":{"type":"line-discount","articles":{"all":true},"off":{"percent":%d}}}\
                """
                        .formatted(id, percent));
    }

    /// A day's work at HQ: names, prices from tomorrow on, promotions; some of each begin, change, and end.
    private void work(int day) {
        LocalDateTime tomorrow = today().plusDays(1);
        String gone = sku(day);
        String other = sku((day * 7) % 20 + 35);
        String fresh = sku(1_000 + day);
        estate.catalog(
                "day-" + day + "-articles",
                new ArticleRemoved(new Sku(gone)),
                article(other, "Article of day " + day),
                article(fresh, "New on day " + day));
        names.remove(gone);
        estate.prices(
                "day-" + day + "-prices",
                price(fresh, tomorrow, 500 + day),
                price(other, tomorrow, 300 + day),
                new PriceRemoved(place(gone, begin)));
        cents.remove(gone);
        List<Object> promotions = new ArrayList<>(List.of(promotion("P" + day, 5 + day)));
        if (day > 2) {
            promotions.add(new PromotionRemoved("P" + (day - 2)));
            percents.remove("P" + (day - 2));
        }
        estate.prices("day-" + day + "-promotions", promotions.toArray());
    }

    private void open(int articles) {
        begin = today();
        List<Object> all = new ArrayList<>();
        List<Object> prices = new ArrayList<>();
        for (int i = 0; i < articles; i++) {
            all.add(article(sku(i), "Article " + i));
            prices.add(price(sku(i), begin, 100 + i));
        }
        estate.catalog("opening", all.toArray());
        estate.prices("opening-prices", prices.toArray());
        estate.prices("opening-promotions", promotion("P0", 5), promotion("STAYS", 50));
    }

    private void sellsAsHeadquartersSay(Store store) {
        Map<String, String> namesThere = new TreeMap<>();
        Map<String, Long> centsThere = new TreeMap<>();
        for (int i = 0; i < 1_000 + DAYS + 1; i++) {
            String sku = sku(i);
            store.catalog.article(new Sku(sku)).ifPresent(it -> namesThere.put(sku, it.name()));
        }
        List<Sku> skus = new ArrayList<>();
        for (int i = 0; i < 1_000 + DAYS + 1; i++) {
            skus.add(new Sku(sku(i)));
        }
        store.pricing
                .prices(skus, today().plusDays(1).atZone(ZoneOffset.UTC))
                .forEach((sku, entry) -> centsThere.put(sku.value(), entry.price().minor()));
        assertEquals(names, namesThere);
        assertEquals(cents, centsThere);
        assertEquals(
                List.copyOf(percents.keySet()),
                store.pricing.promotions().promotions().stream()
                        .map(Promotion::id)
                        .sorted()
                        .toList());
    }

    @Test
    void a_store_that_was_away_for_thirty_days_sells_as_headquarters_say() {
        Store away = estate.join("0042", "north");
        Store near = estate.join("0043", "north");
        open(ARTICLES);
        estate.run(MOMENT);
        sellsAsHeadquartersSay(away);

        away.line.cut();
        for (int day = 1; day <= DAYS; day++) {
            work(day);
            estate.run(MOMENT);
            estate.pass(Duration.ofDays(1));
        }
        sellsAsHeadquartersSay(near);
        assertEquals("Article 1", away.catalog.article(new Sku(sku(1))).orElseThrow().name());
        assertTrue(away.pricing.promotions().find("P0").isPresent());

        long before = away.line.bytes();
        away.line.mend();
        estate.run(Duration.ofMinutes(2));
        sellsAsHeadquartersSay(away);
        assertEquals(
                near.pricing.promotions().promotions(), away.pricing.promotions().promotions());
        assertTrue(away.line.bytes() - before < 200_000, () -> "bytes " + away.line.bytes());

        // A store that begins now gets the same.
        Store late = estate.join("0044", "north");
        estate.run(MOMENT);
        sellsAsHeadquartersSay(late);
    }

    @Test
    void a_store_that_was_away_for_longer_than_deletions_are_kept_sells_nothing_that_is_gone() {
        Store away = estate.join("0042", "north");
        open(ARTICLES);
        estate.run(MOMENT);
        away.line.cut();
        for (int day = 1; day <= 3; day++) {
            work(day);
            estate.pass(Duration.ofDays(200));
        }
        away.line.mend();
        estate.run(Duration.ofMinutes(2));
        sellsAsHeadquartersSay(away);
    }

    @Test
    @Tag("slow") // Tens of thousands of articles, in three databases.
    void a_large_import_reaches_stores_in_few_bytes() throws IOException {
        int many = 20_000;
        Store one = estate.join("0042", "north");
        Store other = estate.join("0043", "south");
        StringBuilder csv = new StringBuilder("sku,name,department,brand,tax_category,tags\n");
        for (int i = 0; i < many; i++) {
            csv.append(i)
                    .append(",Article number ")
                    .append(i)
                    .append(",Food/Shelf ")
                    .append(i % 300)
                    .append(",Brand ")
                    .append(i % 900)
                    .append(",reduced,organic\n");
        }
        ImportState state =
                estate.catalog.bring(
                        "i1",
                        "mia",
                        false,
                        false,
                        new BufferedReader(new StringReader(csv.toString())));
        assertEquals(many, state.changed(), state::toString);
        estate.run(MOMENT);
        for (Store store : List.of(one, other)) {
            assertEquals(
                    "Article number 19999",
                    store.catalog.article(new Sku("19999")).orElseThrow().name());
            assertTrue(store.line.bytes() < 2_000_000, () -> "bytes " + store.line.bytes());
        }
    }
}
