package dev.skerry.app.demo;

import dev.skerry.app.chain.Shops.Shop;
import dev.skerry.app.demo.Calls.Answer;
import dev.skerry.app.demo.Tally.Receipt;
import dev.skerry.language.JsonObject;
import dev.skerry.language.stores.StoreProfile.Format;
import dev.skerry.stream.Driver;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// A store of the demo: its server, its line, its tills and shoppers; and, by each step, what it has sold and what HQ knows of it.
final class DemoStore implements Steps {

    static final int TILLS = 3;

    private static final String OFFICE = "office";
    private static final String KITCHEN = "kitchen";

    private static final int PERSON_FIRST = 1_000;
    private static final int PEOPLE_OF_A_STORE = 100;
    private static final int MANAGER = 1;
    private static final int CASHIER_FIRST = 3;

    /// What all stores of a demo share.
    ///
    /// @param seed of the shoppers
    /// @param powerOff how long the power is off each time
    record Town(
            Nodes nodes,
            Nodes.Hq hq,
            Path data,
            Shelves shelves,
            Pace pace,
            long seed,
            Duration powerOff,
            ZoneId time,
            InstantSource clock,
            Driver tills) {}

    private final Shop shop;
    private final int index;
    private final Town town;
    private final Line line;
    private final Power power;
    private final Calls hq;
    private final Tally here;
    private final Tally there;
    private final List<Till> tills = new CopyOnWriteArrayList<>();
    private final Queue<Till.Parked> parked = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Sum> handedOut = new AtomicReference<>(Sum.NONE);
    private volatile int port;
    private volatile String officeToken = "";
    private volatile View view = View.NONE;

    /// @param index from 0
    DemoStore(Shop shop, int index, Town town) {
        this.shop = shop;
        this.index = index;
        this.town = town;
        this.line = new Line(town.hq().linkPort());
        this.power = new Power(shop.node(), this::start, town.powerOff(), town.clock());
        this.hq = Calls.to(town.hq().port(), "");
        this.here = new Tally(shop.node());
        this.there = new Tally(shop.node());
    }

    Shop shop() {
        return shop;
    }

    Line line() {
        return line;
    }

    Power power() {
        return power;
    }

    View view() {
        return view;
    }

    // ---- its server

    private Nodes.Store start() {
        Nodes.Store node = town.nodes().startStore(town.data(), port, port == 0 ? joining() : null);
        port = node.port();
        return node;
    }

    private Nodes.Joining joining() {
        return new Nodes.Joining(
                URI.create("https://127.0.0.1:" + line.port()), town.hq().invite(shop));
    }

    /// Its devices belong to it from the first start on.
    private void letIn(Nodes.Store node) {
        Map<String, String> tokens = new LinkedHashMap<>();
        node.addDevice(OFFICE, "OFFICE").ifPresent(it -> tokens.put(OFFICE, it));
        List<String> names = IntStream.rangeClosed(1, TILLS).mapToObj(it -> "till-" + it).toList();
        for (String name : names) {
            node.addDevice(name, "TILL").ifPresent(it -> tokens.put(name, it));
        }
        node.addDevice(KITCHEN, "KITCHEN").ifPresent(it -> tokens.put(KITCHEN, it));
        if (tokens.size() < TILLS + 2) {
            return;
        }
        if (shop.profile().format() == Format.CAFE) {
            town.tills()
                    .drive(
                            new Cook(
                                    shop.node(),
                                    Calls.to(port, String.valueOf(tokens.get(KITCHEN))),
                                    town.clock()));
        }
        officeToken = String.valueOf(tokens.get(OFFICE));
        Till.Shift shift =
                new Till.Shift(parked, this::businessDay, this::printed, town.pace(), TILLS);
        for (int i = 0; i < TILLS; i++) {
            String name = names.get(i);
            Till till =
                    new Till(
                            shop.node(),
                            post(name, CASHIER_FIRST + i),
                            Calls.to(port, String.valueOf(tokens.get(name))),
                            town.shelves(),
                            shift,
                            new Random((town.seed() * 1_009 + index) * 31 + i),
                            town.clock());
            tills.add(till);
            town.tills().drive(till);
        }
    }

