package dev.skerry.app.replay;

import dev.skerry.app.demo.Calls;
import dev.skerry.app.demo.Calls.Answer;
import dev.skerry.app.line.BadLine;
import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The past of one store: opens its server, sends its baskets in the order of their times, and closes it when HQ has them all.
///
/// ```
/// OPENING ── its server runs, and lets tills in ──► TRADING ── all baskets are sold or refused ──► ARRIVING ── HQ has all ──► DONE
/// ```
///
/// Each step sends one basket at most. What was not answered is sent again, with the same ids; what the store's own stream has is not
/// sent again after a new start. For one thread, but for [#handled] and [#isDone].
final class StoreRun {

    /// So long the articles of HQ may take to arrive.
    private static final Duration ARTICLES_WAIT_MAX = Duration.ofMinutes(10);

    private static final Duration OPENS_BEFORE_FIRST = Duration.ofMinutes(5);

    private static final String OFFICE = "office";

    /// What all stores of a replay share.
    ///
    /// @param data a folder, in which each store has one of its own
    /// @param clock of this machine
    record Town(
            Servers servers,
            Servers.Hq hq,
            Path data,
            Manager manager,
            Cut cut,
            Pace pace,
            InstantSource clock) {}

    private enum Phase {
        OPENING,
        TRADING,
        ARRIVING,
        DONE
    }

    private final Site site;
    private final int index;
    private final List<Sale> sales;
    private final Town town;
    private final Refused refused;
    private final MovedClock clock;
    private final TreeMap<LocalDate, List<Sale>> days = new TreeMap<>();
    private final List<LocalDate> dates;
    private final Map<String, Calls> tills = new TreeMap<>();
    private Ledger sold = new Ledger();
    private @Nullable BadLine line;
    private Servers.@Nullable Store server;
    private @Nullable Calls office;
    private @Nullable LocalDate day;
    private @Nullable Instant waitingSince;
    private int next;
    private volatile Phase phase = Phase.OPENING;
    private volatile int handled;
    private volatile int resumed;
    private final AtomicInteger soldNow = new AtomicInteger();
    private volatile boolean isCut;

    /// @param index from 0, among the stores of the replay
    /// @param sales in the order of their times; at least one
    StoreRun(Site site, int index, List<Sale> sales, Town town) {
        this.site = site;
        this.index = index;
        this.sales = List.copyOf(sales);
        this.town = town;
        this.refused = new Refused(town.data().resolve(site.node() + ".refused.csv"));
        sales.forEach(it -> days.computeIfAbsent(it.day(), _ -> new ArrayList<>()).add(it));
        this.dates = List.copyOf(days.keySet());
        this.clock = new MovedClock(instant(sales.getFirst().time()).minus(OPENS_BEFORE_FIRST));
    }

    Site site() {
        return site;
    }

    Path data() {
        return town.data().resolve(site.node());
    }

    List<Sale> sales() {
        return sales;
    }

    Refused refused() {
        return refused;
    }

    /// How many baskets need no more work.
    int handled() {
        return handled;
    }

    /// How many of those were sold before this start.
    int resumed() {
        return resumed;
    }

    /// How many were sold since this start.
    int soldNow() {
        return soldNow.get();
    }

    boolean isDone() {
        return phase == Phase.DONE;
    }

    boolean isCut() {
        return isCut;
    }

    /// @return whether there is more to do now
    /// @throws IOException if a server does not answer: the same can be tried again
    boolean step() throws IOException {
        return switch (phase) {
            case OPENING -> open();
            case TRADING -> trade();
            case ARRIVING -> arrive();
            case DONE -> false;
        };
    }

    // ---- its server

    private boolean open() throws IOException {
        if (server == null) {
            if (Files.exists(data().resolve("orders.db"))) {
                Ledger before = new Ledger();
                town.servers().read(data(), "orders.db", site.node() + "/orders", before::take);
                sold = before;
            }
            skipWhatIsDone();
            resumed = handled;
            line = line(town.servers().line(data()));
            server = start(line);
        }
        Map<String, Calls> devices = new TreeMap<>();
        Servers.Store running = server;
        List<String> names = new ArrayList<>(sales.stream().map(Sale::device).distinct().toList());
        names.add(OFFICE);
        for (String name : names) {
            Optional<String> token =
                    running.addDevice(name, name.equals(OFFICE) ? "OFFICE" : "TILL");
            if (token.isEmpty()) {
                return false;
            }
            devices.put(name, Calls.to(running.port(), token.get()));
        }
        office = devices.remove(OFFICE);
        if (!signOn(office())) {
            return false;
        }
        tills.putAll(devices);
        for (Map.Entry<String, Calls> till : tills.entrySet()) {
            required(signOn(till.getValue()), "the manager cannot sign on at " + till.getKey());
        }
        phase = Phase.TRADING;
        return true;
    }

