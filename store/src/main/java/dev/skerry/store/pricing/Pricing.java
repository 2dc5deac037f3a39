package dev.skerry.store.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Handle;
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
import dev.skerry.pricing.StoreTime;
import dev.skerry.pricing.TaxTable;
import dev.skerry.pricing.TaxTable.TaxRate;
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
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /// The store's campaigns as they were at a version of its own stream.
    private record Running(long version, List<Campaign> campaigns) {}

    private final Book<PricingEvent> book;
    private final PricingFollowers followers;
    private final Site site;
    private final Rules rules;
    private final TimeOrderedIds ids;
    private volatile Made made = new Made("none", PromotionBook.empty());
    private volatile Running running = new Running(-1, List.of());

    /// @param database with [#tables]
    public Pricing(
            SqliteDatabase database,
            Site site,
            Rules rules,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.site = requireNonNull(site, "site");
        this.rules = requireNonNull(rules, "rules");
        this.ids = requireNonNull(ids, "ids");
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
            Map<Sku, PriceEntry> chosen = chosen(skus, at, tables);
            if (rules.labelsFirst()) {
                PricingTables.hung(chosen.keySet(), tables)
                        .forEach((sku, label) ->
                                chosen.computeIfPresent(
                                        sku, (_, price) -> asLabelled(price, label)));
            }
            return chosen;
        });
    }

    private static Map<Sku, PriceEntry> chosen(
            Collection<Sku> skus, ZonedDateTime at, Handle tables) {
        Map<Sku, PriceEntry> chosen = new HashMap<>();
        PricingTables.prices(skus, tables)
                .forEach((sku, entries) ->
                        PriceChoice.choose(entries, at).ifPresent(it -> chosen.put(sku, it)));
        return chosen;
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

    /// Base prices, and of which state of HQ's prices they are: it changes whenever any of them does.
    public record PriceList(String version, Map<Sku, PriceEntry> prices) {}

    /// As [#prices], with their version.
    public PriceList priceList(Collection<Sku> skus, ZonedDateTime at) {
        // Each statement reads what was committed when it began: between two of them HQ's may come.
        while (true) {
            String version = version(PriceEvent.STREAM);
            Map<Sku, PriceEntry> prices = prices(skus, at);
            if (version.equals(version(PriceEvent.STREAM))) {
                return new PriceList(version, prices);
            }
        }
    }

    private String version(String stream) {
        return Long.toString(book.<Long>query(tables -> PricingTables.version(stream, tables)));
    }

    /// The promotions as they are now, whether in force or not.
    public PromotionBook promotions() {
        String version = version(PromotionEvent.STREAM);
        Made there = made;
        while (!there.version.equals(version)) {
            List<Promotion> all = new ArrayList<>();
            book.query(PricingTables::promotions).forEach(it -> read(it, all));
            Made now = new Made(version, PromotionBook.of(version, all));
            version = version(PromotionEvent.STREAM);
            if (now.version.equals(version)) {
                there = now;
                made = now;
            }
        }
        return there.book;
    }

    /// The promotions in force now, whoever buys what.
    public List<Promotion> inForce() {
        return promotions().inForce(book.clock().instant().atZone(site.time()));
    }

    /// One that cannot be read, as a newer HQ may send, is left out: no basket waits for it.
    private void read(PricingTables.Sent sent, List<Promotion> all) {
        switch (new PromotionFile().readPromotion(sent.json(), site.currency())) {
            case Reading.Good<Promotion>(var promotion) -> {
                LocalDateTime launch = sent.launch();
                all.add(
                        launch == null
                                ? promotion
                                : promotion.when(promotion.conditions().notBefore(launch)));
            }
            case Reading.Bad<Promotion>(var faults) ->
                    LOG.log(
                            Level.WARNING,
                            "promotion=unreadable id=%s why=\"%s\" remedy=\"mend it at HQ, or update this store\""
                                    .formatted(sent.id(), faults.getFirst()));
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
    ///
    /// @param at in the store's zone
    public List<Markdown> markdowns(Goods goods, ZonedDateTime at) {
        return markdowns(campaigns(), goods, at);
    }

    /// As above, of campaigns that were asked for before: all lines of a basket are priced by the same.
    public static List<Markdown> markdowns(
            List<Campaign> campaigns, Goods goods, ZonedDateTime at) {
        return within(campaigns, at).stream()
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
        long version = book.version(stream(site.id()));
        Running there = running;
        if (there.version != version) {
            // Asked for after its version: what was published between them is read again the next
            // time.
            there =
                    new Running(
                            version,
                            List.copyOf(
                                    book.query(tables -> PricingTables.campaigns(false, tables))));
            running = there;
        }
        return there.campaigns;
    }

    /// Is another whenever prices, promotions, taxes, campaigns or labels may be, but by the clock.
    public String version() {
        return book.version();
    }

    /// Whether something began or ended to be in force by the clock alone.
    ///
    /// @param before in the store's zone
    /// @param after later, in the same
    public boolean differs(ZonedDateTime before, ZonedDateTime after) {
        List<Campaign> campaigns = campaigns();
        boolean nextDay = !before.toLocalDate().equals(after.toLocalDate());
        return book.query(tables ->
                PricingTables.pricesChange(
                        before.toLocalDateTime(), after.toLocalDateTime(), tables))
                || !promotions().inForce(before).equals(promotions().inForce(after))
                || !within(campaigns, before).equals(within(campaigns, after))
                || (nextDay
                        && !policies(before.toLocalDate()).equals(policies(after.toLocalDate())));
    }

    private static List<Campaign> within(List<Campaign> campaigns, ZonedDateTime at) {
        return campaigns.stream()
                .filter(it -> StoreTime.within(at, Optional.of(it.from()), Optional.of(it.to())))
                .toList();
    }

    /// Those that have been ended before their time.
    public List<Campaign> endedCampaigns() {
        return book.query(tables -> PricingTables.campaigns(true, tables));
    }

    /// Begins a campaign, or changes one that has its id.
    ///
    /// @throws IllegalArgumentException if its price is in another currency
    public void set(Command command, Campaign campaign, String by) {
        requireCurrency(campaign);
        book.once(
                command,
                (tables, publish) -> {
                    if (!PricingTables.campaign(campaign.id(), tables)
                            .equals(Optional.of(campaign))) {
                        publish.accept(new CampaignSet(campaign, by));
                    }
                    return true;
                });
    }

    private void requireCurrency(Campaign campaign) {
        Money price = campaign.price();
        if (price != null && !price.currency().equals(site.currency())) {
            throw new IllegalArgumentException("prices here are in " + site.currency());
        }
    }

    /// What a campaign would do when it begins, or now if it has begun. Changes nothing.
    ///
    /// @param now store-local
    /// @throws IllegalArgumentException as [#set]
    public Preview preview(Campaign campaign, Assortment assortment, LocalDateTime now) {
        requireCurrency(campaign);
        LocalDateTime at = now.isBefore(campaign.from()) ? campaign.from() : now;
        Map<Sku, Assortment.Ware> wares = new LinkedHashMap<>();
        int max = Preview.LINES_MAX + 1;
        campaign.skus().stream()
                .sorted(Comparator.comparing(Sku::value))
                .limit(max)
                .forEach(sku -> assortment.ware(sku).ifPresent(it -> wares.put(sku, it)));
        for (String department : campaign.departments()) {
            assortment.department(department, max).forEach(it -> wares.put(it.sku(), it));
        }
        List<Assortment.Ware> concerned =
                wares.values().stream().filter(Assortment.Ware::discountable).toList();
        List<Assortment.Ware> shown = concerned.stream().limit(Preview.LINES_MAX).toList();
        Map<Sku, PriceEntry> prices =
                prices(shown.stream().map(Assortment.Ware::sku).toList(), at.atZone(site.time()));
        List<Campaign> others =
                campaigns().stream().filter(it -> !it.id().equals(campaign.id())).toList();
        List<Preview.Line> lines = new ArrayList<>();
        List<Sku> unpriced = new ArrayList<>();
        for (Assortment.Ware ware : shown) {
            PriceEntry price = prices.get(ware.sku());
            if (price == null) {
                unpriced.add(ware.sku());
            } else {
                lines.add(
                        line(
                                campaign,
                                others,
                                ware,
                                price.price(),
                                at.atZone(site.time()),
                                assortment));
            }
        }
        return new Preview(lines, concerned.size() <= Preview.LINES_MAX, unpriced);
    }

    private static Preview.Line line(
            Campaign campaign,
            List<Campaign> others,
            Assortment.Ware ware,
            Money regular,
            ZonedDateTime at,
            Assortment assortment) {
        Integer days = campaign.expiresWithinDays();
        // Goods of the lot and with the date that it is for.
        Goods goods =
                new Goods(
                        ware.sku(),
                        ware.departments(),
                        campaign.lot(),
                        days == null ? null : at.toLocalDate().plusDays(days));
        List<Markdown> before = markdowns(others, goods, at);
        List<Markdown> after = new ArrayList<>(before);
        after.add(new Markdown(campaign.name(), reduction(campaign)));
        return new Preview.Line(
                ware.sku(),
                ware.name(),
                ware.unit(),
                regular,
                Markdown.best(regular, before),
                Markdown.best(regular, after),
                assortment.stock(ware.sku()));
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

    /// Labels that do not say what their articles cost, in order of SKU.
    ///
    /// @param at store-local: what the articles cost then
    /// @param max 1 to [LabelBatch#LABELS_MAX]
    public List<LabelBatch.Due> due(LocalDateTime at, Assortment assortment, int max) {
        List<LabelBatch.Due> due = new ArrayList<>();
        List<Sku> some = priced("");
        while (!some.isEmpty() && due.size() < max) {
            due.addAll(due(some, at, assortment));
            some = priced(some.getLast().value());
        }
        return due.stream().limit(max).toList();
    }

    private List<Sku> priced(String after) {
        return book.query(tables -> PricingTables.priced(after, LabelBatch.LABELS_MAX, tables));
    }

    private List<LabelBatch.Due> due(
            Collection<Sku> skus, LocalDateTime at, Assortment assortment) {
        return labels(skus, at, assortment, (price, said) -> !price.equals(said));
    }

    /// What the labels of these articles should say, and say; those that the store does not know or has no price of are missing.
    ///
    /// @param at store-local
    public List<LabelBatch.Due> labels(
            Collection<Sku> skus, LocalDateTime at, Assortment assortment) {
        return labels(skus, at, assortment, (_, _) -> true);
    }

    private interface Wanted {
        boolean is(Money price, @Nullable Money said);
    }

    private List<LabelBatch.Due> labels(
            Collection<Sku> skus, LocalDateTime at, Assortment assortment, Wanted wanted) {
        Map<Sku, PriceEntry> prices =
                book.query(tables -> chosen(skus, at.atZone(site.time()), tables));
        Map<Sku, Money> said = book.query(tables -> PricingTables.said(prices.keySet(), tables));
        List<LabelBatch.Due> labels = new ArrayList<>();
        prices.forEach((sku, price) -> {
            Money there = said.get(sku);
            if (wanted.is(price.price(), there)) {
                assortment
                        .ware(sku)
                        .ifPresent(ware ->
                                labels.add(
                                        new LabelBatch.Due(
                                                sku, ware.name(), price.price(), there)));
            }
        });
        labels.sort(Comparator.comparing(it -> it.sku().value()));
        return labels;
    }

    /// What changes its price by itself until then, in order of SKU; at most [PriceChange#CHANGES_MAX].
    ///
    /// @param until store-local
    public List<PriceChange> changes(LocalDateTime until, Assortment assortment) {
        LocalDateTime now = now();
        Map<Sku, LocalDateTime> moments =
                book.query(tables ->
                        PricingTables.changing(now, until, PriceChange.CHANGES_MAX, tables));
        Map<Sku, PriceEntry> before = prices(moments.keySet(), now.atZone(site.time()));
        Map<Sku, PriceEntry> after = prices(moments.keySet(), until.atZone(site.time()));
        List<PriceChange> changes = new ArrayList<>();
        moments.forEach((sku, at) -> {
            Money first = amount(before.get(sku));
            Money then = amount(after.get(sku));
            if (!Objects.equals(first, then)) {
                assortment
                        .ware(sku)
                        .ifPresent(it ->
                                changes.add(new PriceChange(sku, it.name(), at, first, then)));
            }
        });
        return changes;
    }

    private static @Nullable Money amount(@Nullable PriceEntry price) {
        return price == null ? null : price.price();
    }

    boolean isDone(Command command) {
        return book.isDone(command);
    }

    /// The newest first.
    public List<LabelBatch.Summary> batches() {
        return book.query(PricingTables::batches);
    }

    public Optional<LabelBatch> batch(String id) {
        return book.query(tables -> PricingTables.batch(id, tables));
    }

    /// The store's own time.
    public LocalDateTime now() {
        return LocalDateTime.ofInstant(book.clock().instant(), site.time());
    }

    /// For a command that need not be told from a repetition of itself.
    String newId() {
        return ids.next().toString();
    }

    /// For tests and repairs: makes all tables anew from the streams. Nobody else may use this meanwhile.
    void rebuild() {
        book.rebuild();
    }
}
