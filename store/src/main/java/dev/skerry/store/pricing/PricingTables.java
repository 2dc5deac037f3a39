package dev.skerry.store.pricing;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Sku;
import dev.skerry.language.prices.PriceEvent.Level;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.PromotionEvent.PromotionChanged;
import dev.skerry.language.prices.TaxEvent.TaxRateSet;
import dev.skerry.language.pricing.Campaign;
import dev.skerry.language.pricing.PricingEvent;
import dev.skerry.language.pricing.PricingEvent.CampaignEnded;
import dev.skerry.language.pricing.PricingEvent.CampaignSet;
import dev.skerry.language.pricing.PricingEvent.Label;
import dev.skerry.language.pricing.PricingEvent.LabelsHung;
import dev.skerry.language.pricing.PricingEvent.LabelsSent;
import dev.skerry.pricing.PriceEntry;
import dev.skerry.pricing.PriceSource;
import dev.skerry.stream.sqlite.Migrations;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All SQL of this context.
final class PricingTables implements Book.State<PricingEvent> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "pricing",
                    List.of(
                            """
                            CREATE TABLE price (
                              key TEXT PRIMARY KEY,
                              sku TEXT NOT NULL,
                              level TEXT NOT NULL,
                              valid_from TEXT NOT NULL,
                              valid_to TEXT,
                              priority INTEGER NOT NULL,
                              id TEXT NOT NULL,
                              amount INTEGER NOT NULL,
                              currency TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX price_of ON price (sku);
                            CREATE TABLE promotion (
                              id TEXT PRIMARY KEY,
                              version INTEGER NOT NULL,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE tax (
                              key TEXT PRIMARY KEY,
                              category TEXT NOT NULL,
                              of_zone INTEGER NOT NULL,
                              valid_from TEXT NOT NULL,
                              name TEXT NOT NULL,
                              mark TEXT NOT NULL,
                              rate INTEGER NOT NULL,
                              included INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE version (
                              stream TEXT PRIMARY KEY,
                              next INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE campaign (
                              id TEXT PRIMARY KEY,
                              ended INTEGER NOT NULL,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE label (
                              sku TEXT PRIMARY KEY,
                              batch TEXT NOT NULL,
                              name TEXT NOT NULL,
                              amount INTEGER NOT NULL,
                              currency TEXT NOT NULL,
                              hung_amount INTEGER
                            ) STRICT, WITHOUT ROWID;
                            """,
                            """
                            CREATE TABLE batch (
                              at_offset INTEGER PRIMARY KEY,
                              id TEXT NOT NULL UNIQUE,
                              at INTEGER NOT NULL,
                              by TEXT NOT NULL
                            ) STRICT;
                            CREATE TABLE batch_label (
                              batch TEXT NOT NULL,
                              sku TEXT NOT NULL,
                              name TEXT NOT NULL,
                              amount INTEGER NOT NULL,
                              currency TEXT NOT NULL,
                              hung_at INTEGER,
                              PRIMARY KEY (batch, sku)
                            ) STRICT, WITHOUT ROWID;
                            """,
                            """
                            ALTER TABLE promotion ADD COLUMN launch TEXT;
                            """));

    /// What the store asks for one of a tax category.
    ///
    /// @param included prices contain it
    record Tax(String category, String mark, Percent rate, boolean included) {}

    // ---- what the store publishes

    @Override
    public void apply(Fact<? extends PricingEvent> fact, Handle tables) {
        switch (fact.event()) {
            case CampaignSet(Campaign campaign, _) ->
                    tables.execute(
                            "REPLACE INTO campaign (id, ended, body) VALUES (?, 0, ?)",
                            campaign.id(),
                            Json.write(campaign));
            case CampaignEnded(String id, _) ->
                    tables.execute("UPDATE campaign SET ended = 1 WHERE id = ?", id);
            case LabelsSent sent -> {
                sent.labels().forEach(it -> send(sent.batch(), it, tables));
                tables.execute(
                        "INSERT OR IGNORE INTO batch (at_offset, id, at, by) VALUES (?, ?, ?, ?)",
                        fact.offset(),
                        sent.batch(),
                        fact.at().toEpochMilli(),
                        sent.by());
                forgetBatches(tables);
            }
            case LabelsHung(String batch, List<Sku> skus, Instant at, _) ->
                    skus.forEach(sku -> {
                        tables.execute(
                                "UPDATE label SET hung_amount = amount WHERE sku = ? AND batch = ?",
                                sku.value(),
                                batch);
                        tables.execute(
                                "UPDATE batch_label SET hung_at = ? WHERE batch = ? AND sku = ?",
                                at.toEpochMilli(),
                                batch,
                                sku.value());
                    });
        }
    }

    private static void send(String batch, Label label, Handle tables) {
        String sku = label.sku().value();
        long amount = label.price().minor();
        String currency = label.price().currency().getCurrencyCode();
        tables.execute(
                "INSERT INTO label (sku, batch, name, amount, currency)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                        + " batch = excluded.batch, name = excluded.name,"
                        + " amount = excluded.amount, currency = excluded.currency",
                sku,
                batch,
                label.name(),
                amount,
                currency);
        tables.execute(
                "REPLACE INTO batch_label (batch, sku, name, amount, currency) VALUES (?, ?, ?, ?, ?)",
                batch,
                sku,
                label.name(),
                amount,
                currency);
    }

    private static void forgetBatches(Handle tables) {
        tables.execute(
                "DELETE FROM batch WHERE at_offset NOT IN"
                        + " (SELECT at_offset FROM batch ORDER BY at_offset DESC LIMIT ?)",
                LabelBatch.BATCHES_MAX);
        tables.execute("DELETE FROM batch_label WHERE batch NOT IN (SELECT id FROM batch)");
    }

    @Override
    public void clear(Handle tables) {
        tables.execute("DELETE FROM campaign");
        tables.execute("DELETE FROM label");
        tables.execute("DELETE FROM batch");
        tables.execute("DELETE FROM batch_label");
    }

    // ---- what HQ publishes

    static void set(String key, PriceSet price, Handle tables) {
        LocalDateTime to = price.validTo();
        tables.execute(
                "REPLACE INTO price (key, sku, level, valid_from, valid_to, priority, id, amount,"
                        + " currency) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                key,
                price.place().sku().value(),
                price.place().level().name(),
                price.place().validFrom().toString(),
                to == null ? null : to.toString(),
                price.place().priority(),
                price.id(),
                price.price().minor(),
                price.price().currency().getCurrencyCode());
    }

    /// @param launch from when on it is in this store, store-local
    static void set(PromotionChanged promotion, LocalDateTime launch, Handle tables) {
        tables.execute(
                "REPLACE INTO promotion (id, version, body, launch) VALUES (?, ?, ?, ?)",
                promotion.id(),
                promotion.version(),
                promotion.promotion(),
                launch.equals(LocalDateTime.MIN) ? null : launch.toString());
    }

    static void set(String key, TaxRateSet tax, Handle tables) {
        tables.execute(
                "REPLACE INTO tax (key, category, of_zone, valid_from, name, mark, rate, included)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                key,
                tax.category(),
                tax.zone() == null ? 0 : 1,
                tax.validFrom().toString(),
                tax.name(),
                tax.mark(),
                tax.rate().basisPoints(),
                tax.included() ? 1 : 0);
    }

    static void removePrice(String key, Handle tables) {
        tables.execute("DELETE FROM price WHERE key = ?", key);
    }

    static void removePromotion(String id, Handle tables) {
        tables.execute("DELETE FROM promotion WHERE id = ?", id);
    }

    static void removeTax(String key, Handle tables) {
        tables.execute("DELETE FROM tax WHERE key = ?", key);
    }

    static void read(String stream, long next, Handle tables) {
        tables.execute("REPLACE INTO version (stream, next) VALUES (?, ?)", stream, next);
    }

    static void forget(String table, Handle tables) {
        tables.execute("DELETE FROM " + table);
    }

    // ---- questions

    /// When a price of an article begins or ends first in a time, in order of SKU.
    static Map<Sku, LocalDateTime> changing(
            LocalDateTime after, LocalDateTime until, int max, Handle tables) {
        Map<Sku, LocalDateTime> changing = new LinkedHashMap<>();
        tables.createQuery(
                        "SELECT sku, min(moment) FROM (SELECT sku, valid_from AS moment FROM price"
                                + " WHERE valid_from > :after AND valid_from <= :until"
                                + " UNION ALL SELECT sku, valid_to FROM price"
                                + " WHERE valid_to > :after AND valid_to <= :until)"
                                + " GROUP BY sku ORDER BY sku LIMIT :max")
                .bind("after", after.toString())
                .bind("until", until.toString())
                .bind("max", max)
                .map((row, _) ->
                        Map.entry(new Sku(row.getString(1)), LocalDateTime.parse(row.getString(2))))
                .forEach(it -> changing.put(it.getKey(), it.getValue()));
        return changing;
    }

    static Map<Sku, List<PriceEntry>> prices(Collection<Sku> skus, Handle tables) {
        return tables.createQuery(
                        "SELECT sku, level, valid_from, valid_to, priority, id, amount, currency"
                                + " FROM price WHERE sku IN (SELECT value FROM json_each(?))")
                .bind(0, Json.write(skus))
                .map((row, _) ->
                        Map.entry(
                                new Sku(row.getString(1)),
                                new PriceEntry(
                                        row.getString(6),
                                        source(Level.valueOf(row.getString(2))),
                                        new Money(
                                                row.getLong(7),
                                                Currency.getInstance(row.getString(8))),
                                        Optional.of(LocalDateTime.parse(row.getString(3))),
                                        Optional.ofNullable(row.getString(4))
                                                .map(LocalDateTime::parse),
                                        row.getInt(5))))
                .collect(
                        Collectors.groupingBy(
                                Map.Entry::getKey,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static PriceSource source(Level level) {
        return switch (level) {
            case CHAIN -> PriceSource.CHAIN;
            case ZONE -> PriceSource.ZONE;
            case STORE -> PriceSource.STORE;
        };
    }

    /// Their JSON, by id.
    /// A promotion as HQ has sent it.
    ///
    /// @param launch from when on it is in this store, store-local; null if that is as the promotion says
    record Sent(String id, String json, @Nullable LocalDateTime launch) {}

    /// By id.
    static List<Sent> promotions(Handle tables) {
        return tables.createQuery("SELECT id, body, launch FROM promotion ORDER BY id")
                .map((row, _) -> {
                    String launch = row.getString("launch");
                    return new Sent(
                            row.getString("id"),
                            row.getString("body"),
                            launch == null ? null : LocalDateTime.parse(launch));
                })
                .list();
    }

    /// The newest of each category that is in force on a day; a zone's own before the chain's.
    static List<Tax> taxes(LocalDate day, Handle tables) {
        return tables.createQuery(
                        "SELECT category, mark, rate, included FROM ("
                                + " SELECT *, row_number() OVER (PARTITION BY category"
                                + "   ORDER BY of_zone DESC, valid_from DESC) AS place"
                                + " FROM tax WHERE valid_from <= ?) WHERE place = 1 ORDER BY category")
                .bind(0, day.toString())
                .map((row, _) ->
                        new Tax(
                                row.getString(1),
                                row.getString(2),
                                new Percent(row.getLong(3)),
                                row.getInt(4) == 1))
                .list();
    }

    /// How far a stream of HQ's has been read; 0 if not at all.
    /// Whether a price begins or ends.
    ///
    /// @param after excluded
    /// @param until included
    static boolean pricesChange(LocalDateTime after, LocalDateTime until, Handle tables) {
        return tables.createQuery(
                                "SELECT EXISTS (SELECT 1 FROM price WHERE (valid_from > ?1 AND valid_from <= ?2)"
                                        + " OR (valid_to > ?1 AND valid_to <= ?2))")
                        .bind(0, after.toString())
                        .bind(1, until.toString())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    static long version(String stream, Handle tables) {
        return tables.createQuery("SELECT next FROM version WHERE stream = ?")
                .bind(0, stream)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /// In order of id.
    static List<Campaign> campaigns(boolean ended, Handle tables) {
        return tables.createQuery("SELECT body FROM campaign WHERE ended = ? ORDER BY id")
                .bind(0, ended ? 1 : 0)
                .mapTo(String.class)
                .map(body -> Json.read(body, Campaign.class))
                .list();
    }

    static Optional<Campaign> campaign(String id, Handle tables) {
        return tables.createQuery("SELECT body FROM campaign WHERE id = ? AND ended = 0")
                .bind(0, id)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, Campaign.class));
    }

    /// What the labels of these articles say; those that were never sent are missing, those that do not hang yet are null.
    static Map<Sku, Optional<Money>> hung(Collection<Sku> skus, Handle tables) {
        return tables.createQuery(
                        "SELECT sku, hung_amount, currency FROM label"
                                + " WHERE sku IN (SELECT value FROM json_each(?))")
                .bind(0, Json.write(skus))
                .map((row, _) ->
                        Map.entry(
                                new Sku(row.getString(1)),
                                amount(row.getObject(2), row.getString(3))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Articles that HQ has sent a price of, in order.
    static List<Sku> priced(String after, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT DISTINCT sku FROM price WHERE sku > ? ORDER BY sku LIMIT ?")
                .bind(0, after)
                .bind(1, max)
                .mapTo(String.class)
                .map(Sku::new)
                .list();
    }

    /// What the labels say that were made last, whether they hang or not.
    static Map<Sku, Money> said(Collection<Sku> skus, Handle tables) {
        return tables.createQuery(
                        "SELECT sku, amount, currency FROM label"
                                + " WHERE sku IN (SELECT value FROM json_each(?))")
                .bind(0, Json.write(skus))
                .map((row, _) ->
                        Map.entry(
                                new Sku(row.getString(1)),
                                Money.of(row.getLong(2), row.getString(3))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// The newest first.
    static List<LabelBatch.Summary> batches(Handle tables) {
        return tables.createQuery(
                        "SELECT id, at, by, (SELECT count(*) FROM batch_label WHERE batch = id),"
                                + " (SELECT count(hung_at) FROM batch_label WHERE batch = id)"
                                + " FROM batch ORDER BY at_offset DESC")
                .map((row, _) ->
                        new LabelBatch.Summary(
                                row.getString(1),
                                Instant.ofEpochMilli(row.getLong(2)),
                                row.getString(3),
                                row.getInt(4),
                                row.getInt(5)))
                .list();
    }

    static Optional<LabelBatch> batch(String id, Handle tables) {
        return tables.createQuery("SELECT at, by FROM batch WHERE id = ?")
                .bind(0, id)
                .map((row, _) ->
                        new LabelBatch(
                                id,
                                Instant.ofEpochMilli(row.getLong(1)),
                                row.getString(2),
                                labels(id, tables)))
                .findOne();
    }

    private static List<LabelBatch.Entry> labels(String batch, Handle tables) {
        return tables.createQuery(
                        "SELECT sku, name, amount, currency, hung_at FROM batch_label"
                                + " WHERE batch = ? ORDER BY sku")
                .bind(0, batch)
                .map((row, _) ->
                        new LabelBatch.Entry(
                                new Sku(row.getString(1)),
                                row.getString(2),
                                Money.of(row.getLong(3), row.getString(4)),
                                row.getObject(5) instanceof Number at
                                        ? Instant.ofEpochMilli(at.longValue())
                                        : null))
                .list();
    }

    private static Optional<Money> amount(@Nullable Object minor, String currency) {
        return minor instanceof Number number
                ? Optional.of(Money.of(number.longValue(), currency))
                : Optional.empty();
    }
}
