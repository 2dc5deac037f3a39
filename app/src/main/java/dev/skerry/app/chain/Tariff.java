package dev.skerry.app.chain;

import dev.skerry.app.chain.Shops.Shop;
import dev.skerry.language.Money;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.prices.PriceEvent;
import dev.skerry.language.prices.PriceEvent.Level;
import dev.skerry.language.prices.PriceEvent.Place;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What the example chain's wares cost: everywhere, in zones, in single stores; now, and from days to come on.
final class Tariff {

    static final String CURRENCY = "EUR";

    /// Since when nothing that is not said otherwise has changed.
    private static final LocalDateTime BEGIN = LocalDateTime.of(2024, 1, 1, 0, 0);

    /// A price that holds for some days goes before the one that it interrupts, even if they begin at once.
    private static final int CAMPAIGN = 10;

    private final Random random;
    private final LocalDate today;
    private final List<Shop> shops;
    private final List<PriceEvent> prices = new ArrayList<>();

    private Tariff(long seed, LocalDate today, List<Shop> shops) {
        this.random = new Random(seed);
        this.today = today;
        this.shops = shops;
    }

    static List<PriceEvent> of(long seed, LocalDate today, List<Shop> shops, List<Ware> wares) {
        Tariff tariff = new Tariff(seed, today, shops);
        wares.forEach(tariff::price);
        return tariff.prices;
    }

    private void price(Ware ware) {
        set(ware, Level.CHAIN, null, BEGIN, null, 0, ware.cents());
        if (ware.steady()) {
            return;
        }
        int lot = random.nextInt(1_000);
        if (lot < 120) {
            set(ware, Level.ZONE, "city", BEGIN, null, 0, percent(ware, 106));
        } else if (lot < 170) {
            set(ware, Level.ZONE, "south", BEGIN, null, 0, percent(ware, 95));
        } else if (lot < 190) {
            Shop shop = shops.get(random.nextInt(shops.size()));
            set(ware, Level.STORE, shop.node(), BEGIN, null, 0, percent(ware, 90));
        }
        if (random.nextInt(1_000) < 40) {
            // A change to come.
            set(
                    ware,
                    Level.CHAIN,
                    null,
                    today.plusDays(1 + random.nextInt(28)).atStartOfDay(),
                    null,
                    0,
                    percent(ware, 97 + random.nextInt(12)));
        }
        if (random.nextInt(1_000) < 25) {
            // A week at less, from a Monday on.
            LocalDate monday =
                    today.minusDays(today.getDayOfWeek().getValue() - 1L)
                            .plusWeeks(random.nextInt(3));
            set(
                    ware,
                    Level.CHAIN,
                    null,
                    monday.atStartOfDay(),
                    monday.plusDays(6).atStartOfDay(),
                    CAMPAIGN,
                    percent(ware, 80));
        }
    }

    private static long percent(Ware ware, int percent) {
        long cents = Ware.charming(ware.cents() * percent / 100);
        // What is cheap does not move by a few percent of itself.
        return cents == ware.cents() ? ware.cents() + (percent < 100 ? -10 : 10) : cents;
    }

    private void set(
            Ware ware,
            Level level,
            @Nullable String of,
            LocalDateTime from,
            @Nullable LocalDateTime to,
            int priority,
            long cents) {
        Article article = ware.article();
        Place place = new Place(article.sku(), level, of, from, priority);
        String id =
                "P-"
                        + article.sku()
                        + (of == null ? "" : "-" + of)
                        + (from.equals(BEGIN) ? "" : "-" + from.toLocalDate())
                        + (priority == 0 ? "" : "-c");
        prices.add(
                new PriceSet(
                        id, place, Money.of(Math.max(1, cents), CURRENCY), article.unit(), to));
    }
}
