package dev.skerry.pricing;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads promotions from JSON, strictly: whatever is wrong is said at once, all of it, with its place, and nothing is read
/// then. The form is described in `docs/promotions.md` and in `promotions.schema.json` beside this class. Holds no state.
public final class PromotionFile {

    /// The form that is read.
    public static final int FORMAT = 1;

    private static final Map<String, Standing.Lane> LANES =
            Map.of(
                    "pre",
                    Standing.Lane.PRE,
                    "default",
                    Standing.Lane.DEFAULT,
                    "post",
                    Standing.Lane.POST);

    private static final Map<String, Standing.Concurrency> CONCURRENCIES =
            Map.of(
                    "exclusive",
                    Standing.Concurrency.EXCLUSIVE,
                    "best-price",
                    Standing.Concurrency.BEST_PRICE,
                    "compound",
                    Standing.Concurrency.COMPOUND);

    private static final Map<String, Boolean> COMPOUND_ON =
            Map.of("running", false, "original", true);

    private static final int NUMBER_MAX = 1_000_000;
    private static final String LOCAL = "a store-local time such as 2026-12-24T08:00";
    private static final String TIME = "a time of day such as 22:00";

    private final EffectForms effects = new EffectForms();
    private final Map<String, DayOfWeek> days = new LinkedHashMap<>();

