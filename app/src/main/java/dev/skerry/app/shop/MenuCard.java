package dev.skerry.app.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.context.Operation;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.inventory.Availability.Without;
import dev.skerry.node.http.Request;
import dev.skerry.pricing.Effect;
import dev.skerry.pricing.Promotion;
import dev.skerry.store.catalog.Catalog;
import dev.skerry.store.inventory.Inventory;
import dev.skerry.store.orders.Goods;
import dev.skerry.store.orders.Item;
import dev.skerry.store.orders.Pricer;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What guests can order now, and what it costs: `GET /api/menu`. The price of a dish is that of a basket with one of it, as it comes. A card is
/// drawn once as long as nothing that it depends on changes. Any thread.
final class MenuCard {

    /// How deep what is chosen with what is chosen is shown.
    private static final int DEPTH_MAX = 4;

    private final Catalog catalog;
    private final Goods goods;
    private final BasketPricing pricing;
    private final Inventory inventory;
    private final ZoneId time;
    private final Currency currency;
    private final InstantSource clock;
    private volatile Drawn drawn = new Drawn(new State(Instant.MIN, "", "", -1), "", Bytes.EMPTY);

    MenuCard(
            Catalog catalog,
            Goods goods,
            BasketPricing pricing,
            Inventory inventory,
            ZoneId time,
            Currency currency,
            InstantSource clock) {
        this.catalog = catalog;
        this.goods = goods;
        this.pricing = pricing;
        this.inventory = inventory;
        this.time = time;
        this.currency = currency;
        this.clock = clock;
    }

    /// All that a card depends on: while these are the same, it is.
    ///
    /// @param minute that has begun
    private record State(Instant minute, String catalog, String pricing, long availability) {}

    /// @param tag of all but the time
    private record Drawn(State state, String tag, Bytes card) {}

    /// @param at when this was so: hours begin and end, and prices change, at the beginning of a minute
    /// @param time store-local, the same
    /// @param sections in their order
    record Card(Instant at, LocalDateTime time, List<Section> sections) {}

    /// @param served now: else its hours are others, and its dishes cannot be ordered from a menu
    record Section(String name, boolean served, List<Dish> dishes) {}

    /// @param price of one as it comes; null if it has none, and cannot be sold
    /// @param regular without campaigns and promotions
    /// @param offers promotions in force for articles like it, for everybody; whether they take something off depends on what else is bought
    /// @param allergens also of what it can be made without
    /// @param state whether it can be had
    /// @param without what it is made without, because that ran out
    /// @param substitutes what can be had instead, the best first
    record Dish(
            Sku sku,
            String name,
            @Nullable String size,
            @Nullable Money price,
            @Nullable Money regular,
            List<Offer> offers,
            List<String> allergens,
            List<String> tags,
            @Nullable String picture,
            @Nullable Integer ageMin,
            Availability.State state,
            List<Part> without,
            List<Group> groups,
            List<Part> removable,
            List<Sku> substitutes) {}

    /// @param price of a set of several dishes; null if it is no set, or its price is not said
    record Offer(String id, String name, @Nullable Money price) {

        static Offer of(Promotion promotion) {
            return new Offer(
                    promotion.id(),
                    promotion.name(),
                    switch (promotion.effect()) {
                        case Effect.MealDeal deal -> deal.price();
                        case Effect.SetForPrice set -> set.price();
                        default -> null;
                    });
        }
    }

    /// An ingredient.
    ///
    /// @param less what is taken off when a dish is made without it; null if nothing is
    record Part(Sku sku, String name, @Nullable Money less) {}

    record Group(String id, String name, int min, int max, List<Option> options) {}

    /// @param price what it adds; null if it adds nothing
    /// @param available false: it ran out
    /// @param allergens of what is added
    /// @param removable what it can be made without, where it is a part of a combo
    record Option(
            String id,
            String name,
            @Nullable Money price,
            boolean preselected,
            boolean available,
            List<String> allergens,
            List<Group> groups,
            List<Part> removable) {}

    Operation operation() {
        return Operation.of(
                        "GET",
                        "/api/menu",
                        "Shows what guests can order now, section by section, with prices, choices, allergens and what ran out",
                        this::card)
                .answering(Card.class);
    }

