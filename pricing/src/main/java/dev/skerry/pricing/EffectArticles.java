package dev.skerry.pricing;

import java.util.List;

/// Which articles an effect speaks of.
final class EffectArticles {

    private EffectArticles() {}

    static List<Articles> of(Effect effect) {
        return switch (effect) {
            case Effect.LineDiscount it -> List.of(it.articles());
            case Effect.ExpiryMarkdown it -> List.of(it.articles());
            case Effect.QuantityTiers it -> List.of(it.articles());
            case Effect.SetForPrice it -> List.of(it.articles());
            case Effect.TakePay it -> List.of(it.articles());
            case Effect.CheapestOff it -> List.of(it.articles());
            case Effect.BuyGet it -> List.of(it.buy(), it.then());
            case Effect.BuyGetSame it -> List.of(it.articles());
            case Effect.MealDeal it -> it.slots().stream().map(Effect.Slot::articles).toList();
            case Effect.SpendThreshold it -> List.of(it.articles());
            case Effect.BasketPercent it -> List.of(it.articles());
            case Effect.Gift it -> List.of(it.articles(), it.gift());
            case Effect.Reward it -> List.of(it.articles());
            case Effect.EarnPoints it -> List.of(it.articles());
            case Effect.MultiplyPoints it -> List.of(it.articles());
        };
    }
}
