package dev.skerry.app.demo;

import dev.skerry.app.demo.Calls.Answer;
import dev.skerry.app.demo.Shelves.Item;
import dev.skerry.app.demo.Tally.Receipt;
import dev.skerry.language.JsonObject;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A till with its cashier and one shopper after the other. Each step asks the store one thing at most; what was not answered is
/// asked again, with the same id, until it is. Knows nothing of lines and servers.
final class Till implements Steps {

    private static final Logger LOG = System.getLogger(Till.class.getName());

    private static final Duration AGAIN_AFTER = Duration.ofMillis(400);
    private static final int RECEIPTS_KEPT = 30;
    private static final int LINES_MAX = 24;

    /// Besides those that are known when a shopper comes.
    private static final int ACTS_TO_PAY = 2;

    private static final int ADULT_YEARS = 18;
    private static final long CASH_FLOAT_MINOR = 30_000;
    private static final List<Long> NOTES_MINOR = List.of(500L, 1_000L, 2_000L, 5_000L, 10_000L);

    /// Of all shoppers.
    private static final double BRING_BACK = 0.04;

    private static final double PARK = 0.05;
    private static final double HAVE_CARD = 0.35;
    private static final double HAVE_COUPON = 0.06;
    private static final double CHANGE_MIND = 0.04;
    private static final double WRONG_CUSTOMER = 0.012;
    private static final double PAY_BY_CARD = 0.5;
    private static final double PAY_PARTLY_IN_CASH = 0.06;

    /// Of those who want something that is not for everybody.
    private static final double OLD_ENOUGH = 0.9;

    /// Of lines: two or more of the same, as offers ask for.
    private static final double SEVERAL = 0.25;

    /// Who stands at it.
    ///
    /// @param name of the device
    /// @param person and
    /// @param pin of the cashier
    /// @param approver and
    /// @param approverPin who allows what a cashier may not
    record Post(String name, String person, String pin, String approver, String approverPin) {}

    /// Something to ask the store.
    @FunctionalInterface
    private interface Act {
        void run(String key) throws IOException;
    }

    /// @param key the same each time it is asked
    private record Next(String key, Act act) {}

    /// A basket that was put aside, for whichever till is free.
    record Parked(String basket) {}

    /// A line of a receipt that may come back.
    private record Bought(String order, String line) {}

    private final String name;
    private final Post post;
    private final Calls store;
    private final Shelves shelves;
    private final Shift shift;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Deque<Next> acts = new ArrayDeque<>();
    private final Deque<Bought> receipts = new ArrayDeque<>();
    private int asked;
    private int shoppers;
    private Instant lastAct;
    private int planned = 1;
    private double share;
    private boolean waits;
    private volatile boolean open;

    /// What the tills of a store share.
    ///
    /// @param parked baskets that were put aside
    /// @param day the business day, once it is open
    /// @param printed is told of each receipt that a shopper has got
    /// @param tills how many there are
    record Shift(
            java.util.Queue<Parked> parked,
            Supplier<Optional<String>> day,
            java.util.function.Consumer<Receipt> printed,
            Pace pace,
            int tills) {}

    Till(
            String store,
            Post post,
            Calls calls,
            Shelves shelves,
            Shift shift,
            RandomGenerator random,
            InstantSource clock) {
        this.name = post.name() + " of " + store;
        this.post = post;
        this.store = calls;
        this.shelves = shelves;
        this.shift = shift;
        this.random = random;
        this.clock = clock;
        this.lastAct = clock.instant();
        next(this::signOn);
        next(this::openShift);
        next(this::lookForTheLastArticle);
        next(_ -> open = true);
    }

    /// Whether it sells.
    boolean isOpen() {
        return open;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }

    @Override
    public Step step() {
        if (clock.instant().isBefore(due())) {
            return new Step.CaughtUp(asked);
        }
        if (acts.isEmpty()) {
            welcome();
            planned = acts.size() + ACTS_TO_PAY;
        }
        Next next = acts.removeFirst();
        lastAct = clock.instant();
        share = random.nextDouble(0.5, 1.5) / planned;
        waits = false;
        try {
            next.act().run(next.key());
        } catch (IOException e) {
            // The server is off, or was switched off in the middle: nobody knows what became of it.
            acts.addFirst(next);
            waits = true;
        }
        return waits ? new Step.CaughtUp(asked) : new Step.Moved(asked, 1);
    }

    private Instant due() {
        if (waits) {
            return lastAct.plus(AGAIN_AFTER);
        }
        if (!open) {
            return lastAct;
        }
        Duration shopper = shift.pace().perShopper(shift.tills());
        return lastAct.plusNanos((long) (shopper.toNanos() * share));
    }

    private void next(Act act) {
        acts.addLast(new Next(key(), act));
    }

    private void first(Act act) {
        acts.addFirst(new Next(key(), act));
    }

    /// Asks the same again in a while.
    private void again(Act act) {
        first(act);
        waits = true;
    }

    private String key() {
        asked++;
        return "%s-%06d".formatted(post.name(), asked);
    }

