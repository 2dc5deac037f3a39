package dev.skerry.hq.prices;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Change;
import dev.skerry.context.Changes.Outcome;
import dev.skerry.context.Changes.Proposal;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Unit;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.Order.BookVersions;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.language.prices.PriceEvent.Level;
import dev.skerry.language.prices.PriceEvent.Place;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.PromotionEvent.PromotionChanged;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Headquarters' prices, and mirrors of what stores have sold.
final class Office implements AutoCloseable {

    static final Currency EUR = Currency.getInstance("EUR");
    static final LocalDateTime MARCH = LocalDateTime.of(2026, 3, 1, 0, 0);

    private static final Map<Sku, Article> ARTICLES =
            Map.of(
                    new Sku("milk"),
                    Article.draft(new Sku("milk"), "Milk", "reduced", "food", "dairy").article(),
                    new Sku("cola"),
                    Article.draft(new Sku("cola"), "Cola", "standard", "drinks").article());

    final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-09T10:00:00Z"));
    final SqliteDatabase database;
    final SqliteDatabase stores;
    final Prices prices;
    private final Map<Order, String> all = new LinkedHashMap<>();
    private int orders;

    Office(Path folder) {
        InstantSource clock = now::get;
        database =
                SqliteDatabase.open(
                        folder.resolve("prices.db"),
                        SqliteSettings.defaults(),
                        clock,
                        Prices.tables());
        stores = SqliteDatabase.open(folder.resolve("estate.db"), SqliteSettings.defaults(), clock);
        prices =
                new Prices(
                        database,
                        EUR,
                        Office::article,
                        this::past,
                        clock,
                        new TimeOrderedIds(clock, new Random(1)));
    }

    static Optional<Article> article(Sku sku) {
        return Optional.ofNullable(ARTICLES.get(sku));
    }

    static Money euros(String amount) {
        return Money.of(new BigDecimal(amount), EUR);
    }

    static PriceSet price(String sku, Level level, @Nullable String of, String amount) {
        Place place = new Place(new Sku(sku), level, of, MARCH, 0);
        return new PriceSet("p", place, euros(amount), Unit.PIECE, null);
    }

    static PromotionChanged promotion(String id, String json) {
        return new PromotionChanged(id, 0, json);
    }

    /// A share off an article.
    static PromotionChanged percent(String id, String sku, int percent) {
        return promotion(
                id,
                """
                {"id":"%s","effect":{"type":"line-discount","articles":{"skus":["%s"]},"off":{"percent":%d}}}\
                """
                        .formatted(id, sku, percent));
    }

    Outcome propose(String id, Object... events) {
        now.set(now.get().plusSeconds(60));
        return prices.propose(
                new Command("propose " + id, "f"),
                new Proposal(id, "Change " + id, null, false, List.of(events)),
                "mia");
    }

    static Change done(Outcome outcome) {
        return assertInstanceOf(Outcome.Done.class, outcome, outcome::toString).change();
    }

    private void past(LocalDate from, LocalDate to, Set<String> of, PastSales.Taking taking) {
        for (Map.Entry<Order, String> one : all.entrySet()) {
            LocalDate day = one.getKey().businessDay();
            if (!day.isBefore(from)
                    && !day.isAfter(to)
                    && (of.isEmpty() || of.contains(one.getValue()))
                    && !taking.take(one.getValue(), one.getKey())) {
                return;
            }
        }
    }

    /// A store sells.
    void sold(String store, LocalDateTime at, String promotions, OrderLine... lines) {
        Order order =
                new Order(
                        "o" + ++orders,
                        OrderSource.TILL,
                        "till-1",
                        new ReceiptNumber(store, "till-1", at.toLocalDate(), orders),
                        at.toLocalDate(),
                        at,
                        "eva",
                        null,
                        null,
                        null,
                        null,
                        List.of(lines),
                        List.of(),
                        List.of(),
                        List.of(lines).stream()
                                .map(OrderLine::net)
                                .reduce(Money.zero(EUR), Money::plus),
                        true,
                        List.of(),
                        Money.zero(EUR),
                        Money.zero(EUR),
                        new BookVersions("7", promotions),
                        true,
                        0,
                        List.of());
        all.put(order, store);
        StreamName stream = StreamName.of(store + "/orders");
        OrderPaid paid = new OrderPaid(order);
        stores.write(tx -> {
            if (!tx.exists(stream)) {
                tx.open(stream, StreamSettings.keepAll());
            }
            return tx.append(
                    stream,
                    CloudEvents.write(
                            CloudEvent.of(
                                    order.id(),
                                    stream.value(),
                                    OrderEvent.FORM.type(paid),
                                    now.get(),
                                    OrderEvent.FORM.data(paid))));
        });
    }

    static OrderLine line(String sku, int count, String unitPrice) {
        Money each = euros(unitPrice);
        Money gross = each.times(Quantity.of(count));
        Article article = requireNonNull(ARTICLES.get(new Sku(sku)));
        return new OrderLine(
                sku,
                null,
                new Sku(sku),
                article.name(),
                Quantity.of(count),
                "PIECE",
                each,
                "CHAIN",
                gross,
                gross,
                List.of(),
                List.of(),
                article.taxCategory(),
                article.departmentPath(),
                null,
                null,
                false,
                null,
                null,
                null,
                null);
    }

    @Override
    public void close() {
        stores.close();
        database.close();
    }
}
