package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All promotions of a version, prepared so that a basket meets only those that concern its articles. Immutable: made once,
/// used by any number of threads.
public final class PromotionBook {

    public static final int PROMOTIONS_MAX = 200_000;

    /// Higher rank first, then lower id: the order in which ties are broken.
    static final Comparator<Promotion> RANKED =
            Comparator.comparingInt((Promotion it) -> it.standing().rank())
                    .reversed()
                    .thenComparing(Promotion::id);

    private final String version;
    private final Optional<Currency> currency;
    private final List<Promotion> promotions;
    private final Map<String, Integer> places = new HashMap<>();
    private final BitSet always = new BitSet();
    private final Map<String, int[]> bySku;
    private final Map<String, int[]> byDepartment;
    private final Map<String, int[]> byBrand;
    private final Map<String, int[]> byTag;
    private final Map<String, int[]> byCoupon;

    private PromotionBook(String version, List<Promotion> promotions, Optional<Currency> currency) {
        this.version = version;
        this.currency = currency;
        this.promotions = promotions;
        Map<String, List<Integer>> skus = new HashMap<>();
        Map<String, List<Integer>> departments = new HashMap<>();
        Map<String, List<Integer>> brands = new HashMap<>();
        Map<String, List<Integer>> tags = new HashMap<>();
        Map<String, List<Integer>> coupons = new HashMap<>();
        for (int place = 0; place < promotions.size(); place++) {
            Promotion promotion = promotions.get(place);
            places.put(promotion.id(), place);
            for (Articles articles : EffectArticles.of(promotion.effect())) {
                if (articles.all()) {
                    always.set(place);
                }
                put(skus, articles.skus(), place);
                put(departments, articles.departments(), place);
                put(brands, articles.brands(), place);
                put(tags, articles.tags(), place);
            }
            if (promotion.conditions().coupon().isPresent()) {
                put(coupons, List.of(promotion.conditions().coupon().get()), place);
            }
        }
        bySku = packed(skus);
        byDepartment = packed(departments);
        byBrand = packed(brands);
        byTag = packed(tags);
        byCoupon = packed(coupons);
    }

    /// @throws IllegalArgumentException if two have one id, amounts are in several currencies, or there are too many
    public static PromotionBook of(String version, Collection<Promotion> promotions) {
        requireNonNull(version, "version");
        if (promotions.size() > PROMOTIONS_MAX) {
            throw new IllegalArgumentException("at most " + PROMOTIONS_MAX + " promotions");
        }
        List<Promotion> ranked = promotions.stream().sorted(RANKED).toList();
        Set<Currency> currencies = currencies(ranked);
        if (currencies.size() > 1) {
            throw new IllegalArgumentException("promotions in several currencies: " + currencies);
        }
        PromotionBook book = new PromotionBook(version, ranked, currencies.stream().findFirst());
        if (book.places.size() != ranked.size()) {
            throw new IllegalArgumentException("two promotions have one id");
        }
        return book;
    }

    public static PromotionBook empty() {
        return of("", List.of());
    }

    public String version() {
        return version;
    }

    /// Higher rank first, then lower id.
    public List<Promotion> promotions() {
        return promotions;
    }

    /// Of all amounts in it; empty if there is none.
    public Optional<Currency> currency() {
        return currency;
    }

    private static Set<Currency> currencies(List<Promotion> promotions) {
        Set<Currency> currencies = new HashSet<>();
        for (Promotion promotion : promotions) {
            EffectArticles.amounts(promotion.effect())
                    .forEach(amount -> currencies.add(amount.currency()));
            for (Conditions.Requirement requirement : promotion.conditions().requires()) {
                if (requirement instanceof Conditions.Requirement.Spend spend) {
                    currencies.add(spend.spend().currency());
                }
            }
        }
        return currencies;
    }

    public Optional<Promotion> find(String id) {
        return Optional.ofNullable(places.get(id)).map(promotions::get);
    }

    /// Those that need this coupon, higher rank first, then lower id.
    List<Promotion> promotions(String coupon) {
        int[] found = byCoupon.getOrDefault(coupon, new int[0]);
        return Arrays.stream(found).mapToObj(promotions::get).toList();
    }

    /// Those that may concern one of these articles or coupons, higher rank first, then lower id.
    List<Promotion> concerning(List<Article> articles, List<String> coupons) {
        BitSet found = (BitSet) always.clone();
        for (Article article : articles) {
            add(found, bySku.get(article.sku().value()));
            add(found, byBrand.get(article.brand()));
            for (String tag : article.tags()) {
                add(found, byTag.get(tag));
            }
            String path = article.department();
            for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
                add(found, byDepartment.get(path.substring(0, end)));
            }
        }
        for (String code : coupons) {
            add(found, byCoupon.get(code));
        }
        List<Promotion> concerned = new ArrayList<>(found.cardinality());
        for (int place = found.nextSetBit(0); place >= 0; place = found.nextSetBit(place + 1)) {
            concerned.add(promotions.get(place));
        }
        return concerned;
    }

    /// Those in force, whoever buys what; higher rank first, then lower id.
    ///
    /// @param at the store's time, in its zone
    public List<Promotion> inForce(ZonedDateTime at) {
        return promotions.stream()
                .filter(it -> Eligibility.time(it.conditions(), at) == null)
                .toList();
    }

    /// Those in force that speak of an article, whoever buys it, with what else, and whether they need a coupon; higher rank
    /// first, then lower id.
    ///
    /// @param at the store's time, in its zone
    public List<Promotion> inForce(Article article, ZonedDateTime at) {
        return concerning(List.of(article), List.of()).stream()
                .filter(it -> Eligibility.time(it.conditions(), at) == null)
                .filter(it ->
                        EffectArticles.of(it.effect()).stream()
                                .anyMatch(articles -> articles.include(article)))
                .toList();
    }

    private static void add(BitSet found, int @org.jspecify.annotations.Nullable [] places) {
        if (places != null) {
            for (int place : places) {
                found.set(place);
            }
        }
    }

    private static void put(Map<String, List<Integer>> index, Collection<String> keys, int place) {
        for (String key : keys) {
            index.computeIfAbsent(key, _ -> new ArrayList<>()).add(place);
        }
    }

    private static Map<String, int[]> packed(Map<String, List<Integer>> index) {
        Map<String, int[]> packed = HashMap.newHashMap(index.size());
        index.forEach((key, places) ->
                packed.put(key, places.stream().mapToInt(Integer::intValue).toArray()));
        return packed;
    }
}
