package dev.skerry.hq.prices;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Change;
import dev.skerry.context.Changes;
import dev.skerry.context.Changes.Fault;
import dev.skerry.context.Changes.Outcome;
import dev.skerry.context.Changes.Proposal;
import dev.skerry.context.Reference;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.prices.PriceEvent;
import dev.skerry.language.prices.PriceEvent.PriceRemoved;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.PromotionEvent;
import dev.skerry.language.prices.PromotionEvent.PromotionChanged;
import dev.skerry.language.prices.PromotionEvent.PromotionRemoved;
import dev.skerry.language.prices.TaxEvent;
import dev.skerry.language.prices.TaxEvent.TaxRateRemoved;
import dev.skerry.language.prices.TaxEvent.TaxRateSet;
import dev.skerry.pricing.Article;
import dev.skerry.pricing.ArticleKind;
import dev.skerry.pricing.Overlaps;
import dev.skerry.pricing.Promotion;
import dev.skerry.pricing.PromotionBook;
import dev.skerry.pricing.PromotionFile;
import dev.skerry.pricing.Reading;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// What articles cost, what is taken off, and how they are taxed; and every change to it. Any thread.
public final class Prices {

    public static final StreamName LOCAL = StreamName.of("local/prices");

    static final Reference<PriceEvent> PRICES =
            new Reference<>(
                    StreamName.of(PriceEvent.STREAM),
                    PriceEvent.FORM,
                    PriceEvent::key,
                    PriceEvent::ends,
                    it -> new PriceRemoved(it.place()));
    static final Reference<PromotionEvent> PROMOTIONS =
            new Reference<>(
                    StreamName.of(PromotionEvent.STREAM),
                    PromotionEvent.FORM,
                    PromotionEvent::key,
                    PromotionEvent::ends,
                    it -> new PromotionRemoved(it.id()));
    static final Reference<TaxEvent> TAXES =
            new Reference<>(
                    StreamName.of(TaxEvent.STREAM),
                    TaxEvent.FORM,
                    TaxEvent::key,
                    TaxEvent::ends,
                    it -> new TaxRateRemoved(it.category(), it.zone(), it.validFrom()));

    private static final int TAXES_MAX = 10_000;

    /// The most orders that one simulation looks at, those that it leaves out among them.
    public static final int SIMULATED_ORDERS_MAX = 100_000;

    private final SqliteDatabase database;
    private final Changes changes;
    private final Currency currency;
    private final Articles articles;
    private final PastSales sales;
    private final InstantSource clock;

    /// @param database of this context alone, with [#tables]
    /// @param currency in which the chain sells
    public Prices(
            SqliteDatabase database,
            Currency currency,
            Articles articles,
            PastSales sales,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.database = requireNonNull(database, "database");
        this.currency = requireNonNull(currency, "currency");
        this.articles = requireNonNull(articles, "articles");
        this.sales = requireNonNull(sales, "sales");
        this.clock = requireNonNull(clock, "clock");
        this.changes =
                new Changes(
                        database,
                        LOCAL,
                        List.of(PRICES, PROMOTIONS, TAXES),
                        List.of(),
                        new PricesTables(),
                        (events, _) -> PriceRules.faults(events, currency),
                        clock,
                        ids);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return Stream.concat(Changes.tables().stream(), Stream.of(PricesTables.MIGRATIONS))
                .toArray(Migrations[]::new);
    }

    /// Every change to it, and how one is decided.
    public Changes changes() {
        return changes;
    }

    /// In which the chain sells.
    public Currency currency() {
        return currency;
    }

    // ---- changes

    /// As [Changes#propose]. A promotion gets its version here, if it says something new.
    public Outcome propose(Command command, Proposal proposal, String by) {
        List<?> events = versioned(proposal.events());
        List<Fault> faults = strangers(events);
        return faults.isEmpty()
                ? changes.propose(
                        command,
                        new Proposal(
                                proposal.id(),
                                proposal.title(),
                                proposal.group(),
                                proposal.draft(),
                                events),
                        by)
                : new Outcome.Faulty(faults);
    }

    /// What would be wrong with a change, and where its promotions may meet others.
    ///
    /// @param faults nothing would be taken with one
    public record Looked(List<Fault> faults, List<Warning> warnings) {
        public Looked {
            faults = List.copyOf(faults);
            warnings = List.copyOf(warnings);
        }
    }

    /// Looks at what is to be proposed, and changes nothing.
    public Looked look(List<?> events) {
        List<Fault> faults = new ArrayList<>(strangers(events));
        faults.addAll(PriceRules.faults(events, currency));
        Map<String, Promotion> after = new TreeMap<>(readable(promotions()));
        List<PromotionEvent> own =
                events.stream()
                        .filter(PromotionEvent.class::isInstance)
                        .map(PromotionEvent.class::cast)
                        .toList();
        overlay(own, after);
        List<Warning> warnings = new ArrayList<>();
        for (PromotionEvent event : own) {
            Promotion promotion = after.get(event.id());
            if (promotion != null) {
                Overlaps.of(promotion, after.values(), sku -> article(new Sku(sku)))
                        .forEach(it ->
                                warnings.add(new Warning(event.id(), it.other(), it.outcome())));
            }
        }
        return new Looked(faults, warnings);
    }