    private BadLine line(Optional<Integer> port) {
        try {
            return new BadLine(
                    port.orElse(0),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), town.hq().linkPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the port of the line of %s is taken: end what listens there"
                            .formatted(site.node()),
                    e);
        }
    }

    private Servers.Store start(BadLine to) {
        Servers.@Nullable Joining joining =
                town.servers().line(data()).isPresent()
                        ? null
                        : new Servers.Joining(
                                URI.create("https://127.0.0.1:" + to.port()),
                                town.hq().invite(site));
        return town.servers().store(site, data(), clock, joining);
    }

    /// Not before the manager is known there: wrong tries lock people out.
    private boolean signOn(Calls device) throws IOException {
        Answer people = device.read("/api/people");
        boolean known =
                people.done()
                        && people.json().objects("people").stream()
                                .anyMatch(it -> it.text("person").equals(town.manager().person()));
        return known
                && device.ask(
                                "POST",
                                "/api/sign-on",
                                JsonObject.empty()
                                        .with("person", town.manager().person())
                                        .with("pin", town.manager().pin()),
                                "")
                        .done();
    }

    private Calls office() {
        Calls there = office;
        if (there == null) {
            throw new IllegalStateException("the store is not open yet");
        }
        return there;
    }

    private Calls till(Sale sale) {
        return java.util.Objects.requireNonNull(tills.get(sale.device()), sale.device());
    }

    // ---- its days

    private void skipWhatIsDone() {
        while (next < sales.size()
                && (sold.has(sales.get(next).id()) || refused.has(sales.get(next).id()))) {
            next++;
        }
        handled = next;
    }

    private boolean trade() throws IOException {
        if (next == sales.size()) {
            Optional<LocalDate> left = open(office());
            if (left.isPresent()) {
                close(left.get());
            }
            set(false);
            phase = Phase.ARRIVING;
            return true;
        }
        Sale sale = sales.get(next);
        if (!town.pace().isDue(sale, site)) {
            return false;
        }
        if (!sale.day().equals(day)) {
            clock.to(instant(sale.time()).minus(OPENS_BEFORE_FIRST));
            begin(sale.day());
            day = sale.day();
        }
        clock.to(instant(sale.time()));
        if (!sell(sale)) {
            return false;
        }
        next++;
        skipWhatIsDone();
        return true;
    }

    private Instant instant(LocalDateTime time) {
        return time.atZone(site.time()).toInstant();
    }

    private static Optional<LocalDate> open(Calls office) throws IOException {
        Answer open = office.read("/api/business-day");
        return open.done()
                ? Optional.of(LocalDate.parse(open.json().text("day")))
                : Optional.empty();
    }

    private void begin(LocalDate wanted) throws IOException {
        Optional<LocalDate> before = open(office());
        if (before.isPresent() && !before.get().equals(wanted)) {
            close(before.get());
        }
        set(town.cut().holds(index, dates.indexOf(wanted)));
        done(
                office().ask(
                                "POST",
                                "/api/business-day/open",
                                JsonObject.empty().with("day", wanted.toString()),
                                ""));
        for (Map.Entry<String, Calls> till : tills.entrySet()) {
            if (!of(wanted, till.getKey()).isEmpty()) {
                done(
                        till.getValue()
                                .ask(
                                        "POST",
                                        "/api/shifts",
                                        JsonObject.empty()
                                                .with("shift", shift(till.getKey(), wanted))
                                                .with(
                                                        "cashFloat",
                                                        money(cashFloat(wanted, till.getKey()))),
                                        ""));
            }
        }
    }

    private void set(boolean cut) {
        BadLine there = java.util.Objects.requireNonNull(line, "line");
        if (cut) {
            there.cut();
        } else {
            there.up();
        }
        isCut = cut;
    }

    private static String shift(String till, LocalDate of) {
        return till + "-" + of;
    }

    private List<Sale> of(LocalDate wanted, String till) {
        return days.getOrDefault(wanted, List.of()).stream()
                .filter(it -> it.device().equals(till))
                .toList();
    }

    /// As much as goes back on that day, so that there is always enough in the drawer.
    private long cashFloat(LocalDate wanted, String till) {
        return of(wanted, till).stream().mapToLong(it -> Math.max(0, -it.amount())).sum();
    }

    /// Counts what by the file has to be in the drawers: what is over or short shows in the Z.
    private void close(LocalDate wanted) throws IOException {
        for (JsonObject shift :
                office().read("/api/shifts?day=" + wanted).json().objects("shifts")) {
            if (shift.has("z")) {
                continue;
            }
            String till = shift.text("till");
            String path = "/api/shifts/" + shift.text("id");
            long counted =
                    cashFloat(wanted, till)
                            + of(wanted, till).stream()
                                    .filter(it -> !refused.has(it.id()))
                                    .mapToLong(Sale::amount)
                                    .sum();
            done(
                    office().ask(
                                    "POST",
                                    path + "/counts",
                                    JsonObject.empty()
                                            .with("id", "count-" + shift.text("id"))
                                            .with("amount", money(counted)),
                                    ""));
            done(office().ask("POST", path + "/close", JsonObject.empty(), ""));
        }
        done(
                office().ask(
                                "POST",
                                "/api/business-day/close",
                                JsonObject.empty().with("day", wanted.toString()),
                                ""));
    }

    // ---- its baskets

    private JsonObject money(long minor) {
        return JsonObject.empty()
                .with("amount", minor)
                .with("currency", site.currency().getCurrencyCode());
    }

    /// @return whether it is sold, or refused for good
    private boolean sell(Sale sale) throws IOException {
        Calls till = till(sale);
        String path =
                "/api/baskets/"
                        + URLEncoder.encode(sale.id(), StandardCharsets.UTF_8).replace("+", "%20");
        Answer basket =
                till.ask(
                        "PUT",
                        path,
                        JsonObject.empty().with("source", "VENDOR"),
                        "open " + sale.id());
        if (basket.done()
                && !basket.json().has("order")
                && basket.json().objects("lines").isEmpty()) {
            basket = till.ask("POST", path + "/given", given(sale), "");
        }
        if (basket.done() && !basket.json().has("order")) {
            basket = till.ask("POST", path + "/pay", tenders(sale), "");
        }
        if (basket.status() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
            throw new IOException(path + " answered " + basket.status() + " " + basket.body());
        }
        if (basket.done() && basket.json().has("order")) {
            waitingSince = null;
            soldNow.incrementAndGet();
            return true;
        }
        if (isOnItsWay(basket)) {
            return false;
        }
        String why =
                basket.done()
                        ? "the store did not make an order of it"
                        : basket.kind() + ": " + basket.json().optionalText("detail").orElse("");
        refused.add(sale, why);
        till.ask("DELETE", path + "/pay", JsonObject.empty(), "");
        till.ask("DELETE", path, JsonObject.empty().with("reason", why), "abandon " + sale.id());
        return true;
    }

    /// HQ has the article, and the store does not know it yet, or not its tax.
    private boolean isOnItsWay(Answer answer) {
        if (!answer.kind().equals("unknown-article") && !answer.kind().equals("no-price")) {
            return false;
        }
        Instant now = town.clock().instant();
        Instant since = waitingSince == null ? now : waitingSince;
        waitingSince = since;
        return Duration.between(since, now).compareTo(ARTICLES_WAIT_MAX) < 0;
    }

    private JsonObject given(Sale sale) {
        List<JsonObject> lines = new ArrayList<>();
        for (SourceLine one : sale.lines()) {
            JsonObject given =
                    JsonObject.empty()
                            .with("id", one.line())
                            .with("sku", one.sku())
                            .with("quantity", one.quantity().amount())
                            .with("price", money(one.price()));
            lines.add(one.discount() == 0 ? given : given.with("discount", money(one.discount())));
        }
        return JsonObject.empty().with("reason", "replay").with("lines", lines);
    }

    private JsonObject tenders(Sale sale) {
        List<JsonObject> tenders = new ArrayList<>();
        if (sale.coupon() > 0) {
            tenders.add(
                    JsonObject.empty()
                            .with("id", sale.id() + "-coupon")
                            .with("kind", "MANUFACTURER_COUPON")
                            .with("amount", money(sale.coupon()))
                            .with("account", "source"));
        }
        if (sale.total() >= 0 && (sale.amount() > 0 || sale.coupon() == 0)) {
            tenders.add(
                    JsonObject.empty()
                            .with("id", sale.id() + "-cash")
                            .with("kind", "CASH")
                            .with("amount", money(sale.amount())));
        }
        // Without a tender what comes back is paid back in cash.
        return JsonObject.empty().with("tenders", tenders);
    }

    // ---- its end

    /// Nothing waits, as the store saw it last; and what is compared has arrived by now.
    private boolean arrive() throws IOException {
        JsonObject status = office().read("/api/status").json();
        if (!status.optionalText("line").orElse("").equals("up")
                || status.object("waitingUp").number("events", 1) != 0
                || !isAtHq("orders")
                || !isAtHq("payments")) {
            return false;
        }
        end();
        phase = Phase.DONE;
        return true;
    }

    private boolean isAtHq(String stream) throws IOException {
        String tail = "/v1/stream/%s/%s?offset=now".formatted(site.node(), stream);
        Answer here = office().read(tail);
        Answer there = Calls.to(town.hq().port(), "").read(tail);
        return here.done() && there.done() && here.next().equals(there.next());
    }

    /// Closes what is open. May be called again.
    void end() {
        if (server != null) {
            server.close();
            server = null;
        }
        if (line != null) {
            line.close();
            line = null;
        }
    }

    private static void done(Answer answer) throws IOException {
        if (answer.status() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
            throw new IOException("answered " + answer.status() + " " + answer.body());
        }
        required(answer.done(), answer.body());
    }

    private static void required(boolean done, String what) {
        if (!done) {
            throw new ReplayException("the store does not do what it has to: " + what);
        }
    }
}
