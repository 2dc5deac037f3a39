package dev.skerry.app.shop;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Rounding;
import dev.skerry.language.Shares;
import dev.skerry.language.Sku;
import dev.skerry.language.orders.Order.BookVersions;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderTax;
import dev.skerry.language.pricing.Campaign;
import dev.skerry.pricing.Article;
import dev.skerry.pricing.ArticleKind;
import dev.skerry.pricing.BasketLine;
import dev.skerry.pricing.Engine;
import dev.skerry.pricing.ManualDiscount;
import dev.skerry.pricing.Policies;
import dev.skerry.pricing.PriceEntry;
import dev.skerry.pricing.PriceSource;
import dev.skerry.pricing.Priced.Applied;
import dev.skerry.pricing.Priced.Run;
import dev.skerry.pricing.Priced.TaxAmount;
import dev.skerry.pricing.Promotion;
import dev.skerry.pricing.Redemption;
import dev.skerry.pricing.Reduction;
import dev.skerry.pricing.Source;
import dev.skerry.store.loyalty.Loyalty;
import dev.skerry.store.orders.Basket;
import dev.skerry.store.orders.Basket.Discount;
import dev.skerry.store.orders.Basket.Line;
import dev.skerry.store.orders.Basket.Line.Part;
import dev.skerry.store.orders.Item;
import dev.skerry.store.orders.Pricer;
import dev.skerry.store.pricing.Pricing;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Prices the baskets of `orders` by the books of `pricing`, with the pricing engine. Any thread.
final class BasketPricing implements Pricer {

    /// Where a price and a discount come from that another system gave.
    private static final String GIVEN = "GIVEN";

    /// What is taken off for an ingredient that is left out.
    private static final String WITHOUT = "WITHOUT";

    /// What is taken off by a campaign of the store.
    private static final String MARKDOWN = "MARKDOWN";

    private static final Sku IN_COMBO = new Sku("part of a combo");

    private final Pricing pricing;
    private final Currency currency;
    private final Loyalty loyalty;
    private final InstantSource clock;
    private final BooleanSupplier lineUp;
    private final Engine engine = new Engine();

    /// @param loyalty who a customer is, and which promotions a coupon opens
    /// @param lineUp whether HQ can be asked now
    BasketPricing(
            Pricing pricing,
            Currency currency,
            Loyalty loyalty,
            InstantSource clock,
            BooleanSupplier lineUp) {
        this.pricing = pricing;
        this.currency = currency;
        this.loyalty = loyalty;
        this.clock = clock;
        this.lineUp = lineUp;
    }

    /// A line on its way into the engine, and back.
    ///
    /// @param regularPrice of one, as the price book has it
    /// @param unitPrice of one, before what is taken off for what is left out
    /// @param less what is taken off one
    private record Place(
            Line line,
            BasketLine priced,
            Money regularPrice,
            Money unitPrice,
            List<OrderDiscount> less) {

        static Place of(Line line, BasketLine priced, Money regularPrice) {
            return new Place(line, priced, regularPrice, priced.unitPrice(), List.of());
        }
    }

    /// What belongs to the lines of a basket.
    ///
    /// @param prices also of what is taken off
    /// @param campaigns of the store
    /// @param shares of a combo's price, by the lines of its parts
    /// @param discounts of what a cashier takes off a combo, by the lines of its parts
    private record Menu(
            Map<String, List<Line>> children,
            Map<Sku, PriceEntry> prices,
            List<Campaign> campaigns,
            Map<String, Money> shares,
            Map<String, Discount> discounts) {

        List<Line> of(Line line, Part part) {
            return children.getOrDefault(line.id(), List.of()).stream()
                    .filter(it -> it.part() == part)
                    .toList();
        }

        boolean isCombo(Line line) {
            return !of(line, Part.COMPONENT).isEmpty();
        }
    }

