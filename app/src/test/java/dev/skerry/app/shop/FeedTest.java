package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.feed.Change;
import dev.skerry.app.feed.Feed;
import dev.skerry.app.shop.Listener.Told;
import dev.skerry.app.shop.TestShop.Answer;
import dev.skerry.language.Json;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.stream.Pacer;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What screens are told, over real connections to a store that trades.
@Timeout(120)
class FeedTest {

    private static final String MILK = "4006381333931";

    @TempDir private Path folder;
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        shop.tax();
        shop.article("milk", "Whole milk 1 l", MILK, "Dairy", 119);
        done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
        shop.await(MILK);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    private Answer scan(String basket, String line) {
        return done(
                shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/lines",
                        "{\"id\":\"%s\",\"code\":\"%s\"}".formatted(line, MILK)));
    }

    private static Told hello(Listener screen) {
        Told first = screen.next();
        assertNotNull(first);
        assertEquals("hello", first.event());
        return first;
    }

    @Test
    void the_first_word_says_which_store_it_is_and_what_a_screen_will_be_told() {
        try (Listener screen = shop.listen("?topics=orders,baskets")) {
            Told hello = hello(screen);
            assertEquals("0042", hello.data().path("store").asString());
            assertEquals(Json.tree("[\"baskets\",\"orders\"]"), hello.data().path("topics"));
            assertEquals(
                    "text/event-stream",
                    screen.answer().headers().firstValue("Content-Type").orElse(""));
        }
    }

    @Test
    void who_names_no_topics_is_told_all() {
        try (Listener screen = shop.listen("")) {
            assertEquals(Topic.values().length, hello(screen).data().path("topics").size());
        }
    }

    @Test
    void a_topic_that_is_none_is_refused_with_those_that_are() {
        Answer refused = shop.ask("GET", "/api/feed?topics=baskets,weather", "");
        assertEquals(400, refused.status());
        assertTrue(refused.text("/detail").contains("weather"), refused::toString);
        assertTrue(refused.text("/detail").contains("availability"), refused::toString);
    }

    @Test
    void a_basket_that_changes_is_told_with_its_version_and_nothing_else_of_it() {
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        try (Listener screen = shop.listen("?topics=baskets")) {
            hello(screen);
            Answer scanned = scan("b1", "1");
            // What happened just before may be told, too.
            Told told =
                    screen.await(
                            it -> it.data().path("version").asLong() == scanned.number("/version"));
            assertEquals("changed", told.event());
            assertTrue(told.is("baskets", "b1"), told::toString);
            assertEquals(Set.of("topic", "key", "version"), told.data().propertyNames());
        }
    }

    @Test
    void a_sale_is_told_to_whoever_shows_orders_drawers_stock_or_figures() {
        try (Listener screen = shop.listen("?topics=orders,shifts,stock,payments,reports")) {
            hello(screen);
            done(
                    shop.ask(
                            "POST",
                            "/api/shifts",
                            "{\"shift\":\"s1\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"));
            screen.await("shifts", "s1");
            done(shop.ask("PUT", "/api/baskets/b1", "{}"));
            scan("b1", "1");
            done(
                    shop.ask(
                            "POST",
                            "/api/baskets/b1/pay",
                            "{\"tenders\":[{\"id\":\"t1\",\"kind\":\"CASH\",\"amount\":{\"amount\":200,\"currency\":\"EUR\"}}]}"));
            List<String> missing =
                    new java.util.ArrayList<>(
                            List.of("payments b1", "orders b1", "stock milk", "reports "));
            screen.await(it -> {
                missing.remove(
                        it.data().path("topic").asString()
                                + " "
                                + it.data().path("key").asString(""));
                return missing.isEmpty();
            });
        }
    }

    @Test
    void what_ran_out_is_told_and_then_can_be_read() {
        try (Listener screen = shop.listen("?topics=availability")) {
            hello(screen);
            done(shop.ask("PUT", "/api/availability/milk", "{\"available\":false}"));
            screen.await("availability", "milk");
            assertFalse(
                    shop.ask("GET", "/api/availability/milk", "")
                            .json()
                            .path("available")
                            .asBoolean());
        }
    }

    @Test
    void a_price_of_hq_is_told_once_it_is_what_the_store_asks() {
        try (Listener screen = shop.listen("?topics=prices")) {
            hello(screen);
            shop.price("milk", 129, java.time.LocalDateTime.of(2026, 2, 1, 0, 0));
            while (shop.ask("GET", "/api/price-check?sku=milk", "").number("/price/amount")
                    != 129) {
                screen.await("prices", "");
            }
            done(shop.ask("PUT", "/api/baskets/b1", "{}"));
            assertEquals(129, scan("b1", "1").number("/priced/total/amount"));
        }
    }

    @Test
    void a_line_that_comes_or_goes_is_told() {
        try (Listener screen = shop.listen("?topics=line")) {
            hello(screen);
            shop.lineUp.set(true);
            screen.await("line", "");
            assertTrue(done(shop.ask("GET", "/api/line", "")).json().path("up").asBoolean());
        }
    }

    @Test
    void nothing_is_missed_between_the_hello_and_what_a_screen_then_reads() throws Exception {
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        Thread till =
                Thread.startVirtualThread(
                        () -> IntStream.range(0, 60).forEach(it -> scan("b1", "l" + it)));
        for (int i = 0; i < 20; i++) {
            try (Listener screen = shop.listen("?topics=baskets")) {
                hello(screen);
                long read = shop.ask("GET", "/api/baskets/b1", "").number("/version");
                if (read < 61) {
                    assertTrue(screen.await("baskets", "b1").data().path("version").asLong() > 0);
                }
            }
        }
        try (Listener screen = shop.listen("?topics=baskets")) {
            hello(screen);
            long read = shop.ask("GET", "/api/baskets/b1", "").number("/version");
            while (read < 61) {
                read = screen.await("baskets", "b1").data().path("version").asLong();
            }
            assertEquals(61, read);
        }
        till.join();
    }

    @Test
    void a_restart_ends_the_feed_and_the_next_hello_names_another_start() {
        try (Listener screen = shop.listen("?topics=baskets")) {
            String before = hello(screen).data().path("started").asString();
            shop.now.set(shop.now.get().plusSeconds(60));
            shop.restart();
            while (screen.next() != null) {}
            try (Listener again = shop.listen("?topics=baskets")) {
                assertNotEquals(before, hello(again).data().path("started").asString());
                done(shop.ask("PUT", "/api/baskets/b2", "{}"));
                again.await("baskets", "b2");
            }
        }
    }

    @Test
    void each_topic_is_read_where_the_page_and_the_description_say() throws Exception {
        StringBuilder table = new StringBuilder("| topic | key | read |\n|---|---|---|\n");
        for (Topic topic : Topic.values()) {
            table.append(
                    "| `%s` | %s | `GET %s` |\n"
                            .formatted(topic.word(), topic.keys(), topic.read()));
            assertTrue(
                    shop.described().api().path("paths").path(topic.read()).has("get"),
                    topic::read);
        }
        String page = Files.readString(Path.of("..", "docs", "api.md"));
        assertTrue(page.contains(table), () -> "docs/api.md is to have this table:\n" + table);
    }

    @Test
    void one_screen_too_many_is_told_to_come_later() {
        Feed feed = new Feed("0042", List.of(Topic.values()), "once", 1, Pacer.REAL, Instant::now);
        HttpSetup setup = HttpHost.at("127.0.0.1", 0).stopping(feed::stop);
        try (HttpHost host = setup.route("GET", "/api/feed", feed.operation().handler()).start();
                HttpClient client = HttpClient.newHttpClient()) {
            URI at = URI.create("http://127.0.0.1:" + host.port() + "/api/feed");
            try (Listener first = new Listener(client, at)) {
                hello(first);
                try (Listener second = new Listener(client, at)) {
                    assertEquals(429, second.answer().statusCode());
                    assertTrue(second.answer().headers().firstValue("Retry-After").isPresent());
                }
                feed.changed(Change.of(Topic.BASKETS, "b1"));
                first.await("baskets", "b1");
            }
        }
    }

    @Test
    void a_feed_ends_after_its_time_so_that_who_lost_access_hears_no_more() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Feed feed = new Feed("0042", List.of(Topic.values()), "once", 5, Pacer.REAL, now::get);
        try (HttpHost host =
                        HttpHost.at("127.0.0.1", 0)
                                .stopping(feed::stop)
                                .route("GET", "/api/feed", feed.operation().handler())
                                .start();
                HttpClient client = HttpClient.newHttpClient();
                Listener screen =
                        new Listener(
                                client,
                                URI.create("http://127.0.0.1:" + host.port() + "/api/feed"))) {
            hello(screen);
            now.set(Instant.EPOCH.plus(Feed.LIFE));
            // Wakes it, if it sleeps already; it may see before it does that its time is over.
            feed.changed(Change.of(Topic.BASKETS, "b1"));
            for (Told told = screen.next(); told != null; told = screen.next()) {
                assertTrue(told.is("baskets", "b1"), told::toString);
            }
        }
    }

    @Test
    void every_event_about_money_is_about_something_that_screens_know() {
        Set<String> known = Set.of("order", "tender", "shift", "till", "day");
        for (Class<?> event : PaymentEvent.class.getPermittedSubclasses()) {
            assertTrue(
                    Arrays.stream(event.getRecordComponents())
                            .map(RecordComponent::getName)
                            .anyMatch(known::contains),
                    event::getName);
        }
    }
}
