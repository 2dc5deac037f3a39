package dev.skerry.language.prices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Golden;
import dev.skerry.language.catalog.Unit;
import dev.skerry.language.prices.PriceEvent.Level;
import dev.skerry.language.prices.PriceEvent.Place;
import dev.skerry.language.prices.PriceEvent.PriceRemoved;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.PromotionEvent.PromotionChanged;
import dev.skerry.language.prices.PromotionEvent.PromotionRemoved;
import dev.skerry.language.prices.PromotionEvent.Stage;
import dev.skerry.language.prices.TaxEvent.TaxRateRemoved;
import dev.skerry.language.prices.TaxEvent.TaxRateSet;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PricesEventsTest {

    private static final LocalDateTime MARCH = LocalDateTime.of(2026, 3, 1, 0, 0);
    private static final Sku SKU = new Sku("100200");
    private static final Place CHAIN = new Place(SKU, Level.CHAIN, null, MARCH, 0);
    private static final Place ZONE = new Place(SKU, Level.ZONE, "north", MARCH, 10);

    @Test
    void every_price_is_read_and_written_as_it_was_first_published() {
        new Golden<>(PriceEvent.FORM, PricesEventsTest.class)
                .check(
                        Map.of(
                                "PriceSet-1",
                                new PriceSet("P-1", CHAIN, Money.of(99, "EUR"), Unit.PIECE, null),
                                "PriceSet-2",
                                new PriceSet(
                                        "P-2",
                                        ZONE,
                                        Money.of(1290, "EUR"),
                                        Unit.KILOGRAM,
                                        MARCH.plusDays(7)),
                                "PriceRemoved",
                                new PriceRemoved(ZONE)));
    }

    @Test
    void every_promotion_is_read_and_written_as_it_was_first_published() {
        new Golden<>(PromotionEvent.FORM, PricesEventsTest.class)
                .check(
                        Map.of(
                                "PromotionChanged",
                                new PromotionChanged("3for2-cola", 4, "{\"type\":\"N_FOR_M\"}"),
                                "PromotionChanged-2",
                                new PromotionChanged(
                                        "3for2-cola",
                                        5,
                                        "{\"type\":\"N_FOR_M\"}",
                                        List.of(
                                                new Stage(
                                                        null,
                                                        "store-0042",
                                                        LocalDateTime.of(2026, 3, 1, 0, 0)),
                                                new Stage(
                                                        "north",
                                                        null,
                                                        LocalDateTime.of(2026, 3, 8, 0, 0)),
                                                new Stage(
                                                        null,
                                                        null,
                                                        LocalDateTime.of(2026, 3, 15, 0, 0)))),
                                "PromotionRemoved",
                                new PromotionRemoved("3for2-cola")));
    }

    @Test
    void every_tax_rate_is_read_and_written_as_it_was_first_published() {
        new Golden<>(TaxEvent.FORM, PricesEventsTest.class)
                .check(
                        Map.of(
                                "TaxRateSet",
                                new TaxRateSet(
                                        "reduced",
                                        "north",
                                        LocalDate.of(2026, 1, 1),
                                        "Reduced rate",
                                        "B",
                                        Percent.of(new BigDecimal("5.5")),
                                        true),
                                "TaxRateRemoved",
                                new TaxRateRemoved("reduced", null, LocalDate.of(2026, 1, 1))));
    }

    @Test
    void a_price_that_changes_keeps_its_key_and_all_that_may_be_valid_beside_it_has_another() {
        PriceSet price = new PriceSet("P-1", CHAIN, Money.of(99, "EUR"), Unit.PIECE, null);
        assertEquals(
                price.key(),
                new PriceSet("P-7", CHAIN, Money.of(95, "EUR"), Unit.PIECE, MARCH.plusDays(1))
                        .key());
        assertEquals(price.key(), new PriceRemoved(CHAIN).key());
        assertTrue(new PriceRemoved(CHAIN).ends());
        for (Place other :
                new Place[] {
                    ZONE,
                    new Place(new Sku("100201"), Level.CHAIN, null, MARCH, 0),
                    new Place(SKU, Level.ZONE, "store-0001", MARCH, 0),
                    new Place(SKU, Level.STORE, "store-0001", MARCH, 0),
                    new Place(SKU, Level.CHAIN, null, MARCH.plusDays(1), 0),
                    new Place(SKU, Level.CHAIN, null, MARCH, 1)
                }) {
            assertNotEquals(price.key(), new PriceRemoved(other).key());
        }
    }

    @Test
    void nonsense_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Place(SKU, Level.CHAIN, "north", MARCH, 0));
        assertThrows(
                IllegalArgumentException.class, () -> new Place(SKU, Level.STORE, null, MARCH, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PriceSet("P", CHAIN, Money.of(-1, "EUR"), Unit.PIECE, null));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PriceSet("P", CHAIN, Money.of(1, "EUR"), Unit.PIECE, MARCH));
    }

    @Test
    void a_launch_in_stages_reaches_a_store_by_its_own_stage_its_zones_or_that_of_everywhere() {
        LocalDateTime march = LocalDateTime.of(2026, 3, 1, 0, 0);
        PromotionChanged staged =
                new PromotionChanged(
                        "p",
                        1,
                        "{}",
                        List.of(
                                new Stage("north", null, march.plusDays(7)),
                                new Stage(null, "store-0042", march)));
        assertEquals(Optional.of(march), staged.launch("store-0042", "north"));
        assertEquals(Optional.of(march.plusDays(7)), staged.launch("store-0043", "north"));
        assertEquals(Optional.empty(), staged.launch("store-0044", "south"));
        assertEquals(
                Optional.of(LocalDateTime.MIN),
                new PromotionChanged("p", 1, "{}").launch("store-0044", "south"));
        assertThrows(IllegalArgumentException.class, () -> new Stage("north", "store-0042", march));
    }
}
