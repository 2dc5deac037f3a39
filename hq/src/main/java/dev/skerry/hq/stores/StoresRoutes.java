package dev.skerry.hq.stores;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.hq.stores.Stores.Alarm;
import dev.skerry.hq.stores.Stores.Described;
import dev.skerry.hq.stores.Stores.Line;
import dev.skerry.hq.stores.Stores.One;
import dev.skerry.hq.stores.Stores.Order;
import dev.skerry.hq.stores.Stores.Page;
import dev.skerry.hq.stores.Stores.Wanted;
import dev.skerry.language.stores.StoreProfile;
import dev.skerry.language.stores.StoreProfile.Format;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The stores of the chain over HTTP.
public final class StoresRoutes {

    private static final String STORE = "/api/stores/{id}";

    private final Stores stores;
    private final Register register;
    private final Callers callers;

    public StoresRoutes(Stores stores, Register register, Callers callers) {
        this.stores = requireNonNull(stores, "stores");
        this.register = requireNonNull(register, "register");
        this.callers = requireNonNull(callers, "callers");
    }

    record New(String id, @Nullable String name, @Nullable String zone) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of(
                                "GET",
                                "/api/stores",
                                "Lists stores, with the line to each",
                                this::list)
                        .asking("find", "in id, name, zone and city")
                        .asking("line", "one of " + words(Line.values()))
                        .asking("zone", "its name")
                        .asking("format", "one of " + words(Format.values()))
                        .asking(
                                "sort",
                                "one of %s; with - before it the other way round"
                                        .formatted(words(Order.values())))
                        .asking("from", "how many are left out before")
                        .asking(
                                "max",
                                "at most so many; %d if left out".formatted(Stores.PAGE_STORES_MAX))
                        .answering(Page.class)
                        .forAll(),
                Operation.of(
                                "GET",
                                STORE,
                                "Shows a store, and what HQ has of its streams",
                                this::one)
                        .answering(One.class)
                        .forAll(),
                Operation.of(
                                "POST",
                                "/api/stores",
                                "Registers a store, if it is new, and lets a machine join as it",
                                Requests.taking(this::invite))
                        .taking(New.class)
                        .answering(Register.Invited.class)
                        .only(Role.ADMIN, Role.SUPPORT),
                Operation.of(
                                "PUT",
                                STORE + "/profile",
                                "Says where a store is, what it is, and when it is open",
                                Requests.taking(this::describe))
                        .taking(StoreProfile.class)
                        .answering(One.class)
                        .only(Role.ADMIN, Role.SUPPORT),
                Operation.of(
                                "GET",
                                "/api/alarms",
                                "Lists stores that somebody should look after: away too long, with a wrong clock, not joined in time",
                                this::alarms)
                        .listing("alarms", Alarm.class));
    }

    private void list(Request request) throws IOException {
        String sort = Requests.parameter(request, "sort").orElse("id");
        boolean descending = sort.startsWith("-");
        Wanted wanted =
                new Wanted(
                        Requests.parameter(request, "find").orElse(""),
                        one(request, "line", Line.values()).orElse(null),
                        Requests.parameter(request, "zone")
                                .filter(it -> !it.isEmpty())
                                .orElse(null),
                        one(request, "format", Format.values()).orElse(null),
                        known("sort", descending ? sort.substring(1) : sort, Order.values()),
                        descending,
                        number(request, "from", 0, 0),
                        number(request, "max", Stores.PAGE_STORES_MAX, 1));
        Requests.answer(request, 200, stores.list(wanted));
    }

    private static <E extends Enum<E>> Optional<E> one(Request request, String name, E[] all) {
        return Requests.parameter(request, name)
                .filter(it -> !it.isEmpty())
                .map(it -> known(name, it, all));
    }

    /// However it is written: `LAST_CONTACT`, `last-contact`, `lastContact`, `never joined`.
    private static <E extends Enum<E>> E known(String name, String word, E[] all) {
        return Arrays.stream(all)
                .filter(it -> plain(it.name()).equals(plain(word)))
                .findFirst()
                .orElseThrow(() ->
                        malformed("%s is one of %s, not \"%s\"".formatted(name, words(all), word)));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    private static <E extends Enum<E>> String words(E[] all) {
        return Arrays.stream(all)
                .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    private static int number(Request request, String name, int otherwise, int least) {
        Optional<String> text = Requests.parameter(request, name);
        try {
            int number = text.map(Integer::parseInt).orElse(otherwise);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw malformed("%s is a number from %d on".formatted(name, least));
    }

    private static HttpProblem malformed(String why) {
        return new HttpProblem(400, "malformed-request", "The request cannot be read", why);
    }

    private void one(Request request) throws IOException {
        Requests.answer(request, 200, existing(request.parameter("id")));
    }

    private One existing(String id) {
        return stores.store(id).orElseThrow(() -> noSuch(id));
    }

    private static HttpProblem noSuch(String id) {
        return new HttpProblem(
                404,
                "no-such-store",
                "There is no such store",
                "'%s' is not registered; GET /api/stores lists those that are".formatted(id));
    }

    private void invite(Asked asked) throws IOException {
        New wanted = asked.as(New.class);
        try {
            Requests.answer(
                    asked.request(),
                    201,
                    register.invite(
                            wanted.id(),
                            Objects.requireNonNullElse(wanted.name(), "Store " + wanted.id()),
                            Objects.requireNonNullElse(wanted.zone(), "main")));
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private void describe(Asked asked) throws IOException {
        Request request = asked.request();
        String id = request.parameter("id");
        try {
            switch (stores.describe(
                    id, asked.as(StoreProfile.class), callers.of(request).person())) {
                case Described.Done _ -> Requests.answer(request, 200, existing(id));
                case Described.NoSuchStore(String none) -> throw noSuch(none);
            }
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private void alarms(Request request) throws IOException {
        Requests.answer(request, "alarms", stores.alarms());
    }
}