    /// What past sales would have cost if these events were published, beside what they cost with the promotions of today. Takes its time:
    /// about a second for ten thousand orders.
    ///
    /// @param events of promotions; others are passed over
    /// @param from the first business day
    /// @param to the last
    /// @param stores such as `store-0042`; empty for all
    public Simulated simulate(List<?> events, LocalDate from, LocalDate to, Set<String> stores) {
        Map<String, Promotion> now = readable(promotions());
        Map<String, Promotion> then = new TreeMap<>(now);
        overlay(
                events.stream()
                        .filter(PromotionEvent.class::isInstance)
                        .map(PromotionEvent.class::cast)
                        .toList(),
                then);
        Simulation simulation =
                new Simulation(
                        currency,
                        PromotionBook.of("now", now.values()),
                        PromotionBook.of("then", then.values()),
                        this::article);
        AtomicInteger taken = new AtomicInteger();
        AtomicBoolean complete = new AtomicBoolean(true);
        sales.read(
                from,
                to,
                stores,
                (_, order) -> {
                    if (taken.getAndIncrement() == SIMULATED_ORDERS_MAX) {
                        complete.set(false);
                        return false;
                    }
                    simulation.take(order);
                    return true;
                });
        return simulation.result(complete.get());
    }

    /// A price of what is not there.
    private List<Fault> strangers(List<?> events) {
        return events.stream()
                .filter(PriceSet.class::isInstance)
                .map(PriceSet.class::cast)
                .filter(it -> articles.article(it.place().sku()).isEmpty())
                .map(it -> new Fault(it.key(), "there is no article " + it.place().sku()))
                .toList();
    }

    /// By the clock, so that a promotion that was removed and is made again has no version that it had before.
    private List<?> versioned(List<?> events) {
        List<Object> all = new ArrayList<>();
        for (Object event : events) {
            all.add(event instanceof PromotionChanged changed ? versioned(changed) : event);
        }
        return all;
    }

    private PromotionChanged versioned(PromotionChanged changed) {
        Optional<PromotionChanged> now =
                changes.said(PROMOTIONS, changed.id()).map(PromotionChanged.class::cast);
        if (now.isPresent()
                && now.get().promotion().equals(changed.promotion())
                && Objects.equals(now.get().stages(), changed.stages())) {
            return now.get();
        }
        return new PromotionChanged(
                changed.id(),
                Math.max(now.map(it -> it.version() + 1).orElse(1L), clock.millis()),
                changed.promotion(),
                changed.stages());
    }

    // ---- queries

    /// All prices that an article has, will have, and had, by their keys.
    public List<PriceSet> prices(Sku sku) {
        return changes.book()
                .query(tables ->
                        PricesTables.keys(sku, tables).stream()
                                .flatMap(it -> Changes.said(PRICES, it, tables).stream())
                                .map(PriceSet.class::cast)
                                .toList());
    }

    /// What was published about a price, the newest first.
    public List<Change.Step> priceHistory(String key, int max) {
        return changes.history(PRICES.stream(), key, max);
    }

    /// By id.
    ///
    /// @param after leaves out what stands before and at this id; empty for none
    /// @param max 1 or more
    public List<PromotionChanged> promotions(String after, int max) {
        return changes.said(PROMOTIONS, "", after.isEmpty() ? null : after, max).stream()
                .map(PromotionChanged.class::cast)
                .toList();
    }

    public Optional<PromotionChanged> promotion(String id) {
        return changes.said(PROMOTIONS, id).map(PromotionChanged.class::cast);
    }

    /// What was published about a promotion, the newest first.
    public List<Change.Step> promotionHistory(String id, int max) {
        return changes.history(PROMOTIONS.stream(), id, max);
    }

    public List<TaxRateSet> taxes() {
        return changes.said(TAXES, "", null, TAXES_MAX).stream()
                .map(TaxRateSet.class::cast)
                .toList();
    }

    /// What each store that has ever sold sold with last, by store.
    public List<BookVersion> versions() {
        long prices = tail(PRICES);
        long promotions = tail(PROMOTIONS);
        return changes.book().query(tables -> PricesTables.sold(prices, promotions, tables));
    }

    private long tail(Reference<?> reference) {
        return database.find(reference.stream()).map(StreamInfo::tail).orElse(0L);
    }

    private List<PromotionChanged> promotions() {
        return promotions("", PromotionBook.PROMOTIONS_MAX);
    }

    // ---- for the engine

    private Map<String, Promotion> readable(Collection<PromotionChanged> all) {
        Map<String, Promotion> promotions = new TreeMap<>();
        overlay(all, promotions);
        return promotions;
    }

    /// What cannot be read is left out, as in a store.
    private void overlay(
            Collection<? extends PromotionEvent> events, Map<String, Promotion> promotions) {
        for (PromotionEvent event : events) {
            promotions.remove(event.id());
            if (event instanceof PromotionChanged changed
                    && new PromotionFile().readPromotion(changed.promotion(), currency)
                            instanceof Reading.Good<Promotion>(var promotion)) {
                promotions.put(promotion.id(), promotion);
            }
        }
    }

    private Optional<Article> article(Sku sku) {
        return articles.article(sku)
                .map(it ->
                        new Article(
                                it.sku(),
                                it.departmentPath(),
                                it.brand() == null ? "" : it.brand(),
                                Set.copyOf(it.tags()),
                                it.taxCategory(),
                                it.weighed(),
                                it.discountExempt()
                                        ? ArticleKind.NEVER_DISCOUNTED
                                        : ArticleKind.GOODS));
    }
}
