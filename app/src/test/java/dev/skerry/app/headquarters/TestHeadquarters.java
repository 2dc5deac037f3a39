package dev.skerry.app.headquarters;

import dev.skerry.app.shop.Described;
import dev.skerry.app.shop.Listener;
import dev.skerry.context.Caller;
import dev.skerry.context.Operation;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Json;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.node.http.HttpHost;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Driver;
import dev.skerry.stream.DriverSettings;
import dev.skerry.stream.Event;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Headquarters on a real server, without a link: what stores send is put in by the test.
public final class TestHeadquarters implements AutoCloseable {

    /// Lets in an admin.
    public static final String ADMIN_TOKEN = "the admin token";

    public final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-02T09:00:00Z"));

    /// Which stores there are.
    public final TestRegister register = new TestRegister();

    private final InstantSource clock = now::get;
    private final Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private final SqliteDatabase mirrors;
    private final SqliteDatabase clients;
    private final Driver driver;
    private final Headquarters headquarters;
    private final HttpHost host;
    private @Nullable Described described;

    public TestHeadquarters(Path folder) {
        this.folder = folder;
        mirrors = open("estate.db");
        clients = open("streams.db");
        driver =
                new Driver(
                        new DriverSettings(
                                Duration.ofMillis(200),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(30)),
                        Pacer.REAL,
                        new Random(1),
                        InstantSource.system());
        headquarters =
                new Headquarters(
                        this::open,
                        new Headquarters.Around(mirrors, clients, register, Pacer.REAL),
                        Duration.ofDays(7),
                        Currency.getInstance("EUR"),
                        clock,
                        new TimeOrderedIds(clock, new Random(2)),
                        new Random(3));
        headquarters.drive(driver);
        host = headquarters.addTo(HttpHost.at("127.0.0.1", 0), ADMIN_TOKEN::equals, "test").start();
    }

    private SqliteDatabase open(String file, Migrations... tables) {
        return SqliteDatabase.open(folder.resolve(file), SqliteSettings.defaults(), clock, tables);
    }

    @Override
    public void close() {
        host.close();
        driver.close();
        headquarters.close();
        clients.close();
        mirrors.close();
    }

    Headquarters headquarters() {
        return headquarters;
    }

    /// All that is served.
    public List<Operation> operations() {
        return headquarters.operations(
                _ -> new Caller("nobody", "", java.util.Set.of()),
                headquarters.people(_ -> false).operations());
    }

    /// What a store has sent.
    ///
    /// @param stream such as `store-0042/orders`
    public <E> void mirror(String stream, EventForm<E> form, E event) {
        StreamName name = StreamName.of(stream);
        CloudEvent envelope =
                CloudEvent.of("1", stream, form.type(event), clock.instant(), form.data(event));
        mirrors.write(tx -> {
            tx.open(name, StreamSettings.keepAll());
            return tx.append(name, CloudEvents.write(envelope));
        });
    }

    /// The same, as it stands in its stream.
    public void mirror(Event event) {
        mirrors.write(tx -> {
            tx.open(event.stream(), StreamSettings.keepAll());
            return tx.append(event.stream(), event.content());
        });
    }

    // ---- its API

    public record Answer(int status, JsonNode json, HttpResponse<String> response) {
        public String text(String pointer) {
            return json.at(pointer).asString();
        }

        public long number(String pointer) {
            return json.at(pointer).asLong();
        }
    }

    /// As an admin.
    public Answer ask(String method, String path, String body) {
        return ask(method, path, body, "Authorization", "Bearer " + ADMIN_TOKEN);
    }

    /// @param headers names and values
    public Answer ask(String method, String path, String body, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                        .method(method, BodyPublishers.ofString(body));
        HttpResponse<String> answer =
                send((headers.length == 0 ? builder : builder.headers(headers)).build());
        JsonNode json = Json.tree(answer.body().isEmpty() ? "{}" : answer.body());
        described().check(method, path, answer.statusCode(), json);
        return new Answer(answer.statusCode(), json, answer);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// What is no JSON, as an admin.
    public HttpResponse<String> text(String path) {
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                        .header("Authorization", "Bearer " + ADMIN_TOKEN)
                        .build());
    }

    /// Listens to what changes, as an admin.
    public Listener listen(String topics) {
        return new Listener(
                client,
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + host.port() + "/api/feed" + topics))
                        .header("Authorization", "Bearer " + ADMIN_TOKEN)
                        .build());
    }

    /// What the API says of itself, to which all answers are held.
    private Described described() {
        Described there = described;
        if (there == null) {
            URI uri = URI.create("http://127.0.0.1:" + host.port() + "/api/openapi.json");
            there = new Described(Json.tree(send(HttpRequest.newBuilder(uri).build()).body()));
            described = there;
        }
        return there;
    }

    /// Until what is followed has arrived.
    public <T> T await(Supplier<T> question, Predicate<T> there) {
        T last = question.get();
        for (int tries = 0; !there.test(last); tries++) {
            if (tries > 50_000) {
                throw new AssertionError("never came, last was " + last);
            }
            Thread.onSpinWait();
            last = question.get();
        }
        return last;
    }
}
