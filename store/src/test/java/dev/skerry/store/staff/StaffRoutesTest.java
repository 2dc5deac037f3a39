package dev.skerry.store.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Api;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Guarded;
import dev.skerry.language.JsonObject;
import dev.skerry.language.staffing.DeviceKind;
import dev.skerry.language.staffing.StaffingEvent.ActionApproved;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.store.staff.StaffRoutes.Welcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over real HTTP.
class StaffRoutesTest {

    private static final String SECRET = "operators-own";

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private Shop shop;
    private StaffRoutes routes;
    private HttpHost host;

    @BeforeEach
    void open() {
        shop = new Shop(folder);
        routes = new StaffRoutes(shop.staff(), shop, SECRET, Welcome.FIRST);
        Guarded guarded = new Guarded(routes.callers());
        host =
                new Api("Staff", "test", routes.operations(), routes.callers())
                        .addTo(HttpHost.at("127.0.0.1", 0))
                        .route(
                                "GET",
                                "/test/sell",
                                guarded.only(
                                        request -> request.answerJson(200, "{}"),
                                        Role.CASHIER,
                                        Role.GUEST))
                        .start();
    }

    @AfterEach
    void close() {
        client.close();
        host.close();
        shop.close();
    }

    private HttpResponse<String> ask(
            String method, String path, @Nullable String token, @Nullable String body) {
        return ask(method, path, "Authorization", token == null ? null : "Bearer " + token, body);
    }

