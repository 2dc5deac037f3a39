package dev.skerry.app.headquarters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.headquarters.TestHeadquarters.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People of HQ sign on over HTTP, and do what their roles say.
class PeopleApiTest {

    private static final String PASSWORD = "correct horse";

    @TempDir private Path folder;
    private TestHeadquarters hq;

    @BeforeEach
    void open() {
        hq = new TestHeadquarters(folder);
    }

    @AfterEach
    void close() {
        hq.close();
    }

    private Answer person(String id, String role) {
        return hq.ask(
                "PUT",
                "/api/people/" + id,
                "{\"name\":\"Anna Berg\",\"roles\":[\"%s\"],\"password\":\"%s\"}"
                        .formatted(role, PASSWORD));
    }

    private static String credentials(String person, String password, boolean cookie) {
        return "{\"person\":\"%s\",\"password\":\"%s\",\"cookie\":%s}"
                .formatted(person, password, cookie);
    }

    @Test
    void the_admin_token_makes_the_first_person_who_then_signs_on_and_off() {
        assertEquals(200, person("anna", "ANALYST").status());
        Answer on =
                hq.ask("POST", "/api/sign-on", credentials("anna", PASSWORD, false), new String[0]);
        assertEquals(200, on.status());
        String bearer = "Bearer " + on.text("/token");
        Answer me = hq.ask("GET", "/api/me", "", "Authorization", bearer);
        assertEquals("Anna Berg", me.text("/name"));
        assertEquals("ANALYST", me.text("/roles/0"));
        assertEquals(403, hq.ask("GET", "/api/people", "", "Authorization", bearer).status());
        assertEquals(204, hq.ask("POST", "/api/sign-off", "", "Authorization", bearer).status());
        assertEquals(401, hq.ask("GET", "/api/me", "", "Authorization", bearer).status());
    }

    @Test
    void a_browser_is_known_by_a_cookie_that_other_pages_cannot_use() {
        person("anna", "ADMIN");
        Answer on =
                hq.ask("POST", "/api/sign-on", credentials("anna", PASSWORD, true), new String[0]);
        String set = on.response().headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(set.contains("; HttpOnly; SameSite=Strict"), set);
        assertFalse(on.json().has("token") && !on.json().at("/token").isNull());
        String cookie = set.substring(0, set.indexOf(';'));
        assertEquals(200, hq.ask("GET", "/api/people", "", "Cookie", cookie).status());
        String program = "{\"name\":\"warehouse\",\"roles\":[\"ANALYST\"]}";
        assertEquals(
                403,
                hq.ask(
                                "POST",
                                "/api/programs",
                                program,
                                "Cookie",
                                cookie,
                                "Sec-Fetch-Site",
                                "same-site")
                        .status());
        Answer added =
                hq.ask(
                        "POST",
                        "/api/programs",
                        program,
                        "Cookie",
                        cookie,
                        "Sec-Fetch-Site",
                        "same-origin");
        assertEquals(201, added.status());
        Answer asProgram =
                hq.ask("GET", "/api/me", "", "Authorization", "Bearer " + added.text("/token"));
        assertEquals("program/warehouse", asProgram.text("/person"));
        Answer audit = hq.ask("GET", "/api/audit", "");
        assertEquals("ProgramAdded", audit.text("/events/0/what"));
        assertEquals("anna", audit.text("/events/0/by"));
    }

    @Test
    void nobody_without_a_session_or_token_is_let_in() {
        Answer stranger = hq.ask("GET", "/api/people", "", new String[0]);
        assertEquals(401, stranger.status());
        assertEquals("not-signed-on", stranger.text("/type").replaceFirst(".*[/:]", ""));
        assertEquals(
                400,
                hq.ask("PUT", "/api/people/eve", "{\"name\":\"Eve\",\"roles\":[\"MANAGER\"]}")
                        .status());
    }
}
