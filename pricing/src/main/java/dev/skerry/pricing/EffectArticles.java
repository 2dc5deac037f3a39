package dev.skerry.pricing;

import dev.skerry.language.Money;
import java.util.List;
import java.util.stream.Stream;

/// Which articles and amounts an effect speaks of.
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

    /// The amounts that an effect speaks of.
    static List<Money> amounts(Effect effect) {
        return switch (effect) {
            case Effect.LineDiscount it -> amounts(Stream.of(it.reduction()));
            case Effect.QuantityTiers it ->
                    amounts(it.tiers().stream().map(Effect.Tier::reduction));
            case Effect.SetForPrice it -> List.of(it.price());
            case Effect.MealDeal it -> List.of(it.price());
            case Effect.SpendThreshold it ->
                    Stream.concat(
                                    it.steps().stream().map(Effect.SpendStep::spend),
                                    amounts(it.steps().stream().map(Effect.SpendStep::off))
                                            .stream())
                            .toList();
            case Effect.BasketPercent it -> it.max().stream().toList();
            case Effect.Gift it -> List.of(it.spend());
            case Effect.Reward it -> List.of(it.off());
            case Effect.EarnPoints it -> List.of(it.per());
            case Effect.ExpiryMarkdown _,
                    Effect.TakePay _,
                    Effect.CheapestOff _,
                    Effect.BuyGet _,
                    Effect.BuyGetSame _,
                    Effect.MultiplyPoints _ ->
                    List.of();
        };
    }

    private static List<Money> amounts(Stream<Reduction> reductions) {
        return reductions
                .flatMap(reduction ->
                        switch (reduction) {
                            case Reduction.ToPrice(Money price) -> Stream.of(price);
                            case Reduction.ByAmount(Money amount) -> Stream.of(amount);
                            case Reduction.ByPercent _ -> Stream.<Money>empty();
                        })
                .toList();
    }
}
