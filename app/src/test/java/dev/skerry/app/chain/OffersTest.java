package dev.skerry.app.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.language.prices.PromotionEvent.PromotionChanged;
import dev.skerry.pricing.Promotion;
import dev.skerry.pricing.PromotionBook;
import dev.skerry.pricing.PromotionFile;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffersTest {

    @Test
    void the_pricing_library_reads_every_promotion_of_any_seed() {
        for (long seed = 1; seed <= 5; seed++) {
            List<Promotion> promotions =
                    new Chain(seed, LocalDate.of(2026, 3, 2), 1, 1)
                            .promotions().stream().map(it -> read((PromotionChanged) it)).toList();
            assertEquals(300, PromotionBook.of("1", promotions).promotions().size());
        }
    }

    @Test
    void there_are_as_many_as_are_asked_for() {
        List<Promotion> promotions =
                Chain.of(1, LocalDate.of(2026, 3, 2), 1, new Chain.Size(10_000, 2_000, 1))
                        .promotions()
                        .stream()
                        .map(it -> read((PromotionChanged) it))
                        .toList();
        assertEquals(2_000, PromotionBook.of("1", promotions).promotions().size());
    }

    private static Promotion read(PromotionChanged changed) {
        Promotion promotion =
                new PromotionFile()
                        .readPromotion(changed.promotion(), Currency.getInstance(Tariff.CURRENCY))
                        .orThrow();
        assertEquals(changed.id(), promotion.id());
        return promotion;
    }
}
