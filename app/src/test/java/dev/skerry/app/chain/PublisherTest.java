package dev.skerry.app.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.chain.Publisher.Published;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));

    @TempDir private Path folder;
    private SqliteDatabase database;
    private DatabasePlace place;
    private final List<StreamName> began = new ArrayList<>();
    private final TimeOrderedIds ids = new TimeOrderedIds(CLOCK, new Random(1));

    @BeforeEach
    void open() {
        database =
                SqliteDatabase.open(folder.resolve("streams.db"), SqliteSettings.defaults(), CLOCK);
        place = new DatabasePlace(database, (_, name) -> began.add(name));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static CatalogEvent article(int number, String name) {
        return new ArticleChanged(
                Article.draft(new Sku("A" + number), name, "standard", "Food").article());
    }

    private static List<CatalogEvent> articles(int count) {
        return IntStream.range(0, count).mapToObj(it -> article(it, "Article " + it)).toList();
    }

    private Published publish(List<CatalogEvent> events) {
        Publisher<CatalogEvent> publisher =
                new Publisher<>(place, ReferenceStream.CATALOG, CLOCK, ids);
        publisher.publish(events);
        publisher.flush();
        return publisher.published();
    }

    private long tail() {
        return database.find(ReferenceStream.CATALOG.name()).orElseThrow().tail();
    }

    @Test
    void what_is_new_is_published_and_what_is_there_already_is_not() {
        assertEquals(new Published(2_500, 0), publish(articles(2_500)));
        assertEquals(new Published(0, 2_500), publish(articles(2_500)));
        assertEquals(2_500, tail());
        assertEquals(List.of(ReferenceStream.CATALOG.name()), began);
    }

    @Test
    void what_has_changed_is_published() {
        publish(articles(10));
        assertEquals(
                new Published(1, 1),
                publish(List.of(article(3, "Other"), article(4, "Article 4"))));
        assertEquals(new Published(1, 0), publish(articles(10).subList(3, 4)), "back again");
    }

    @Test
    void the_same_twice_at_once_is_published_once() {
        assertEquals(
                new Published(2, 1),
                publish(List.of(article(1, "A"), article(1, "A"), article(1, "B"))));
    }

    @Test
    void an_end_is_published_where_there_is_something_to_end() {
        publish(articles(1));
        CatalogEvent removed = new ArticleRemoved(new Sku("A0"));
        assertEquals(new Published(1, 0), publish(List.of(removed)));
        assertEquals(new Published(0, 1), publish(List.of(removed)));
        assertEquals(new Published(1, 0), publish(articles(1)), "sold again");
    }

    @Test
    void it_stays_so_when_the_stream_is_compacted() {
        publish(articles(10));
        publish(List.of(article(3, "Other")));
        while (database.upkeep()) {}
        assertEquals(new Published(0, 1), publish(List.of(article(3, "Other"))));
        assertEquals(new Published(0, 9), publish(without(3)));
    }

    private static List<CatalogEvent> without(int number) {
        List<CatalogEvent> some = new ArrayList<>(articles(10));
        some.remove(number);
        return some;
    }

    @Test
    void a_batch_with_an_event_that_does_not_belong_there_leaves_nothing() {
        CloudEvent right = ReferenceStream.CATALOG.envelope(article(1, "A"), "1", CLOCK.instant());
        CloudEvent otherKey = right.withSubject("article/B");
        CloudEvent unknown =
                CloudEvent.of("2", "x", "dev.skerry.test.Unknown", CLOCK.instant(), "{}");
        CloudEvent broken = CloudEvent.of("3", "x", right.type(), CLOCK.instant(), "{}");
        for (CloudEvent wrong : List.of(otherKey, unknown)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> place.append(ReferenceStream.CATALOG, List.of(right, wrong)));
        }
        assertThrows(
                MalformedJsonException.class,
                () -> place.append(ReferenceStream.CATALOG, List.of(right, broken)));
        assertTrue(database.find(ReferenceStream.CATALOG.name()).isEmpty());
        place.append(ReferenceStream.CATALOG, List.of(right));
        assertEquals(1, tail());
    }

    @Test
    void streams_are_found_by_their_short_names() {
        assertEquals(ReferenceStream.PRICES, ReferenceStream.find("prices").orElseThrow());
        assertFalse(ReferenceStream.find("orders").isPresent());
    }
}
