package dev.skerry.app.chain;

import dev.skerry.language.Json;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.prices.PromotionEvent;
import dev.skerry.language.prices.PromotionEvent.PromotionChanged;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/// The promotions of the example chain: of every type that `docs/promotions.md` knows, most for some weeks, some always.
final class Offers {

    /// Of which any three, or the second at half price, are worth an offer.
    private static final List<String> MIXED =
            List.of(
                    "Food/Dairy/Yoghurt",
                    "Food/Frozen/Pizza and meals",
                    "Food/Sweets/Chocolate",
                    "Food/Snacks/Crisps and nuts",
                    "Food/Sweets/Biscuits",
                    "Food/Pantry/Pasta",
                    "Food/Pantry/Tomato and pasta sauces",
                    "Drinks/Juice",
                    "Drinks/Tea",
                    "Drinks/Coffee",
                    "Care/Hair",
                    "Care/Body",
                    "Household/Cleaning",
                    "Pets/Cat",
                    "Pets/Dog");

    private final Random random;
    private final LocalDate today;
    private final List<Ware> goods;
    private final List<PromotionEvent> offers = new ArrayList<>();

    private Offers(long seed, LocalDate today, List<Ware> wares) {
        this.random = new Random(seed);
        this.today = today;
        this.goods =
                wares.stream()
                        .filter(it -> !it.steady() && it.article().brand() != null)
                        .filter(it -> !it.article().department().contains("Tobacco"))
                        .toList();
    }

    /// @param wanted how many there are to be, if more than the example has: further ones that hold now, most on one article
    static List<PromotionEvent> of(long seed, LocalDate today, List<Ware> wares, int wanted) {
        Offers offers = new Offers(seed, today, wares);
        offers.onUnits();
        offers.onSets();
        offers.onBaskets();
        offers.withCoupons();
        offers.atTimes();
        offers.ofPoints();
        while (offers.offers.size() < wanted) {
            offers.oneMore();
        }
        return offers.offers;
    }

    private void oneMore() {
        Ware ware = any();
        String name = "Offer on " + ware.article().receiptName();
        switch (random.nextInt(20)) {
            case 0, 1 ->
                    add(
                            name,
                            Map.of(),
                            object(
                                    "type",
                                    "set-for-price",
                                    "articles",
                                    only(ware),
                                    "units",
                                    3,
                                    "sameArticle",
                                    true,
                                    "price",
                                    money(Ware.charming(ware.cents() * 3 * 82 / 100))));
            case 2, 3 ->
                    add(
                            name,
                            Map.of(),
                            object(
                                    "type",
                                    "take-pay",
                                    "articles",
                                    only(ware),
                                    "take",
                                    3,
                                    "pay",
                                    2,
                                    "grouping",
                                    "same-article"));
            case 4 ->
                    lineDiscount(
                            name,
                            Map.of(),
                            object(
                                    "brands",
                                    List.of(String.valueOf(ware.article().brand())),
                                    "within",
                                    object(
                                            "departments",
                                            List.of(ware.article().departmentPath()))),
                            object("percent", pick(5, 10)));
            case 5, 6, 7 ->
                    lineDiscount(
                            name,
                            new LinkedHashMap<>(object("for", cardHolders())),
                            only(ware),
                            object("toPrice", less(ware, 85)));
            default ->
                    lineDiscount(
                            name, Map.of(), only(ware), object("percent", pick(10, 15, 20, 25)));
        }
    }

    // ---- single units

    private void onUnits() {
        for (int i = 0; i < 64; i++) {
            Article article = any().article();
            String brand = String.valueOf(article.brand());
            int percent = pick(10, 15, 20, 25, 30);
            lineDiscount(
                    "%d %% off %s".formatted(percent, brand),
                    weeks(),
                    object(
                            "brands",
                            List.of(brand),
                            "within",
                            object("departments", List.of(article.departmentPath()))),
                    object("percent", percent));
        }
        for (int i = 0; i < 25; i++) {
            Ware ware = any(it -> it.cents() > 199);
            lineDiscount(
                    "Now less: " + ware.article().receiptName(),
                    weeks(),
                    only(ware),
                    object("amount", money(pick(30, 40, 50, 60))));
        }
        for (int i = 0; i < 40; i++) {
            Ware ware = any(it -> it.cents() > 99);
            lineDiscount(
                    "Offer of the week", weeks(), only(ware), object("toPrice", less(ware, 75)));
        }
        for (int i = 0; i < 20; i++) {
            Ware ware = any(it -> it.cents() > 149);
            Map<String, Object> when = weeks();
            when.put("for", cardHolders());
            lineDiscount("Card price", when, only(ware), object("toPrice", less(ware, 85)));
        }
        for (String department : List.of("Food/Meat", "Food/Fish", "Food/Dairy", "Food/Bakery")) {
            add(
                    "Best before soon",
                    Map.of(),
                    object(
                            "type",
                            "expiry-markdown",
                            "articles",
                            in(department),
                            "steps",
                            List.of(
                                    object("daysLeft", 0, "percent", 50),
                                    object("daysLeft", 2, "percent", 25))));
        }
        for (int i = 0; i < 6; i++) {
            // Two that combine on what they both mean.
            add(
                    "Extra %d %% on %s".formatted(5, MIXED.get(i)),
                    weeks(),
                    object("lane", "default", "concurrency", "compound"),
                    lineDiscount(in(MIXED.get(i)), object("percent", 5)));
        }
        add(
                "Staff 10 %",
                object("for", object("segments", List.of("staff"))),
                object("lane", "post"),
                lineDiscount(allButTobacco(), object("percent", 10)));
        add(
                "Clearance",
                weeks(),
                object("concurrency", "exclusive"),
                lineDiscount(in("Leisure/Toys and party"), object("percent", 40)));
    }

