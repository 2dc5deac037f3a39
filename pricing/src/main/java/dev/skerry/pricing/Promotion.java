package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

/// Under which conditions something has which effect, and how that stands beside other promotions.
///
/// @param id of the chain's; of two that are equal in everything else the lower wins
/// @param name for receipts
public record Promotion(
        String id, String name, Standing standing, Conditions conditions, Effect effect) {

    /// @throws IllegalArgumentException if the effect cannot be compound, or limited
    public Promotion {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(standing, "standing");
        requireNonNull(conditions, "conditions");
        requireNonNull(effect, "effect");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("an id of at least one character");
        }
        boolean limited = conditions.limit().isPresent();
        if (limited && !limitable(effect)) {
            throw new IllegalArgumentException("this effect knows no limit");
        }
        if (standing.concurrency() == Standing.Concurrency.COMPOUND
                && (effect instanceof Effect.OnSets || limited)) {
            throw new IllegalArgumentException(
                    "what needs several units, or has a limit, is never compound: a lane of its own lets it combine");
        }
    }

    /// For anybody, always, in the default lane, where the best price wins. Its id is its name.
    public static Promotion of(String id, Effect effect) {
        return new Promotion(id, id, Standing.BEST_PRICE, Conditions.NONE, effect);
    }

    public Promotion named(String other) {
        return new Promotion(id, other, standing, conditions, effect);
    }

    public Promotion standing(Standing other) {
        return new Promotion(id, name, other, conditions, effect);
    }

    public Promotion when(Conditions other) {
        return new Promotion(id, name, standing, other, effect);
    }

    private static boolean limitable(Effect effect) {
        return switch (effect) {
            case Effect.LineDiscount _,
                    Effect.SetForPrice _,
                    Effect.CheapestOff _,
                    Effect.BuyGet _,
                    Effect.BuyGetSame _,
                    Effect.MealDeal _ ->
                    true;
            case Effect.TakePay takePay -> takePay.grouping() != Effect.Grouping.CHEAPEST_OVERALL;
            case Effect.ExpiryMarkdown _,
                    Effect.QuantityTiers _,
                    Effect.SpendThreshold _,
                    Effect.BasketPercent _,
                    Effect.Gift _,
                    Effect.Reward _,
                    Effect.EarnPoints _,
                    Effect.MultiplyPoints _ ->
                    false;
        };
    }
}
