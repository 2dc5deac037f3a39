package dev.skerry.app.chain;

import dev.skerry.app.chain.Shops.Shop;
import dev.skerry.language.Gtin;
import dev.skerry.language.Percent;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import dev.skerry.language.catalog.CatalogEvent.SectionChanged;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.prices.PriceEvent;
import dev.skerry.language.prices.PromotionEvent;
import dev.skerry.language.prices.TaxEvent;
import dev.skerry.language.prices.TaxEvent.TaxRateSet;
import dev.skerry.language.staff.StaffEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// An example chain, Harbour Markets: groceries with a café, as one seed makes it. The same seed, day and number of stores make the same
/// chain, to the byte.
///
/// Staff sign on with their number and, as PIN, that number backwards. In store 0001 the manager is 1001 (PIN 1001), a supervisor 1002 (2001),
/// cashiers are 1003 to 1008 (3001 to 8001), cooks 1008 to 1010 (8001 to 0101), and 1007, 1011 and 1012 receive goods. Store 0002 begins with
/// 1101, and so on.
public final class Chain {

    public static final int CUSTOMERS = 20_000;

    /// How much a chain has of everything, if more than the example: to see how a store bears it.
    ///
    /// @param articles at least, of those that are for sale in the shop
    /// @param promotions at least
    public record Size(int articles, int promotions, int customers) {

        /// As the example is.
        public static final Size EXAMPLE = new Size(0, 0, CUSTOMERS);
    }

    /// A name, a number and a code for each are there.
    public static final int ARTICLES_MAX = 500_000;

    public static final int PROMOTIONS_MAX = 50_000;

    public static final int CUSTOMERS_MAX = 10_000_000;

    /// More stores than this have no numbers for their staff.
    public static final int STORES_MAX = 89;

    private final List<Shop> shops;
    private final List<TaxEvent> taxes;
    private final List<CatalogEvent> catalog;
    private final List<PriceEvent> prices;
    private final List<PromotionEvent> promotions;
    private final List<CustomerEvent> customers;
    private final List<StaffEvent> staff;

    /// @param today before which some articles have gone, and after which some prices will change
    /// @param stores 1 to [#STORES_MAX]
    public static Chain of(long seed, LocalDate today, int stores) {
        return of(seed, today, stores, Size.EXAMPLE);
    }

    /// As above, of another size.
    public static Chain of(long seed, LocalDate today, int stores, Size size) {
        return new Chain(seed, today, stores, size);
    }

    Chain(long seed, LocalDate today, int stores, int customerCount) {
        this(seed, today, stores, new Size(0, 0, customerCount));
    }

    private Chain(long seed, LocalDate today, int stores, Size size) {
        if (stores < 1 || stores > STORES_MAX) {
            throw new IllegalArgumentException("1 to " + STORES_MAX + " stores, not " + stores);
        }
        shops = Shops.of(stores);
        List<Ware> wares = new ArrayList<>(Extras.all());
        wares.addAll(Assortment.of(part(seed, 1), today, new Gtins(), size.articles()));
        wares.addAll(Cafe.all());
        taxes = taxRates();
        catalog = catalog(wares);
        prices = Tariff.of(part(seed, 2), today, shops, wares);
        promotions = Offers.of(part(seed, 5), today, wares, size.promotions());
        customers = People.customers(part(seed, 3), size.customers());
        staff = People.staff(part(seed, 4), shops);
    }

    /// Each part has chances of its own: what is added to one leaves the others as they are.
    private static long part(long seed, int number) {
        return seed * 31 + number;
    }

    private static List<TaxEvent> taxRates() {
        LocalDate from = LocalDate.of(2024, 1, 1);
        return List.of(
                new TaxRateSet("standard", null, from, "VAT 19 %", "A", Percent.of(19), true),
                new TaxRateSet("reduced", null, from, "VAT 7 %", "B", Percent.of(7), true),
                new TaxRateSet("untaxed", null, from, "No VAT", "C", Percent.of(0), true));
    }

    private static List<CatalogEvent> catalog(List<Ware> wares) {
        List<CatalogEvent> events = new ArrayList<>();
        for (Ware ware : wares) {
            events.add(new ArticleChanged(ware.article()));
        }
        Cafe.sections().forEach(it -> events.add(new SectionChanged(it)));
        events.add(
                new LotRecalled(
                        gtin(wares, "Yoghurt"), "L24071", null, "plastic splinters possible"));
        events.add(new LotRecalled(gtin(wares, "Cold cuts"), "4711B", null, "listeria"));
        events.add(
                new LotRecalled(
                        gtin(wares, "Baby food"), null, null, "lids do not close, all lots"));
        return events;
    }

    /// Of the first article of a department.
    private static Gtin gtin(List<Ware> wares, String department) {
        return wares.stream()
                .map(Ware::article)
                .filter(it -> it.department().contains(department))
                .flatMap(it -> it.codes().stream())
                .map(Article.Code::gtin)
                .findFirst()
                .orElseThrow();
    }

    public List<Shop> shops() {
        return shops;
    }

    public List<TaxEvent> taxes() {
        return taxes;
    }

    public List<CatalogEvent> catalog() {
        return catalog;
    }

    public List<PriceEvent> prices() {
        return prices;
    }

    public List<PromotionEvent> promotions() {
        return promotions;
    }

    /// Customers, each with a count of points.
    public List<CustomerEvent> customers() {
        return customers;
    }

    public List<StaffEvent> staff() {
        return staff;
    }
}
