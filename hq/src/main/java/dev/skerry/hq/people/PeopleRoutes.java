package dev.skerry.hq.people;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.hq.people.People.Adding;
import dev.skerry.hq.people.People.Change;
import dev.skerry.hq.people.People.Colleague;
import dev.skerry.hq.people.People.Entry;
import dev.skerry.hq.people.People.Known;
import dev.skerry.language.Json;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// People of headquarters over HTTP, and who asks in every other request.
///
/// A session or a program shows its token as `Authorization: Bearer TOKEN`; a browser's session in a cookie that no script reads and that
/// is sent by pages of HQ alone. Who has the admin token is an admin.
public final class PeopleRoutes {

    private static final String PERSON = "/api/people/{person}";
    private static final String COOKIE = "skerry-hq";
    private static final String ADMIN = "admin";

    private final People people;
    private final InstantSource clock;
    private final AdminToken adminToken;

    /// What lets in whoever set HQ up.
    @FunctionalInterface
    public interface AdminToken {

        /// Whether this is it.
        boolean is(String token);
    }

    public PeopleRoutes(People people, AdminToken adminToken, InstantSource clock) {
        this.people = requireNonNull(people, "people");
        this.adminToken = requireNonNull(adminToken, "adminToken");
        this.clock = requireNonNull(clock, "clock");
    }

    /// @param cookie the token is to come as a cookie, and not in the body
    record Credentials(String person, String password, @Nullable Boolean cookie) {}

    /// @param password null: it stays as it is
    record Someone(String name, List<Role> roles, @Nullable String password) {
        Someone {
            roles = List.copyOf(roles);
        }
    }

    record Passwords(String old, String password) {}

    record NewProgram(String name, List<Role> roles) {
        NewProgram {
            roles = List.copyOf(roles);
        }
    }

    /// @param token told once
    record Token(People.Program program, String token) {}

