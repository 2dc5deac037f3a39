package dev.skerry.store.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.prices.PriceEvent;
import dev.skerry.language.prices.PromotionEvent;
import dev.skerry.language.pricing.Campaign;
import dev.skerry.language.pricing.PricingEvent;
import dev.skerry.language.pricing.PricingEvent.CampaignEnded;
import dev.skerry.language.pricing.PricingEvent.CampaignSet;
import dev.skerry.language.pricing.PricingEvent.Label;
import dev.skerry.language.pricing.PricingEvent.LabelsHung;
import dev.skerry.language.pricing.PricingEvent.LabelsSent;
import dev.skerry.pricing.Markdown;
import dev.skerry.pricing.Policies;
import dev.skerry.pricing.Policies.TaxMode;
import dev.skerry.pricing.Policies.TaxRounding;
import dev.skerry.pricing.PriceChoice;
import dev.skerry.pricing.PriceEntry;
import dev.skerry.pricing.Promotion;
import dev.skerry.pricing.PromotionBook;
import dev.skerry.pricing.PromotionFile;
import dev.skerry.pricing.Reading;
import dev.skerry.pricing.Reduction;
import dev.skerry.pricing.TaxTable;
import dev.skerry.pricing.TaxTable.TaxRate;
import dev.skerry.store.Book;
import dev.skerry.store.Book.Command;
import dev.skerry.store.Book.Publication;
import dev.skerry.store.pricing.PricingTables.Tax;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What articles cost in this store. Any thread.
public final class Pricing {

    private static final Logger LOG = System.getLogger(Pricing.class.getName());

    /// Where this store is.
    ///
    /// @param id such as `0042`
    /// @param zone of the chain in which it lies
    public record Site(String id, String zone, ZoneId time, Currency currency) {}

    /// What the store has decided about money.
    ///
    /// @param membershipAgeMax up to which age the membership list is believed while the line is down
    /// @param offlineRewardMax what points may buy in one basket while the line is down
    /// @param labelsFirst a price goes up at the till only after its label says so
    public record Rules(
            TaxRounding taxRounding,
            Duration membershipAgeMax,
            Money offlineRewardMax,
            boolean labelsFirst) {}

    /// What a barcode's date and lot say of goods.
    public record Goods(
            Sku sku, List<String> departments, @Nullable String lot, @Nullable LocalDate expiry) {}

    /// A book that was made from promotions as they were at a version.
    private record Made(String version, PromotionBook book) {}

    private final Book<PricingEvent> book;
    private final PricingFollowers followers;
    private final Site site;
    private final Rules rules;
    private volatile Made made = new Made("none", PromotionBook.empty());

