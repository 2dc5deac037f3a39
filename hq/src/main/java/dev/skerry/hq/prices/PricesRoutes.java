package dev.skerry.hq.prices;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Change;
import dev.skerry.context.ChangeRoutes;
import dev.skerry.context.Changes;
import dev.skerry.context.Changes.Proposal;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.Sku;
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
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Prices, promotions and taxes over HTTP: looked at, checked and changed; and who sells with which.
public final class PricesRoutes {

    private static final int RESULTS = 50;
    private static final int RESULTS_MAX = 500;
    private static final int SIMULATED_DAYS_MAX = 92;

    private final Prices prices;
    private final Articles articles;
    private final ChangeRoutes changes;

    /// @param articles as [Prices] is given
    public PricesRoutes(Prices prices, Articles articles, Callers callers) {
        this.prices = requireNonNull(prices, "prices");
        this.articles = requireNonNull(articles, "articles");
        this.changes = new ChangeRoutes(prices.changes(), callers, "/api/prices");
    }

    /// @param of the zone, or the store such as `store-0042`; null for the chain
    /// @param validFrom store-local
    /// @param validTo store-local; null for no end
    /// @param priority null stands for 0
    record WantedPrice(
            Sku sku,
            Level level,
            @Nullable String of,
            LocalDateTime validFrom,
            @Nullable LocalDateTime validTo,
            @Nullable Integer priority,
            Money price) {}

    record RemovedTax(String category, @Nullable String zone, LocalDate validFrom) {}

    /// @param id of the change; the caller's choice
    /// @param title what it is for
    /// @param draft it waits for a decision, even where the rule asks for none
    /// @param promotions each as docs/promotions.md says
    /// @param stages where promotions are launched from when on, by their ids; also of one that is said already, and else stays as it is
    /// @param removedPromotions ids
    record Wanted(
            String id,
            String title,
            @Nullable Boolean draft,
            @Nullable List<WantedPrice> prices,
            @Nullable List<Place> removedPrices,
            @Nullable List<Object> promotions,
            @Nullable Map<String, List<Stage>> stages,
            @Nullable List<String> removedPromotions,
            @Nullable List<TaxRateSet> taxes,
            @Nullable List<RemovedTax> removedTaxes) {}

    /// @param from the first business day
    /// @param to the last
    /// @param stores such as `store-0042`; null for all
    /// @param change one that waits; null if promotions are given here
    /// @param promotions each as docs/promotions.md says
    record Past(
            LocalDate from,
            LocalDate to,
            @Nullable List<String> stores,
            @Nullable String change,
            @Nullable List<Object> promotions,
            @Nullable List<String> removedPromotions) {}

    /// @param key of the price, for its history
    record KnownPrice(String key, PriceSet price) {}

    record Promotions(List<Shown> promotions, boolean more) {}

    /// @param promotion as docs/promotions.md says
    /// @param stages null if it is everywhere as it says
    record Shown(String id, long version, Object promotion, @Nullable List<Stage> stages) {}

    /// @param history what was published about it, the newest first
    record KnownPromotion(Shown promotion, List<Change.Step> history) {}

