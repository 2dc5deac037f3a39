package dev.skerry.store.catalog;

import dev.skerry.context.Book;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.gs1.InStoreLayouts;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Follower;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Steps.Step;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Random;

/// A mirror of HQ's stream, and a catalog that follows it.
final class Hq implements AutoCloseable {

    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T11:00:00Z"));
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final StreamName STREAM = StreamName.of(CatalogEvent.STREAM);

    final SqliteDatabase mirrors;
    final SqliteDatabase database;
    final Catalog catalog;
    final Follower<SqliteTransaction> follower;

    Hq(Path folder) {
        mirrors = SqliteDatabase.open(folder.resolve("link.db"), SqliteSettings.defaults(), CLOCK);
        mirrors.write(tx -> {
            tx.open(STREAM, StreamSettings.compactedByKey());
            return true;
        });
        database =
                SqliteDatabase.open(
                        folder.resolve("catalog.db"),
                        SqliteSettings.defaults(),
                        CLOCK,
                        Book.TABLES,
                        Catalog.TABLES);
        catalog =
                new Catalog(
                        database,
                        InStoreLayouts.standard(),
                        Currency.getInstance("EUR"),
                        ZONE,
                        CLOCK,
                        new TimeOrderedIds(CLOCK, new Random(1)));
        follower = CatalogFollowers.hq(catalog, mirrors.source(STREAM, "catalog"));
    }

    void publish(CatalogEvent... events) {
        publish(Arrays.stream(events).map(Hq::event).toList());
    }

    void publish(List<NewEvent> events) {
        mirrors.write(tx -> tx.append(STREAM, events));
        while (follower.step() instanceof Step.Moved) {}
    }

    void sell(Article.Draft... drafts) {
        publish(
                Arrays.stream(drafts)
                        .map(it -> new CatalogEvent.ArticleChanged(it.article()))
                        .toArray(CatalogEvent[]::new));
    }

    static NewEvent event(CatalogEvent event) {
        return event(event, CatalogEvent.FORM.data(event));
    }

    static NewEvent event(CatalogEvent event, String data) {
        CloudEvent envelope =
                CloudEvent.of(
                                "1",
                                CatalogEvent.STREAM,
                                CatalogEvent.FORM.type(event),
                                CLOCK.instant(),
                                data)
                        .withSubject(event.key());
        return CloudEvents.write(event.ends() ? CloudEvents.deletionOf(envelope) : envelope);
    }

    /// An article without anything special.
    static Article.Draft article(String sku, String name) {
        return Article.draft(new Sku(sku), name, "standard", "Food");
    }

    @Override
    public void close() {
        database.close();
        mirrors.close();
    }
}
