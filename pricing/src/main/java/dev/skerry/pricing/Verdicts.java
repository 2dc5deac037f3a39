package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of each promotion that was looked at, and how often it was applied.
final class Verdicts {

    private final Map<Source, Integer> times = new LinkedHashMap<>();
    private final Map<String, Priced.NotApplied> not = new LinkedHashMap<>();

    /// Counts another application.
    void applied(Source source, int more) {
        times.merge(source, more, Integer::sum);
        if (source instanceof Source.OfPromotion promotion) {
            not.remove(promotion.id());
        }
    }

    void not(Promotion promotion, WhyNot reason) {
        if (!times.containsKey(source(promotion))) {
            not.putIfAbsent(
                    promotion.id(),
                    new Priced.NotApplied(promotion.id(), promotion.name(), reason));
        }
    }

    boolean wasApplied(Promotion promotion) {
        return times.containsKey(source(promotion));
    }

    int times(Source source) {
        return times.getOrDefault(source, 0);
    }

    List<Source> sources() {
        return new ArrayList<>(times.keySet());
    }

    List<Priced.NotApplied> notApplied() {
        return List.copyOf(not.values());
    }

    @Nullable WhyNot whyNot(String promotion) {
        Priced.NotApplied found = not.get(promotion);
        return found == null ? null : found.reason();
    }

    static Source.OfPromotion source(Promotion promotion) {
        Source.Kind kind = Source.Kind.PROMOTION;
        if (promotion.effect() instanceof Effect.Reward) {
            kind = Source.Kind.REWARD;
        } else if (promotion.conditions().coupon().isPresent()) {
            kind = Source.Kind.COUPON;
        }
        return new Source.OfPromotion(promotion.id(), promotion.name(), kind);
    }
}
