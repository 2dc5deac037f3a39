package dev.skerry.app.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.Listener.Told;
import dev.skerry.app.shop.TestShop.Answer;
import dev.skerry.context.AsyncApi;
import dev.skerry.language.EventForm;
import dev.skerry.language.Json;
import dev.skerry.language.orders.OrderEvent;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a store says that it publishes is what it publishes.
class AsyncApiTest {

    private static final Path SOURCES = Path.of("..", "language", "src", "main", "java");

    private static final Path GOLDEN =
            Path.of("..", "language", "src", "test", "resources", "dev", "skerry", "language");

    /// Of people, worth money, or of the tills' own making.
    private static final Set<String> NOT_SHOWN =
            Set.of(
                    "store-0042/staff",
                    "store-0042/loyalty",
                    "local/loyalty",
                    "local/baskets",
                    "hq/staff",
                    "hq/offers",
                    "hq/gift-cards",
                    "hq/customers");

    @TempDir private Path folder;

    private static List<String> wrongByAsyncApi(JsonNode document) throws IOException {
        try (InputStream schema =
                requireNonNull(AsyncApiTest.class.getResourceAsStream("asyncapi-3.0.0.json"))) {
            JsonNode official = Json.tree(new String(schema.readAllBytes(), UTF_8));
            return new JsonSchema(official, false).wrong(official, document);
        }
    }

    private static JsonNode described(TestShop shop) {
        return Json.tree(shop.text("/api/asyncapi.json"));
    }

    @Test
    void it_is_asyncapi_and_every_reference_in_it_leads_somewhere() throws IOException {
        try (TestShop shop = new TestShop(folder)) {
            JsonNode api = described(shop);

            assertEquals(List.of(), wrongByAsyncApi(api));
            api.findValues("$ref")
                    .forEach(it ->
                            assertFalse(
                                    api.at(it.asString().substring(1)).isMissingNode(),
                                    it.asString()));
            assertEquals("send", api.at("/operations/send.store-0042.orders/action").asString());
            assertEquals("receive", api.at("/operations/receive.hq.prices/action").asString());
            assertEquals(
                    "/v1/stream/store-0042/orders",
                    api.at("/channels/store-0042.orders/address").asString());
        }
    }

    @Test
    void what_is_no_asyncapi_is_told_from_what_is() throws IOException {
        String good = new AsyncApi("Something", "1").json();
        assertEquals(List.of(), wrongByAsyncApi(Json.tree(good)));
        for (String bad :
                List.of(
                        good.replace("\"3.0.0\"", "\"2.6.0\""),
                        good.replace("\"title\":\"Something\",", ""),
                        good.replace("\"channels\":{}", "\"channels\":{\"a\":{\"address\":1}}"),
                        good.replace(
                                "\"operations\":{}",
                                "\"operations\":{\"a\":{\"action\":\"read\"}}"),
                        good.replace("\"operations\":{}", "\"operation\":{}"))) {
            assertFalse(bad.equals(good));
            assertFalse(wrongByAsyncApi(Json.tree(bad)).isEmpty(), bad);
        }
    }

    @Test
    void a_stream_of_many_stores_is_described_once() throws IOException {
        JsonNode api =
                Json.tree(
                        new AsyncApi("What stores send up", "1")
                                .follows(
                                        "store-{store}/orders",
                                        "Orders.",
                                        false,
                                        List.of(OrderEvent.FORM))
                                .json());

        assertEquals(List.of(), wrongByAsyncApi(api));
        assertTrue(api.at("/channels/store-store.orders/parameters").has("store"));
    }