    private static JsonObject id(String id) {
        return JsonObject.empty().with("id", id);
    }

    private static JsonObject money(long minor) {
        return JsonObject.empty().with("amount", minor).with("currency", "EUR");
    }

    // ---- opening

    private void signOn(String key) throws IOException {
        Answer people = store.read("/api/people");
        boolean known =
                people.done()
                        && people.json().objects("people").stream()
                                .anyMatch(it -> it.text("person").equals(post.person()));
        if (!known
                || !store.ask(
                                "POST",
                                "/api/sign-on",
                                JsonObject.empty()
                                        .with("person", post.person())
                                        .with("pin", post.pin()),
                                key)
                        .done()) {
            again(this::signOn);
        }
    }

    private void openShift(String key) throws IOException {
        Optional<String> day = shift.day().get();
        if (day.isEmpty()
                || !store.ask(
                                "POST",
                                "/api/shifts",
                                JsonObject.empty()
                                        .with("shift", post.name() + "-" + day.get())
                                        .with("cashFloat", money(CASH_FLOAT_MINOR)),
                                key)
                        .done()) {
            again(this::openShift);
        }
    }

    /// The catalogue has come whole, with its prices.
    private void lookForTheLastArticle(String key) throws IOException {
        String basket = key + "-try";
        store.ask("PUT", "/api/baskets/" + basket, JsonObject.empty(), key);
        Answer found =
                store.ask(
                        "POST",
                        "/api/baskets/" + basket + "/lines",
                        id("1").with("sku", shelves.last().sku()),
                        key + "-line");
        store.ask("DELETE", "/api/baskets/" + basket, JsonObject.empty(), key + "-end");
        if (!found.done()) {
            again(this::lookForTheLastArticle);
        }
    }

    // ---- shoppers

    private void welcome() {
        shoppers++;
        Parked parked = shift.parked().poll();
        if (parked != null) {
            next(key -> recall(parked.basket(), key));
        } else if (!receipts.isEmpty() && random.nextDouble() < BRING_BACK) {
            bringBack();
        } else {
            shop();
        }
    }

    private String basket() {
        return "%s-%05d".formatted(post.name(), shoppers);
    }

    private void shop() {
        String basket = basket();
        next(key -> change("PUT", basket, "", JsonObject.empty(), key));
        if (random.nextDouble() < HAVE_CARD) {
            JsonObject card = JsonObject.empty().with("customer", shelves.anyAccount(random));
            next(key -> change("PUT", basket, "/customer", card, key));
        }
        int lines =
                Math.min(
                        LINES_MAX,
                        1
                                + (int)
                                        (-shelves.linesMean()
                                                * Math.log(1 - random.nextDouble(0, 0.99))));
        for (int line = 1; line <= lines; line++) {
            JsonObject wanted = wanted(String.valueOf(line), shelves.any(random));
            next(key -> scan(basket, wanted, key));
        }
        if (random.nextDouble() < CHANGE_MIND) {
            next(key -> change("DELETE", basket, "/lines/1", JsonObject.empty(), key));
        }
        if (random.nextDouble() < HAVE_COUPON) {
            next(key -> change("PUT", basket, "/coupons/WELCOME10", JsonObject.empty(), key));
        }
        if (random.nextDouble() < PARK) {
            next(key -> park(basket, key));
        } else {
            next(key -> pay(basket, key));
        }
    }

    private JsonObject wanted(String line, Item item) {
        JsonObject wanted =
                item.code().isEmpty()
                        ? id(line).with("sku", item.sku())
                        : id(line).with("code", item.code());
        if (item.weighed()) {
            return wanted.with("quantity", random.nextInt(120, 1_800) / 1_000.0);
        }
        return random.nextDouble() < SEVERAL
                ? wanted.with("quantity", random.nextLong(2, 5))
                : wanted;
    }

    /// What is refused is left out: recalled, not in sale, nothing to void.
    private Answer change(String method, String basket, String below, JsonObject body, String key)
            throws IOException {
        Answer answer = store.ask(method, "/api/baskets/" + basket + below, body, key);
        if (answer.status() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
            throw new IOException("answered " + answer.status());
        }
        return answer;
    }

    private void scan(String basket, JsonObject wanted, String key) throws IOException {
        Answer answer = change("POST", basket, "/lines", wanted, key);
        if (answer.kind().equals("age-check-needed") && random.nextDouble() < OLD_ENOUGH) {
            JsonObject age = JsonObject.empty().with("years", ADULT_YEARS);
            first(again -> scan(basket, wanted, again));
            first(check -> change("PUT", basket, "/age", age, check));
        }
    }

    private void park(String basket, String key) throws IOException {
        JsonObject name = JsonObject.empty().with("name", "forgot something");
        change("POST", basket, "/suspend", name, key);
        shift.parked().add(new Parked(basket));
    }

    private void recall(String basket, String key) throws IOException {
        change("POST", basket, "/recall", JsonObject.empty(), key);
        JsonObject forgotten = wanted("forgotten", shelves.any(random));
        next(scan -> scan(basket, forgotten, scan));
        next(pay -> pay(basket, pay));
    }