    /// What is served.
    public List<Operation> operations() {
        List<Operation> all =
                new ArrayList<>(
                        List.of(
                                Operation.of(
                                                "GET",
                                                "/api/prices/articles/{sku}",
                                                "Lists all prices that an article has, will have and had",
                                                this::ofArticle)
                                        .listing("prices", KnownPrice.class)
                                        .only(Role.MERCHANT, Role.ANALYST, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/prices/history",
                                                "Lists what was published about a price, the newest first",
                                                this::history)
                                        .asking("key", "the key of the price")
                                        .listing("history", Change.Step.class)
                                        .only(Role.MERCHANT, Role.ANALYST, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/prices/promotions",
                                                "Lists promotions by id, in force or not",
                                                this::promotions)
                                        .asking("after", "an id: those that stand after it")
                                        .asking("max", "how many are wanted")
                                        .answering(Promotions.class)
                                        .only(Role.MERCHANT, Role.ANALYST, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/prices/promotions/{id}",
                                                "Shows a promotion, and what was published about it",
                                                this::promotion)
                                        .answering(KnownPromotion.class)
                                        .only(Role.MERCHANT, Role.ANALYST, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/prices/taxes",
                                                "Lists the rates of taxes",
                                                this::taxes)
                                        .listing("taxes", TaxRateSet.class)
                                        .only(
                                                Role.MERCHANT,
                                                Role.ANALYST,
                                                Role.ACCOUNTANT,
                                                Role.ADMIN),
                                Operation.of(
                                                "POST",
                                                "/api/prices/changes",
                                                "Proposes a change; where nobody else has to look at it, it is published at once",
                                                Requests.taking(this::change))
                                        .taking(Wanted.class)
                                        .answering(Change.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "POST",
                                                "/api/prices/check",
                                                "Says what would be wrong with a change, and where its promotions may meet others; changes nothing",
                                                Requests.taking(this::check))
                                        .taking(Wanted.class)
                                        .answering(Prices.Looked.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "POST",
                                                "/api/prices/simulation",
                                                "Says what past sales would have cost with other promotions; changes nothing",
                                                Requests.taking(this::simulate))
                                        .taking(Past.class)
                                        .answering(Simulated.class)
                                        .only(Role.MERCHANT, Role.ANALYST, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/prices/versions",
                                                "Lists with which prices and promotions each store has sold last",
                                                this::versions)
                                        .listing("stores", BookVersion.class)
                                        .only(
                                                Role.MERCHANT,
                                                Role.ANALYST,
                                                Role.SUPPORT,
                                                Role.ADMIN)));
        all.addAll(changes.operations());
        return all;
    }

    private void ofArticle(Request request) throws IOException {
        Requests.answer(
                request,
                "prices",
                prices.prices(sku(request.parameter("sku"))).stream()
                        .map(it -> new KnownPrice(it.key(), it))
                        .toList());
    }

