package dev.skerry.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.server.TestServer.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Forks: what they inherit, what they keep alive, and when all of it goes.
class ForkTest {

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

    private TestServer.Request fork(String path, String source) {
        return server.put(path).with("Stream-Forked-From", "/v1/stream/" + source);
    }

    private TestServer.Request fork(String path, String source, long offset) {
        return fork(path, source).with("Stream-Fork-Offset", Offset.token(offset));
    }

    private String read(String path) {
        return server.get(path).send().text();
    }

    private void source(String path, String... appends) {
        server.putText(path);
        for (String append : appends) {
            server.postText(path, append);
        }
    }

    @Test
    void a_fork_reads_on_from_its_source_and_goes_its_own_way() {
        source("a", "1", "2", "3");
        Answer created = fork("b", "a", 2).send();
        assertEquals(201, created.status());
        assertEquals(Offset.token(2), created.next());
        assertEquals("text/plain", created.header("Content-Type"));
        server.postText("b", "x");
        server.postText("a", "4");
        assertEquals("12x", read("b"));
        assertEquals("2x", read("b?offset=" + Offset.token(1)));
        assertEquals("x", read("b?offset=" + Offset.token(2)));
        assertEquals("1234", read("a"));
    }

    @Test
    void a_page_of_a_fork_ends_anywhere() {
        source("a", "1", "2", "3");
        fork("b", "a", 2).send();
        server.postText("b", "x");
        StringBuilder all = new StringBuilder();
        long offset = 0;
        Served found = server.known("b");
        while (offset < 3) {
            var page = (dev.skerry.stream.Read.Page) server.served.read(found, offset, 1, 100);
            all.append(page.events().getFirst().payload().text());
            assertEquals(offset + 1, page.next());
            assertEquals(page.next() == 3, page.upToDate());
            offset = page.next();
        }
        assertEquals("12x", all.toString());
    }

    @Test
    void forks_of_forks_find_each_event_where_it_is() {
        source("a", "1", "2", "3");
        fork("b", "a").send();
        server.postText("b", "4");
        fork("c", "b").send();
        server.postText("c", "5");
        fork("d", "c", 2).send();
        server.postText("d", "x");
        assertEquals("12345", read("c"));
        assertEquals("12x", read("d"));
    }

    @Test
    void a_fork_can_begin_inside_an_append() {
        source("a", "first", "second");
        assertEquals(
                201,
                fork("b", "a", 1).with("Stream-Fork-Sub-Offset", "3").body("!").send().status());
        assertEquals("firstsec!", read("b"));
        fork("c", "b", 1).with("Stream-Fork-Sub-Offset", "1").send();
        assertEquals("firsts", read("c"));
        assertEquals(
                "fork-beyond-source",
                fork("d", "a", 1).with("Stream-Fork-Sub-Offset", "7").send().problem());
        assertEquals(
                "fork-beyond-source",
                fork("d", "a").with("Stream-Fork-Sub-Offset", "1").send().problem());
    }

    @Test
    void a_fork_can_begin_inside_a_json_batch() {
        server.putJson("a");
        server.postJson("a", "[1,2,3,4]");
        fork("b", "a", 0).with("Stream-Fork-Sub-Offset", "2").send();
        assertEquals("[1,2]", read("b"));
        server.postJson("b", "9");
        assertEquals("[1,2,9]", read("b"));
        assertEquals(400, fork("c", "a", 0).with("Stream-Fork-Sub-Offset", "5").send().status());
    }

    @Test
    void a_fork_that_cannot_be_is_refused() {
        source("a", "1");
        assertEquals("no-such-source", fork("b", "nowhere").send().problem());
        assertEquals(
                "no-such-source",
                server.put("b").with("Stream-Forked-From", "/elsewhere/a").send().problem());
        assertEquals("fork-beyond-source", fork("b", "a", 2).send().problem());
        assertEquals(
                "bad-offset", fork("b", "a").with("Stream-Fork-Offset", "-1").send().problem());
        assertEquals(
                "other-content-type",
                fork("b", "a").with("Content-Type", "application/json").send().problem());
        assertEquals(
                "bad-request",
                server.put("b").with("Stream-Fork-Sub-Offset", "0").send().problem());
        assertEquals(204, server.delete("a").send().status());
        assertEquals(404, server.get("a").send().status());
    }

