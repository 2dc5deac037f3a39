package dev.skerry.store.staff;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Approvals;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.context.Secrets;
import dev.skerry.language.Json;
import dev.skerry.language.staffing.DeviceKind;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.store.staff.Staff.Change;
import dev.skerry.store.staff.Staff.Colleague;
import dev.skerry.store.staff.Staff.DeviceState;
import dev.skerry.store.staff.Staff.Entry;
import dev.skerry.store.staff.Staff.Known;
import dev.skerry.store.staff.Staff.Leaving;
import dev.skerry.store.staff.Staff.Polled;
import dev.skerry.store.staff.Staff.Said;
import dev.skerry.store.staff.Staff.Session;
import dev.skerry.store.staff.Staff.Shut;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// People and devices over HTTP, and who asks in every other request.
///
/// A device shows its token as `Authorization: Bearer TOKEN`, or in a cookie that no script reads. Whoever may read the node's data
/// folder is a manager without a device, by the operator's secret; and a screen that is opened on the server itself may be let in by that.
public final class StaffRoutes {

    private static final String OPERATOR = "operator";

    /// Who has let in what was opened on the server itself.
    private static final String LOOPBACK = "loopback";

    private static final String DEVICE = "/api/devices/{device}";
    private static final String PERSON = "/api/people/{person}";

    private static final int AUDIT = 100;
    private static final int AUDIT_MAX = 1000;

    /// As long as browsers keep a cookie at most; it is set anew whenever a page asks who is signed on.
    private static final Duration COOKIE_LIFE = Duration.ofDays(400);

    private final Staff staff;
    private final InstantSource clock;
    private final Optional<String> operatorHash;
    private final Welcome welcome;

    /// Which screens that are opened on the server itself belong to the store without a manager's word.
    public enum Welcome {
        /// While there is no screen at which a manager could sign on to confirm a code.
        FIRST,
        ANY,
        NONE
    }

    /// @param operatorSecret known to who may read the data folder; empty if there is none
    public StaffRoutes(Staff staff, InstantSource clock, String operatorSecret, Welcome welcome) {
        this.staff = staff;
        this.clock = clock;
        this.welcome = requireNonNull(welcome, "welcome");
        this.operatorHash =
                Optional.of(operatorSecret).filter(it -> !it.isBlank()).map(Secrets::hash);
    }

    record Credentials(String person, String pin) {}

    record Back(String pin) {}

    record Wanted(DeviceKind kind) {}

    /// @param cookie the token is to come as a cookie, and not in the body
    record Collecting(String secret, @Nullable Boolean cookie) {}

    /// With a code: the screen that shows it. With a kind: any device that can be told a token.
    ///
    /// @param replace a device of that name is taken out for it
    record NewDevice(
            String name,
            @Nullable String code,
            @Nullable DeviceKind kind,
            @Nullable Boolean replace) {}

    record Renaming(String name) {}

    /// @param until from then on the helper is nobody here
    record Helper(String name, List<String> roles, String pin, Instant until) {}

    record NewPin(String pin) {}

    /// @param until when the code lapses; null once it was confirmed, and then the others are there
    /// @param token null as well if it comes as a cookie
    record Paired(
            @Nullable Instant until,
            @Nullable String device,
            @Nullable DeviceKind kind,
            @Nullable String token) {}

    /// @param token null if the device fetches it itself, or has it
    record Added(DeviceState device, @Nullable String token) {}