    public PromotionFile() {
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day.name().toLowerCase(java.util.Locale.ROOT), day);
        }
    }

    /// A whole book.
    public Reading<PromotionBook> readBook(String json) {
        List<Fault> faults = new ArrayList<>();
        return switch (JsonTree.parse(json)) {
            case Reading.Bad<JsonTree>(var bad) -> new Reading.Bad<>(bad);
            case Reading.Good<JsonTree>(var tree) -> {
                JsonForm form = new JsonForm(tree, Currency.getInstance("XXX"), faults);
                format(form);
                String version = form.text("version");
                Currency currency = currency(form);
                List<Promotion> promotions = new ArrayList<>();
                Set<String> ids = new HashSet<>();
                for (JsonForm each :
                        form.in(currency).forms("promotions", PromotionBook.PROMOTIONS_MAX)) {
                    Promotion promotion = promotion(each);
                    if (promotion != null) {
                        promotions.add(promotion);
                        if (!ids.add(promotion.id())) {
                            each.fault("id", "another promotion has this id");
                        }
                    }
                }
                form.known("promotions");
                form.noOthers();
                yield faults.isEmpty()
                        ? new Reading.Good<>(PromotionBook.of(version, promotions))
                        : bad(faults);
            }
        };
    }

    /// One promotion, as it stands in a book.
    ///
    /// @param currency of its amounts
    public Reading<Promotion> readPromotion(String json, Currency currency) {
        List<Fault> faults = new ArrayList<>();
        return switch (JsonTree.parse(json)) {
            case Reading.Bad<JsonTree>(var bad) -> new Reading.Bad<>(bad);
            case Reading.Good<JsonTree>(var tree) -> {
                Promotion promotion = promotion(new JsonForm(tree, currency, faults));
                yield promotion != null && faults.isEmpty()
                        ? new Reading.Good<>(promotion)
                        : bad(faults);
            }
        };
    }

    private static <T> Reading<T> bad(List<Fault> faults) {
        return new Reading.Bad<>(
                faults.stream()
                        .distinct()
                        .sorted(
                                java.util.Comparator.comparingInt(Fault::line)
                                        .thenComparingInt(Fault::column))
                        .toList());
    }

    private static void format(JsonForm form) {
        int format = form.number("format", 1, Integer.MAX_VALUE);
        if (format != FORMAT) {
            form.fault(
                    "format",
                    "this program reads format %d; a newer program is needed".formatted(FORMAT));
        }
    }

    private static Currency currency(JsonForm form) {
        String code = form.text("currency");
        for (Currency currency : Currency.getAvailableCurrencies()) {
            if (currency.getCurrencyCode().equals(code)
                    && currency.getDefaultFractionDigits() >= 0) {
                return currency;
            }
        }
        if (!code.isEmpty()) {
            form.fault("currency", "a currency of ISO 4217 is wanted, such as EUR");
        }
        // With as many decimals as any, so that no amount is faulted for this.
        return Currency.getInstance("BHD");
    }

    private @Nullable Promotion promotion(JsonForm form) {
        String id = form.text("id");
        Optional<String> name = form.optionalText("name");
        Standing standing =
                new Standing(
                        form.word("lane", LANES, Standing.Lane.DEFAULT),
                        form.word("concurrency", CONCURRENCIES, Standing.Concurrency.BEST_PRICE),
                        form.number("priority", -NUMBER_MAX, NUMBER_MAX, 0),
                        form.number("rank", -NUMBER_MAX, NUMBER_MAX, 0),
                        form.word("compoundOn", COMPOUND_ON, false));
        Conditions conditions =
                form.optionalForm("when").map(this::conditions).orElse(Conditions.NONE);
        Effect effect = effects.read(form.form("effect"));
        form.noOthers();
        return effect == null || id.isEmpty()
                ? null
                : form.made(_ -> new Promotion(id, name.orElse(id), standing, conditions, effect));
    }

    private Conditions conditions(JsonForm form) {
        Conditions conditions =
                new Conditions(
                        form.parsed("from", LOCAL, LocalDateTime::parse),
                        form.parsed("to", LOCAL, LocalDateTime::parse),
                        form.forms("windows").stream()
                                .map(this::window)
                                .flatMap(Optional::stream)
                                .toList(),
                        form.optionalForm("for")
                                .map(PromotionFile::audience)
                                .orElse(Audience.ANYBODY),
                        form.optionalText("coupon"),
                        form.forms("requires").stream().map(PromotionFile::requirement).toList(),
                        form.has("limit")
                                ? OptionalInt.of(form.number("limit", 1, NUMBER_MAX))
                                : OptionalInt.empty(),
                        form.flag("reducedToo", true));
        if (conditions.from().isPresent()
                && conditions.to().isPresent()
                && !conditions.from().get().isBefore(conditions.to().get())) {
            form.fault("to", "it must end after it begins");
        }
        form.noOthers();
        return conditions;
    }

    private Optional<TimeWindow> window(JsonForm form) {
        Set<DayOfWeek> on = new HashSet<>();
        for (String day : form.requiredTexts("days")) {
            DayOfWeek known = days.get(day);
            if (known == null) {
                form.fault(
                        "days", "\"" + day + "\" is none of " + String.join(", ", days.keySet()));
            } else {
                on.add(known);
            }
        }
        Optional<LocalTime> from = form.requiredParsed("from", TIME, LocalTime::parse);
        Optional<LocalTime> to = form.requiredParsed("to", TIME, LocalTime::parse);
        form.noOthers();
        return on.isEmpty() || from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Optional.of(new TimeWindow(on, from.get(), to.get()));
    }

    private static Audience audience(JsonForm form) {
        Audience audience =
                new Audience(
                        form.flag("cardHolders", false),
                        form.texts("segments"),
                        form.flag("anyCardHolderOffline", false));
        if (form.isObject() && !audience.targeted()) {
            form.fault("name cardHolders or segments, or leave \"for\" out");
        }
        form.noOthers();
        return audience;
    }

    private static Conditions.Requirement requirement(JsonForm form) {
        Articles articles = EffectForms.articles(form);
        Conditions.Requirement requirement =
                form.has("spend")
                        ? new Conditions.Requirement.Spend(articles, form.amount("spend"))
                        : new Conditions.Requirement.Units(
                                articles, form.number("units", 1, NUMBER_MAX));
        form.noOthers("units or spend");
        return requirement;
    }
}