    /// @param database with [#tables]
    public Pricing(
            SqliteDatabase database,
            Site site,
            Rules rules,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.site = requireNonNull(site, "site");
        this.rules = requireNonNull(rules, "rules");
        this.book =
                new Book<>(
                        database,
                        List.of(new Publication<>(stream(site.id()), PricingEvent.FORM, false)),
                        new PricingTables(),
                        clock,
                        ids);
        this.followers = new PricingFollowers(book, "store-" + site.id(), site.zone());
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, PricingTables.MIGRATIONS};
    }

    /// Where a store's own campaigns and labels are published.
    public static StreamName stream(String store) {
        return StreamName.of("store-" + store + "/pricing");
    }

    /// To be driven.
    ///
    /// @param mirror where the store has a stream of HQ's
    public List<Follower<SqliteTransaction>> followers(Function<StreamName, EventSource> mirror) {
        return followers.all(mirror);
    }

    // ---- what things cost

    /// The base prices of articles; those without a price are missing.
    public Map<Sku, PriceEntry> prices(Collection<Sku> skus, ZonedDateTime at) {
        return book.query(tables -> {
            Map<Sku, PriceEntry> chosen = new HashMap<>();
            PricingTables.prices(skus, tables)
                    .forEach((sku, entries) ->
                            PriceChoice.choose(entries, at).ifPresent(it -> chosen.put(sku, it)));
            if (rules.labelsFirst()) {
                PricingTables.hung(chosen.keySet(), tables)
                        .forEach((sku, label) ->
                                chosen.computeIfPresent(
                                        sku, (_, price) -> asLabelled(price, label)));
            }
            return chosen;
        });
    }

    /// A price goes down at once, and up after its label.
    private static PriceEntry asLabelled(PriceEntry price, Optional<Money> label) {
        return label.filter(it -> it.compareTo(price.price()) < 0)
                .map(it ->
                        new PriceEntry(
                                price.id(),
                                price.source(),
                                it,
                                price.validFrom(),
                                price.validTo(),
                                price.priority()))
                .orElse(price);
    }

    /// Of which state of HQ's prices an answer is: it changes whenever any of them does.
    public String priceVersion() {
        return Long.toString(
                book.<Long>query(tables -> PricingTables.version(PriceEvent.STREAM, tables)));
    }

    /// The promotions as they are now, whether in force or not.
    public PromotionBook promotions() {
        String version =
                Long.toString(
                        book.<Long>query(
                                tables -> PricingTables.version(PromotionEvent.STREAM, tables)));
        Made there = made;
        if (!there.version.equals(version)) {
            List<Promotion> all = new ArrayList<>();
            book.query(PricingTables::promotions).forEach((id, json) -> read(id, json, all));
            there = new Made(version, PromotionBook.of(version, all));
            made = there;
        }
        return there.book;
    }

    /// One that cannot be read, as a newer HQ may send, is left out: no basket waits for it.
    private void read(String id, String json, List<Promotion> all) {
        switch (new PromotionFile().readPromotion(json, site.currency())) {
            case Reading.Good<Promotion>(var promotion) -> all.add(promotion);
            case Reading.Bad<Promotion>(var faults) ->
                    LOG.log(
                            Level.WARNING,
                            "promotion=unreadable id=%s why=\"%s\" remedy=\"mend it at HQ, or update this store\""
                                    .formatted(id, faults.getFirst()));
        }
    }

    /// Taxes and rules of a business day.
    public Policies policies(LocalDate day) {
        List<Tax> taxes = book.query(tables -> PricingTables.taxes(day, tables));
        Map<String, List<TaxRate>> table = new HashMap<>();
        taxes.forEach(
                tax -> table.put(tax.category(), List.of(new TaxRate(tax.mark(), tax.rate()))));
        return new Policies(
                new TaxTable(table),
                taxes.stream().allMatch(Tax::included) ? TaxMode.INCLUDED : TaxMode.ADDED,
                rules.taxRounding(),
                rules.membershipAgeMax(),
                rules.offlineRewardMax());
    }

    // ---- the store's own campaigns

    /// What the store's campaigns take off these goods now.
    public List<Markdown> markdowns(Goods goods, LocalDateTime at) {
        return campaigns().stream()
                .filter(it -> !at.isBefore(it.from()) && at.isBefore(it.to()))
                .filter(it -> meant(it, goods, at.toLocalDate()))
                .map(it -> new Markdown(it.name(), reduction(it)))
                .toList();
    }

    private static boolean meant(Campaign campaign, Goods goods, LocalDate today) {
        String path = String.join("/", goods.departments());
        boolean named =
                campaign.skus().contains(goods.sku())
                        || campaign.departments().stream()
                                .anyMatch(it -> path.equals(it) || path.startsWith(it + "/"));
        Integer days = campaign.expiresWithinDays();
        LocalDate expiry = goods.expiry();
        return named
                && (campaign.lot() == null || campaign.lot().equals(goods.lot()))
                && (days == null || (expiry != null && !expiry.isAfter(today.plusDays(days))));
    }

    private static Reduction reduction(Campaign campaign) {
        Percent percent = campaign.percent();
        return percent != null
                ? new Reduction.ByPercent(percent)
                : new Reduction.ToPrice(requireNonNull(campaign.price()));
    }

    /// Those that have not been ended, in force or not.
    public List<Campaign> campaigns() {
        return book.query(tables -> PricingTables.campaigns(false, tables));
    }

    /// Begins a campaign, or changes one that has its id.
    ///
    /// @throws IllegalArgumentException if its price is in another currency
    public void set(Command command, Campaign campaign, String by) {
        Money price = campaign.price();
        if (price != null && !price.currency().equals(site.currency())) {
            throw new IllegalArgumentException("prices here are in " + site.currency());
        }
        book.once(
                command,
                (_, publish) -> {
                    publish.accept(new CampaignSet(campaign, by));
                    return true;
                });
    }

    /// Ends a campaign now.
    ///
    /// @return false if there is none of that id
    public boolean end(Command command, String campaign, String by) {
        return book.once(
                        command,
                        (tables, publish) -> {
                            boolean there = PricingTables.campaign(campaign, tables).isPresent();
                            if (there) {
                                publish.accept(new CampaignEnded(campaign, by));
                            }
                            return there;
                        })
                .orElse(true);
    }

    // ---- labels

    /// Labels are on their way to the shelves.
    public void sent(Command command, String batch, List<Label> labels, String by) {
        book.once(
                command,
                (_, publish) -> {
                    publish.accept(new LabelsSent(batch, labels, by));
                    return true;
                });
    }

    /// Labels of a batch hang.
    public void hung(Command command, String batch, List<Sku> skus, String by) {
        book.once(
                command,
                (_, publish) -> {
                    publish.accept(new LabelsHung(batch, skus, book.clock().instant(), by));
                    return true;
                });
    }

    /// For tests and repairs: makes all tables anew from the streams. Nobody else may use this meanwhile.
    void rebuild() {
        book.rebuild();
    }
}