    private void lineDiscount(
            String name,
            Map<String, Object> when,
            Map<String, Object> articles,
            Map<String, Object> off) {
        add(name, when, lineDiscount(articles, off));
    }

    private static Map<String, Object> lineDiscount(
            Map<String, Object> articles, Map<String, Object> off) {
        return object("type", "line-discount", "articles", articles, "off", off);
    }

    // ---- several units

    private void onSets() {
        for (int i = 0; i < 20; i++) {
            Ware ware = any(it -> it.cents() > 79 && it.cents() < 1_000);
            int units = pick(2, 3, 4);
            BigDecimal price = money(Ware.charming(ware.cents() * units * 82 / 100));
            add(
                    "%d for %s".formatted(units, price),
                    weeks(),
                    object(
                            "type",
                            "set-for-price",
                            "articles",
                            only(ware),
                            "units",
                            units,
                            "sameArticle",
                            true,
                            "price",
                            price));
        }
        for (String department : MIXED) {
            add(
                    "Any 3, the cheapest free",
                    weeks(),
                    object(
                            "type",
                            "take-pay",
                            "articles",
                            in(department),
                            "take",
                            3,
                            "pay",
                            2,
                            "grouping",
                            pick(
                                    "cheapest-of-each-group",
                                    "cheapest-of-each-group",
                                    "cheapest-overall")));
        }
        for (int i = 0; i < 12; i++) {
            add(
                    "4 for 3",
                    weeks(),
                    object(
                            "type",
                            "take-pay",
                            "articles",
                            only(any()),
                            "take",
                            4,
                            "pay",
                            3,
                            "grouping",
                            "same-article"));
        }
        for (int i = 0; i < 12; i++) {
            add(
                    "The second at half price",
                    weeks(),
                    object(
                            "type",
                            "cheapest-off",
                            "articles",
                            object("brands", List.of(String.valueOf(any().article().brand()))),
                            "units",
                            2,
                            "percent",
                            50));
        }
        for (int i = 0; i < 12; i++) {
            Ware ware = any(it -> it.article().department().contains("Wine") || it.cents() < 400);
            boolean graduated = i % 3 == 0;
            add(
                    "From 6 on cheaper",
                    weeks(),
                    object(
                            "type",
                            "quantity-tiers",
                            "articles",
                            only(ware),
                            "spread",
                            graduated ? "graduated" : "all-units",
                            "mixed",
                            false,
                            "tiers",
                            List.of(
                                    object("from", 6, "off", object("toPrice", less(ware, 90))),
                                    object("from", 12, "off", object("toPrice", less(ware, 80))))));
        }
        List<List<String>> together =
                List.of(
                        List.of("Food/Pantry/Pasta", "Food/Pantry/Tomato and pasta sauces"),
                        List.of("Food/Snacks/Crisps and nuts", "Drinks/Soft drinks"),
                        List.of("Drinks/Coffee", "Food/Sweets/Biscuits"),
                        List.of("Food/Meat/Sausages", "Food/Pantry/Sauces and condiments"),
                        List.of("Care/Hair", "Care/Body"),
                        List.of("Drinks/Tea", "Food/Breakfast/Jam and honey"));
        for (List<String> pair : together) {
            add(
                    "2 and 1 free",
                    weeks(),
                    object(
                            "type",
                            "buy-get",
                            "buy",
                            in(pair.getFirst()),
                            "buyUnits",
                            2,
                            "get",
                            in(pair.getLast()),
                            "getUnits",
                            1,
                            "percent",
                            100));
        }
        for (int i = 0; i < 4; i++) {
            add(
                    "10 and up to 2 free",
                    weeks(),
                    object(
                            "type",
                            "buy-get-same",
                            "articles",
                            only(any(it -> it.cents() < 200)),
                            "buyUnits",
                            10,
                            "freeUnits",
                            2));
        }
        mealDeals();
    }