    private HttpResponse<String> ask(
            String method,
            String path,
            String header,
            @Nullable String value,
            @Nullable String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (value != null) {
            request.header(header, value);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return JsonObject.parse(answer.body());
    }

    private static void problem(int status, String kind, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals("urn:skerry:problem:" + kind, json(answer).text("type"));
    }

    private static HttpResponse<String> ok(HttpResponse<String> answer) {
        assertTrue(answer.statusCode() < 300, answer::body);
        return answer;
    }

    private HttpResponse<String> signOn(String device, String person) {
        return ask(
                "POST", "/api/sign-on", shop.token(device), credentials(person, Shop.pin(person)));
    }

    private static String credentials(String person, String pin) {
        return "{\"person\":\"%s\",\"pin\":\"%s\"}".formatted(person, pin);
    }

    @Test
    void who_shows_no_token_or_a_wrong_one_is_told_how_to_be_let_in() {
        for (String token : new @Nullable String[] {null, "made-up", ""}) {
            HttpResponse<String> answer = ask("GET", "/api/me", token, null);
            problem(401, "unknown-device", answer);
            assertEquals(
                    "Bearer realm=\"store-0042\"",
                    answer.headers().firstValue("WWW-Authenticate").orElse(""));
        }
        problem(401, "unknown-device", ask("GET", "/test/sell", null, null));
        problem(401, "unknown-device", ask("POST", "/api/sign-on", null, credentials("1001", "1")));
        problem(401, "unknown-device", ask("GET", "/api/devices", "made-up", null));
    }

    @Test
    void a_cashier_signs_on_sells_locks_and_signs_off() {
        String till = shop.token("till-1");
        problem(403, "sign-on-needed", ask("GET", "/test/sell", till, null));
        JsonObject me = json(ok(signOn("till-1", "1001")));
        assertEquals("Anna", me.text("name"));
        assertEquals("till-1", me.text("device"));
        ok(ask("GET", "/test/sell", till, null));
        assertEquals(
                "true",
                String.valueOf(json(ok(ask("POST", "/api/lock", till, null))).flag("locked")));
        problem(403, "sign-on-needed", ask("GET", "/test/sell", till, null));
        problem(409, "device-locked", ask("POST", "/api/sign-off", till, null));
        problem(403, "wrong-pin", ask("POST", "/api/unlock", till, "{\"pin\":\"1\"}"));
        ok(ask("POST", "/api/unlock", till, "{\"pin\":\"%s\"}".formatted(Shop.pin("1001"))));
        ok(ask("GET", "/test/sell", till, null));
        ok(ask("POST", "/api/sign-off", till, null));
        problem(403, "sign-on-needed", ask("GET", "/test/sell", till, null));
    }

    @Test
    void a_role_that_is_missing_is_told_with_those_who_may() {
        signOn("till-1", "1001");
        HttpResponse<String> answer = ask("GET", "/api/devices", shop.token("till-1"), null);
        problem(403, "role-needed", answer);
        assertEquals("manager may, and 1001 at till-1 is cashier", json(answer).text("detail"));
    }

    @Test
    void each_refusal_to_sign_on_has_its_own_answer() {
        String till = shop.token("till-1");
        problem(403, "wrong-pin", ask("POST", "/api/sign-on", till, credentials("1001", "1")));
        problem(400, "malformed-request", ask("POST", "/api/sign-on", till, "{\"person\":\"1\"}"));
        ok(signOn("till-1", "1001"));
        problem(409, "occupied", signOn("till-1", "1002"));
        problem(409, "signed-on-elsewhere", signOn("till-2", "1001"));
        shop.add("board-1", DeviceKind.BOARD);
        problem(409, "not-here", signOn("board-1", "1001"));
        for (int i = 0; i < 5; i++) {
            ask("POST", "/api/sign-on", shop.token("till-2"), credentials("1002", "1"));
        }
        HttpResponse<String> locked = signOn("till-2", "1002");
        problem(429, "locked-out", locked);
        assertEquals("30", locked.headers().firstValue("Retry-After").orElse(""));
    }

    private static String collected(JsonObject asking) {
        return "{\"secret\":\"%s\"}".formatted(asking.text("secret"));
    }

    @Test
    void the_first_screen_on_the_server_itself_is_let_in_and_then_a_manager_has_to() {
        List.of("till-1", "till-2", "office").forEach(it -> shop.staff().remove(it, "operator"));
        problem(
                400,
                "malformed-request",
                ask("POST", "/api/pairing", null, "{\"kind\":\"ESPRESSO\"}"));
        String ask = "{\"kind\":\"TILL\"}";
        for (String proxy : List.of("X-Forwarded-For", "Forwarded", "Via")) {
            JsonObject handedOn = json(ok(ask("POST", "/api/pairing", proxy, "10.0.0.7", ask)));
            assertEquals(
                    202,
                    ask(
                                    "POST",
                                    "/api/pairing/" + handedOn.text("pairing") + "/token",
                                    null,
                                    collected(handedOn))
                            .statusCode(),
                    proxy);
        }
        JsonObject first = json(ok(ask("POST", "/api/pairing", null, ask)));
        JsonObject paired =
                json(
                        ok(
                                ask(
                                        "POST",
                                        "/api/pairing/" + first.text("pairing") + "/token",
                                        null,
                                        collected(first))));
        assertEquals("till-1", paired.text("device"));
        JsonObject second = json(ok(ask("POST", "/api/pairing", null, ask)));
        assertEquals(
                202,
                ask(
                                "POST",
                                "/api/pairing/" + second.text("pairing") + "/token",
                                null,
                                collected(second))
                        .statusCode());
    }

    @Test
    void a_screen_is_paired_with_a_code_that_a_manager_confirms() {
        signOn("office", "3001");
        String office = shop.token("office");
        JsonObject asking = json(ok(ask("POST", "/api/pairing", null, "{\"kind\":\"TILL\"}")));
        String collect = "/api/pairing/" + asking.text("pairing") + "/token";
        String secret = "{\"secret\":\"%s\"}".formatted(asking.text("secret"));
        assertEquals(202, ask("POST", collect, null, secret).statusCode());
        String confirm = "{\"name\":\"till-3\",\"code\":\"%s\"}".formatted(asking.text("code"));
        problem(401, "unknown-device", ask("POST", "/api/devices", null, confirm));
        problem(403, "sign-on-needed", ask("POST", "/api/devices", shop.token("till-1"), confirm));
        ok(ask("POST", "/api/devices", office, confirm));
        problem(410, "pairing-lapsed", ask("POST", collect, null, "{\"secret\":\"x\"}"));
        JsonObject paired = json(ok(ask("POST", collect, null, secret)));
        assertEquals("till-3", paired.text("device"));
        String token = paired.text("token");
        assertEquals("till-3", json(ok(ask("GET", "/api/me", token, null))).text("device"));
        problem(410, "pairing-lapsed", ask("POST", collect, null, secret));
        assertEquals(204, ask("DELETE", "/api/devices/till-3", office, null).statusCode());
        problem(401, "unknown-device", ask("GET", "/api/me", token, null));
        problem(404, "no-such-device", ask("DELETE", "/api/devices/till-3", office, null));
    }

    @Test
    void a_page_gets_its_token_in_a_cookie_that_no_script_reads() {
        JsonObject asking = json(ok(ask("POST", "/api/pairing", null, "{\"kind\":\"TILL\"}")));
        ok(
                ask(
                        "POST",
                        "/api/devices",
                        SECRET,
                        "{\"name\":\"till-3\",\"code\":\"%s\"}".formatted(asking.text("code"))));
        HttpResponse<String> paired =
                ok(
                        ask(
                                "POST",
                                "/api/pairing/" + asking.text("pairing") + "/token",
                                null,
                                "{\"secret\":\"%s\",\"cookie\":true}"
                                        .formatted(asking.text("secret"))));
        assertFalse(paired.body().contains("token"), paired::body);
        String set = paired.headers().firstValue("Set-Cookie").orElse("");
        assertTrue(
                set.matches(
                        "skerry-store-0042=[\\w-]{43}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict"),
                set);
        String cookie = set.substring(0, set.indexOf(';'));
        HttpResponse<String> me =
                ok(ask("GET", "/api/me", "Cookie", "theme=dark; " + cookie, null));
        assertEquals("till-3", json(me).text("device"));
        assertEquals(set, me.headers().firstValue("Set-Cookie").orElse(""));
        ok(ask("POST", "/api/sign-on", "Cookie", cookie, credentials("1001", Shop.pin("1001"))));
        problem(
                401,
                "unknown-device",
                ask("GET", "/api/me", "Cookie", cookie.replace("0042", "0043"), null));
    }

    @Test
    void whoever_may_read_the_data_folder_adds_devices_where_nobody_works_yet() {
        String add = "{\"name\":\"till-4\",\"kind\":\"TILL\"}";
        JsonObject added = json(ok(ask("POST", "/api/devices", SECRET, add)));
        assertEquals(
                "till-4",
                json(ok(ask("GET", "/api/me", added.text("token"), null))).text("device"));
        problem(409, "device-name-taken", ask("POST", "/api/devices", SECRET, add));
        assertEquals(
                "operator",
                shop.staff().devices().getLast().pairedBy(),
                () -> shop.staff().devices().toString());
        problem(409, "no-device", ask("POST", "/api/lock", SECRET, null));
        assertEquals("operator", json(ok(ask("GET", "/api/me", SECRET, null))).text("person"));
        problem(401, "unknown-device", ask("GET", "/api/me", SECRET + "x", null));
    }

    @Test
    void where_there_is_no_operators_secret_nobody_is_the_operator() {
        StaffRoutes without = new StaffRoutes(shop.staff(), shop, "", Welcome.NONE);
        try (HttpHost other =
                new Api("Staff", "test", without.operations(), without.callers())
                        .addTo(HttpHost.at("127.0.0.1", 0))
                        .start()) {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + other.port() + "/api/devices"))
                            .header("Authorization", "Bearer ")
                            .build();
            assertEquals(
                    401, client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void devices_and_people_are_listed_without_secrets() {
        signOn("till-1", "1001");
        HttpResponse<String> devices = ok(ask("GET", "/api/devices", SECRET, null));
        assertTrue(devices.body().contains("\"name\":\"Anna\""), devices::body);
        assertFalse(devices.body().contains("oken"), devices::body);
        HttpResponse<String> people = ok(ask("GET", "/api/people", shop.token("till-2"), null));
        assertTrue(people.body().contains("juggler"), people::body);
        assertFalse(people.body().contains("salt"), people::body);
        shop.add("kiosk-1", DeviceKind.KIOSK);
        problem(403, "role-needed", ask("GET", "/api/people", shop.token("kiosk-1"), null));
        ok(ask("GET", "/test/sell", shop.token("kiosk-1"), null));
    }

    @Test
    void a_manager_renames_and_releases_devices() {
        signOn("till-1", "1001");
        signOn("office", "3001");
        String office = shop.token("office");
        ok(ask("PATCH", "/api/devices/till-1", office, "{\"name\":\"till-9\"}"));
        problem(
                400,
                "malformed-request",
                ask("PATCH", "/api/devices/till-9", office, "{\"name\":\"Till 9\"}"));
        assertEquals(204, ask("POST", "/api/devices/till-9/sign-off", office, null).statusCode());
        problem(403, "sign-on-needed", ask("GET", "/test/sell", shop.token("till-1"), null));
        problem(404, "no-such-device", ask("POST", "/api/devices/till-1/sign-off", office, null));
    }

    @Test
    void a_device_is_named_by_a_code_or_has_a_kind() {
        problem(
                400,
                "malformed-request",
                ask("POST", "/api/devices", SECRET, "{\"name\":\"till-3\"}"));
        problem(
                404,
                "no-such-code",
                ask("POST", "/api/devices", SECRET, "{\"name\":\"till-3\",\"code\":\"000000\"}"));
        problem(
                400,
                "malformed-request",
                ask("POST", "/api/pairing", null, "{\"kind\":\"TOASTER\"}"));
    }

    @Test
    void screens_that_ask_in_masses_are_told_when_to_come_back() {
        for (int i = 0; i < Pairings.WAITING_MAX; i++) {
            ok(ask("POST", "/api/pairing", null, "{\"kind\":\"BOARD\"}"));
        }
        HttpResponse<String> late = ask("POST", "/api/pairing", null, "{\"kind\":\"BOARD\"}");
        problem(429, "too-many-pairings", late);
        assertEquals("300", late.headers().firstValue("Retry-After").orElse(""));
    }

    private HttpResponse<String> keyed(
            String method, String path, String device, String key, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Authorization", "Bearer " + shop.token(device))
                        .header("Idempotency-Key", key)
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_manager_gives_a_pin_takes_a_helper_on_and_reads_all_of_it_in_the_audit() {
        ok(signOn("office", "3001"));
        String helper =
                "{\"name\":\"Hugo\",\"roles\":[\"cashier\"],\"pin\":\"8341\",\"until\":\"%s\"}"
                        .formatted(shop.instant().plusSeconds(3600));
        for (int i = 0; i < 2; i++) {
            ok(keyed("PUT", "/api/people/h1", "office", "k1", helper));
            ok(keyed("PUT", "/api/people/1001/pin", "office", "k2", "{\"pin\":\"8341\"}"));
            ok(keyed("DELETE", "/api/people/1001/lock-out", "office", "k3", ""));
        }
        ok(ask("POST", "/api/sign-on", shop.token("till-1"), credentials("h1", "8341")));
        for (int i = 0; i < 2; i++) {
            ok(keyed("DELETE", "/api/people/h1", "office", "k4", ""));
        }
        problem(403, "sign-on-needed", ask("GET", "/test/sell", shop.token("till-1"), null));
        String audit = ok(ask("GET", "/api/audit?max=9", shop.token("office"), null)).body();
        assertTrue(audit.contains("HELPER_TAKEN"), audit);
        assertFalse(audit.contains("8341") || audit.contains("hash"), audit);
        problem(
                404,
                "no-such-person",
                keyed("PUT", "/api/people/4711/pin", "office", "k5", "{\"pin\":\"8341\"}"));
        problem(
                409,
                "headquarters-person",
                keyed("DELETE", "/api/people/1001", "office", "k6", ""));
        HttpResponse<String> bad =
                keyed("PUT", "/api/people/1001/pin", "office", "k7", "{\"pin\":\"1234\"}");
        problem(400, "malformed-request", bad);
        assertFalse(bad.body().contains("1234"), bad.body());
        problem(400, "malformed-request", ask("GET", "/api/audit?max=0", SECRET, null));
        ok(keyed("DELETE", "/api/devices/till-1/lock-out", "office", "k8", ""));
        problem(
                404,
                "no-such-device",
                keyed("DELETE", "/api/devices/till-9/lock-out", "office", "k9", ""));
    }

    @Test
    void approvals_are_noted_with_what_was_allowed_and_refused_with_a_reason() {
        Caller anna = new Caller("1001", "till-1", Set.of(Role.CASHIER));
        assertEquals("2001", routes.approvals().by(anna, "no receipt", "2001", Shop.pin("2001")));
        assertEquals(new ActionApproved("till-1", "2001", "1001", "no receipt"), shop.last());
        assertEquals("3001", routes.approvals().by("3001", Shop.pin("3001")));
        for (var refused :
                List.of(List.of("1002", Shop.pin("1002")), List.of("3001", "not-the-pin"))) {
            HttpProblem problem =
                    assertThrows(
                            HttpProblem.class,
                            () -> routes.approvals().by(anna, "x", refused.get(0), refused.get(1)));
            assertEquals(403, problem.status());
        }
    }
}
