package dev.skerry.app.shop;

import dev.skerry.context.Caller;
import dev.skerry.context.Operation;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Gtin;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.SectionChanged;
import dev.skerry.language.catalog.MenuSection;
import dev.skerry.language.catalog.MenuSection.Hours;
import dev.skerry.language.catalog.Unit;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.customers.CustomerEvent.PointsCounted;
import dev.skerry.language.prices.PriceEvent;
import dev.skerry.language.prices.PriceEvent.Level;
import dev.skerry.language.prices.PriceEvent.Place;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.PromotionEvent;
import dev.skerry.language.prices.TaxEvent;
import dev.skerry.language.prices.TaxEvent.TaxRateSet;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.store.payments.PaymentsPolicy;
import dev.skerry.store.payments.SimulatedGiftCards;
import dev.skerry.store.payments.SimulatedTerminal;
import dev.skerry.store.staff.StaffRoutes;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Driver;
import dev.skerry.stream.DriverSettings;
import dev.skerry.stream.Event;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A store of a few articles, on a real server, without a line unless it is told to have one.
final class TestShop implements AutoCloseable {

    static final Currency EUR = Currency.getInstance("EUR");
    private static final LocalDateTime ALWAYS = LocalDateTime.of(2026, 1, 1, 0, 0);

    final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-02T09:00:00Z"));
    final AtomicBoolean lineUp = new AtomicBoolean();

    /// Of whoever asks.
    final AtomicReference<Set<Caller.Role>> roles =
            new AtomicReference<>(Set.of(Caller.Role.values()));

    private final Map<String, Duration> clocks = new ConcurrentHashMap<>();
    final AtomicReference<PhoneRules> phones =
            new AtomicReference<>(new PhoneRules(true, 0, "exit-1", "a key for tests"));

    private final AtomicInteger changes = new AtomicInteger();
    private final InstantSource clock = now::get;
    private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private SqliteDatabase mirrors;
    private Driver driver;
    private Store store;
    private HttpHost host;
    private @Nullable Described described;
    private final SimulatedTerminal terminal = new SimulatedTerminal(lineUp::get);

    TestShop(Path folder) {
        this.folder = folder;
        open();
    }

    private void open() {
        mirrors = open("link.db");
        driver =
                new Driver(
                        new DriverSettings(
                                Duration.ofMillis(200),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(30)),
                        Pacer.REAL,
                        new Random(1),
                        InstantSource.system());
        store =
                new Store(
                        new Store.Site("0042", "north", ZoneId.of("Europe/Berlin"), EUR),
                        this::open,
                        mirrors,
                        new Store.Outside(
                                terminal,
                                new SimulatedGiftCards(lineUp::get),
                                () -> new Line(lineUp.get(), Instant.EPOCH, 0, null),
                                Pacer.REAL),
                        new Store.Rules(
                                PaymentsPolicy.standard(EUR).withCashStep(Money.of(5, "EUR")),
                                true,
                                true,
                                Duration.ofDays(7),
                                phones.get()),
                        clock,
                        new TimeOrderedIds(clock, new Random(2)),
                        new Random(3));
        store.drive(driver);
        HttpSetup setup = HttpHost.at("127.0.0.1", 0);
        host =
                store.addTo(
                                setup,
                                request -> {
                                    String device = request.header("Test-Device");
                                    return new Caller(
                                            "anna",
                                            device == null ? "till-1" : device,
                                            roles.get());
                                },
                                (person, _) -> person,
                                "test",
                                people())
                        .start();
    }

    private SqliteDatabase open(String file, dev.skerry.stream.sqlite.Migrations... tables) {
        return SqliteDatabase.open(folder.resolve(file), SqliteSettings.defaults(), clock, tables);
    }

    @Override
    public void close() {
        host.close();
        driver.close();
        store.close();
        mirrors.close();
    }

    void restart() {
        close();
        open();
    }