    @Override
    public Priced price(Basket basket, ZonedDateTime at) {
        Worked it = worked(basket, at);
        rewardHints(basket, it.priced).forEach(it.hints::add);
        return result(it.priced, it.places, it.free, it.policies, it.opened, it.hints);
    }

    /// Which promotions took something off, and which did not, and why.
    dev.skerry.pricing.Priced explained(Basket basket, ZonedDateTime at) {
        return worked(basket, at).priced;
    }

    /// What the engine said, and what was given to it.
    ///
    /// @param free lines that it does not price
    /// @param opened what a coupon opens, and the coupon that was shown
    private record Worked(
            dev.skerry.pricing.Priced priced,
            List<Place> places,
            Map<String, PricedLine> free,
            Policies policies,
            Map<String, String> opened,
            List<String> hints) {}

    private Worked worked(Basket basket, ZonedDateTime at) {
        List<Line> live = basket.lines().stream().filter(it -> !it.voided()).toList();
        Set<Sku> skus = live.stream().map(it -> it.item().sku()).collect(Collectors.toSet());
        live.stream().map(Line::credit).filter(Objects::nonNull).forEach(skus::add);
        Pricing.PriceList prices = pricing.priceList(skus, at);
        Menu menu = menu(live, prices.prices());
        Policies policies = pricing.policies(at.toLocalDate());
        List<String> hints = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        Map<String, PricedLine> free = new LinkedHashMap<>();
        for (Line line : live) {
            Item item = line.item();
            if (line.share() == null && (line.part() == Part.LEFT_OUT || menu.isCombo(line))) {
                regularPrice(line, menu).ifPresent(price -> free.put(line.id(), nothing(price)));
                continue;
            }
            if (!policies.taxes().categories().containsKey(item.taxCategory())) {
                hints.add(
                        "%s: HQ has sent no rate for the tax category %s"
                                .formatted(item.name(), item.taxCategory()));
                continue;
            }
            place(places.size(), line, menu, at).ifPresent(places::add);
        }
        Map<String, String> opened = new LinkedHashMap<>();
        basket.coupons().forEach(code -> opened.putIfAbsent(loyalty.opens(code), code));
        dev.skerry.pricing.Priced priced =
                engine.price(
                        new dev.skerry.pricing.Basket(
                                currency,
                                at,
                                places.stream().map(Place::priced).toList(),
                                loyalty.customer(basket.customer(), basket.id(), clock.instant()),
                                List.copyOf(opened.keySet()),
                                basket.rewards().stream()
                                        .map(it -> new Redemption(it.reward(), it.times()))
                                        .toList(),
                                manual(basket.discount()),
                                lineUp.getAsBoolean(),
                                prices.version()),
                        pricing.promotions(),
                        policies);
        return new Worked(priced, places, free, policies, opened, hints);
    }

    // ---- what belongs together

