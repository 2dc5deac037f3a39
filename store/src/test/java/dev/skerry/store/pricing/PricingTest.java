package dev.skerry.store.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Unit;
import dev.skerry.language.prices.PriceEvent;
import dev.skerry.language.prices.PriceEvent.Level;
import dev.skerry.language.prices.PriceEvent.Place;
import dev.skerry.language.prices.PriceEvent.PriceRemoved;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.PromotionEvent;
import dev.skerry.language.prices.PromotionEvent.PromotionChanged;
import dev.skerry.language.prices.PromotionEvent.PromotionRemoved;
import dev.skerry.language.prices.PromotionEvent.Stage;
import dev.skerry.language.prices.TaxEvent;
import dev.skerry.language.prices.TaxEvent.TaxRateSet;
import dev.skerry.language.pricing.Campaign;
import dev.skerry.language.pricing.PricingEvent.Label;
import dev.skerry.pricing.Markdown;
import dev.skerry.pricing.Policies.TaxRounding;
import dev.skerry.pricing.PriceEntry;
import dev.skerry.pricing.PromotionBook;
import dev.skerry.pricing.Reduction;
import dev.skerry.store.pricing.Pricing.Goods;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Follower;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricingTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z"));
    private static final Sku MILK = new Sku("milk");
    private static final LocalDateTime MARCH = LocalDateTime.of(2026, 3, 1, 0, 0);

    @TempDir private Path folder;
    private SqliteDatabase hq;
    private SqliteDatabase database;
    private Pricing pricing;
    private List<Follower<SqliteTransaction>> followers;
    private int commands;

    @BeforeEach
    void open() {
        hq = SqliteDatabase.open(folder.resolve("link.db"), SqliteSettings.defaults(), CLOCK);
        hq.write(tx -> {
            for (String stream :
                    List.of(PriceEvent.STREAM, PromotionEvent.STREAM, TaxEvent.STREAM)) {
                tx.open(StreamName.of(stream), StreamSettings.compactedByKey());
            }
            return true;
        });
        database =
                SqliteDatabase.open(
                        folder.resolve("pricing.db"),
                        SqliteSettings.defaults(),
                        CLOCK,
                        Pricing.tables());
        pricing = pricing(false);
        followers = pricing.followers(stream -> hq.source(stream, "pricing"));
    }

    private Pricing pricing(boolean labelsFirst) {
        return new Pricing(
                database,
                new Pricing.Site("0042", "north", BERLIN, EUR),
                new Pricing.Rules(TaxRounding.DOCUMENT, Duration.ofDays(1), eur(2000), labelsFirst),
                CLOCK,
                new TimeOrderedIds(CLOCK, new Random(1)));
    }

    @AfterEach
    void close() {
        database.close();
        hq.close();
    }

    private static Money eur(long cents) {
        return new Money(cents, EUR);
    }

    private void publish(PriceEvent event) {
        publish(PriceEvent.STREAM, PriceEvent.FORM, event, event.key(), event.ends());
    }

    private void publish(PromotionEvent event) {
        publish(PromotionEvent.STREAM, PromotionEvent.FORM, event, event.key(), event.ends());
    }

    private void publish(TaxEvent event) {
        publish(TaxEvent.STREAM, TaxEvent.FORM, event, event.key(), event.ends());
    }

    private <E> void publish(String stream, EventForm<E> form, E event, String key, boolean ends) {
        CloudEvent envelope =
                CloudEvent.of("1", stream, form.type(event), CLOCK.instant(), form.data(event))
                        .withSubject(key);
        NewEvent written = CloudEvents.write(ends ? CloudEvents.deletionOf(envelope) : envelope);
        hq.write(tx -> tx.append(StreamName.of(stream), written));
        follow();
    }

    private void follow() {
        for (Follower<SqliteTransaction> follower : followers) {
            while (follower.step() instanceof Steps.Step.Moved) {}
            assertEquals(null, follower.status().trouble());
        }
    }

    private void price(
            String id, Level level, @Nullable String of, LocalDateTime from, long cents) {
        publish(
                new PriceSet(
                        id, new Place(MILK, level, of, from, 0), eur(cents), Unit.PIECE, null));
    }

    private Optional<Money> milkAt(LocalDateTime at) {
        Map<Sku, PriceEntry> found = pricing.prices(List.of(MILK), at.atZone(BERLIN));
        return Optional.ofNullable(found.get(MILK)).map(PriceEntry::price);
    }

    private Command command() {
        commands++;
        return new Command("c" + commands, "same");
    }

    @Test
    void the_nearest_price_in_force_counts() {
        price("1", Level.CHAIN, null, MARCH, 119);
        assertEquals(Optional.of(eur(119)), milkAt(MARCH));
        assertEquals(Optional.empty(), milkAt(MARCH.minusSeconds(1)));
        price("2", Level.ZONE, "north", MARCH, 115);
        price("3", Level.ZONE, "south", MARCH, 99);
        assertEquals(Optional.of(eur(115)), milkAt(MARCH));
        price("4", Level.STORE, "store-0042", MARCH, 125);
        price("5", Level.STORE, "store-0043", MARCH, 1);
        assertEquals(Optional.of(eur(125)), milkAt(MARCH));
    }

    @Test
    void midnight_changes_a_price_by_the_stores_own_clock() {
        price("1", Level.CHAIN, null, MARCH, 119);
        price("2", Level.CHAIN, null, MARCH.plusDays(1), 129);
        assertEquals(Optional.of(eur(119)), milkAt(MARCH.plusDays(1).minusNanos(1)));
        assertEquals(Optional.of(eur(129)), milkAt(MARCH.plusDays(1)));
    }

    @Test
    void a_price_that_was_a_mistake_is_gone() {
        price("1", Level.CHAIN, null, MARCH, 119);
        price("2", Level.CHAIN, null, MARCH.plusDays(1), 9);
        publish(new PriceRemoved(new Place(MILK, Level.CHAIN, null, MARCH.plusDays(1), 0)));
        assertEquals(Optional.of(eur(119)), milkAt(MARCH.plusDays(2)));
    }

    private static String promotion(String id) {
        return "{\"id\":\"%s\",\"effect\":{\"type\":\"line-discount\",\"articles\":{\"skus\":[\"milk\"]},\"off\":{\"percent\":10}}}"
                .formatted(id);
    }

    @Test
    void a_promotion_that_cannot_be_read_keeps_no_other_from_counting() {
        publish(new PromotionChanged("p1", 1, "{\"id\":\"p1\",\"effect\":{\"type\":\"magic\"}}"));
        publish(new PromotionChanged("p2", 1, promotion("p2")));
        assertEquals(1, pricing.promotions().promotions().size());
    }

    @Test
    void the_promotion_book_is_that_of_its_version() {
        publish(new PromotionChanged("p1", 1, promotion("p1")));
        PromotionBook one = pricing.promotions();
        assertTrue(one.find("p1").isPresent());
        assertEquals(one, pricing.promotions());
        publish(new PromotionChanged("p2", 1, promotion("p2")));
        publish(new PromotionRemoved("p1"));
        PromotionBook two = pricing.promotions();
        assertFalse(two.find("p1").isPresent());
        assertTrue(two.find("p2").isPresent());
        assertFalse(one.version().equals(two.version()));
    }

    @Test
    void a_launch_in_stages_begins_here_at_the_stage_of_the_store_or_of_its_zone() {
        Stage elsewhere = new Stage("elsewhere", null, MARCH);
        publish(new PromotionChanged("p1", 1, promotion("p1"), List.of(elsewhere)));
        assertTrue(pricing.promotions().promotions().isEmpty());
        LocalDateTime later = MARCH.plusDays(40);
        publish(
                new PromotionChanged(
                        "p1",
                        2,
                        promotion("p1"),
                        List.of(elsewhere, new Stage(null, null, later))));
        assertEquals(
                Optional.of(later),
                pricing.promotions().find("p1").orElseThrow().conditions().from());
        publish(new PromotionChanged("p1", 3, promotion("p1"), List.of(elsewhere)));
        assertTrue(pricing.promotions().promotions().isEmpty());
        publish(new PromotionChanged("p1", 4, promotion("p1")));
        assertEquals(
                Optional.empty(),
                pricing.promotions().find("p1").orElseThrow().conditions().from());
    }

    @Test
    void a_tax_changes_on_its_day_and_a_zone_may_have_its_own() {
        publish(
                new TaxRateSet(
                        "food",
                        null,
                        LocalDate.of(2026, 1, 1),
                        "Reduced",
                        "B",
                        Percent.of(7),
                        true));
        publish(
                new TaxRateSet(
                        "food",
                        null,
                        LocalDate.of(2026, 4, 1),
                        "Reduced",
                        "B",
                        Percent.of(9),
                        true));
        publish(
                new TaxRateSet(
                        "food",
                        "south",
                        LocalDate.of(2026, 1, 1),
                        "None",
                        "C",
                        Percent.of(0),
                        true));
        assertEquals(Percent.of(7), rate(LocalDate.of(2026, 3, 31)));
        assertEquals(Percent.of(9), rate(LocalDate.of(2026, 4, 1)));
        publish(
                new TaxRateSet(
                        "food",
                        "north",
                        LocalDate.of(2026, 2, 1),
                        "Isle",
                        "D",
                        Percent.of(3),
                        true));
        assertEquals(Percent.of(3), rate(LocalDate.of(2026, 4, 1)));
        assertEquals(Percent.of(7), rate(LocalDate.of(2026, 1, 31)));
    }

    private Percent rate(LocalDate day) {
        return pricing.policies(day).taxes().rates("food").getFirst().percent();
    }

    @Test
    void a_mirror_that_begins_anew_leaves_nothing_of_the_old_one() {
        price("1", Level.CHAIN, null, MARCH, 119);
        price("2", Level.ZONE, "north", MARCH, 99);
        StreamName stream = StreamName.of(PriceEvent.STREAM);
        hq.write(tx -> {
            tx.delete(stream);
            tx.open(stream, StreamSettings.compactedByKey());
            return true;
        });
        price("3", Level.CHAIN, null, MARCH, 109);
        assertEquals(Optional.of(eur(109)), milkAt(MARCH));
    }

    private static Campaign campaign(@Nullable String lot, @Nullable Integer days, String... skus) {
        return new Campaign(
                "c1",
                "Last chance",
                "near expiry",
                Percent.of(30),
                null,
                Set.of(skus).stream().map(Sku::new).collect(java.util.stream.Collectors.toSet()),
                skus.length == 0 ? List.of("Food/Dairy") : List.of(),
                lot,
                days,
                MARCH,
                MARCH.plusDays(7));
    }

    private static Goods goods(@Nullable String lot, @Nullable LocalDate expiry) {
        return new Goods(MILK, List.of("Food", "Dairy", "Milk"), lot, expiry);
    }

    @Test
    void a_campaign_of_the_store_counts_while_it_lasts() {
        pricing.set(command(), campaign(null, null, "milk"), "chief");
        assertEquals(
                List.of(new Markdown("Last chance", new Reduction.ByPercent(Percent.of(30)))),
                pricing.markdowns(goods(null, null), MARCH.atZone(BERLIN)));
        assertEquals(
                List.of(),
                pricing.markdowns(goods(null, null), MARCH.minusSeconds(1).atZone(BERLIN)));
        assertEquals(
                List.of(), pricing.markdowns(goods(null, null), MARCH.plusDays(7).atZone(BERLIN)));
        assertTrue(pricing.end(command(), "c1", "chief"));
        assertEquals(List.of(), pricing.markdowns(goods(null, null), MARCH.atZone(BERLIN)));
        assertFalse(pricing.end(command(), "c1", "chief"));
    }

    @Test
    void a_campaign_means_a_department_a_lot_or_what_expires_soon() {
        pricing.set(command(), campaign(null, null), "chief");
        assertEquals(1, pricing.markdowns(goods(null, null), MARCH.atZone(BERLIN)).size());
        assertEquals(
                0,
                pricing.markdowns(
                                new Goods(MILK, List.of("Food", "Dairyfree"), null, null),
                                MARCH.atZone(BERLIN))
                        .size());
        pricing.set(command(), campaign("L7", null), "chief");
        assertEquals(0, pricing.markdowns(goods(null, null), MARCH.atZone(BERLIN)).size());
        assertEquals(1, pricing.markdowns(goods("L7", null), MARCH.atZone(BERLIN)).size());
        pricing.set(command(), campaign(null, 2), "chief");
        assertEquals(0, pricing.markdowns(goods(null, null), MARCH.atZone(BERLIN)).size());
        assertEquals(
                0,
                pricing.markdowns(goods(null, LocalDate.of(2026, 3, 4)), MARCH.atZone(BERLIN))
                        .size());
        assertEquals(
                1,
                pricing.markdowns(goods(null, LocalDate.of(2026, 3, 3)), MARCH.atZone(BERLIN))
                        .size());
    }

    @Test
    void a_campaign_that_makes_no_sense_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Campaign(
                                "c",
                                "x",
                                "",
                                null,
                                null,
                                Set.of(MILK),
                                List.of(),
                                null,
                                null,
                                MARCH,
                                MARCH.plusDays(1)));
        Campaign dollars =
                new Campaign(
                        "c",
                        "x",
                        "",
                        null,
                        Money.of(1, "USD"),
                        Set.of(MILK),
                        List.of(),
                        null,
                        null,
                        MARCH,
                        MARCH.plusDays(1));
        assertThrows(
                IllegalArgumentException.class, () -> pricing.set(command(), dollars, "chief"));
    }

    @Test
    void where_labels_go_first_a_price_goes_up_with_its_label_and_down_at_once() {
        pricing = pricing(true);
        price("1", Level.CHAIN, null, MARCH, 119);
        Label at119 = new Label(MILK, "Milk", eur(119));
        pricing.sent(command(), "b1", List.of(at119), "ann");
        pricing.hung(command(), "b1", List.of(MILK), "ann");
        price("2", Level.CHAIN, null, MARCH.plusDays(1), 129);
        assertEquals(Optional.of(eur(119)), milkAt(MARCH.plusDays(1)));
        pricing.sent(command(), "b2", List.of(new Label(MILK, "Milk", eur(129))), "ann");
        assertEquals(Optional.of(eur(119)), milkAt(MARCH.plusDays(1)));
        pricing.hung(command(), "b2", List.of(MILK), "ann");
        assertEquals(Optional.of(eur(129)), milkAt(MARCH.plusDays(1)));
        price("3", Level.CHAIN, null, MARCH.plusDays(2), 99);
        assertEquals(Optional.of(eur(99)), milkAt(MARCH.plusDays(2)));
    }

    @Test
    void campaigns_and_labels_made_anew_from_the_stream_are_the_same() {
        pricing.set(command(), campaign(null, null, "milk"), "chief");
        pricing.sent(command(), "b1", List.of(new Label(MILK, "Milk", eur(119))), "ann");
        price("1", Level.CHAIN, null, MARCH, 119);
        pricing.rebuild();
        assertEquals(1, pricing.campaigns().size());
        assertEquals(Optional.of(eur(119)), milkAt(MARCH));
    }
}
