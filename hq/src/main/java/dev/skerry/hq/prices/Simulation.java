package dev.skerry.hq.prices;

import dev.skerry.hq.prices.Simulated.OfPromotion;
import dev.skerry.language.Money;
import dev.skerry.language.Sku;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.pricing.Article;
import dev.skerry.pricing.ArticleKind;
import dev.skerry.pricing.Basket;
import dev.skerry.pricing.BasketLine;
import dev.skerry.pricing.Customer;
import dev.skerry.pricing.Engine;
import dev.skerry.pricing.Policies;
import dev.skerry.pricing.Policies.TaxMode;
import dev.skerry.pricing.Policies.TaxRounding;
import dev.skerry.pricing.PriceSource;
import dev.skerry.pricing.Priced;
import dev.skerry.pricing.Priced.Applied;
import dev.skerry.pricing.PromotionBook;
import dev.skerry.pricing.Source;
import dev.skerry.pricing.TaxTable;
import dev.skerry.pricing.TaxTable.TaxRate;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// Prices past orders twice, and adds up. For one thread.
final class Simulation {

    private static final Set<String> CASHIERS = Set.of("MANUAL", "MARKDOWN", "GIVEN", "WITHOUT");

    private final Engine engine = new Engine();
    private final Currency currency;
    private final PromotionBook now;
    private final PromotionBook then;
    private final Function<Sku, Optional<Article>> articles;
    private final Map<Sku, Optional<Article>> known = new HashMap<>();

    private long orders;
    private long leftOut;
    private long paid;
    private long costNow;
    private long costThen;
    private long cheaper;
    private long dearer;
    private final Map<String, Sum> sums = new TreeMap<>();

    /// What a promotion takes off, now and then.
    private static final class Sum {
        private String name = "";
        private final long[] orders = new long[2];
        private final long[] off = new long[2];
    }

    /// @param now the promotions of today
    /// @param then those of the change
    Simulation(
            Currency currency,
            PromotionBook now,
            PromotionBook then,
            Function<Sku, Optional<Article>> articles) {
        this.currency = currency;
        this.now = now;
        this.then = then;
        this.articles = articles;
    }

    void take(Order order) {
        Optional<Basket> basket = basket(order);
        if (basket.isEmpty()) {
            leftOut++;
            return;
        }
        Policies policies = policies(basket.get());
        Priced one = engine.price(basket.get(), now, policies);
        Priced other = engine.price(basket.get(), then, policies);
        orders++;
        paid +=
                order.lines().stream()
                        .filter(it -> !it.voided())
                        .mapToLong(it -> it.net().minor())
                        .sum();
        costNow += one.net().minor();
        costThen += other.net().minor();
        int compared = other.net().compareTo(one.net());
        cheaper += compared < 0 ? 1 : 0;
        dearer += compared > 0 ? 1 : 0;
        add(one, 0);
        add(other, 1);
    }

    private void add(Priced priced, int side) {
        Map<String, Long> off = new TreeMap<>();
        for (Applied applied : priced.applied()) {
            if (applied.source() instanceof Source.OfPromotion promotion) {
                off.merge(promotion.id(), applied.amount().minor(), Long::sum);
                sums.computeIfAbsent(promotion.id(), _ -> new Sum()).name = promotion.name();
            }
        }
        off.forEach((id, amount) -> {
            Sum sum = sums.computeIfAbsent(id, _ -> new Sum());
            sum.orders[side]++;
            sum.off[side] += amount;
        });
    }

    /// Taxes change nothing about what promotions take off, so there are none here.
    private Policies policies(Basket basket) {
        Map<String, List<TaxRate>> none = new HashMap<>();
        basket.lines().forEach(it -> none.put(it.article().taxCategory(), List.of()));
        return new Policies(
                new TaxTable(none),
                TaxMode.INCLUDED,
                TaxRounding.LINE,
                Duration.ZERO,
                Money.zero(currency));
    }

    /// @return empty if goods came back in it, or a line cannot be priced anew
    private Optional<Basket> basket(Order order) {
        List<BasketLine> lines = new ArrayList<>();
        for (OrderLine line : order.lines()) {
            if (line.voided()) {
                continue;
            }
            if (!line.quantity().isPositive()
                    || line.returnOf() != null
                    || line.unitPrice().isNegative()
                    || !line.unitPrice().currency().equals(currency)) {
                return Optional.empty();
            }
            Article article = article(line);
            if (!article.measured() && !line.quantity().isWhole()) {
                return Optional.empty();
            }
            lines.add(
                    BasketLine.of(lines.size(), article, line.quantity(), line.unitPrice())
                            .from(PriceSource.CHAIN));
        }
        if (lines.isEmpty() || lines.size() > Basket.LINES_MAX) {
            return Optional.empty();
        }
        // Promotions go by the store's own time of day: in which zone that was makes no difference.
        Basket basket = Basket.of(currency, order.at().atZone(ZoneOffset.UTC), lines);
        if (order.customer() != null) {
            basket = basket.by(Customer.member());
        }
        return Optional.of(basket.withCoupons(order.couponsUsed().toArray(new String[0])));
    }

    /// As it is now, with what the order says of it; what a cashier or another system priced is not discounted here.
    private Article article(OrderLine line) {
        Optional<Article> now = known.computeIfAbsent(line.sku(), articles);
        boolean asItWas =
                line.discounts().stream().map(OrderDiscount::kind).anyMatch(CASHIERS::contains)
                        || line.priceSource().equals("MANUAL")
                        || line.priceSource().equals("GIVEN")
                        || line.priceSource().equals("COMBO");
        ArticleKind kind =
                asItWas
                        ? ArticleKind.NEVER_DISCOUNTED
                        : now.map(Article::kind).orElse(ArticleKind.GOODS);
        return new Article(
                line.sku(),
                line.department(),
                now.map(Article::brand).orElse(""),
                now.map(Article::tags).orElse(Set.of()),
                line.taxCategory(),
                now.map(Article::measured).orElse(!line.unit().equals("PIECE")),
                kind);
    }

    /// @param complete whether all there was has been taken
    Simulated result(boolean complete) {
        List<OfPromotion> promotions = new ArrayList<>();
        sums.forEach((id, sum) ->
                promotions.add(
                        new OfPromotion(
                                id,
                                sum.name,
                                sum.orders[0],
                                money(sum.off[0]),
                                sum.orders[1],
                                money(sum.off[1]))));
        promotions.sort(
                Comparator.comparingLong((OfPromotion it) ->
                                -Math.abs(it.offThen().minor() - it.offNow().minor()))
                        .thenComparing(OfPromotion::promotion));
        return new Simulated(
                orders,
                leftOut,
                complete,
                money(paid),
                money(costNow),
                money(costThen),
                cheaper,
                dearer,
                promotions);
    }

    private Money money(long minor) {
        return new Money(minor, currency);
    }
}
