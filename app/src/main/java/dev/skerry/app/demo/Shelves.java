package dev.skerry.app.demo;

import dev.skerry.app.chain.Chain;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.stores.StoreProfile.Format;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// What shoppers find in the example chain's stores, and how often they take it. Any thread.
final class Shelves {

    /// The higher, the more often the same few articles are bought.
    private static final double POPULARITY = 2.5;

    /// Events about customers: a demo begins to sell soon.
    private static final int CUSTOMERS_MAX = 2_000;

    private static final int WEIGHT_STANDARD = 2;

    /// How often shoppers come by, where it is not [#WEIGHT_STANDARD]. The first that fits counts.
    private static final Map<String, Integer> WEIGHTS =
            Map.ofEntries(
                    Map.entry("Food/Fruit", 7),
                    Map.entry("Food/Vegetables", 7),
                    Map.entry("Food/Dairy", 8),
                    Map.entry("Food/Bakery", 7),
                    Map.entry("Food/Meat", 4),
                    Map.entry("Food/Frozen", 4),
                    Map.entry("Food/Sweets", 4),
                    Map.entry("Food/Pantry", 4),
                    Map.entry("Drinks/Water", 5),
                    Map.entry("Drinks/Beer", 3),
                    Map.entry("Drinks/Wine", 2),
                    Map.entry("Pets/Dog", 1),
                    Map.entry("Pets/Cat", 1),
                    Map.entry("Gift cards", 0),
                    Map.entry("Deposits", 0),
                    Map.entry("Bags", 3));

    /// What people take with them wherever they are.
    private static final Set<String> FOR_THE_WAY = Set.of("Drinks/Water");

    /// An article as it is taken.
    ///
    /// @param code what the scanner reads or the cashier types; empty for a dish, which is chosen
    /// @param weighed by the till's scale
    record Item(String sku, String code, boolean weighed) {}

    private record Aisle(List<Item> items, int weight) {}

    private final List<Aisle> aisles;
    private final List<String> accounts;
    private final Item last;
    private final double linesMean;
    private final int weights;

    /// @param format of the store: dishes are made in a café alone, which sells little else
    /// @param at store-local
    Shelves(Chain chain, Format format, LocalDateTime at) {
        Map<String, List<Item>> byAisle = new LinkedHashMap<>();
        List<Item> all = new ArrayList<>();
        for (var event : chain.catalog()) {
            if (event instanceof ArticleChanged(Article article)
                    && article.isActive(at)
                    && isSold(article)) {
                Item item = item(article);
                all.add(item);
                boolean dish = article.menu() != null;
                if (dish == (format == Format.CAFE) || FOR_THE_WAY.contains(aisle(article))) {
                    byAisle.computeIfAbsent(aisle(article), _ -> new ArrayList<>()).add(item);
                }
            }
        }
        this.aisles =
                byAisle.entrySet().stream()
                        .map(it ->
                                new Aisle(
                                        List.copyOf(it.getValue()),
                                        WEIGHTS.getOrDefault(it.getKey(), WEIGHT_STANDARD)))
                        .filter(it -> it.weight() > 0)
                        .toList();
        this.weights = aisles.stream().mapToInt(Aisle::weight).sum();
        this.last = all.getLast();
        this.linesMean =
                switch (format) {
                    case MARKET -> 6;
                    case SHOP -> 3;
                    case CAFE -> 1.5;
                };
        List<String> cards = new ArrayList<>();
        for (CustomerEvent event : customers(chain)) {
            if (event instanceof CustomerChanged customer) {
                cards.add(customer.customer());
            }
        }
        this.accounts = List.copyOf(cards);
    }

    private static boolean isSold(Article article) {
        return !article.codes().isEmpty() || article.plu() != null || article.menu() != null;
    }

    private static String aisle(Article article) {
        List<String> path = article.department();
        return path.size() == 1 ? path.getFirst() : path.get(0) + "/" + path.get(1);
    }

    private static Item item(Article article) {
        String plu = article.plu();
        String code =
                !article.codes().isEmpty()
                        ? article.codes().getFirst().gtin().digits()
                        : plu == null ? "" : plu;
        return new Item(article.sku().value(), code, article.weighed());
    }

    /// Those of the chain's customers who live near the demo's stores.
    static List<CustomerEvent> customers(Chain chain) {
        return chain.customers().subList(0, Math.min(CUSTOMERS_MAX, chain.customers().size()));
    }

    /// How many lines a basket has, on average and about.
    double linesMean() {
        return linesMean;
    }

    /// The one that a store learns of last.
    Item last() {
        return last;
    }

    Item any(RandomGenerator random) {
        int at = random.nextInt(weights);
        for (Aisle aisle : aisles) {
            at -= aisle.weight();
            if (at < 0) {
                double rank = Math.pow(random.nextDouble(), POPULARITY);
                return aisle.items().get((int) (rank * aisle.items().size()));
            }
        }
        throw new AssertionError("the weights add up");
    }

    /// A loyalty account.
    String anyAccount(RandomGenerator random) {
        return accounts.get(random.nextInt(accounts.size()));
    }
}
