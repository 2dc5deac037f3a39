package dev.skerry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What `./skerry status` prints of what `/api/status` answered.
class StatusTextTest {

    private static final String REST =
            """
            ,"kind":"store","node":"store-0042","software":"skerry 0.1.0","at":"2026-03-01T10:00:00Z",
            "startedAt":"2026-03-01T07:00:00Z","store":"0042","name":"Main Street","zone":"north","epoch":2,
            "disk":{"freeBytes":68719476736,"freeBytesMin":268435456,"totalBytes":274877906944,"dataBytes":1258291},
            "hq":"https://hq.example:4441","hqName":"HQ"\
            """;

    private static final String UP =
            """
            ,"line":"up","lineSince":"2026-03-01T09:57:00Z","why":"","lastContact":"2026-03-01T09:59:58Z",
            "roundTripMicros":412,"hqClockAheadMs":-132\
            """;

    private static final String DOWN =
            """
            ,"line":"down","lineSince":"2026-03-01T08:00:00Z","why":"connection refused"\
            """;

    private static final String OPEN =
            """
            "standing":{"state":"open"},"ready":true,"obstacles":[]\
            """;

    private static final String NOTHING =
            """
            ,"waitingUp":{"events":0,"bytes":0},"streams":[]\
            """;

    private static String text(String... parts) {
        return String.join(
                "\n",
                StatusText.store(JsonObject.parse("{" + String.join("", parts) + REST + "}")));
    }

    private static String closed(String standing, String why, String remedy) {
        return "\"standing\":%s,\"ready\":false,\"obstacles\":[{\"name\":\"standing\",\"why\":\"%s\",\"remedy\":\"%s\"}]"
                .formatted(standing, why, remedy);
    }

    private static String stream(String name, String state, String more) {
        return """
        {"name":"%s","direction":"up","lane":"sales","state":"%s","tail":12000,"cursor":11800,"eventsWaiting":200,
        "bytesWaiting":45056,"oldestWaiting":"2026-03-01T09:58:50Z"%s}\
        """
                .formatted(name, state, more);
    }

    private static String waiting(String... streams) {
        return ",\"waitingUp\":{\"events\":200,\"bytes\":45056,\"oldest\":\"2026-03-01T09:58:50Z\"},\"streams\":["
                + String.join(",", streams)
                + "]";
    }

    @Test
    void a_store_that_is_up_to_date() {
        assertEquals(
                """
                store-0042 "Main Street", zone north, epoch 2: OPEN
                  node    skerry 0.1.0, running for 3 h
                  line    up for 3 min, round trip 0.4 ms
                  HQ      HQ at https://hq.example:4441, last heard of 2 s ago
                  clock   HQ's is 132 ms behind
                  waits   nothing: HQ has all that is here
                  disk    64 GiB free of 256 GiB; the data folder takes 1.2 MiB\
                """,
                text(OPEN, UP, NOTHING));
    }

    @Test
    void a_store_without_a_line_is_open_and_says_what_waits() {
        String text = text(OPEN, DOWN, waiting(stream("store-0042/sales", "offline", "")));
        assertTrue(
                text.startsWith("store-0042 \"Main Street\", zone north, epoch 2: OPEN\n"), text);
        assertTrue(text.contains("line    down for 2 h: connection refused"), text);
        assertTrue(text.contains("last heard of never since the start"), text);
        assertTrue(text.contains("waits   200 events for HQ, 44 KiB, the oldest for 70 s"), text);
        assertTrue(
                text.endsWith(
                        """
                        stream            way  state      tail  cursor  waiting    size  oldest
                        store-0042/sales  up   offline  12,000  11,800      200  44 KiB    70 s\
                        """),
                text);
    }

    @Test
    void a_stream_that_drains_says_how_long_it_takes() {
        String text =
                text(
                        OPEN,
                        UP,
                        waiting(stream("store-0042/sales", "draining", ",\"secondsLeft\":300")));
        assertTrue(text.contains("draining, 5 min left"), text);
    }

    @Test
    void a_stream_that_does_not_get_on_says_why() {
        String text =
                text(
                        OPEN,
                        UP,
                        waiting(
                                stream("store-0042/sales", "stuck", ",\"why\":\"nothing moves\""),
                                stream("store-0042/stock", "parked", ",\"why\":\"damaged\"")));
        assertTrue(text.contains("STUCK"), text);
        assertTrue(text.contains("\n    nothing moves\n"), text);
        assertTrue(text.contains("PARKED"), text);
        assertTrue(text.endsWith("\n    damaged"), text);
    }

    @Test
    void a_silent_line_is_not_taken_for_one_that_is_up() {
        String text = text(OPEN, UP.replace("\"line\":\"up\"", "\"line\":\"silent\""), NOTHING);
        assertTrue(text.contains("SILENT (connected, HQ owes an answer) for 3 min"), text);
    }

    @Test
    void a_store_that_has_just_started_asks() {
        String text = text(closed("{\"state\":\"asking\"}", "it asks", "wait"), DOWN, NOTHING);
        assertTrue(text.contains(": NOT OPEN YET\n  why     it asks\n"), text);
        assertTrue(text.contains("  to do   wait\n"), text);
    }

    @Test
    void a_store_that_restores_says_why_and_does_not_call_its_streams_up_to_date() {
        String some = "{\"state\":\"restoring\",\"eventsLeft\":12345}";
        String text =
                text(
                        closed(some, "12345 events to go", "wait"),
                        UP,
                        waiting(stream("store-0042/sales", "up to date", "")));
        assertTrue(text.contains(": NOT OPEN YET\n  why     12345 events to go\n"), text);
        assertTrue(text.contains("fetched back"), text);
        assertFalse(text.contains("up to date"), text);
    }

