package dev.skerry.hq.prices;

import dev.skerry.context.Changes.Fault;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.PromotionEvent.PromotionChanged;
import dev.skerry.language.prices.PromotionEvent.Stage;
import dev.skerry.pricing.Promotion;
import dev.skerry.pricing.PromotionFile;
import dev.skerry.pricing.Reading;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether prices and promotions are what stores can sell by.
final class PriceRules {

    private PriceRules() {}

    /// @param currency of the chain
    /// @return all that is wrong with these events
    static List<Fault> faults(List<?> events, Currency currency) {
        List<Fault> faults = new ArrayList<>();
        for (Object event : events) {
            if (event instanceof PriceSet price) {
                if (!price.price().currency().equals(currency)) {
                    faults.add(
                            new Fault(
                                    price.key(),
                                    "the chain sells in %s, not in %s"
                                            .formatted(currency, price.price().currency())));
                }
            } else if (event instanceof PromotionChanged promotion) {
                promotion(promotion, currency, faults);
            }
        }
        return faults;
    }

    private static void promotion(PromotionChanged changed, Currency currency, List<Fault> faults) {
        List<Stage> stages = changed.stages();
        if (stages != null
                && (stages.isEmpty()
                        || stages.stream()
                                        .map(it -> List.of(text(it.zone()), text(it.store())))
                                        .distinct()
                                        .count()
                                < stages.size())) {
            faults.add(
                    new Fault(
                            changed.id(),
                            "stages: one or more, and each for another zone or store"));
        }
        switch (new PromotionFile().readPromotion(changed.promotion(), currency)) {
            case Reading.Bad<Promotion>(var bad) ->
                    bad.forEach(it ->
                            faults.add(
                                    new Fault(
                                            changed.id(),
                                            it.where().isEmpty()
                                                    ? it.problem()
                                                    : it.where() + ": " + it.problem())));
            case Reading.Good<Promotion>(var promotion) -> {
                if (!promotion.id().equals(changed.id())) {
                    faults.add(
                            new Fault(
                                    changed.id(),
                                    "id: the promotion calls itself " + promotion.id()));
                }
            }
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
