package dev.skerry.app.shop;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.language.Money;
import dev.skerry.language.Sku;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.pricing.Conditions;
import dev.skerry.pricing.Priced;
import dev.skerry.pricing.Promotion;
import dev.skerry.pricing.Source;
import dev.skerry.pricing.WhyNot;
import dev.skerry.store.orders.Goods;
import dev.skerry.store.orders.Item;
import dev.skerry.store.pricing.Pricing;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The promotions that headquarters have sent, and which of them concern an article, and why one takes nothing off:
/// `GET /api/promotions`.
record PromotionList(
        Goods goods,
        Pricing pricing,
        BasketPricing engine,
        ZoneId time,
        Currency currency,
        InstantSource clock) {

    static final int PROMOTIONS_MAX = 1000;

    /// How a promotion stands in time.
    enum State {
        RUNNING,
        /// On another day of the week, or at another time of day.
        PAUSED,
        PLANNED,
        OVER
    }

    /// @param from store-local; null if it has no beginning
    /// @param to store-local; null if no end is known
    /// @param members only for customers with a card, or some of them
    /// @param coupon only with a coupon
    /// @param off what it takes off one of the article; null if that is nothing, or no article was asked for
    /// @param why the kind of reason for which it takes nothing off one of the article, such as `NEEDS_UNITS`; null if it does, or
    ///     no article was asked for
    /// @param words the same for people
    record Promoted(
            String id,
            String name,
            State state,
            @Nullable LocalDateTime from,
            @Nullable LocalDateTime to,
            boolean members,
            boolean coupon,
            @Nullable Money off,
            @Nullable String why,
            @Nullable String words) {}

    Operation operation() {
        return Operation.of(
                        "GET",
                        "/api/promotions",
                        "Lists promotions, those in force first, %d at most; of an article, with what each takes off one of it, or why it does not"
                                .formatted(PROMOTIONS_MAX),
                        this::list)
                .asking("sku", "only those that concern this article")
                .listing("promotions", Promoted.class)
                .only(Role.CASHIER, Role.STOCK, Role.MANAGER);
    }

    private void list(Request request) throws IOException {
        ZonedDateTime at = clock.instant().atZone(time);
        Optional<String> sku = Requests.parameter(request, "sku");
        Requests.answer(
                request,
                "promotions",
                (sku.isPresent() ? of(sku.get(), at) : all(at))
                        .stream()
                                .sorted(Comparator.comparing(Promoted::state))
                                .limit(PROMOTIONS_MAX)
                                .toList());
    }

    private List<Promoted> all(ZonedDateTime at) {
        Set<String> running = running(at);
        return pricing.promotions().promotions().stream()
                .map(it -> promoted(it, at, running, null, null))
                .toList();
    }

    private Set<String> running(ZonedDateTime at) {
        return pricing.promotions().inForce(at).stream()
                .map(Promotion::id)
                .collect(Collectors.toSet());
    }

    private List<Promoted> of(String sku, ZonedDateTime at) {
        Item item = item(sku, at);
        Priced priced =
                engine.explained(PriceCheck.basket(item, null, currency, clock.instant()), at);
        Set<String> running = running(at);
        List<Promoted> all = new ArrayList<>();
        for (Priced.Applied applied : priced.applied()) {
            if (applied.source() instanceof Source.OfPromotion source) {
                pricing.promotions()
                        .find(source.id())
                        .ifPresent(
                                it -> all.add(promoted(it, at, running, applied.amount(), null)));
            }
        }
        for (Priced.NotApplied not : priced.notApplied()) {
            if (!(not.reason() instanceof WhyNot.NoArticles)) {
                pricing.promotions()
                        .find(not.promotion())
                        .ifPresent(it -> all.add(promoted(it, at, running, null, not.reason())));
            }
        }
        return all;
    }

    private Item item(String sku, ZonedDateTime at) {
        try {
            return goods.article(new Sku(sku), at.toLocalDateTime())
                    .orElseThrow(() ->
                            new HttpProblem(
                                    404,
                                    "unknown-article",
                                    "The store does not know this article",
                                    "nothing that is in sale has \"%s\"".formatted(sku)));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(
                    400,
                    "malformed-request",
                    "This request cannot be carried out",
                    String.valueOf(e.getMessage()));
        }
    }

    private static Promoted promoted(
            Promotion promotion,
            ZonedDateTime at,
            Set<String> running,
            @Nullable Money off,
            @Nullable WhyNot whyNot) {
        Conditions conditions = promotion.conditions();
        return new Promoted(
                promotion.id(),
                promotion.name(),
                state(promotion, at.toLocalDateTime(), running),
                conditions.from().orElse(null),
                conditions.to().orElse(null),
                conditions.audience().targeted(),
                conditions.coupon().isPresent(),
                off,
                whyNot == null ? null : Words.kind(whyNot),
                whyNot == null ? null : Words.why(whyNot));
    }

    private static State state(Promotion promotion, LocalDateTime now, Set<String> running) {
        if (running.contains(promotion.id())) {
            return State.RUNNING;
        }
        Conditions conditions = promotion.conditions();
        if (conditions.from().filter(now::isBefore).isPresent()) {
            return State.PLANNED;
        }
        return conditions.to().filter(it -> !now.isBefore(it)).isPresent()
                ? State.OVER
                : State.PAUSED;
    }
}