    /// @param person null if nobody is signed on; one who has locked the device is still named
    /// @param roles what may be done now
    record Me(
            String store,
            String device,
            @Nullable DeviceKind kind,
            @Nullable String person,
            @Nullable String name,
            List<Role> roles,
            boolean locked,
            @Nullable Instant since) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of(
                                "POST",
                                "/api/pairing",
                                "Asks for a screen to be let into the store: answers with a code that it shows to a manager",
                                Requests.taking(this::ask))
                        .taking(Wanted.class)
                        .answering(Staff.Asking.class)
                        .forAll(),
                Operation.of(
                                "POST",
                                "/api/pairing/{id}/token",
                                "Fetches the token of a screen whose code was confirmed; 202 while it was not",
                                Requests.taking(this::collect))
                        .taking(Collecting.class)
                        .answering(Paired.class)
                        .forAll(),
                Operation.of("GET", "/api/devices", "Lists the store's devices", this::devices)
                        .listing("devices", DeviceState.class)
                        .only(Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/devices",
                                "Lets the screen in that shows a code, or adds a device and tells its token once",
                                Requests.taking(this::addDevice))
                        .taking(NewDevice.class)
                        .answering(Added.class)
                        .only(Role.MANAGER),
                Operation.of(
                                "PATCH",
                                DEVICE,
                                "Gives a device another name",
                                Requests.taking(this::rename))
                        .taking(Renaming.class)
                        .answering(Added.class)
                        .only(Role.MANAGER),
                Operation.of("DELETE", DEVICE, "Takes a device out of the store", this::remove)
                        .only(Role.MANAGER),
                Operation.of(
                                "POST",
                                DEVICE + "/sign-off",
                                "Signs off whoever is signed on at a device",
                                this::release)
                        .only(Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/sign-on",
                                "Signs a person on at the device that asks",
                                Requests.taking(this::signOn))
                        .taking(Credentials.class)
                        .answering(Me.class),
                Operation.of(
                                "POST",
                                "/api/sign-off",
                                "Signs off at the device that asks",
                                this::signOff)
                        .answering(Me.class),
                Operation.of(
                                "POST",
                                "/api/lock",
                                "Locks the device that asks; what was begun there stays",
                                this::lock)
                        .answering(Me.class),
                Operation.of(
                                "POST",
                                "/api/unlock",
                                "Brings back who has locked the device that asks",
                                Requests.taking(this::unlock))
                        .taking(Back.class)
                        .answering(Me.class),
                Operation.of(
                                "GET",
                                "/api/me",
                                "Shows what the device that asks is, and who is signed on",
                                this::me)
                        .answering(Me.class),
                Operation.of(
                                "GET",
                                "/api/people",
                                "Lists who works here, at devices that people sign on at",
                                this::people)
                        .listing("people", Colleague.class),
                Operation.of(
                                "PUT",
                                PERSON,
                                "Takes somebody on for some days, in this store alone, or changes that",
                                Requests.taking(this::take))
                        .taking(Helper.class)
                        .answering(Colleague.class)
                        .only(Role.MANAGER),
                Operation.of(
                                "DELETE",
                                PERSON,
                                "Releases such a helper before the time",
                                Requests.taking(this::releaseHelper))
                        .only(Role.MANAGER),
                Operation.of(
                                "PUT",
                                PERSON + "/pin",
                                "Gives somebody another PIN in this store, until headquarters tell of another",
                                Requests.taking(this::setPin))
                        .taking(NewPin.class)
                        .answering(Colleague.class)
                        .only(Role.MANAGER),
                Operation.of(
                                "DELETE",
                                PERSON + "/lock-out",
                                "Ends what locks a person out after wrong PINs",
                                Requests.taking(this::forgive))
                        .answering(Colleague.class)
                        .only(Role.MANAGER),
                Operation.of(
                                "DELETE",
                                DEVICE + "/lock-out",
                                "Ends what locks a device after wrong PINs",
                                this::forgiveDevice)
                        .only(Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/audit",
                                "Lists who signed on and off, was refused, allowed or changed what: the newest first",
                                this::audit)
                        .asking("before", "only what has a smaller number; the newest if left out")
                        .asking(
                                "max",
                                "how many are wanted, from 1 to %d; %d if left out"
                                        .formatted(AUDIT_MAX, AUDIT))
                        .listing("audit", Audited.class)
                        .only(Role.MANAGER));
    }

    // ---- who asks

    /// Tells who asks, by the token that comes with a request.
    public Callers callers() {
        return request -> isOperator(request) ? operator() : known(request).caller();
    }

    private static Caller operator() {
        return new Caller(OPERATOR, "", Rights.manager());
    }

    private boolean isOperator(Request request) {
        Optional<String> bearer = bearer(request);
        return bearer.isPresent()
                && operatorHash.isPresent()
                && Secrets.same(Secrets.hash(bearer.get()), operatorHash.get());
    }

    private Known known(Request request) {
        Optional<String> shown = bearer(request).or(() -> cookie(request));
        return shown.flatMap(staff::known)
                .orElseThrow(() ->
                        new HttpProblem(
                                401,
                                "unknown-device",
                                "This device does not belong to the store",
                                shown.isPresent()
                                        ? "its token is not known here, or not any more: pair it again with POST /api/pairing"
                                        : "pair it with POST /api/pairing, and send its token as Authorization: Bearer TOKEN",
                                Map.of(
                                        "WWW-Authenticate",
                                        "Bearer realm=\"" + staff.store() + "\"")));
    }

    private static Optional<String> bearer(Request request) {
        String header = request.header("Authorization");
        String scheme = "Bearer ";
        return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(header.substring(scheme.length()).strip())
                : Optional.empty();
    }

    /// Cookies know no ports: stores on one machine have cookies of different names.
    private String cookieName() {
        return "skerry-" + staff.store();
    }

    private Optional<String> cookie(Request request) {
        String header = request.header("Cookie");
        if (header == null) {
            return Optional.empty();
        }
        String begin = cookieName() + "=";
        for (String one : header.split("[;,]", -1)) {
            if (one.strip().startsWith(begin)) {
                return Optional.of(one.strip().substring(begin.length()));
            }
        }
        return Optional.empty();
    }

    private Map<String, String> withCookie(Request request, String token) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put(
                "Set-Cookie",
                "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                        .formatted(
                                cookieName(),
                                token,
                                COOKIE_LIFE.toSeconds(),
                                request.url().startsWith("https:") ? "; Secure" : ""));
        return headers;
    }

    /// The device that asks, where nobody but a device can ask.
    private Known device(Request request) {
        if (isOperator(request)) {
            throw new HttpProblem(
                    409,
                    "no-device",
                    "This is done at a device",
                    "the operator's secret belongs to no device: use a device's token");
        }
        return known(request);
    }

    // ---- allowing

    /// Lets managers and supervisors allow actions by their PIN.
    public Approvals approvals() {
        return new Approvals() {
            @Override
            public String by(String person, String pin) {
                return approved("", "", "", person, pin);
            }

            @Override
            public String by(Caller asking, String action, String person, String pin) {
                return approved(asking.device(), asking.person(), action, person, pin);
            }
        };
    }

    private String approved(
            String device, String askedBy, String action, String person, String pin) {
        return switch (staff.approve(device, askedBy, action, person, pin)) {
            case Staff.Approved(String by) -> by;
            case Staff.MayNot(String who) ->
                    throw new HttpProblem(
                            403,
                            "may-not-approve",
                            "This needs somebody who may allow it",
                            "%s may not allow it: ask a supervisor or a manager".formatted(who));
            case Shut shut -> throw shut(shut);
        };
    }

    // ---- signing on and off

    private void signOn(Asked asked) throws IOException {
        Known known = device(asked.request());
        Credentials credentials = asked.as(Credentials.class);
        answer(
                asked.request(),
                known,
                staff.signOn(known.device().name(), credentials.person(), credentials.pin()));
    }

    private void unlock(Asked asked) throws IOException {
        Known known = device(asked.request());
        answer(
                asked.request(),
                known,
                staff.unlock(known.device().name(), asked.as(Back.class).pin()));
    }

    private void answer(Request request, Known known, Entry entry) throws IOException {
        switch (entry) {
            case Staff.Entered(Session session) ->
                    Requests.answer(request, 200, me(new Known(known.device(), session)));
            case Staff.Elsewhere(String device) ->
                    throw new HttpProblem(
                            409,
                            "signed-on-elsewhere",
                            "This person is signed on at another device",
                            "sign off at %s first, or let a manager do so".formatted(device));
            case Staff.Occupied(Session by) ->
                    throw new HttpProblem(
                            409,
                            "occupied",
                            "Somebody else is signed on here",
                            "%s has to sign off first, or a manager sign on".formatted(by.name()));
            case Shut shut -> throw shut(shut);
        }
    }

    private HttpProblem shut(Shut shut) {
        return switch (shut) {
            case Staff.WrongPin(int left) ->
                    new HttpProblem(
                            403,
                            "wrong-pin",
                            "Person or PIN is wrong",
                            "%d more wrong PINs lock this out for a while".formatted(left));
            case Staff.LockedOut(Instant until) ->
                    tryAgain(
                            429,
                            "locked-out",
                            "Too many wrong PINs",
                            "no PIN is looked at for now",
                            until);
            case Staff.Busy() ->
                    tryAgain(
                            503,
                            "busy",
                            "Too many PINs at once",
                            "the server is checking others",
                            clock.instant());
            case Staff.NotHere(String why) ->
                    new HttpProblem(409, "not-here", "This cannot be done at this device", why);
        };
    }

    private HttpProblem tryAgain(int status, String kind, String title, String detail, Instant at) {
        long seconds =
                Math.max(1, Duration.between(clock.instant(), at).plusMillis(999).toSeconds());
        return new HttpProblem(
                status,
                kind,
                title,
                "%s: try again in %d seconds".formatted(detail, seconds),
                Map.of("Retry-After", Long.toString(seconds)));
    }

    private void signOff(Request request) throws IOException {
        Known known = device(request);
        switch (staff.signOff(known.device().name())) {
            case Leaving.Left() ->
                    Requests.answer(request, 200, me(new Known(known.device(), null)));
            case Leaving.Locked(Session session) ->
                    throw new HttpProblem(
                            409,
                            "device-locked",
                            "The device is locked",
                            "%s has to unlock it first, or a manager sign on"
                                    .formatted(session.name()));
        }
    }

    private void lock(Request request) throws IOException {
        Known known = device(request);
        Session session =
                switch (staff.lock(known.device().name())) {
                    case Leaving.Left() -> null;
                    case Leaving.Locked(Session locked) -> locked;
                };
        Requests.answer(request, 200, me(new Known(known.device(), session)));
    }

    private void me(Request request) throws IOException {
        if (isOperator(request)) {
            Caller operator = operator();
            Requests.answer(
                    request,
                    200,
                    new Me(
                            staff.store(),
                            "",
                            null,
                            operator.person(),
                            null,
                            sorted(operator.roles()),
                            false,
                            null));
            return;
        }
        Me me = me(known(request));
        Optional<String> cookie = bearer(request).isPresent() ? Optional.empty() : cookie(request);
        if (cookie.isPresent()) {
            request.answer(200, withCookie(request, cookie.get()), Bytes.of(Json.write(me)));
        } else {
            Requests.answer(request, 200, me);
        }
    }

    private Me me(Known known) {
        Session session = known.session();
        return new Me(
                staff.store(),
                known.device().name(),
                known.device().kind(),
                session == null ? null : session.person(),
                session == null ? null : session.name(),
                sorted(known.caller().roles()),
                session != null && session.locked(),
                session == null ? null : session.since());
    }

    private static List<Role> sorted(Set<Role> roles) {
        List<Role> all = new ArrayList<>(roles);
        all.sort(null);
        return all;
    }

    private void people(Request request) throws IOException {
        if (!isOperator(request) && !Rights.takesPeople(known(request).device().kind())) {
            throw new HttpProblem(
                    403,
                    "role-needed",
                    "This is for others to do",
                    "a device that nobody signs on at is not told who works here");
        }
        Requests.answer(request, "people", staff.people());
    }

    // ---- pairing

    private void ask(Asked asked) throws IOException {
        DeviceKind kind = asked.as(Wanted.class).kind();
        switch (staff.ask(kind)) {
            case Staff.Asked.Shown(var asking) -> {
                if (isWelcome(asked.request(), kind)) {
                    letIn(asking.code(), kind);
                }
                answerSecret(asked.request(), 201, asking);
            }
            case Staff.Asked.TooMany(Instant until) ->
                    throw tryAgain(
                            429,
                            "too-many-pairings",
                            "Too many screens wait to be let in",
                            "%d wait for their codes to be confirmed"
                                    .formatted(Pairings.WAITING_MAX),
                            until);
        }
    }

    /// Who opens a page on the server itself could as well read its data folder.
    private boolean isWelcome(Request request, DeviceKind kind) {
        return kind != DeviceKind.INTEGRATION
                && request.fromThisMachine()
                && switch (welcome) {
                    case FIRST ->
                            staff.devices().stream().noneMatch(it -> Rights.takesPeople(it.kind()));
                    case ANY -> true;
                    case NONE -> false;
                };
    }

    /// Under the first name of its kind that is free.
    private void letIn(String code, DeviceKind kind) {
        String base = kind.name().toLowerCase(Locale.ROOT) + "-";
        Change change = new Change.NameTaken(base);
        for (int number = 1; change instanceof Change.NameTaken; number++) {
            change = staff.confirm(code, base + number, false, LOOPBACK);
        }
    }

    private void collect(Asked asked) throws IOException {
        Request request = asked.request();
        Collecting collecting = asked.as(Collecting.class);
        switch (staff.poll(request.parameter("id"), collecting.secret())) {
            case Polled.Waiting(Instant until) ->
                    Requests.answer(request, 202, new Paired(until, null, null, null));
            case Polled.Paired(String device, DeviceKind kind, String token) -> {
                if (Boolean.TRUE.equals(collecting.cookie())) {
                    request.answer(
                            200,
                            withCookie(request, token),
                            Bytes.of(Json.write(new Paired(null, device, kind, null))));
                } else {
                    answerSecret(request, 200, new Paired(null, device, kind, token));
                }
            }
            case Polled.Lapsed() ->
                    throw new HttpProblem(
                            410,
                            "pairing-lapsed",
                            "This pairing is over",
                            "the code was not confirmed in time, or the token has been fetched: ask for another with POST /api/pairing");
        }
    }

    private static void answerSecret(Request request, int status, Object body) throws IOException {
        request.answer(
                status,
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                Bytes.of(Json.write(body)));
    }

    // ---- devices

    private void devices(Request request) throws IOException {
        Requests.answer(request, "devices", staff.devices());
    }

    private void addDevice(Asked asked) throws IOException {
        NewDevice wanted = asked.as(NewDevice.class);
        String by = callers().of(asked.request()).person();
        boolean replace = Boolean.TRUE.equals(wanted.replace());
        String code = wanted.code();
        DeviceKind kind = wanted.kind();
        if (code != null && kind == null) {
            change(asked, 201, () -> staff.confirm(code, wanted.name(), replace, by));
        } else if (kind != null && code == null) {
            change(asked, 201, () -> staff.add(wanted.name(), kind, replace, by));
        } else {
            throw malformed("a device is named by the code that it shows, or has a kind");
        }
    }

    private void rename(Asked asked) throws IOException {
        Request request = asked.request();
        String to = asked.as(Renaming.class).name();
        String by = callers().of(request).person();
        change(asked, 200, () -> staff.rename(request.parameter("device"), to, by));
    }

    private interface Changing {
        Change change();
    }

    private void change(Asked asked, int status, Changing changing) throws IOException {
        Change change;
        try {
            change = changing.change();
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        Request request = asked.request();
        switch (change) {
            case Change.Done(DeviceState device) ->
                    Requests.answer(request, status, new Added(device, null));
            case Change.Added(DeviceState device, String token) ->
                    answerSecret(request, status, new Added(device, token));
            case Change.NameTaken(String name) ->
                    throw new HttpProblem(
                            409,
                            "device-name-taken",
                            "A device of this name exists",
                            "use another name, or \"replace\": true to take out the %s there is"
                                    .formatted(name));
            case Change.NoSuchDevice(String name) -> throw noSuchDevice(name);
            case Change.NoSuchCode() ->
                    throw new HttpProblem(
                            404,
                            "no-such-code",
                            "No screen shows this code",
                            "it lapses after %d minutes: look at the screen again"
                                    .formatted(Pairings.LIFE.toMinutes()));
            case Change.TooManyCodes(Instant until) ->
                    throw tryAgain(
                            429,
                            "too-many-codes",
                            "Too many wrong codes",
                            "no code is looked at for now",
                            until);
            case Change.Full() ->
                    throw new HttpProblem(
                            409,
                            "too-many-devices",
                            "The store has too many devices",
                            "%d is the most: remove those that are gone"
                                    .formatted(Staff.DEVICES_MAX));
        }
    }

    private void remove(Request request) throws IOException {
        String device = request.parameter("device");
        if (!staff.remove(device, callers().of(request).person())) {
            throw noSuchDevice(device);
        }
        request.answer(204, Map.of(), Bytes.EMPTY);
    }

    private void release(Request request) throws IOException {
        String device = request.parameter("device");
        if (!staff.release(device, callers().of(request).person())) {
            throw noSuchDevice(device);
        }
        request.answer(204, Map.of(), Bytes.EMPTY);
    }

    private void forgiveDevice(Request request) throws IOException {
        String device = request.parameter("device");
        if (!staff.forgiveDevice(device, callers().of(request).person())) {
            throw noSuchDevice(device);
        }
        request.answer(204, Map.of(), Bytes.EMPTY);
    }

    // ---- what a manager says of people

    private void take(Asked asked) throws IOException {
        Helper helper = asked.as(Helper.class);
        said(
                asked,
                (command, person, by) ->
                        staff.take(
                                command,
                                person,
                                helper.name(),
                                helper.roles(),
                                helper.pin(),
                                helper.until(),
                                by));
    }

    private void setPin(Asked asked) throws IOException {
        String pin = asked.as(NewPin.class).pin();
        said(asked, (command, person, by) -> staff.setPin(command, person, pin, by));
    }

    private void forgive(Asked asked) throws IOException {
        said(asked, staff::forgive);
    }

    private interface Saying {
        Said said(Command command, String person, String by);
    }

    private void said(Asked asked, Saying saying) throws IOException {
        Request request = asked.request();
        String person = request.parameter("person");
        Said said;
        try {
            said = saying.said(command(asked), person, callers().of(request).person());
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        switch (said) {
            case Said.Done(Colleague colleague) -> Requests.answer(request, 200, colleague);
            case Said.Refused refused -> throw refused(refused);
        }
    }

    private void releaseHelper(Asked asked) throws IOException {
        Request request = asked.request();
        String person = request.parameter("person");
        Optional<Said.Refused> refused =
                staff.release(command(asked), person, callers().of(request).person());
        if (refused.isPresent()) {
            throw refused(refused.get());
        }
        request.answer(204, Map.of(), Bytes.EMPTY);
    }

    /// Of a body with a PIN nothing is kept, not even a hash: there are too few PINs.
    private static Command command(Asked asked) {
        Request request = asked.request();
        return new Command(asked.command("").id(), request.method() + " " + request.path());
    }

    private static HttpProblem refused(Said.Refused refused) {
        return switch (refused) {
            case Said.Nobody(String nobody) ->
                    new HttpProblem(
                            404,
                            "no-such-person",
                            "Nobody of that id works here",
                            "there is no \"%s\" in this store".formatted(nobody));
            case Said.Headquarters(String theirs) ->
                    new HttpProblem(
                            409,
                            "headquarters-person",
                            "This is for headquarters to say",
                            "\"%s\" is one of headquarters' people: only a PIN can be given here"
                                    .formatted(theirs));
            case Said.Full() ->
                    new HttpProblem(
                            409,
                            "too-many-helpers",
                            "The store has too many helpers",
                            "%d is the most: release those that have gone"
                                    .formatted(Staff.HELPERS_MAX));
        };
    }

    private void audit(Request request) throws IOException {
        Requests.answer(
                request,
                "audit",
                staff.audit(
                        number(request, "before", Long.MAX_VALUE, 0, Long.MAX_VALUE),
                        (int) number(request, "max", AUDIT, 1, AUDIT_MAX)));
    }

    private static long number(Request request, String name, long otherwise, long min, long max) {
        String given = Requests.parameter(request, name).orElse("" + otherwise);
        try {
            long number = Long.parseLong(given);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw malformed("%s is a number from %d to %d".formatted(name, min, max));
    }

    private static HttpProblem noSuchDevice(String name) {
        return new HttpProblem(
                404,
                "no-such-device",
                "There is no such device",
                "no device \"%s\" belongs to this store".formatted(name));
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(
                400, "malformed-request", "The body is not what this request takes", detail);
    }
}
