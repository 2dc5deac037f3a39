package dev.skerry.app.shop;

import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.pricing.Promotion;
import dev.skerry.store.inventory.Inventory;
import dev.skerry.store.orders.Basket;
import dev.skerry.store.orders.Goods;
import dev.skerry.store.orders.Item;
import dev.skerry.store.orders.Pricer;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an article costs now and why, and where it is: `GET /api/price-check`. The price is that of a basket with one of it.
record PriceCheck(
        Goods goods,
        BasketPricing pricing,
        Inventory inventory,
        ZoneId time,
        Currency currency,
        InstantSource clock) {

    /// As many as fit on a screen.
    static final int PRICES_MAX = 100;

    /// A promotion in force that speaks of the article; whether it takes something off depends on what else is bought, and by whom.
    ///
    /// @param members only for customers with a card, or some of them
    /// @param coupon only with a coupon
    /// @param until store-local; null if no end is known
    record InForce(
            String id,
            String name,
            boolean members,
            boolean coupon,
            @Nullable LocalDateTime until) {}

    /// @param unit what the prices are for, such as `PIECE` or `KILOGRAM`
    /// @param regular without campaigns, promotions and what the barcode says; null if it has no price here
    /// @param price what one costs now; null if it cannot be sold
    /// @param discounts what makes the one the other
    /// @param stock here, as the books say; below zero where something was not booked
    /// @param countedAt when the shelf was last counted; null if it never was
    record Checked(
            Sku sku,
            String name,
            String unit,
            @Nullable Money regular,
            @Nullable Money price,
            List<OrderDiscount> discounts,
            List<InForce> promotions,
            Availability availability,
            Quantity stock,
            @Nullable Instant countedAt,
            List<Inventory.Elsewhere> elsewhere) {}

    /// @param regular as in [Checked]
    /// @param price as in [Checked]
    record Price(Sku sku, Money regular, Money price) {}

    List<Operation> operations() {
        return List.of(
                Operation.of(
                                "GET",
                                "/api/prices",
                                "Tells what one each of several articles costs now; what has no price is left out",
                                this::prices)
                        .asking(
                                "skus",
                                "of the articles, with commas between them, at most " + PRICES_MAX)
                        .listing("prices", Price.class),
                check());
    }

    private Operation check() {
        return Operation.of(
                        "GET",
                        "/api/price-check",
                        "Tells what an article costs now and why, what is in force for it, and where there is how much of it",
                        this::check)
                .asking("code", "as scanned or typed")
                .asking("sku", "of the article, instead of a code")
                .asking("customer", "the id of the customer who asks")
                .answering(Checked.class);
    }

    private void prices(Request request) throws IOException {
        ZonedDateTime at = clock.instant().atZone(time);
        String[] skus = Requests.parameter(request, "skus").orElse("").split(",", -1);
        if (skus.length > PRICES_MAX || skus[0].isBlank()) {
            throw malformed("say skus, from 1 to " + PRICES_MAX);
        }
        List<Price> prices = new ArrayList<>();
        for (String sku : skus) {
            price(sku(sku), at).ifPresent(prices::add);
        }
        Requests.answer(request, "prices", prices);
    }

    /// What one of an article costs at a moment; empty if it is not sold, or has no price.
    Optional<Price> price(Sku sku, ZonedDateTime at) {
        return goods.article(sku, at.toLocalDateTime())
                .flatMap(item ->
                        Optional.ofNullable(
                                        pricing.price(
                                                        basket(
                                                                item,
                                                                null,
                                                                currency,
                                                                at.toInstant()),
                                                        at)
                                                .lines()
                                                .get("1"))
                                .map(it -> new Price(item.sku(), it.regularPrice(), it.net())));
    }

    private static Sku sku(String text) {
        try {
            return new Sku(text);
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(
                400, "malformed-request", "This request cannot be carried out", detail);
    }

    private void check(Request request) throws IOException {
        ZonedDateTime at = clock.instant().atZone(time);
        Item item = item(request, at.toLocalDateTime());
        String customer = Requests.parameter(request, "customer").orElse(null);
        Pricer.PricedLine priced =
                pricing.price(basket(item, customer, currency, clock.instant()), at)
                        .lines()
                        .get("1");
        Inventory.Stock stock = inventory.stock(item.sku());
        Requests.answer(
                request,
                200,
                new Checked(
                        item.sku(),
                        item.name(),
                        item.unit(),
                        priced == null ? null : priced.regularPrice(),
                        priced == null ? null : priced.net(),
                        priced == null ? List.of() : priced.discounts(),
                        pricing.inForce(item, at).stream().map(PriceCheck::inForce).toList(),
                        inventory.availability(item.sku()),
                        stock.quantity(),
                        stock.countedAt(),
                        inventory.elsewhere(item.sku())));
    }

    private static InForce inForce(Promotion promotion) {
        return new InForce(
                promotion.id(),
                promotion.name(),
                promotion.conditions().audience().targeted(),
                promotion.conditions().coupon().isPresent(),
                promotion.conditions().to().orElse(null));
    }

    private Item item(Request request, LocalDateTime at) {
        String code = Requests.parameter(request, "code").orElse("");
        String sku = Requests.parameter(request, "sku").orElse("");
        if (code.isBlank() == sku.isBlank()) {
            throw malformed("say either code or sku");
        }
        if (!sku.isBlank()) {
            return goods.article(sku(sku), at).orElseThrow(() -> unknown(sku));
        }
        return switch (goods.identify(code, at)) {
            case Goods.Found.Known(Item item) -> item;
            case Goods.Found.Unknown _ -> throw unknown(code);
            case Goods.Found.NotForSale(String name, String why) ->
                    throw new HttpProblem(
                            409,
                            "not-for-sale",
                            "This is not sold now",
                            "%s: %s".formatted(name, why));
        };
    }

    private static HttpProblem unknown(String what) {
        return new HttpProblem(
                404,
                "unknown-article",
                "The store does not know this article",
                "nothing that is in sale has \"%s\"".formatted(what));
    }

    /// A basket with one of it and nothing else.
    static Basket basket(Item item, @Nullable String customer, Currency currency, Instant now) {
        Quantity quantity = item.quantity();
        Basket.Line line =
                Basket.Line.of("1", null, item, quantity == null ? Quantity.ONE : quantity);
        return new Basket(
                "price check",
                OrderSource.TILL,
                Basket.Status.OPEN,
                "",
                "",
                customer,
                "",
                null,
                true,
                now,
                now,
                1,
                List.of(line),
                List.of(),
                null,
                0,
                null,
                Pricer.Priced.nothing(currency),
                null,
                null,
                null);
    }
}