    private Till.Post post(String name, int number) {
        String cashier = person(number);
        String manager = person(MANAGER);
        return new Till.Post(name, cashier, pin(cashier), manager, pin(manager));
    }

    /// As the example chain numbers its people.
    private String person(int number) {
        return String.valueOf(PERSON_FIRST + PEOPLE_OF_A_STORE * index + number);
    }

    private static String pin(String person) {
        return new StringBuilder(person).reverse().toString();
    }

    private void printed(Receipt receipt) {
        UnaryOperator<Sum> more = sum -> sum.plus(receipt.sum());
        handedOut.updateAndGet(more);
    }

    // ---- its office

    private Calls office() {
        return Calls.to(port, officeToken);
    }

    /// The day that is open: the manager opens today's, if none is.
    private Optional<String> businessDay() {
        try {
            Answer open = office().read("/api/business-day");
            if (open.done()) {
                return Optional.of(open.json().text("day"));
            }
            String manager = person(MANAGER);
            JsonObject credentials =
                    JsonObject.empty().with("person", manager).with("pin", pin(manager));
            office().ask("POST", "/api/sign-on", credentials, "");
            String today = LocalDate.ofInstant(town.clock().instant(), town.time()).toString();
            office().ask(
                            "POST",
                            "/api/business-day/open",
                            JsonObject.empty().with("day", today),
                            "");
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The receipts of the day, as the store's API lists them.
    ///
    /// @throws IOException if the store's server does not answer
    Answer receipts() throws IOException {
        return office().read("/api/orders");
    }

    // ---- looking

    @Override
    public String name() {
        return "figures of " + shop.node();
    }

    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }

    /// HQ first: it never has what the store does not have a moment later.
    @Override
    public Step step() {
        View before = view;
        Sum handed = handedOut.get();
        Sum atHq = counted(there, hq, before.atHq());
        Optional<Nodes.Store> node = power.node();
        if (tills.isEmpty()) {
            node.ifPresent(this::letIn);
        }
        boolean on = node.isPresent();
        Sum sold = on ? counted(here, office(), before.sold()) : before.sold();
        JsonObject status = on ? status() : JsonObject.empty();
        JsonObject waiting =
                status.has("waitingUp") ? status.object("waitingUp") : JsonObject.empty();
        view =
                new View(
                        port == 0 ? "" : "http://127.0.0.1:" + port,
                        on,
                        !tills.isEmpty() && tills.stream().allMatch(Till::isOpen),
                        status.optionalText("line").orElse("").equals("up"),
                        handed,
                        atHq,
                        sold,
                        waiting.number("events", 0),
                        waiting.optionalText("oldest").map(this::ageSeconds).orElse(-1L),
                        here.recent());
        return new Step.CaughtUp(sold.receipts());
    }

    private long ageSeconds(String moment) {
        return Math.max(
                0, Duration.between(Instant.parse(moment), town.clock().instant()).toSeconds());
    }

    /// @param before what counts as long as nobody answers
    private static Sum counted(Tally tally, Calls server, Sum before) {
        try {
            return tally.read(server);
        } catch (IOException e) {
            return before;
        }
    }

    private JsonObject status() {
        try {
            Answer answer = office().read("/api/status");
            return answer.done() ? answer.json() : JsonObject.empty();
        } catch (IOException e) {
            return JsonObject.empty();
        }
    }

    /// When nobody steps anything of it any more.
    void end() {
        power.end();
        line.close();
    }

    JsonObject json() {
        return view.json()
                .with("id", shop.id())
                .with("name", shop.name())
                .with("zone", shop.zone())
                .with("format", shop.profile().format().name())
                .with("city", String.valueOf(shop.profile().city()))
                .with("line", line.state().word());
    }
}