    private static Sku sku(String text) {
        try {
            return new Sku(text);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, "bad-sku", "That is no SKU", String.valueOf(e.getMessage()));
        }
    }

    private void history(Request request) throws IOException {
        Requests.answer(
                request,
                "history",
                prices.priceHistory(Requests.parameter(request, "key").orElse(""), RESULTS));
    }

    private void promotions(Request request) throws IOException {
        int max = Requests.number(request, "max", RESULTS, 1, RESULTS_MAX);
        List<PromotionChanged> found =
                prices.promotions(Requests.parameter(request, "after").orElse(""), max + 1);
        boolean more = found.size() > max;
        Requests.answer(
                request,
                200,
                new Promotions(found.stream().limit(max).map(PricesRoutes::shown).toList(), more));
    }

    private static Shown shown(PromotionChanged promotion) {
        return new Shown(
                promotion.id(),
                promotion.version(),
                Json.read(promotion.promotion(), Object.class),
                promotion.stages());
    }

    private void promotion(Request request) throws IOException {
        String id = request.parameter("id");
        PromotionChanged promotion =
                prices.promotion(id)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-promotion",
                                        "There is no such promotion",
                                        "no promotion has the id " + id));
        Requests.answer(
                request,
                200,
                new KnownPromotion(shown(promotion), prices.promotionHistory(id, RESULTS)));
    }

    private void taxes(Request request) throws IOException {
        Requests.answer(request, "taxes", prices.taxes());
    }

    private void versions(Request request) throws IOException {
        Requests.answer(request, "stores", prices.versions());
    }

    private void change(Asked asked) throws IOException {
        Wanted wanted = asked.as(Wanted.class);
        ChangeRoutes.answer(
                asked.request(),
                prices.propose(
                        asked.command("propose " + wanted.id()),
                        new Proposal(
                                wanted.id(),
                                wanted.title(),
                                null,
                                Boolean.TRUE.equals(wanted.draft()),
                                events(wanted)),
                        changes.person(asked.request())));
    }

    private void check(Asked asked) throws IOException {
        Requests.answer(asked.request(), 200, prices.look(events(asked.as(Wanted.class))));
    }

    private void simulate(Asked asked) throws IOException {
        Past past = asked.as(Past.class);
        if (past.to().isBefore(past.from())
                || past.from().plusDays(SIMULATED_DAYS_MAX).isBefore(past.to())) {
            throw new HttpProblem(
                    400,
                    "malformed-request",
                    "The body is not what this request takes",
                    "to is from on, and at most %d days later".formatted(SIMULATED_DAYS_MAX));
        }
        List<Object> events = new ArrayList<>();
        String change = past.change();
        if (change != null) {
            if (prices.changes().find(change).isEmpty()) {
                throw new HttpProblem(
                        404,
                        "no-such-change",
                        "There is no such change",
                        "no change has the id \"%s\"".formatted(change));
            }
            events.addAll(prices.changes().events(change));
        }
        events.addAll(
                events(
                        new Wanted(
                                "",
                                "",
                                null,
                                null,
                                null,
                                past.promotions(),
                                null,
                                past.removedPromotions(),
                                null,
                                null)));
        Prices.Looked looked = prices.look(events);
        if (!looked.faults().isEmpty()) {
            ChangeRoutes.answer(asked.request(), new Changes.Outcome.Faulty(looked.faults()));
        }
        Requests.answer(
                asked.request(),
                200,
                prices.simulate(events, past.from(), past.to(), Set.copyOf(none(past.stores()))));
    }

    private List<Object> events(Wanted wanted) {
        List<Object> all = new ArrayList<>();
        try {
            none(wanted.taxes()).forEach(all::add);
            none(wanted.prices()).forEach(it -> all.add(price(it)));
            none(wanted.removedPrices()).forEach(it -> all.add(new PriceRemoved(it)));
            promotions(wanted).forEach(all::add);
            none(wanted.removedPromotions()).forEach(it -> all.add(new PromotionRemoved(it)));
            none(wanted.removedTaxes())
                    .forEach(it ->
                            all.add(new TaxRateRemoved(it.category(), it.zone(), it.validFrom())));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(
                    400,
                    "malformed-request",
                    "The body is not what this request takes",
                    String.valueOf(e.getMessage()));
        }
        if (all.size() > Changes.STATEMENTS_MAX) {
            throw new HttpProblem(
                    400,
                    "malformed-request",
                    "The body is not what this request takes",
                    "a change speaks of at most %d things".formatted(Changes.STATEMENTS_MAX));
        }
        return all;
    }

    private static <T> List<T> none(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /// A price is named by its place, so the same price again is the same.
    private PriceSet price(WantedPrice wanted) {
        Place place =
                new Place(
                        wanted.sku(),
                        wanted.level(),
                        wanted.of(),
                        wanted.validFrom(),
                        wanted.priority() == null ? 0 : wanted.priority());
        return new PriceSet(
                new PriceRemoved(place).key(),
                place,
                wanted.price(),
                articles.article(wanted.sku())
                        .map(dev.skerry.language.catalog.Article::unit)
                        .orElse(Unit.PIECE),
                wanted.validTo());
    }

    private List<PromotionChanged> promotions(Wanted wanted) {
        Map<String, List<Stage>> stages = new LinkedHashMap<>();
        Map<String, List<Stage>> given = wanted.stages();
        if (given != null) {
            stages.putAll(given);
        }
        List<PromotionChanged> all = new ArrayList<>();
        for (Object json : none(wanted.promotions())) {
            PromotionChanged promotion = promotion(json);
            all.add(staged(promotion, stages.remove(promotion.id())));
        }
        stages.forEach((id, of) ->
                all.add(
                        staged(
                                prices.promotion(id)
                                        .orElseThrow(() ->
                                                new IllegalArgumentException(
                                                        "stages: there is no promotion " + id)),
                                of)));
        return all;
    }

    private static PromotionChanged staged(
            PromotionChanged promotion, @Nullable List<Stage> stages) {
        return new PromotionChanged(promotion.id(), 0, promotion.promotion(), stages);
    }

    private static PromotionChanged promotion(Object json) {
        if (json instanceof Map<?, ?> fields && fields.get("id") instanceof String id) {
            return new PromotionChanged(id, 0, Json.write(json));
        }
        throw new IllegalArgumentException("promotions: each is an object with an id");
    }
}
