package dev.skerry.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Streams that end: when left alone, or at a moment.
class ExpiryTest {

    @TempDir Path folder;
    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestServer.Request text(String path) {
        return server.put(path).with("Content-Type", "text/plain");
    }

    private int status(String path) {
        return server.head(path).send().status();
    }

    private void pass(long seconds) {
        server.pass(Duration.ofSeconds(seconds));
    }

    @Test
    void a_stream_left_alone_ends() {
        text("s").with("Stream-TTL", "10").send();
        pass(9);
        assertEquals(200, status("s"));
        pass(1);
        assertEquals(404, status("s"));
        assertEquals(404, server.get("s").send().status());
        assertEquals(404, server.postText("s", "a").status());
        assertEquals(404, server.delete("s").send().status());
        assertEquals(201, text("s").send().status());
    }

    @Test
    void reading_and_writing_keep_it_alive_and_asking_about_it_does_not() {
        text("s").with("Stream-TTL", "10").send();
        pass(6);
        server.postText("s", "a");
        pass(6);
        server.get("s?offset=now").send();
        pass(6);
        server.get("s").send();
        pass(6);
        assertEquals(200, status("s"));
        pass(4);
        assertEquals(404, status("s"));
    }

    @Test
    void a_stream_does_not_end_under_those_who_wait_for_it() {
        text("s").with("Stream-TTL", "10").send();
        server.get("s?offset=-1&live=sse").send();
        assertEquals(200, status("s"));
        server.get("s?offset=-1&live=long-poll&timeout=60").send();
        assertEquals(200, status("s"));
    }

    @Test
    void an_end_is_an_end_whatever_happens_before() {
        String end = server.instant().plusSeconds(10).toString();
        text("s").with("Stream-Expires-At", end).send();
        assertEquals(end, server.head("s").send().header("Stream-Expires-At"));
        pass(9);
        server.postText("s", "a");
        pass(1);
        assertEquals(404, status("s"));
    }

    @Test
    void what_is_over_is_removed_with_all_that_was_kept_for_it() {
        text("s").with("Stream-TTL", "10").send();
        text("t").with("Stream-Expires-At", server.instant().plusSeconds(10).toString()).send();
        text("u").send();
        pass(10);
        assertFalse(server.served.upkeep());
        assertEquals(
                1, server.served.log().matching(dev.skerry.stream.StreamPattern.of("*")).size());
        assertEquals(200, status("u"));
    }

    @Test
    void reads_are_remembered_across_a_restart_but_for_an_eighth_of_the_window() {
        text("s").with("Stream-TTL", "80").send();
        pass(50);
        server.get("s").send();
        server.served.upkeep();
        pass(9);
        server.get("s").send();
        server.served.upkeep();
        server.restart();
        pass(70);
        assertEquals(200, status("s"));
        pass(1);
        assertEquals(404, status("s"));
    }

    @Test
    void reads_are_all_remembered_across_an_orderly_restart() {
        text("s").with("Stream-TTL", "80").send();
        pass(9);
        server.get("s").send();
        server.served.rememberReads();
        server.restart();
        pass(79);
        assertEquals(200, status("s"));
    }

    @Test
    void upkeep_keeps_what_lives_on_because_it_was_read() {
        text("s").with("Stream-TTL", "10").send();
        pass(9);
        server.get("s").send();
        pass(9);
        server.served.upkeep();
        assertEquals(200, status("s"));
        pass(1);
        server.served.upkeep();
        assertEquals(404, status("s"));
    }

    @Test
    void forks_live_by_themselves() {
        text("a").with("Stream-TTL", "10").body("1").send();
        assertEquals(
                201, server.put("b").with("Stream-Forked-From", "/v1/stream/a").send().status());
        assertEquals("10", server.head("b").send().header("Stream-TTL"));
        pass(9);
        server.get("b").send();
        pass(1);
        assertEquals(410, status("a"));
        assertEquals("1", server.get("b").send().text());
        server.served.upkeep();
        assertEquals(410, status("a"));
        assertEquals("1", server.get("b").send().text());
        pass(10);
        assertEquals(404, status("b"));
        server.served.upkeep();
        assertEquals(404, status("a"));
        assertEquals(404, status("b"));
    }

    @Test
    void a_fork_may_ask_for_a_life_of_its_own() {
        text("a").with("Stream-TTL", "10").send();
        String end = server.instant().plusSeconds(1000).toString();
        server.put("b")
                .with("Stream-Forked-From", "/v1/stream/a")
                .with("Stream-Expires-At", end)
                .send();
        server.put("c")
                .with("Stream-Forked-From", "/v1/stream/a")
                .with("Stream-TTL", "99999")
                .send();
        pass(500);
        assertEquals(end, server.head("b").send().header("Stream-Expires-At"));
        assertEquals("99999", server.head("c").send().header("Stream-TTL"));
    }
}
