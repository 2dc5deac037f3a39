package dev.skerry.node.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Lane;
import dev.skerry.node.link.LinkStatus;
import dev.skerry.node.link.LinkStatus.Direction;
import dev.skerry.node.link.LinkStatus.Line;
import dev.skerry.node.link.LinkStatus.OfStream;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.node.link.LinkStatus.State;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `/metrics`, read as Prometheus does.
class ExpositionTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(\\{[^}]*})? ([-+.0-9E]+|NaN)");

    @TempDir Path folder;

    private static Map<String, Double> samples(Figures.Source... sources) {
        try (Exposition exposition = new Exposition(List.of(sources))) {
            Map<String, Double> samples = new TreeMap<>();
            exposition
                    .text()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        Matcher sample = SAMPLE.matcher(line);
                        assertTrue(sample.matches(), line);
                        String labels = sample.group(2) == null ? "" : sample.group(2);
                        samples.put(sample.group(1) + labels, Double.valueOf(sample.group(3)));
                    });
            return samples;
        }
    }

    private static LinkStatus status(Standing standing, Line line, OfStream... streams) {
        return new LinkStatus(
                standing,
                line,
                "",
                NOW.minusSeconds(90),
                NOW.minusSeconds(3),
                Duration.ofMillis(80),
                Duration.ofMillis(-250),
                "HQ",
                1,
                List.of(streams));
    }

    private static OfStream sales(State state) {
        return new OfStream(
                StreamName.of("store-0042/sales"),
                Direction.UP,
                Lane.SALES,
                state,
                1000,
                800,
                200,
                12_345,
                NOW.minusSeconds(40),
                Duration.ofSeconds(7),
                "");
    }

    private static Map<String, Double> samplesOf(LinkStatus status) {
        return samples(new LinkFigures(() -> status, () -> NOW));
    }

    @Test
    void what_waits_is_told_by_stream_direction_and_lane() {
        Map<String, Double> samples =
                samplesOf(status(new Standing.Open(), Line.UP, sales(State.DRAINING)));
        String labels = "{direction=\"up\",lane=\"sales\",stream=\"store-0042/sales\"}";
        assertEquals(1000.0, samples.get("skerry_link_tail_offset" + labels));
        assertEquals(800.0, samples.get("skerry_link_cursor_offset" + labels));
        assertEquals(200.0, samples.get("skerry_link_waiting_events" + labels));
        assertEquals(12_345.0, samples.get("skerry_link_waiting_bytes" + labels));
        assertEquals(40.0, samples.get("skerry_link_oldest_waiting_age_seconds" + labels));
        assertEquals(7.0, samples.get("skerry_link_time_left_seconds" + labels));
    }

    @Test
    void of_all_states_exactly_one_holds() {
        Map<String, Double> samples =
                samplesOf(status(new Standing.TurnedAway("x"), Line.SILENT, sales(State.STUCK)));
        for (String family :
                List.of("skerry_store_standing", "skerry_link_line", "skerry_link_stream_state")) {
            List<String> holding =
                    samples.entrySet().stream()
                            .filter(entry -> entry.getKey().startsWith(family + "{"))
                            .filter(entry -> entry.getValue() == 1)
                            .map(Map.Entry::getKey)
                            .toList();
            assertEquals(1, holding.size(), family + holding);
        }
        assertEquals(1.0, samples.get("skerry_store_standing{state=\"turned_away\"}"));
        assertEquals(1.0, samples.get("skerry_link_line{state=\"silent\"}"));
    }

    @Test
    void the_line_is_told_in_seconds() {
        Map<String, Double> samples = samplesOf(status(new Standing.Open(), Line.UP));
        assertEquals(90.0, samples.get("skerry_link_line_age_seconds"));
        assertEquals(3.0, samples.get("skerry_link_last_contact_age_seconds"));
        assertEquals(0.08, samples.get("skerry_link_round_trip_seconds"));
        assertEquals(-0.25, samples.get("skerry_link_clock_skew_seconds"));
    }

    @Test
    void a_stream_that_is_gone_is_gone_here_as_well() {
        List<LinkStatus> statuses =
                new ArrayList<>(
                        List.of(
                                status(new Standing.Open(), Line.UP, sales(State.UP_TO_DATE)),
                                status(new Standing.Open(), Line.UP)));
        try (Exposition exposition =
                new Exposition(List.of(new LinkFigures(statuses::removeFirst, () -> NOW)))) {
            assertTrue(exposition.text().contains("store-0042/sales"));
            assertFalse(exposition.text().contains("store-0042/sales"));
        }
    }

    @Test
    void a_node_tells_its_disk_its_databases_and_its_jvm() {
        try (SqliteDatabase database =
                SqliteDatabase.open(folder.resolve("a.db"), SqliteSettings.defaults(), () -> NOW)) {
            database.write(tx -> {
                tx.open(StreamName.of("a/b"), StreamSettings.keepAll());
                return tx.append(StreamName.of("a/b"), NewEvent.of(Bytes.of("x")));
            });
            Map<String, Double> samples =
                    samples(
                            Vitals.of(
                                    new Vitals.Self("store", "store-0042", "skerry 1"),
                                    new Disk(folder, 17),
                                    Map.of("a.db", database),
                                    List.of(),
                                    () -> NOW));
            assertEquals(
                    1.0,
                    samples.get(
                            "skerry_node_info{kind=\"store\",node=\"store-0042\",software=\"skerry 1\"}"));
            assertEquals(1.0, samples.get("skerry_ready"));
            assertEquals(17.0, samples.get("skerry_disk_free_min_bytes"));
            assertEquals(0.0, samples.get("skerry_database_damaged{database=\"a.db\"}"));
            assertEquals(1.0, samples.get("skerry_database_commits_total{database=\"a.db\"}"));
            assertEquals(1.0, samples.get("skerry_database_works_total{database=\"a.db\"}"));
            assertTrue(samples.containsKey("jvm_threads_live_threads"));
            assertTrue(samples.keySet().stream().anyMatch(it -> it.startsWith("jvm_memory_used")));
            assertTrue(samples.keySet().stream().anyMatch(it -> it.startsWith("jvm_gc_")));
        }
    }

    @Test
    void every_figure_is_on_the_page_once() throws ReflectiveOperationException {
        List<String> names = NodeMetrics.all().stream().map(Metric::name).toList();
        assertEquals(names.size(), names.stream().distinct().count());
        for (Field field : NodeMetrics.class.getFields()) {
            assertTrue(names.contains(((Metric) field.get(null)).name()), field.getName());
        }
    }

    @Test
    void a_value_with_the_wrong_number_of_labels_is_our_mistake() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Figures().put(NodeMetrics.STORE_CONNECTED, 1));
    }
}