    /// @param person `admin` for who has the admin token, `program/NAME` for a program
    /// @param roles what may be done
    /// @param until when it ends by itself; null if it does not
    /// @param token told once; null where it comes as a cookie, or is known
    record Me(
            String person,
            String name,
            List<Role> roles,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable String token) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of(
                                "POST",
                                "/api/sign-on",
                                "Signs a person on by name and password",
                                Requests.taking(this::signOn))
                        .taking(Credentials.class)
                        .answering(Me.class)
                        .forAll(),
                Operation.of("POST", "/api/sign-off", "Ends the session that asks", this::signOff),
                Operation.of("GET", "/api/me", "Shows who asks, and what he may do", this::me)
                        .answering(Me.class),
                Operation.of(
                                "PUT",
                                "/api/me/password",
                                "Gives who asks another password",
                                Requests.taking(this::changePassword))
                        .taking(Passwords.class)
                        .answering(Colleague.class),
                Operation.of("GET", "/api/people", "Lists who works at HQ", this::list)
                        .listing("people", Colleague.class)
                        .only(Role.ADMIN),
                Operation.of(
                                "PUT",
                                PERSON,
                                "Lets somebody in, or changes name, roles or password",
                                Requests.taking(this::change))
                        .taking(Someone.class)
                        .answering(Colleague.class)
                        .only(Role.ADMIN),
                Operation.of("DELETE", PERSON, "Takes somebody out", this::remove).only(Role.ADMIN),
                Operation.of("GET", "/api/programs", "Lists programs with a token", this::programs)
                        .listing("programs", People.Program.class)
                        .only(Role.ADMIN),
                Operation.of(
                                "POST",
                                "/api/programs",
                                "Lets a program in, and tells its token once",
                                Requests.taking(this::addProgram))
                        .taking(NewProgram.class)
                        .answering(Token.class)
                        .only(Role.ADMIN),
                Operation.of(
                                "DELETE",
                                "/api/programs/{program}",
                                "Takes a program out; its token opens nothing any more",
                                this::removeProgram)
                        .only(Role.ADMIN),
                Operation.of(
                                "GET",
                                "/api/audit",
                                "Shows who signed on, was refused, and let whom in; the newest first",
                                this::audit)
                        .asking("before", "a number, for what was before it")
                        .answering(People.Audit.class)
                        .only(Role.ADMIN));
    }

    // ---- who asks

    /// Tells who asks, by the token that comes with a request.
    public Callers callers() {
        return request -> isAdmin(request) ? admin() : known(request).caller();
    }

    private static Caller admin() {
        return new Caller(ADMIN, "", Caller.OF_HQ);
    }

    private boolean isAdmin(Request request) {
        return bearer(request).filter(adminToken::is).isPresent();
    }

    private Known known(Request request) {
        Optional<String> bearer = bearer(request);
        Optional<String> shown = bearer.or(() -> cookie(request));
        if (bearer.isEmpty() && shown.isPresent()) {
            requireOwnPage(request);
        }
        return shown.flatMap(people::known)
                .orElseThrow(() ->
                        new HttpProblem(
                                401,
                                "not-signed-on",
                                "Nobody is signed on",
                                shown.isPresent()
                                        ? "the session has ended, or the token is not known: sign on with POST /api/sign-on"
                                        : "sign on with POST /api/sign-on, or send a token as Authorization: Bearer TOKEN; HQ showed the admin token when it was started first",
                                Map.of("WWW-Authenticate", "Bearer realm=\"hq\"")));
    }

    /// A browser sends the cookie with requests of this host's other ports, too.
    private static void requireOwnPage(Request request) {
        String site = request.header("Sec-Fetch-Site");
        boolean own = site == null || site.equals("same-origin") || site.equals("none");
        if (!own && !request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw new HttpProblem(
                    403,
                    "another-page",
                    "This was asked by another site's page",
                    "a session in a cookie is for HQ's own pages: send a token as Authorization: Bearer TOKEN");
        }
    }

    private static Optional<String> bearer(Request request) {
        String header = request.header("Authorization");
        String scheme = "Bearer ";
        return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(header.substring(scheme.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> cookie(Request request) {
        String header = request.header("Cookie");
        if (header == null) {
            return Optional.empty();
        }
        for (String one : header.split("[;,]", -1)) {
            if (one.strip().startsWith(COOKIE + "=")) {
                return Optional.of(one.strip().substring(COOKIE.length() + 1));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> withCookie(Request request, String token, long seconds) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put(
                "Set-Cookie",
                "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                        .formatted(
                                COOKIE,
                                token,
                                seconds,
                                request.url().startsWith("https:") ? "; Secure" : ""));
        return headers;
    }

    // ---- signing on and off

    private void signOn(Asked asked) throws IOException {
        Request request = asked.request();
        Credentials credentials = asked.as(Credentials.class);
        switch (people.signOn(credentials.person(), credentials.password())) {
            case Entry.Entered(Known known, String token) -> {
                if (Boolean.TRUE.equals(credentials.cookie())) {
                    long seconds =
                            requireNonNull(known.until()).getEpochSecond()
                                    - known.since().getEpochSecond();
                    request.answer(
                            200,
                            withCookie(request, token, seconds),
                            Bytes.of(Json.write(me(known, null))));
                } else {
                    Requests.answer(request, 200, me(known, token));
                }
            }
            case Entry refused -> throw refused(refused);
        }
    }

    private HttpProblem refused(Entry entry) {
        return switch (entry) {
            case Entry.Wrong _ ->
                    new HttpProblem(
                            403,
                            "wrong-password",
                            "That is not right",
                            "there is nobody of that name with that password");
            case Entry.LockedOut(Instant until) ->
                    new HttpProblem(
                            429,
                            "locked-out",
                            "Too many wrong passwords",
                            "none of this person is looked at before " + until,
                            Map.of(
                                    "Retry-After",
                                    String.valueOf(
                                            Math.max(
                                                    1,
                                                    until.getEpochSecond()
                                                            - clock.instant().getEpochSecond()))));
            case Entry.Busy _ ->
                    new HttpProblem(
                            429,
                            "busy",
                            "Too many sign on at once",
                            "try again in a second",
                            Map.of("Retry-After", "1"));
            case Entry.Entered _ -> throw new IllegalStateException("was let in");
        };
    }

    private void signOff(Request request) throws IOException {
        if (!isAdmin(request)) {
            Known known = known(request);
            people.signOff(known.session(), known.person());
        }
        request.answer(204, withCookie(request, "", 0), Bytes.EMPTY);
    }

    private void me(Request request) throws IOException {
        Requests.answer(
                request,
                200,
                isAdmin(request)
                        ? new Me(ADMIN, ADMIN, sorted(admin()), null, null, null)
                        : me(known(request), null));
    }

    private static Me me(Known known, @Nullable String token) {
        return new Me(
                known.person(),
                known.name(),
                sorted(known.caller()),
                known.since(),
                known.until(),
                token);
    }

    private static List<Role> sorted(Caller caller) {
        return caller.roles().stream().sorted().toList();
    }

    private void changePassword(Asked asked) throws IOException {
        Request request = asked.request();
        Passwords passwords = asked.as(Passwords.class);
        Known known = isAdmin(request) ? null : known(request);
        if (known == null || known.session().isEmpty()) {
            throw new HttpProblem(
                    409,
                    "no-person",
                    "This is done by a person",
                    "neither the admin token nor a program has a password");
        }
        answer(request, () -> people.changePassword(known, passwords.old(), passwords.password()));
    }

    // ---- people and programs

    private void list(Request request) throws IOException {
        Requests.answer(request, "people", people.people());
    }

    private void change(Asked asked) throws IOException {
        Request request = asked.request();
        Someone someone = asked.as(Someone.class);
        answer(
                request,
                () ->
                        people.change(
                                request.parameter("person"),
                                someone.name(),
                                someone.roles(),
                                someone.password(),
                                callers().of(request).person()));
    }

    private void answer(Request request, Supplier<Change> change) throws IOException {
        switch (checked(change)) {
            case Change.Done(Colleague person) -> Requests.answer(request, 200, person);
            case Change.WrongPassword(Entry why) -> throw refused(why);
            case Change.TooMany(int max) -> throw tooMany(max);
        }
    }

    private static <R> R checked(Supplier<R> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(
                    400, "malformed-request", "This cannot be", String.valueOf(e.getMessage()));
        }
    }

    private static HttpProblem noSuch(String what, String name) {
        return new HttpProblem(
                404,
                "no-such-" + what,
                "There is no such " + what,
                "\"%s\" is not let in here".formatted(name));
    }

    private static HttpProblem tooMany(int max) {
        return new HttpProblem(
                409, "too-many", "There are too many", "%d are the most".formatted(max));
    }

    private void remove(Request request) throws IOException {
        String person = request.parameter("person");
        if (!people.remove(person, callers().of(request).person())) {
            throw noSuch("person", person);
        }
        request.answer(204, Map.of(), Bytes.EMPTY);
    }

    private void programs(Request request) throws IOException {
        Requests.answer(request, "programs", people.programs());
    }

    private void addProgram(Asked asked) throws IOException {
        Request request = asked.request();
        NewProgram wanted = asked.as(NewProgram.class);
        String by = callers().of(request).person();
        switch (checked(() -> people.add(wanted.name(), wanted.roles(), by))) {
            case Adding.Added(People.Program program, String token) ->
                    Requests.answer(request, 201, new Token(program, token));
            case Adding.NameTaken(String name) ->
                    throw new HttpProblem(
                            409,
                            "name-taken",
                            "There is such a program",
                            "take \"%s\" out first, or name it otherwise".formatted(name));
            case Adding.TooMany(int max) -> throw tooMany(max);
        }
    }

    private void removeProgram(Request request) throws IOException {
        String program = request.parameter("program");
        if (!people.removeProgram(program, callers().of(request).person())) {
            throw noSuch("program", program);
        }
        request.answer(204, Map.of(), Bytes.EMPTY);
    }

    private void audit(Request request) throws IOException {
        Long before = Requests.parameter(request, "before").map(PeopleRoutes::number).orElse(null);
        Requests.answer(request, 200, people.audit(before));
    }

    private static Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new HttpProblem(
                    400,
                    "malformed-request",
                    "The query cannot be read",
                    "before is a number, not \"%s\"".formatted(text));
        }
    }
}