    private Menu menu(List<Line> live, Map<Sku, PriceEntry> prices) {
        Map<String, List<Line>> children = new LinkedHashMap<>();
        for (Line line : live) {
            String parent = line.parent();
            if (parent != null) {
                children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(line);
            }
        }
        Menu menu =
                new Menu(
                        children,
                        prices,
                        pricing.campaigns(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>());
        for (Line line : live) {
            List<Line> parts = menu.of(line, Part.COMPONENT);
            Optional<Money> whole = price(line, menu);
            if (!parts.isEmpty() && whole.isPresent()) {
                share(line, whole.get(), parts, menu);
            }
        }
        return menu;
    }

    /// A combo's price, by what its parts cost when they are sold by themselves: so each is taxed as it is.
    private void share(Line combo, Money whole, List<Line> parts, Menu menu) {
        long[] shares =
                Shares.of(
                        whole.minor(),
                        parts.stream()
                                .mapToLong(it -> {
                                    PriceEntry own = menu.prices.get(it.item().sku());
                                    return own == null ? 0 : Math.max(0, own.price().minor());
                                })
                                .toArray());
        for (int i = 0; i < shares.length; i++) {
            menu.shares.put(parts.get(i).id(), new Money(shares[i], currency));
        }
        Discount discount = combo.discount();
        if (discount != null) {
            share(discount, parts, shares, menu);
        }
    }

    private void share(Discount discount, List<Line> parts, long[] weights, Menu menu) {
        Money amount = discount.amount();
        long[] shares = Shares.of(amount == null ? 0 : amount.minor(), weights);
        for (int i = 0; i < shares.length; i++) {
            if (amount == null) {
                menu.discounts.put(parts.get(i).id(), discount);
            } else if (shares[i] > 0) {
                menu.discounts.put(
                        parts.get(i).id(),
                        new Discount(null, new Money(shares[i], currency), discount.reason()));
            }
        }
    }

    /// What one costs, as somebody typed it or as the price book has it.
    private Optional<Money> price(Line line, Menu menu) {
        Line.PriceOverride override = line.override();
        return override == null ? regularPrice(line, menu) : Optional.of(override.price());
    }

    private Optional<Money> regularPrice(Line line, Menu menu) {
        if (line.part() == Part.LEFT_OUT) {
            // What its credit is worth is taken off its dish.
            return Optional.of(Money.zero(currency));
        }
        Money share = menu.shares.get(line.id());
        return share != null
                ? Optional.of(share)
                : Optional.ofNullable(menu.prices.get(line.item().sku())).map(PriceEntry::price);
    }

    private static PricedLine nothing(Money regularPrice) {
        Money zero = Money.zero(regularPrice.currency());
        return new PricedLine(regularPrice, zero, "NONE", zero, zero, List.of(), List.of(), null);
    }

    /// Is another whenever a price may be, but by the clock.
    String version() {
        return pricing.version();
    }

    /// Promotions in force that speak of an article, whoever buys it and with what else.
    List<Promotion> inForce(Item item, ZonedDateTime at) {
        return pricing.promotions().inForce(article(item, item.weighed(), ArticleKind.GOODS), at);
    }

    // ---- in

    /// @return empty if it has no price
    private Optional<Place> place(int number, Line line, Menu menu, ZonedDateTime at) {
        Item item = line.item();
        Money refund = line.refund();
        Line.Share share = line.share();
        if (share != null) {
            return Optional.of(Place.of(line, settled(number, line, share), share.unitPrice()));
        }
        Line.Given given = line.given();
        if (given != null && refund == null) {
            // What another system has taken is taken, to the cent.
            return Optional.of(
                    Place.of(
                            line,
                            BasketLine.of(
                                            number,
                                            article(item, true, ArticleKind.NEVER_DISCOUNTED),
                                            Quantity.ONE,
                                            given.net(line.quantity()))
                                    .from(PriceSource.MANUAL),
                            given.price()));
        }
        if (refund != null) {
            // What was paid goes back: no promotion and no price of today has a say in it.
            Money each = each(refund, line.quantity());
            return Optional.of(
                    new Place(
                            line,
                            BasketLine.of(
                                            number,
                                            article(item, true, ArticleKind.NEVER_DISCOUNTED),
                                            Quantity.ONE,
                                            refund.negated())
                                    .from(PriceSource.MANUAL),
                            each,
                            each,
                            List.of()));
        }
        Money barcode = item.price();
        Line.PriceOverride override = line.override();
        if (barcode != null && override == null) {
            return Optional.of(
                    Place.of(
                            line,
                            entered(
                                    number,
                                    line,
                                    menu,
                                    Quantity.ONE,
                                    true,
                                    barcode,
                                    PriceSource.BARCODE,
                                    at),
                            barcode));
        }
        Optional<Money> regular = regularPrice(line, menu).or(() -> Optional.ofNullable(barcode));
        if (override != null) {
            return Optional.of(
                    Place.of(
                            line,
                            entered(
                                    number,
                                    line,
                                    menu,
                                    line.quantity(),
                                    item.weighed(),
                                    override.price(),
                                    PriceSource.MANUAL,
                                    at),
                            regular.orElse(override.price())));
        }
        return regular.map(price -> regular(number, line, menu, price, at));
    }

    /// What it cost before its check was split.
    private static BasketLine settled(int number, Line line, Line.Share share) {
        Item item = line.item();
        ArticleKind kind = item.discountable() ? ArticleKind.SETTLED : ArticleKind.NEVER_DISCOUNTED;
        Article article =
                line.part() == Part.COMPONENT
                        ? inCombo(item, true, kind)
                        : article(item, true, kind);
        boolean reduced =
                share.priceSource().equals(PriceSource.MANUAL.name())
                        || share.discounts().stream().anyMatch(it -> it.kind().equals(MARKDOWN));
        return BasketLine.of(number, article, Quantity.ONE, share.net())
                .from(reduced ? PriceSource.MANUAL : PriceSource.CHAIN);
    }

    /// What of it goes back for one, so that −3 × 1.50 is what a receipt says of −4.50.
    private static Money each(Money refund, Quantity quantity) {
        return new Money(
                Rounding.ratio(refund.minor(), Quantity.THOUSANDTHS, quantity.thousandths()),
                refund.currency());
    }

    private Place regular(int number, Line line, Menu menu, Money price, ZonedDateTime at) {
        PriceEntry entry = menu.prices.get(line.item().sku());
        List<OrderDiscount> less = new ArrayList<>();
        Money left = price;
        for (Line out : menu.of(line, Part.LEFT_OUT)) {
            Sku credit = out.credit();
            PriceEntry worth = credit == null ? null : menu.prices.get(credit);
            Money off = worth == null ? Money.zero(currency) : worth.price().min(left);
            if (off.isPositive()) {
                left = left.minus(off);
                less.add(
                        new OrderDiscount(
                                WITHOUT, out.item().sku().value(), out.item().name(), off, null));
            }
        }
        return new Place(
                line,
                entered(
                        number,
                        line,
                        menu,
                        line.quantity(),
                        line.item().weighed(),
                        left,
                        entry == null ? PriceSource.CHAIN : entry.source(),
                        at),
                price,
                price,
                less);
    }

    private BasketLine entered(
            int number,
            Line line,
            Menu menu,
            Quantity quantity,
            boolean measured,
            Money price,
            PriceSource source,
            ZonedDateTime at) {
        Item item = line.item();
        ArticleKind kind = item.discountable() ? ArticleKind.GOODS : ArticleKind.NEVER_DISCOUNTED;
        if (line.part() == Part.COMPONENT) {
            return new BasketLine(
                    number,
                    inCombo(item, false, kind),
                    quantity,
                    price,
                    source,
                    Optional.empty(),
                    List.of(),
                    manual(menu.discounts.get(line.id())));
        }
        return new BasketLine(
                number,
                article(item, measured, kind),
                quantity,
                price,
                source,
                Optional.ofNullable(item.expiry()),
                item.discountable()
                        ? Pricing.markdowns(
                                menu.campaigns,
                                new Pricing.Goods(
                                        item.sku(), item.departments(), item.lot(), item.expiry()),
                                at)
                        : List.of(),
                manual(line.discount()));
    }

    /// A combo is an offer already: what is in it takes part in none that names its article, its brand, its department or its tags.
    private static Article inCombo(Item item, boolean measured, ArticleKind kind) {
        return new Article(IN_COMBO, "", "", Set.of(), item.taxCategory(), measured, kind);
    }

    private static Article article(Item item, boolean measured, ArticleKind kind) {
        return new Article(
                item.sku(),
                String.join("/", item.departments()),
                item.brand(),
                Set.copyOf(item.tags()),
                item.taxCategory(),
                measured,
                kind);
    }

    private static List<ManualDiscount> manual(@Nullable Discount discount) {
        if (discount == null) {
            return List.of();
        }
        Percent percent = discount.percent();
        Money amount = discount.amount();
        Reduction reduction =
                percent != null
                        ? new Reduction.ByPercent(percent)
                        : new Reduction.ByAmount(java.util.Objects.requireNonNull(amount));
        return List.of(new ManualDiscount(reduction, discount.reason()));
    }

    // ---- out

    /// Why a reward that was asked for is not given, or not so often.
    private List<String> rewardHints(Basket basket, dev.skerry.pricing.Priced priced) {
        List<String> hints = new ArrayList<>();
        for (Basket.Redemption wanted : basket.rewards()) {
            String name =
                    pricing.promotions()
                            .find(wanted.reward())
                            .map(Promotion::name)
                            .orElse(wanted.reward());
            int given =
                    priced.applied().stream()
                            .filter(it -> isOf(it.source(), wanted.reward()))
                            .mapToInt(Applied::times)
                            .sum();
            if (given < wanted.times()) {
                String why =
                        priced.notApplied().stream()
                                .filter(it -> it.promotion().equals(wanted.reward()))
                                .map(it -> Words.why(it.reason()))
                                .findFirst()
                                .orElse("not enough points, or nothing to take off");
                hints.add("%s: %d of %d redeemed: %s".formatted(name, given, wanted.times(), why));
            }
        }
        return hints;
    }

    private static boolean isOf(Source source, String promotion) {
        return source instanceof Source.OfPromotion of && of.id().equals(promotion);
    }

    private static Priced result(
            dev.skerry.pricing.Priced priced,
            List<Place> places,
            Map<String, PricedLine> free,
            Policies policies,
            Map<String, String> opened,
            List<String> hints) {
        Map<String, PricedLine> lines = new LinkedHashMap<>(free);
        for (dev.skerry.pricing.Priced.Line line : priced.lines()) {
            Place place = places.get(line.of().line());
            lines.put(place.line.id(), line(line, place));
        }
        priced.missingGifts().forEach(gift -> hints.add("A gift is due, scan it: " + gift.name()));
        priced.coupons().stream()
                .filter(coupon -> !coupon.used())
                .forEach(coupon ->
                        hints.add(
                                "Coupon %s takes nothing off: %s"
                                        .formatted(
                                                coupon.code(),
                                                coupon.whyNot()
                                                        .map(Words::why)
                                                        .orElse("nobody knows it"))));
        boolean included = policies.taxMode() == Policies.TaxMode.INCLUDED;
        return new Priced(
                lines,
                Stream.concat(
                                priced.applied().stream().map(BasketPricing::discount),
                                Stream.concat(
                                        places.stream()
                                                .flatMap(it -> givenDiscount(it.line).stream()),
                                        shared(places).stream()))
                        .toList(),
                priced.taxes().stream().map(it -> tax(it, included, policies)).toList(),
                priced.total(),
                included,
                new BookVersions(priced.priceBook(), priced.promotionBook()),
                priced.search() == dev.skerry.pricing.Priced.Search.EXACT,
                priced.pointsEarned(),
                priced.coupons().stream()
                        .filter(dev.skerry.pricing.Priced.CouponUse::used)
                        .map(it -> opened.getOrDefault(it.code(), it.code()))
                        .toList(),
                hints,
                priced.pointsSpent() == 0 ? null : priced.pointsSpent());
    }

    private static PricedLine line(dev.skerry.pricing.Priced.Line line, Place place) {
        Line.Share share = place.line.share();
        if (share != null) {
            List<OrderDiscount> all = new ArrayList<>(share.discounts());
            off(line).forEach((source, amount) -> all.add(discount(source, amount)));
            return new PricedLine(
                    share.unitPrice(),
                    share.unitPrice(),
                    share.priceSource(),
                    share.gross(),
                    line.net(),
                    List.of(),
                    all,
                    null);
        }
        Line.Given given = place.line.given();
        if (given != null) {
            Money gross = given.gross(place.line.quantity());
            return new PricedLine(
                    given.price(),
                    given.price(),
                    GIVEN,
                    place.line.refund() == null ? gross : gross.negated(),
                    line.net(),
                    List.of(),
                    givenDiscount(place.line),
                    null);
        }
        boolean measured = line.of().article().measured();
        List<Money> units = new ArrayList<>();
        for (Run run : line.runs()) {
            Quantity times = measured ? Quantity.ONE : run.quantity();
            for (long i = 0; line.runs().size() > 1 && i < times.thousandths(); i += 1000) {
                units.add(run.each());
            }
        }
        units.sort(Comparator.reverseOrder());
        List<OrderDiscount> discounts = new ArrayList<>();
        Money gross = line.regular();
        for (OrderDiscount less : place.less) {
            Money amount = less.amount().times(line.of().quantity());
            gross = gross.plus(amount);
            discounts.add(
                    new OrderDiscount(less.kind(), less.id(), less.name(), amount, less.reason()));
        }
        off(line).forEach((source, amount) -> discounts.add(discount(source, amount)));
        return new PricedLine(
                place.regularPrice,
                place.unitPrice,
                place.line.part() == Part.COMPONENT ? "COMBO" : line.of().source().name(),
                gross,
                line.net(),
                units,
                discounts,
                null);
    }

    /// What is taken off it now, and why.
    private static Map<Source, Money> off(dev.skerry.pricing.Priced.Line line) {
        Map<Source, Money> off = new LinkedHashMap<>();
        for (Run run : line.runs()) {
            Quantity times = line.of().article().measured() ? Quantity.ONE : run.quantity();
            run.cuts()
                    .forEach(cut -> off.merge(cut.source(), cut.each().times(times), Money::plus));
        }
        return off;
    }

    /// What was taken off before the check was split, as far as it is in this one.
    private static List<OrderDiscount> shared(List<Place> places) {
        Map<List<Object>, OrderDiscount> all = new LinkedHashMap<>();
        for (Place place : places) {
            Line.Share share = place.line.share();
            for (OrderDiscount one : share == null ? List.<OrderDiscount>of() : share.discounts()) {
                if (!one.kind().equals(WITHOUT)) {
                    all.merge(
                            Arrays.asList(one.kind(), one.id(), one.name(), one.reason()),
                            one,
                            (a, b) ->
                                    new OrderDiscount(
                                            a.kind(),
                                            a.id(),
                                            a.name(),
                                            a.amount().plus(b.amount()),
                                            a.reason()));
                }
            }
        }
        return List.copyOf(all.values());
    }

    private static List<OrderDiscount> givenDiscount(Line line) {
        Line.Given given = line.given();
        if (given == null || given.discount().isZero()) {
            return List.of();
        }
        Money off = line.refund() == null ? given.discount() : given.discount().negated();
        return List.of(new OrderDiscount(GIVEN, null, "Discount", off, given.reason()));
    }

    private static OrderDiscount discount(Applied applied) {
        return discount(applied.source(), applied.amount());
    }

    private static OrderDiscount discount(Source source, Money amount) {
        return switch (source) {
            case Source.OfPromotion(String id, String name, Source.Kind kind) ->
                    new OrderDiscount(kind.name(), id, name, amount, null);
            case Source.OfMarkdown(String campaign) ->
                    new OrderDiscount(MARKDOWN, null, campaign, amount, null);
            case Source.OfCashier(String reason, boolean wholeBasket) ->
                    new OrderDiscount(
                            "MANUAL",
                            null,
                            wholeBasket ? "Discount" : "Discount on article",
                            amount,
                            reason);
        };
    }

    private static OrderTax tax(TaxAmount tax, boolean included, Policies policies) {
        Money net = included ? tax.net().minus(tax.tax()) : tax.net();
        return new OrderTax(
                tax.rate().code(),
                tax.rate().percent(),
                net,
                tax.tax(),
                net.plus(tax.tax()),
                policies.taxes().categories().entrySet().stream()
                        .filter(it -> it.getValue().contains(tax.rate()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList());
    }
}
