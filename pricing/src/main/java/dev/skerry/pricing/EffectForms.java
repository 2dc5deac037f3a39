package dev.skerry.pricing;

import dev.skerry.pricing.Effect.Grouping;
import dev.skerry.pricing.Effect.Spread;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The JSON form of every effect.
final class EffectForms {

    private static final Map<String, Spread> SPREADS =
            Map.of("all-units", Spread.ALL_UNITS, "graduated", Spread.GRADUATED);

    private static final Map<String, Grouping> GROUPINGS =
            Map.of(
                    "same-article",
                    Grouping.SAME_ARTICLE,
                    "cheapest-of-each-group",
                    Grouping.CHEAPEST_OF_EACH_GROUP,
                    "cheapest-overall",
                    Grouping.CHEAPEST_OVERALL);

    private final Map<String, Function<JsonForm, Effect>> types = new LinkedHashMap<>();

    EffectForms() {
        types.put(
                "line-discount",
                form -> new Effect.LineDiscount(articles(form), reduction(form.form("off"), true)));
        types.put(
                "expiry-markdown",
                form ->
                        new Effect.ExpiryMarkdown(
                                articles(form),
                                form.requiredForms("steps").stream()
                                        .map(EffectForms::expiryStep)
                                        .toList()));
        types.put(
                "quantity-tiers",
                form ->
                        new Effect.QuantityTiers(
                                articles(form),
                                form.word("spread", SPREADS).orElse(Spread.ALL_UNITS),
                                form.flag("mixed", false),
                                form.requiredForms("tiers").stream()
                                        .map(EffectForms::tier)
                                        .toList()));
        types.put(
                "set-for-price",
                form ->
                        new Effect.SetForPrice(
                                articles(form),
                                units(form, "units"),
                                form.flag("sameArticle", false),
                                form.amount("price")));
        types.put(
                "take-pay",
                form ->
                        new Effect.TakePay(
                                articles(form),
                                units(form, "take"),
                                form.number("pay", 0, Effect.UNITS_MAX),
                                form.word("grouping", GROUPINGS).orElse(Grouping.SAME_ARTICLE)));
        types.put(
                "cheapest-off",
                form ->
                        new Effect.CheapestOff(
                                articles(form),
                                units(form, "units"),
                                form.flag("sameArticle", false),
                                form.percent("percent")));
        types.put(
                "buy-get",
                form ->
                        new Effect.BuyGet(
                                articles(form, "buy"),
                                units(form, "buyUnits"),
                                articles(form, "get"),
                                units(form, "getUnits"),
                                form.percent("percent")));
        types.put(
                "buy-get-same",
                form ->
                        new Effect.BuyGetSame(
                                articles(form), units(form, "buyUnits"), units(form, "freeUnits")));
        types.put(
                "meal-deal",
                form ->
                        new Effect.MealDeal(
                                form.requiredForms("slots").stream()
                                        .map(EffectForms::slot)
                                        .toList(),
                                form.amount("price")));
        types.put(
                "spend-threshold",
                form ->
                        new Effect.SpendThreshold(
                                articles(form),
                                form.requiredForms("steps").stream()
                                        .map(EffectForms::spendStep)
                                        .toList()));
        types.put(
                "basket-percent",
                form ->
                        new Effect.BasketPercent(
                                articles(form),
                                form.percent("percent"),
                                form.has("max")
                                        ? Optional.of(form.amount("max"))
                                        : Optional.empty()));
        types.put(
                "gift",
                form ->
                        new Effect.Gift(
                                articles(form),
                                form.amount("spend"),
                                articles(form, "gift"),
                                form.number("units", 1, Effect.UNITS_MAX, 1)));
        types.put(
                "reward",
                form ->
                        new Effect.Reward(
                                articles(form),
                                form.number("points", 1, Integer.MAX_VALUE),
                                form.amount("amount")));
        types.put(
                "earn-points",
                form ->
                        new Effect.EarnPoints(
                                articles(form),
                                form.amount("per"),
                                form.number("points", 1, Integer.MAX_VALUE)));
        types.put(
                "multiply-points",
                form -> new Effect.MultiplyPoints(articles(form), form.number("times", 2, 1_000)));
    }

    /// @return null if there is a fault
    @Nullable Effect read(JsonForm form) {
        Optional<Function<JsonForm, Effect>> type = form.word("type", types);
        if (type.isEmpty()) {
            return null;
        }
        Effect effect = form.made(type.get());
        form.noOthers();
        return effect;
    }

    static Articles articles(JsonForm form) {
        return articles(form, "articles");
    }

    private static Articles articles(JsonForm form, String name) {
        return articlesOf(form.form(name));
    }

    private static Articles articlesOf(JsonForm form) {
        boolean all = form.flag("all", false);
        Articles read =
                form.made(it ->
                        new Articles(
                                all,
                                it.texts("skus"),
                                it.texts("departments"),
                                it.texts("brands"),
                                it.texts("tags"),
                                it.optionalForm("within").map(EffectForms::articlesOf),
                                it.optionalForm("except").map(EffectForms::articlesOf)));
        form.noOthers();
        return read == null ? Articles.everything() : read;
    }

    private static Reduction reduction(JsonForm form, boolean price) {
        Reduction read;
        if (form.has("percent")) {
            read = new Reduction.ByPercent(form.percent("percent"));
        } else if (form.has("amount") || !price || !form.has("toPrice")) {
            read = new Reduction.ByAmount(form.amount("amount"));
        } else {
            read = new Reduction.ToPrice(form.amount("toPrice"));
        }
        form.noOthers(price ? "percent, amount or toPrice" : "percent or amount");
        return read;
    }

    private static Effect.ExpiryStep expiryStep(JsonForm form) {
        Effect.ExpiryStep step =
                new Effect.ExpiryStep(form.number("daysLeft", 0, 3_650), form.percent("percent"));
        form.noOthers();
        return step;
    }

    private static Effect.Tier tier(JsonForm form) {
        Effect.Tier tier =
                new Effect.Tier(
                        form.number("from", 1, 1_000_000), reduction(form.form("off"), true));
        form.noOthers();
        return tier;
    }

    private static Effect.Slot slot(JsonForm form) {
        Effect.Slot slot =
                new Effect.Slot(articles(form), form.number("units", 1, Effect.UNITS_MAX, 1));
        form.noOthers();
        return slot;
    }

    private static Effect.SpendStep spendStep(JsonForm form) {
        Effect.SpendStep step =
                new Effect.SpendStep(form.amount("spend"), reduction(form.form("off"), false));
        form.noOthers();
        return step;
    }

    private static int units(JsonForm form, String name) {
        return form.number(name, 1, Effect.UNITS_MAX);
    }
}