    /// The old machine is gone. A new one has what HQ has of this store, its own streams, and what HQ writes.
    void onNewMachine(Path other) throws IOException {
        close();
        Files.copy(folder.resolve("link.db"), other.resolve("link.db"));
        try (var files = Files.newDirectoryStream(folder, "*.db")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals("link.db")) {
                    copyOwn(file, other.resolve(name));
                }
            }
        }
        folder = other;
        open();
    }

    private void copyOwn(Path from, Path to) {
        try (SqliteDatabase old = SqliteDatabase.open(from, SqliteSettings.defaults(), clock);
                SqliteDatabase made = SqliteDatabase.open(to, SqliteSettings.defaults(), clock)) {
            for (StreamInfo stream : old.matching(StreamPattern.of("store-0042/**"))) {
                long next = 0;
                while (next < stream.tail()) {
                    Read.Page page = (Read.Page) old.read(stream.name(), next, 1_000, 10_000_000L);
                    made.write(tx -> {
                        if (!tx.exists(stream.name())) {
                            tx.open(stream.name(), StreamSettings.keepAll());
                        }
                        page.events().forEach(it -> tx.append(stream.name(), it.content()));
                        return true;
                    });
                    next = page.next();
                }
            }
        }
    }

    /// How long the streams are that HQ gets.
    Map<String, Long> ownStreams() {
        Map<String, Long> tails = new TreeMap<>();
        store.databases()
                .values()
                .forEach(database ->
                        database.matching(StreamPattern.of("store-0042/**"))
                                .forEach(it -> tails.put(it.name().value(), it.tail())));
        return tails;
    }

    /// Hands over all that is in each stream there is, the store's own and HQ's.
    void everyStream(BiConsumer<String, List<JsonNode>> reader) {
        List<SqliteDatabase> all = new ArrayList<>(store.databases().values());
        all.add(mirrors);
        for (SqliteDatabase database : all) {
            for (StreamInfo stream : database.matching(StreamPattern.of("*/**"))) {
                reader.accept(stream.name().value(), events(database, stream));
            }
        }
    }

    /// As the link does.
    void copyOwnStreams(MemoryDatabase to) {
        for (SqliteDatabase database : store.databases().values()) {
            for (StreamInfo stream : database.matching(StreamPattern.of("store-0042/**"))) {
                to.write(tx -> {
                    tx.open(stream.name(), StreamSettings.keepAll());
                    long next = 0;
                    while (next < stream.tail()) {
                        Read.Page page =
                                (Read.Page) database.read(stream.name(), next, 1_000, 10_000_000L);
                        page.events().forEach(it -> tx.append(stream.name(), it.content()));
                        next = page.next();
                    }
                    return true;
                });
            }
        }
    }

    private static List<JsonNode> events(SqliteDatabase database, StreamInfo stream) {
        List<JsonNode> events = new ArrayList<>();
        read(database, stream, it -> events.add(Json.tree(it.content().payload().text())));
        return events;
    }

    private static void read(SqliteDatabase database, StreamInfo stream, Consumer<Event> reader) {
        long next = 0;
        while (next < stream.tail()) {
            Read.Page page = (Read.Page) database.read(stream.name(), next, 1_000, 10_000_000L);
            page.events().forEach(reader);
            next = page.next();
        }
    }

    /// What HQ gets: the events of the store's own streams, stream by stream.
    void everyEvent(Consumer<Event> reader) {
        store.databases()
                .values()
                .forEach(database ->
                        database.matching(StreamPattern.of("store-0042/**"))
                                .forEach(it -> read(database, it, reader)));
    }

    /// A device's clock is so far ahead of the store's.
    void clockOf(String device, Duration ahead) {
        clocks.put(device, ahead);
    }

    Store store() {
        return store;
    }

    // ---- what HQ has sent

    /// @param code a GTIN
    void article(String sku, String name, String code, String department, long cents) {
        article(
                Article.draft(new Sku(sku), name, "food", "Food", department)
                        .codes(List.of(new Article.Code(Gtin.parse(code), 1)))
                        .article(),
                cents);
    }

    void article(Article article, long cents) {
        String sku = article.sku().value();
        publish(CatalogEvent.STREAM, CatalogEvent.FORM, new ArticleChanged(article), sku);
        price(sku, cents, ALWAYS);
    }

    /// A section of the menu, served every day.
    void section(String name, int place, LocalTime from, LocalTime to) {
        CatalogEvent event =
                new SectionChanged(new MenuSection(name, place, List.of(Hours.daily(from, to))));
        publish(CatalogEvent.STREAM, CatalogEvent.FORM, event, event.key());
    }

    void price(String sku, long cents, LocalDateTime from) {
        PriceSet price =
                new PriceSet(
                        "p-" + sku + "-" + from,
                        new Place(new Sku(sku), Level.CHAIN, null, from, 0),
                        Money.of(cents, "EUR"),
                        Unit.PIECE,
                        null);
        publish(PriceEvent.STREAM, PriceEvent.FORM, price, price.key());
    }

    void tax() {
        tax("food", "Reduced", "B", 7);
    }

    void tax(String category, String name, String code, int percent) {
        TaxRateSet tax =
                new TaxRateSet(
                        category,
                        null,
                        LocalDate.of(2026, 1, 1),
                        name,
                        code,
                        Percent.of(percent),
                        true);
        publish(TaxEvent.STREAM, TaxEvent.FORM, tax, tax.key());
    }

    void promotion(String id, String json) {
        PromotionEvent event = new PromotionEvent.PromotionChanged(id, 1, json);
        publish(PromotionEvent.STREAM, PromotionEvent.FORM, event, event.key());
    }

    /// With points as HQ has counted them.
    void customer(String id, String name, String card, long points) {
        CustomerEvent changed =
                new CustomerChanged(
                        id, List.of(card), name, List.of(), null, LocalDate.of(2025, 1, 1), false);
        publish(CustomerEvent.STREAM, CustomerEvent.FORM, changed, id);
        publish(
                CustomerEvent.STREAM,
                CustomerEvent.FORM,
                new PointsCounted(id, points, clock.instant().minusSeconds(3600)),
                "points " + id);
    }

    private <E> void publish(String stream, EventForm<E> form, E event, String key) {
        StreamName name = StreamName.of(stream);
        CloudEvent envelope =
                CloudEvent.of("1", stream, form.type(event), clock.instant(), form.data(event))
                        .withSubject(key);
        mirrors.write(tx -> {
            tx.open(name, StreamSettings.compactedByKey());
            return tx.append(name, CloudEvents.write(envelope));
        });
    }

    // ---- its API

    /// What is served about people and devices.
    List<Operation> people() {
        return store.people("", StaffRoutes.Welcome.NONE).operations();
    }

    record Answer(int status, JsonNode json) {
        String text(String pointer) {
            return json.at(pointer).asString();
        }

        long number(String pointer) {
            return json.at(pointer).asLong();
        }
    }

    Answer ask(String method, String path, String body) {
        return ask(method, path, body, "till-1");
    }

    /// With an id of its own, as requests need whose body has none.
    Answer change(String method, String path, String body) {
        return ask(method, path, body, "till-1", "change-" + changes.incrementAndGet());
    }

    Answer ask(String method, String path, String body, String device) {
        return ask(method, path, body, device, "");
    }

    Answer ask(String method, String path, String body, String device, String key) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("Test-Device", device)
                        .header(
                                "Date",
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        clock.instant()
                                                .plus(clocks.getOrDefault(device, Duration.ZERO))
                                                .atZone(ZoneOffset.UTC)));
        HttpRequest request =
                (key.isEmpty() ? builder : builder.header("Idempotency-Key", key)).build();
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            JsonNode json = Json.tree(answer.body().isEmpty() ? "{}" : answer.body());
            described().check(method, path, answer.statusCode(), json);
            return new Answer(answer.statusCode(), json);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + host.port() + path);
    }

    /// What is no JSON.
    String text(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                        .build();
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// As a browser that has an answer already.
    ///
    /// @param tag of that answer; empty for none
    HttpResponse<String> again(String path, String tag) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path));
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Listens to what changes.
    Listener listen(String topics) {
        return new Listener(
                client, URI.create("http://127.0.0.1:" + host.port() + "/api/feed" + topics));
    }

    /// What the API says of itself, to which all answers are held.
    Described described() throws IOException, InterruptedException {
        if (described == null) {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:"
                                                    + host.port()
                                                    + "/api/openapi.json"))
                            .build();
            described =
                    new Described(Json.tree(client.send(request, BodyHandlers.ofString()).body()));
        }
        return described;
    }

    /// Until what is followed has arrived.
    <T> T await(Supplier<T> question, Predicate<T> there) {
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

    /// Until so many orders are in the report of a day.
    void awaitReport(String day, long orders) {
        while (ask("GET", "/api/reports/" + day, "").number("/orders") < orders) {
            Thread.onSpinWait();
        }
    }

    /// Until the contexts have read what HQ sent: an article is known and has a price.
    void await(String code) {
        await(code, "{\"id\":\"l\",\"code\":\"" + code + "\"}");
    }

    /// The same, of what takes more to be entered.
    void await(String code, String line) {
        String id = "await-" + now.get().toEpochMilli() + code;
        ask("PUT", "/api/baskets/" + id, "{}");
        int tries = 0;
        while (ask("POST", "/api/baskets/" + id + "/lines", line).status() != 200) {
            tries++;
            if (tries > 1_000_000) {
                throw new AssertionError("never known: " + code);
            }
            Thread.onSpinWait();
        }
        ask("DELETE", "/api/baskets/" + id, "");
    }
}