    private void mealDeals() {
        mealDeal("Lunch deal", 1_290, "Café/Burgers", "Café/Soups and sides", "Café/Drinks");
        mealDeal("Sandwich and coffee", 990, "Café/Sandwiches", "Café/Drinks");
        mealDeal("Salad, drink and cake", 1_490, "Café/Salads", "Café/Drinks", "Café/Cakes");
        mealDeal("Coffee and cake", 690, "Café/Drinks", "Café/Cakes");
        mealDeal(
                "To go",
                499,
                "Food/Bakery/Rolls and pretzels",
                "Drinks/Energy and sport",
                "Food/Fruit/Bananas and tropical");
    }

    private void mealDeal(String name, long cents, String... departments) {
        List<Map<String, Object>> slots = new ArrayList<>();
        for (String department : departments) {
            slots.add(object("articles", in(department)));
        }
        add(name, Map.of(), object("type", "meal-deal", "slots", slots, "price", money(cents)));
    }

    // ---- baskets

    private void onBaskets() {
        add(
                "5 off from 50, 15 from 100",
                weeks(),
                object(
                        "type",
                        "spend-threshold",
                        "articles",
                        allButTobacco(),
                        "steps",
                        List.of(
                                object("spend", money(5_000), "off", object("amount", money(500))),
                                object(
                                        "spend",
                                        money(10_000),
                                        "off",
                                        object("amount", money(1_500))))));
        for (String department : List.of("Care", "Household", "Drinks/Wine", "Pets")) {
            add(
                    "10 % from 25 on " + department,
                    weeks(),
                    object(
                            "type",
                            "spend-threshold",
                            "articles",
                            in(department),
                            "steps",
                            List.of(object("spend", money(2_500), "off", object("percent", 10)))));
        }
        basketPercent("Seniors' Tuesday", "senior", "tuesday");
        basketPercent("Students' Thursday", "student", "thursday");
        basketPercent("Families' Saturday", "family", "saturday");
        for (String department : List.of("Drinks/Coffee", "Care/Face and sun", "Pets/Dog")) {
            Ware gift = any(it -> it.article().department().contains("Kitchen and home"));
            add(
                    "A gift from 30 on",
                    weeks(),
                    object(
                            "type",
                            "gift",
                            "articles",
                            in(department),
                            "spend",
                            money(3_000),
                            "gift",
                            only(gift)));
        }
    }

    private void basketPercent(String name, String segment, String day) {
        add(
                name,
                object(
                        "windows",
                        List.of(object("days", List.of(day), "from", "06:00", "to", "23:00")),
                        "for",
                        object("segments", List.of(segment), "anyCardHolderOffline", true)),
                object(
                        "type",
                        "basket-percent",
                        "articles",
                        allButTobacco(),
                        "percent",
                        5,
                        "max",
                        money(500)));
    }

    // ---- coupons

    private void withCoupons() {
        for (int i = 0; i < 20; i++) {
            Article article = any().article();
            Map<String, Object> when = weeks();
            when.put("coupon", "HM" + (1_000 + i));
            when.put("limit", 1);
            lineDiscount(
                    "Coupon: 1.00 off " + article.brand(),
                    when,
                    object("brands", List.of(String.valueOf(article.brand()))),
                    object("amount", money(100)));
        }
        Map<String, Object> welcome = new LinkedHashMap<>(object("coupon", "WELCOME10"));
        add(
                "Welcome",
                welcome,
                object(
                        "type",
                        "basket-percent",
                        "articles",
                        allButTobacco(),
                        "percent",
                        10,
                        "max",
                        money(1_000)));
        Map<String, Object> five = new LinkedHashMap<>(object("coupon", "FIVE4U"));
        add(
                "5 off from 40",
                five,
                object(
                        "type",
                        "spend-threshold",
                        "articles",
                        allButTobacco(),
                        "steps",
                        List.of(
                                object(
                                        "spend",
                                        money(4_000),
                                        "off",
                                        object("amount", money(500))))));
    }

    // ---- hours