    private void bringBack() {
        String basket = basket();
        Bought bought = receipts.removeLast();
        JsonObject line =
                id("1").with("order", bought.order())
                        .with("line", bought.line())
                        .with("quantity", 1)
                        .with("reason", "not what was wanted");
        next(key -> change("PUT", basket, "", JsonObject.empty(), key));
        next(key -> change("POST", basket, "/returns", line, key));
        next(key -> pay(basket, key));
    }

    // ---- paying

    /// Fixes the total, and gives back what is to be given back.
    private void pay(String basket, String key) throws IOException {
        paid(basket, change("POST", basket, "/pay", JsonObject.empty(), key));
    }

    private void tender(String basket, String kind, long minor, String key) throws IOException {
        JsonObject tender = id(key).with("kind", kind).with("amount", money(minor));
        JsonObject body = JsonObject.empty().with("tenders", List.of(tender));
        Answer answer = change("POST", basket, "/pay", body, key);
        if (answer.done()) {
            paid(basket, answer);
        } else if (kind.equals("CARD")) {
            // Declined, or too much to be stored while the line is down, or nobody knows.
            first(asking -> inCash(basket, asking));
        } else {
            giveUp(basket, answer);
        }
    }

    private void inCash(String basket, String key) throws IOException {
        Answer answer = change("POST", basket, "/pay", JsonObject.empty(), key);
        if (answer.done() && !answer.json().has("order")) {
            long left = answer.json().object("payment").object("cashDue").number("amount");
            long given = handed(left);
            first(tender -> tender(basket, "CASH", given, tender));
        } else {
            paid(basket, answer);
        }
    }

    private void paid(String basket, Answer answer) throws IOException {
        if (!answer.done()) {
            giveUp(basket, answer);
            return;
        }
        if (answer.json().has("order")) {
            printed(answer.json().object("order").object("order"));
            return;
        }
        JsonObject payment = answer.json().object("payment");
        long left = payment.object("left").number("amount");
        if (payment.object("asking").number("amount") != 0) {
            again(key -> pay(basket, key));
        } else if (left <= 0) {
            giveUp(basket, answer);
        } else if (random.nextDouble() < PAY_BY_CARD) {
            long first = random.nextDouble() < PAY_PARTLY_IN_CASH && left > 2_000 ? 1_000 : left;
            first(key -> tender(basket, first == left ? "CARD" : "CASH", first, key));
        } else {
            first(key -> inCash(basket, key));
        }
    }

    /// The notes that a shopper hands over.
    private long handed(long due) {
        long note =
                NOTES_MINOR.stream()
                        .filter(it -> it >= due || it.equals(NOTES_MINOR.getLast()))
                        .findFirst()
                        .orElseThrow();
        return random.nextInt(4) == 0 ? due : Math.ceilDiv(due, note) * note;
    }

    private void printed(JsonObject order) {
        Receipt receipt = Receipt.paid(order);
        shift.printed().accept(receipt);
        if (receipt.minor() <= 0) {
            return;
        }
        if (random.nextDouble() < WRONG_CUSTOMER) {
            first(key -> takeBack(receipt.order(), key));
            return;
        }
        List<JsonObject> lines =
                order.objects("lines").stream()
                        .filter(it -> !it.flag("voided") && it.optionalText("parent").isEmpty())
                        .filter(it -> it.text("unit").equals("PIECE"))
                        .toList();
        if (!lines.isEmpty()) {
            JsonObject line = lines.get(random.nextInt(lines.size()));
            receipts.addFirst(new Bought(receipt.order(), line.text("id")));
            if (receipts.size() > RECEIPTS_KEPT) {
                receipts.removeLast();
            }
        }
    }

    private void takeBack(String order, String key) throws IOException {
        JsonObject body =
                JsonObject.empty()
                        .with("reason", "wrong customer")
                        .with(
                                "approval",
                                JsonObject.empty()
                                        .with("person", post.approver())
                                        .with("pin", post.approverPin()));
        Answer answer = store.ask("POST", "/api/orders/" + order + "/void", body, key);
        if (answer.status() == HttpURLConnection.HTTP_ACCEPTED) {
            again(repeated -> takeBack(order, repeated));
        } else if (answer.status() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
            throw new IOException("answered " + answer.status());
        } else if (answer.done()) {
            JsonObject voided = answer.json().object("order").object("voided");
            shift.printed().accept(Receipt.voided(voided));
        } else {
            LOG.log(Level.DEBUG, "void=refused order={0} why={1}", order, answer.body());
        }
    }

    /// The shopper goes without: nothing was bought, or the card terminal would not give back.
    private void giveUp(String basket, Answer why) {
        LOG.log(Level.DEBUG, "basket=given-up id={0} why={1}", basket, why.body());
        first(key -> change("DELETE", basket, "", JsonObject.empty(), key));
        first(key -> change("DELETE", basket, "/pay", JsonObject.empty(), key));
    }
}