    @Test
    void a_store_whose_disk_is_nearly_full_is_in_trouble() {
        String text =
                text(
                        OPEN.replace("true", "false").replace("[]", ""),
                        "[{\"name\":\"disk\",\"why\":\"little left\",\"remedy\":\"make room\"}]",
                        UP,
                        NOTHING);
        assertTrue(
                text.contains(": IN TROUBLE\n  why     little left\n  to do   make room\n"), text);
    }

    @Test
    void a_store_that_was_turned_away_says_so() {
        String away = "{\"state\":\"turned away\",\"why\":\"another one is here\"}";
        String text = text(closed(away, "another one is here", "stop one"), DOWN, NOTHING);
        assertTrue(text.contains(": CLOSED\n"), text);
        assertTrue(text.contains("another one is here"), text);
    }

    @Test
    void a_machine_that_is_fenced_says_where_its_last_events_are() {
        String fenced =
                "{\"state\":\"fenced\",\"why\":\"replaced\",\"exported\":\"exports/1.ndjson\"}";
        String text = text(closed(fenced, "replaced", "join anew"), DOWN, NOTHING);
        assertTrue(text.contains(": CLOSED FOR GOOD\n"), text);
        assertTrue(text.contains("  saved   what HQ never got is in exports/1.ndjson\n"), text);
        assertTrue(text.contains("  to do   join anew\n"), text);
    }

    @Test
    void the_head_fits_80_columns_and_the_table_120_whatever_the_names() {
        String name = "store-0042/" + "long-".repeat(20) + "sales";
        List<String> lines =
                text(
                                closed(
                                        "{\"state\":\"asking\"}",
                                        "word ".repeat(60),
                                        "do ".repeat(60)),
                                DOWN.replace("refused", "refused by somebody ".repeat(9)),
                                waiting(stream(name, "draining", ",\"secondsLeft\":9999999")))
                        .lines()
                        .toList();
        int table = lines.indexOf("");
        assertTrue(lines.subList(0, table).stream().allMatch(line -> line.length() <= 80));
        assertTrue(lines.stream().allMatch(line -> line.length() <= 120), lines.toString());
    }

    private static final String HQ =
            """
            {"kind":"hq","node":"hq","name":"Head Office","software":"skerry 0.1.0","at":"2026-03-01T10:00:00Z",
            "startedAt":"2026-03-01T07:00:00Z","ready":true,"obstacles":[],"runsMade":3,
            "stores":{"known":%d,"joined":%d,"connected":1},
            "streams":[{"name":"hq/prices","tail":5,"storedBytes":2048,"lastAppend":"2026-03-01T09:00:00Z"}]}\
            """;

    @Test
    void hq_lists_stores_that_are_away_first() {
        List<JsonObject> stores =
                JsonObject.parse(
                                """
                                {"stores":[
                                {"id":"0001","name":"One","zone":"north","epoch":1,"line":"up","since":"2026-03-01T09:00:00Z",
                                 "lastContact":"2026-03-01T09:59:59Z","address":"a","software":"s"},
                                {"id":"0002","name":"Two","zone":"south","epoch":3,"line":"down"},
                                {"id":"0003","name":"Three","zone":"south","epoch":0,"line":"never joined"}]}\
                                """)
                        .objects("stores");
        assertEquals(
                """
                hq "Head Office": OPEN
                  node    skerry 0.1.0, running for 3 h
                  stores  3 known, 1 connected, 1 never joined

                stream     tail     size  last append
                hq/prices     5  2.0 KiB   60 min ago

                store  name   zone   epoch  line           last heard
                0002   Two    south      3  down                    -
                0003   Three  south      0  never joined            -
                0001   One    north      1  up for 60 min     1 s ago\
                """,
                String.join("\n", StatusText.hq(JsonObject.parse(HQ.formatted(3, 2)), stores)));
    }

    @Test
    void hq_shows_so_many_stores_and_no_more() {
        String many =
                IntStream.range(0, 300)
                        .mapToObj(i ->
                                "{\"id\":\"%04d\",\"name\":\"n\",\"zone\":\"z\",\"epoch\":1,\"line\":\"down\"}"
                                        .formatted(i))
                        .collect(Collectors.joining(","));
        List<JsonObject> stores = JsonObject.parse("{\"stores\":[" + many + "]}").objects("stores");
        List<String> lines = StatusText.hq(JsonObject.parse(HQ.formatted(300, 300)), stores);
        assertEquals(
                "and 100 more; --json has the counts, GET /api/stores all of them",
                lines.getLast());
    }

    @Test
    void times_and_sizes_have_the_one_unit_that_matters() {
        assertEquals("0 s", StatusText.span(Duration.ofSeconds(-5)));
        assertEquals("119 s", StatusText.span(Duration.ofSeconds(119)));
        assertEquals("2 min", StatusText.span(Duration.ofMinutes(2)));
        assertEquals("2 h", StatusText.span(Duration.ofHours(2)));
        assertEquals("47 h", StatusText.span(Duration.ofHours(47)));
        assertEquals("3 days", StatusText.span(Duration.ofHours(73)));
        assertEquals("0 B", StatusText.size(0));
        assertEquals("1.0 KiB", StatusText.size(1024));
        assertEquals("44 KiB", StatusText.size(45_056));
        assertEquals("2048 TiB", StatusText.size(2L << 50));
    }
}