    private void card(Request request) throws IOException {
        State state =
                new State(
                        clock.instant().truncatedTo(ChronoUnit.MINUTES),
                        catalog.version(),
                        pricing.version(),
                        inventory.availabilityVersion());
        Drawn there = drawn;
        if (!there.state.equals(state)) {
            // Drawn after its state was looked at: what changes between them is drawn the next
            // time.
            there = draw(state);
            drawn = there;
        }
        boolean known = there.tag.equals(request.header("If-None-Match"));
        request.answer(
                known ? 304 : 200,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Cache-Control",
                        "no-cache",
                        "ETag",
                        there.tag),
                known ? Bytes.EMPTY : there.card);
    }

    private Drawn draw(State state) {
        Instant now = clock.instant();
        LocalDateTime local = LocalDateTime.ofInstant(now, time);
        Drawing drawing = new Drawing(now, local);
        List<Section> sections =
                catalog.menu().stream()
                        .map(it ->
                                new Section(
                                        it.section().name(),
                                        it.served(),
                                        it.articles().stream().map(drawing::dish).toList()))
                        .toList();
        String tag = UUID.nameUUIDFromBytes(Json.write(sections).getBytes(UTF_8)).toString();
        return new Drawn(
                state, "W/\"" + tag + "\"", Bytes.of(Json.write(new Card(now, local, sections))));
    }

    /// Draws one card: what several dishes have in common is looked up once. For one thread.
    private final class Drawing {

        private final Instant now;
        private final LocalDateTime at;
        private final Map<Sku, Optional<Article>> articles = new HashMap<>();
        private final Map<Sku, Optional<Money>> prices = new HashMap<>();

        Drawing(Instant now, LocalDateTime at) {
            this.now = now;
            this.at = at;
        }

        Dish dish(Article article) {
            Availability availability = inventory.availability(article.sku());
            Optional<Item> item = goods.article(article.sku(), at);
            Optional<Pricer.PricedLine> priced = item.flatMap(this::priced);
            return new Dish(
                    article.sku(),
                    article.name(),
                    article.size(),
                    priced.map(Pricer.PricedLine::net).orElse(null),
                    priced.map(Pricer.PricedLine::regularPrice).orElse(null),
                    item.map(this::offers).orElse(List.of()),
                    article.allergens(),
                    article.tags(),
                    article.picture(),
                    article.ageMin(),
                    availability.state(),
                    availability.without().stream().map(this::without).toList(),
                    groups(article.modifiers(), availability, 1),
                    removable(article, availability),
                    availability.substitutes());
        }

        private Optional<Pricer.PricedLine> priced(Item item) {
            return Optional.ofNullable(
                    pricing.price(PriceCheck.basket(item, null, currency, now), now.atZone(time))
                            .lines()
                            .get("1"));
        }

        private List<Offer> offers(Item item) {
            return pricing.inForce(item, now.atZone(time)).stream()
                    .filter(it ->
                            !it.conditions().audience().targeted()
                                    && it.conditions().coupon().isEmpty()
                                    && (it.effect() instanceof Effect.OnUnits
                                            || it.effect() instanceof Effect.OnSets))
                    .map(Offer::of)
                    .toList();
        }

        private List<Group> groups(
                List<ModifierGroup> groups, Availability availability, int depth) {
            return depth > DEPTH_MAX
                    ? List.of()
                    : groups.stream()
                            .map(it ->
                                    new Group(
                                            it.id(),
                                            it.name(),
                                            it.min(),
                                            it.max(),
                                            it.options().stream()
                                                    .map(option ->
                                                            option(option, availability, depth))
                                                    .toList()))
                            .toList();
        }

        private Option option(Article.Option option, Availability availability, int depth) {
            Sku sku = option.sku();
            Optional<Article> article = sku == null ? Optional.empty() : article(sku);
            boolean part = option.partOfCombo();
            Availability own = part && sku != null ? inventory.availability(sku) : availability;
            List<Group> groups = new ArrayList<>();
            if (part) {
                article.ifPresent(it -> groups.addAll(groups(it.modifiers(), own, depth + 1)));
            }
            groups.addAll(groups(option.groups(), availability, depth + 1));
            return new Option(
                    option.id(),
                    option.name(),
                    part || sku == null ? null : price(sku).orElse(null),
                    option.preselected(),
                    !availability.options().contains(option.id()),
                    article.map(Article::allergens).orElse(List.of()),
                    groups,
                    part ? article.map(it -> removable(it, own)).orElse(List.of()) : List.of());
        }

        /// What a guest may have it without, and is in it.
        private List<Part> removable(Article article, Availability availability) {
            Set<Sku> out = new HashSet<>();
            availability.without().forEach(it -> out.add(it.ingredient()));
            return article.recipe().stream()
                    .filter(it -> it.removable() && !out.contains(it.sku()))
                    .map((Ingredient it) -> part(it.sku(), it.credit()))
                    .toList();
        }

        private Part without(Without without) {
            return part(without.ingredient(), without.credit());
        }

        private Part part(Sku sku, @Nullable Sku credit) {
            return new Part(
                    sku,
                    article(sku).map(Article::name).orElse(sku.value()),
                    credit == null ? null : price(credit).orElse(null));
        }

        private Optional<Article> article(Sku sku) {
            return articles.computeIfAbsent(sku, catalog::article);
        }

        private Optional<Money> price(Sku sku) {
            return prices.computeIfAbsent(
                    sku,
                    it -> goods.article(it, at).flatMap(this::priced).map(Pricer.PricedLine::net));
        }
    }
}
