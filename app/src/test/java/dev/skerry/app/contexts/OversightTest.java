package dev.skerry.app.contexts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Api;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.language.Json;
import dev.skerry.node.http.HttpHost;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Driver;
import dev.skerry.stream.DriverSettings;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import dev.skerry.stream.memory.MemoryTransaction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OversightTest {

    private static final StreamName PRICES = StreamName.of("hq/prices");
    private static final int LOOKS_MAX = 600;

    private final List<String> applied = new CopyOnWriteArrayList<>();
    private final MemoryDatabase database =
            new MemoryDatabase(
                    new MemoryDisk(),
                    MemorySettings.defaults(),
                    Faults.NONE,
                    InstantSource.system());
    private final Driver driver =
            new Driver(
                    DriverSettings.defaults(), Pacer.REAL, new Random(1), InstantSource.system());
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile String poison = "bad";
    private HttpHost host;

    @BeforeEach
    void open() {
        database.write(tx -> {
            tx.open(PRICES, StreamSettings.keepAll());
            return true;
        });
        Oversight oversight = new Oversight();
        for (FollowerSettings settings :
                List.of(FollowerSettings.byKey(), FollowerSettings.inOrder())) {
            String name = settings.independentKeys() ? "by key" : "in order";
            Follower<MemoryTransaction> follower =
                    new Follower<>(
                            name,
                            database.source(PRICES, name),
                            database,
                            (event, _) -> apply(name, event.payload().text()),
                            settings,
                            InstantSource.system());
            oversight.add(Contexts.drive(driver, "pricing", follower), follower, driver);
        }
        Callers callers = _ -> new Caller("1001", "office-1", Set.of(Role.MANAGER));
        host =
                new Api(
                                "Test",
                                "1",
                                oversight.operations(callers, List.of(Role.MANAGER), Role.MANAGER),
                                callers)
                        .addTo(HttpHost.at("127.0.0.1", 0))
                        .start();
    }

    @AfterEach
    void close() {
        client.close();
        host.close();
        driver.close();
        database.close();
    }

    private void apply(String follower, String text) {
        if (text.equals(poison)) {
            throw new IllegalArgumentException("a price is not \"" + text + "\"");
        }
        applied.add(follower + ": " + text);
    }

    private void publish(String key, String text) {
        database.write(tx -> tx.append(PRICES, new NewEvent(key, false, Bytes.of(text))));
    }

    private JsonNode ask(int status, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                                .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
                                .build(),
                        BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer::body);
        return Json.tree(answer.body());
    }

    /// As soon as it is so.
    private JsonNode awaited(int follower, String pointer, String value)
            throws IOException, InterruptedException {
        JsonNode found = Json.tree("{}");
        for (int i = 0; i < LOOKS_MAX; i++) {
            found = ask(200, "GET", "/api/followers", "").at("/followers/" + follower);
            if (found.at(pointer).asString("").equals(value)) {
                return found;
            }
            Pacer.REAL.await(new Semaphore(0), Duration.ofMillis(50));
        }
        throw new AssertionError(pointer + " is not " + value + ": " + found);
    }

    private void awaitApplied(String text) throws InterruptedException {
        for (int i = 0; i < LOOKS_MAX && !applied.contains(text); i++) {
            Pacer.REAL.await(new Semaphore(0), Duration.ofMillis(50));
        }
        assertTrue(applied.contains(text), applied::toString);
    }

    @Test
    void what_was_put_aside_is_tried_again_or_left_out_with_a_name_and_a_reason()
            throws IOException, InterruptedException {
        publish("milk", "bad");
        publish("milk", "next");
        publish("tea", "good");
        JsonNode parked = awaited(0, "/parked/1/key", "milk").at("/parked");
        awaitApplied("by key: good");
        assertTrue(parked.at("/0/error").asString().contains("a price is not"), parked::toString);
        JsonNode retried =
                ask(
                        200,
                        "POST",
                        "/api/followers/retry",
                        "{'name': 'pricing: by key', 'key': 'milk'}");
        assertEquals(2, retried.at("/waiting").asInt());
        String skip =
                "{'name': 'pricing: by key', 'parked': %s, 'why': 'misprint'}"
                        .formatted(parked.at("/0/id").asString());
        ask(400, "POST", "/api/followers/skip", skip.replace("misprint", " "));
        assertEquals(1, ask(200, "POST", "/api/followers/skip", skip).at("/parked").size());
        ask(409, "POST", "/api/followers/skip", skip);
        assertEquals(
                1,
                ask(
                                200,
                                "POST",
                                "/api/followers/retry",
                                "{'name': 'pricing: by key', 'key': 'milk'}")
                        .at("/applied")
                        .asInt());
        assertTrue(applied.contains("by key: next"), applied::toString);
        ask(404, "POST", "/api/followers/retry", "{'name': 'pricing: no such', 'key': 'milk'}");
    }

    @Test
    void a_follower_that_stopped_goes_on_after_a_decision_and_one_decision_skips_one_event()
            throws IOException, InterruptedException {
        publish("milk", "bad");
        publish("tea", "bad");
        publish("tea", "good");
        awaited(1, "/faulty/offset", "0");
        String skip =
                "{'name': 'pricing: in order', 'stream': 'hq/prices', 'offset': 0, 'why': 'misprint'}";
        ask(200, "POST", "/api/followers/skip", skip);
        awaited(1, "/faulty/offset", "1");
        // The answer was lost, and it is sent again.
        ask(409, "POST", "/api/followers/skip", skip);
        poison = "";
        ask(200, "POST", "/api/followers/resume", "{'name': 'pricing: in order'}");
        awaitApplied("in order: good");
        assertTrue(applied.contains("in order: bad"), applied::toString);
        ask(200, "POST", "/api/followers/resume", "{'name': 'pricing: in order'}");
        ask(400, "POST", "/api/followers/skip", "{'name': 'pricing: in order', 'why': 'x'}");
    }
}