    @Test
    void making_a_fork_again_is_fine_if_nothing_differs() {
        source("a", "1", "2");
        fork("b", "a").send();
        server.postText("a", "3");
        assertEquals(200, fork("b", "a").send().status());
        assertEquals(200, fork("b", "a", 2).send().status());
        assertEquals(409, fork("b", "a", 1).send().status());
        assertEquals(409, fork("b", "a", 2).with("Stream-Fork-Sub-Offset", "1").send().status());
        assertEquals(409, server.putText("b").status());
        assertEquals(409, fork("a", "b").send().status());
    }

    @Test
    void a_fork_of_a_closed_stream_is_open_and_knows_no_producers() {
        source("a");
        server.post("a", "end")
                .with("Content-Type", "text/plain")
                .with("Stream-Closed", "true")
                .producer("till", 0, 0)
                .send();
        assertFalse(fork("b", "a").send().closed());
        assertEquals(
                200,
                server.post("b", "on")
                        .with("Content-Type", "text/plain")
                        .producer("till", 0, 0)
                        .send()
                        .status());
        assertEquals("endon", read("b"));
    }

    @Test
    void a_fork_hears_its_own_news_only() {
        source("a", "1");
        fork("b", "a").send();
        server.meanwhile.add(() -> server.postText("a", "of the source"));
        server.meanwhile.add(() -> server.postText("b", "of the fork"));
        assertEquals("of the fork", read("b?offset=" + Offset.token(1) + "&live=long-poll"));
        assertEquals("1of the fork", read("b?offset=-1&live=long-poll"));
    }

    @Test
    void a_deleted_source_stays_for_its_forks_alone() {
        source("a", "1");
        fork("b", "a").send();
        assertEquals(204, server.delete("a").send().status());
        assertEquals("1", read("b"));
        assertEquals(410, server.get("a").send().status());
        assertEquals(410, server.head("a").send().status());
        assertEquals(410, server.postText("a", "2").status());
        assertEquals(410, server.delete("a").send().status());
        assertEquals(409, server.putText("a").status());
        assertEquals("source-deleted", fork("c", "a").send().problem());
        server.restart();
        assertEquals("1", read("b"));
    }

    @Test
    void the_last_fork_takes_all_with_it_that_was_kept_for_it() {
        source("a", "1");
        fork("b", "a").send();
        fork("c", "b").send();
        server.delete("a").send();
        server.delete("b").send();
        assertEquals("1", read("c"));
        server.delete("c").send();
        for (String path : new String[] {"a", "b", "c"}) {
            assertEquals(404, server.get(path).send().status());
            assertEquals(201, server.putText(path).status());
        }
    }

    @Test
    void a_source_that_lives_survives_its_forks() {
        source("a", "1");
        fork("b", "a").send();
        server.delete("b").send();
        assertEquals("1", read("a"));
    }

    @Test
    void a_fork_has_the_checksum_of_all_that_it_shows() {
        Random random = new Random(3);
        source("whole");
        source("a");
        for (int i = 0; i < 60; i++) {
            String text = "x".repeat(1 + random.nextInt(50));
            server.postText("whole", text);
            server.postText("a", text);
        }
        fork("b", "a", 37).send();
        fork("c", "b", 20).send();
        assertEquals(checksum("whole", 37), tip("b"));
        assertEquals(checksum("whole", 20), tip("c"));
    }

    private Checksum tip(String name) {
        return server.served
                .log()
                .find(StreamName.of(name))
                .map(StreamInfo::checksum)
                .orElseThrow();
    }

    private Checksum checksum(String name, long offset) {
        var known = server.served.log().checksum(StreamName.of(name), offset).orElseThrow();
        assertTrue(known.offset() == offset, "known at " + known.offset());
        return known.checksum();
    }

    @Test
    void a_fork_deleted_while_it_is_read_is_gone() {
        source("a", "1");
        fork("b", "a").send();
        Served found = server.known("b");
        server.delete("b").send();
        Refused gone = assertThrows(Refused.class, () -> server.served.read(found, 0, 10, 100));
        assertEquals(404, gone.answer().status());
    }

    @Test
    void readers_hear_of_a_source_that_is_over_and_only_kept_for_its_forks() {
        String end = server.instant().plusSeconds(10).toString();
        server.putText("a");
        server.put("b").with("Stream-Expires-At", end).send();
        fork("c", "b").send();
        server.pass(Duration.ofSeconds(10));
        AtomicInteger heard = new AtomicInteger();
        server.served.news().watch(StreamName.of("b"), heard::incrementAndGet);
        assertEquals(409, server.putText("b").status());
        assertEquals(1, heard.get());
    }
}