    @Test
    void every_event_ever_published_is_as_it_is_described()
            throws IOException, ReflectiveOperationException {
        List<EventForm<?>> forms = forms();
        AsyncApi all = new AsyncApi("All", "1").writes("all", "All.", false, forms);
        JsonNode api = Json.tree(all.json());
        Map<Path, String> types = new HashMap<>();
        for (EventForm<?> form : forms) {
            form.types().forEach((type, record) -> types.put(golden(record), type));
        }
        List<Path> files = files(GOLDEN, ".json");
        assertTrue(files.size() > 100, files::toString);
        for (Path file : files) {
            String name = file.getFileName().toString().replaceAll("(-[^-]+)?\\.json$", "");
            JsonNode message =
                    api.path("components")
                            .path("messages")
                            .path(
                                    requireNonNull(
                                            types.get(file.resolveSibling(name)), file.toString()));
            JsonNode data = message.at("/payload/allOf/1/properties/data");
            assertEquals(
                    List.of(),
                    new JsonSchema(api, true).wrong(data, Json.tree(Files.readString(file))),
                    file.toString());
        }
    }

    /// The beginning of its golden files.
    private static Path golden(Class<?> record) {
        String context = record.getPackageName().replaceFirst(".*\\.", "");
        return GOLDEN.resolve(context).resolve("golden").resolve(record.getSimpleName());
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(it -> it.toString().endsWith(ending)).sorted().toList();
        }
    }

    /// Of all events there are, of stores and of HQ.
    private static List<EventForm<?>> forms() throws IOException, ReflectiveOperationException {
        List<EventForm<?>> forms = new ArrayList<>();
        for (Path file : files(SOURCES.resolve("dev/skerry/language"), "Event.java")) {
            String name =
                    SOURCES.relativize(file).toString().replace('/', '.').replace(".java", "");
            if (!name.endsWith(".CloudEvent")) {
                Class<?> events = Class.forName(name);
                List<Class<?>> kinds = new ArrayList<>(List.of(events.getDeclaredClasses()));
                kinds.add(events);
                for (Class<?> kind : kinds) {
                    for (Field field : kind.getDeclaredFields()) {
                        if (field.getType() == EventForm.class) {
                            forms.add((EventForm<?>) field.get(null));
                        }
                    }
                }
            }
        }
        return forms;
    }

    @Test
    @Tag("slow") // A day of a café.
    void what_is_published_on_a_day_is_as_it_is_described() {
        try (TestShop shop = new TestShop(folder)) {
            CafeMenu.in(shop);
            shop.promotion(
                    "3for2",
                    "{\"id\":\"3for2\",\"effect\":{\"type\":\"take-pay\",\"articles\":{\"skus\":[\"fries\"]},\"take\":3,\"pay\":2,\"grouping\":\"same-article\"}}");
            done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
            CafeMenu.await(shop);
            JsonNode api = described(shop);
            try (Listener listener = shop.listen("")) {
                day(shop);
                told(api, listener);
            }

            Set<String> types = new TreeSet<>();
            Set<String> streams = new TreeSet<>();
            shop.everyStream((stream, events) -> {
                if (!NOT_SHOWN.contains(stream)) {
                    streams.add(stream);
                    events.forEach(it -> types.add(asDescribed(api, stream, it)));
                }
            });

            Set<String> own = new TreeSet<>();
            api.path("operations")
                    .forEach(it -> {
                        JsonNode channel = api.at(it.at("/channel/$ref").asString().substring(1));
                        String address = channel.path("address").asString();
                        if (it.path("action").asString().equals("send")
                                && address.startsWith("/v1/stream/")) {
                            own.add(address.substring("/v1/stream/".length()));
                        }
                    });
            assertTrue(streams.containsAll(own), () -> own + " " + streams);
            assertTrue(types.size() > 25, types::toString);
        }
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    /// A bit of everything.
    private static void day(TestShop shop) {
        done(
                shop.change(
                        "PUT",
                        "/api/printers/office",
                        "{\"host\":\"127.0.0.1\",\"port\":1,\"documents\":[\"REPORT\"],\"serves\":[\"till-1\"]}"));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"s\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"));
        done(
                shop.change(
                        "PUT",
                        "/api/campaigns/late",
                        """
                        {"name":"Late","reason":"x","percent":50,"skus":["coffee"],
                         "from":"2026-03-02T08:00","to":"2026-03-02T22:00"}\
                        """));
        done(
                shop.change(
                        "POST",
                        "/api/stock/movements",
                        "{\"id\":\"m\",\"kind\":\"RECEIVED\",\"party\":\"Butcher\",\"lines\":[{\"sku\":\"i-patty\",\"quantity\":40}]}"));
        done(shop.ask("PUT", "/api/baskets/table", "{\"source\":\"TABLE\",\"table\":\"7\"}"));
        for (String line :
                List.of(
                        "{\"id\":\"1\",\"sku\":\"burger\",\"options\":[{\"option\":\"medium\"},{\"option\":\"bacon\"}],\"without\":[\"i-onion\"]}",
                        "{\"id\":\"2\",\"sku\":\"fries\",\"quantity\":3}",
                        "{\"id\":\"3\",\"sku\":\"coffee\",\"course\":2}")) {
            done(shop.ask("POST", "/api/baskets/table/lines", line));
        }
        done(shop.ask("POST", "/api/baskets/table/send", ""));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/table/pay",
                        "{\"tenders\":[{\"id\":\"t\",\"kind\":\"CARD\"}]}"));
        done(shop.ask("PUT", "/api/baskets/second", "{}"));
        done(shop.ask("POST", "/api/baskets/second/lines", "{\"id\":\"1\",\"sku\":\"fries\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/second/pay",
                        "{\"tenders\":[{\"id\":\"t2\",\"kind\":\"CASH\"}]}"));
        done(
                shop.ask(
                        "POST",
                        "/api/orders/second/void",
                        "{\"reason\":\"x\",\"approval\":{\"person\":\"chief\",\"pin\":\"1\"}}"));
        done(shop.ask("PUT", "/api/availability/i-bacon", "{\"available\":false}"));
        shop.await(
                () -> shop.ask("GET", "/api/kitchen/tickets?station=grill", ""),
                it -> !it.json().path("tickets").isEmpty());
        shop.awaitReport("2026-03-02", 1);
        long drawer = done(shop.ask("GET", "/api/shifts/s", "")).number("/takings/drawer/amount");
        done(
                shop.ask(
                        "POST",
                        "/api/shifts/s/counts",
                        "{\"id\":\"c\",\"amount\":{\"amount\":%d,\"currency\":\"EUR\"}}"
                                .formatted(drawer)));
        done(shop.ask("POST", "/api/shifts/s/close", "{}"));
    }

    private static String asDescribed(JsonNode api, String stream, JsonNode event) {
        String type = event.path("type").asString();
        JsonNode channel = api.path("channels").path(stream.replace('/', '.'));
        assertTrue(
                channel.path("messages").has(type),
                () -> "not described: %s in %s".formatted(type, stream));
        JsonNode payload = api.path("components").path("messages").path(type).path("payload");
        assertEquals(List.of(), new JsonSchema(api, false).wrong(payload, event), event::toString);
        JsonNode envelope = api.at("/components/schemas/CloudEvent/properties");
        event.propertyNames()
                .forEach(it -> assertTrue(it.equals("data") || envelope.has(it), event::toString));
        assertEquals(
                List.of(),
                new JsonSchema(api, true)
                        .wrong(payload.at("/allOf/1/properties/data"), event.path("data")),
                event::toString);
        return type;
    }

    private static void told(JsonNode api, Listener listener) {
        JsonNode messages = api.path("components").path("messages");
        JsonNode hello = messages.path("feed.hello").path("payload");
        JsonNode changed = messages.path("feed.changed").path("payload");
        JsonSchema schema = new JsonSchema(api, true);
        Told first = requireNonNull(listener.next());
        assertEquals("hello", first.event());
        assertEquals(List.of(), schema.wrong(hello, first.data()));
        listener.await(it -> {
            assertEquals(List.of(), schema.wrong(changed, it.data()));
            return it.is("orders", "second");
        });
    }
}