    private void atTimes() {
        List<String> workdays = List.of("monday", "tuesday", "wednesday", "thursday", "friday");
        atTime("Breakfast coffee", workdays, "06:00", "09:00", "Café/Breakfast", 20);
        atTime("Happy hour", List.of("friday", "saturday"), "22:00", "02:00", "Drinks/Beer", 15);
        atTime("Bread of the evening", workdays, "18:30", "21:00", "Food/Bakery/Bread", 30);
        atTime("Cake at closing time", List.of("sunday"), "16:00", "18:00", "Café/Cakes", 50);
        atTime("Fish on Friday", List.of("friday"), "06:00", "22:00", "Food/Fish", 10);
        atTime("Salad lunch", workdays, "11:30", "14:00", "Café/Salads", 15);
        for (int i = 0; i < 4; i++) {
            Map<String, Object> when = weeks();
            when.put(
                    "requires",
                    List.of(
                            new LinkedHashMap<>(
                                    object("articles", in("Café/Drinks"), "units", 1))));
            lineDiscount(
                    "Cheaper with a coffee",
                    when,
                    only(any(it -> it.article().department().contains("Bakery"))),
                    object("percent", 30));
        }
    }

    private void atTime(
            String name,
            List<String> days,
            String from,
            String to,
            String department,
            int percent) {
        lineDiscount(
                name,
                object("windows", List.of(object("days", days, "from", from, "to", to))),
                in(department),
                object("percent", percent));
    }

    // ---- points

    private void ofPoints() {
        Map<String, Object> holders = object("for", cardHolders());
        add(
                "Points",
                holders,
                object(
                        "type",
                        "earn-points",
                        "articles",
                        earning(),
                        "per",
                        money(100),
                        "points",
                        1));
        add(
                "Double points for gold",
                object("for", object("segments", List.of("gold"))),
                object("type", "multiply-points", "articles", earning(), "times", 2));
        for (String department :
                List.of("Food/Fruit", "Food/Vegetables", "Drinks/Coffee", "Care", "Food/Baby")) {
            Map<String, Object> when = weeks();
            when.put("for", cardHolders());
            add(
                    "Points x 5",
                    when,
                    object("type", "multiply-points", "articles", in(department), "times", 5));
        }
        for (int hundreds : new int[] {5, 10, 20}) {
            add(
                    "%d points for %s".formatted(hundreds * 100, money(hundreds * 100L)),
                    holders,
                    object(
                            "type",
                            "reward",
                            "articles",
                            allButTobacco(),
                            "points",
                            hundreds * 100,
                            "amount",
                            money(hundreds * 100L)));
        }
    }

    // ---- parts

    private void add(String name, Map<String, Object> when, Map<String, Object> effect) {
        add(name, when, Map.of(), effect);
    }

    private void add(
            String name,
            Map<String, Object> when,
            Map<String, Object> standing,
            Map<String, Object> effect) {
        String id = "HM-%03d".formatted(offers.size() + 1);
        Map<String, Object> promotion = new LinkedHashMap<>();
        promotion.put("id", id);
        promotion.put("name", name);
        promotion.putAll(standing);
        if (!when.isEmpty()) {
            promotion.put("when", when);
        }
        promotion.put("effect", effect);
        long version = Long.parseLong(today.format(DateTimeFormatter.BASIC_ISO_DATE));
        offers.add(new PromotionChanged(id, version, Json.write(promotion)));
    }

    /// For one to three weeks: over, now, or soon.
    private Map<String, Object> weeks() {
        LocalDate from = today.plusWeeks(random.nextInt(5) - 2L);
        LocalDate to = from.plusWeeks(1 + random.nextInt(3));
        return new LinkedHashMap<>(
                object("from", from.atStartOfDay().toString(), "to", to.atStartOfDay().toString()));
    }

    private Ware any() {
        return goods.get(random.nextInt(goods.size()));
    }

    private Ware any(Predicate<Ware> fit) {
        List<Ware> some = goods.stream().filter(fit).toList();
        return some.get(random.nextInt(some.size()));
    }

    @SafeVarargs
    private <T> T pick(T... from) {
        return from[random.nextInt(from.length)];
    }

    private static Map<String, Object> allButTobacco() {
        return object("all", true, "except", in("Tobacco"));
    }

    private static Map<String, Object> earning() {
        return object(
                "all",
                true,
                "except",
                object("departments", List.of("Tobacco"), "tags", List.of("no-points")));
    }

    private static Map<String, Object> cardHolders() {
        return object("cardHolders", true);
    }

    private static Map<String, Object> only(Ware ware) {
        return object("skus", List.of(ware.article().sku().value()));
    }

    private static Map<String, Object> in(String department) {
        return object("departments", List.of(department));
    }

    private static BigDecimal less(Ware ware, int percent) {
        return money(Ware.charming(ware.cents() * percent / 100));
    }

    private static BigDecimal money(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    /// In the order in which it is written, so that the same promotion is the same text.
    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
