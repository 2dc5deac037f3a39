package dev.skerry.node.telemetry;

import static dev.skerry.node.telemetry.Metric.counter;
import static dev.skerry.node.telemetry.Metric.gauge;

import java.util.List;

/// Every figure of ours. Makes docs/metrics.md; what the JVM tells besides is Micrometer's to name.
public final class NodeMetrics {

    public static final Metric NODE_INFO =
            gauge("skerry_node_info", "Always 1: which node this is.", "node", "kind", "software");
    public static final Metric READY =
            gauge(
                    "skerry_ready",
                    "1 if the node can do its work, else 0; `/health/ready` says why.");
    public static final Metric UPTIME =
            gauge("skerry_uptime_seconds", "How long the node has been running.");
    public static final Metric RESIDENT =
            gauge(
                    "skerry_resident_memory_bytes",
                    "Memory of the process in use, heap and everything else. Linux only.");

    public static final Metric DISK_FREE =
            gauge(
                    "skerry_disk_free_bytes",
                    "What the node may still write on its data folder's disk.");
    public static final Metric DISK_FREE_MIN =
            gauge(
                    "skerry_disk_free_min_bytes",
                    "`disk.free-bytes-min`: with less the node is not ready.");
    public static final Metric DISK_TOTAL =
            gauge("skerry_disk_total_bytes", "The size of that disk.");
    public static final Metric DISK_DATA =
            gauge("skerry_disk_data_bytes", "What the data folder takes.");

    public static final Metric DATABASE_DAMAGED =
            gauge(
                    "skerry_database_damaged",
                    "1 if a database was found to be damaged and is not written any more, else 0.",
                    "database");
    public static final Metric DATABASE_COMMITS =
            counter(
                    "skerry_database_commits_total",
                    "Commits, each with one fsync for all who wait.",
                    "database");
    public static final Metric DATABASE_WORKS =
            counter(
                    "skerry_database_works_total",
                    "Pieces of work committed; by commits it is the size of a group.",
                    "database");
    public static final Metric DATABASE_COMMITTING =
            counter(
                    "skerry_database_committing_seconds_total",
                    "Time spent committing, fsync included; by commits it is what one takes.",
                    "database");

    public static final Metric STANDING =
            gauge(
                    "skerry_store_standing",
                    "1 for the state that the store is in, 0 for the others: `open`, `asking`,"
                            + " `restoring`, `turned_away`, `fenced`. Only `open` may trade.",
                    "state");
    public static final Metric RESTORING_LEFT =
            gauge(
                    "skerry_store_restoring_left_events",
                    "What the store has still to fetch back from HQ; absent unless it does and knows.");

    public static final Metric LINE =
            gauge(
                    "skerry_link_line",
                    "1 for the state that the line is in, 0 for the others: `up`, `silent`, `down`.",
                    "state");
    public static final Metric LINE_FOR =
            gauge("skerry_link_line_age_seconds", "For how long the line has been in that state.");
    public static final Metric LAST_CONTACT =
            gauge(
                    "skerry_link_last_contact_age_seconds",
                    "How long ago HQ last said anything; absent if never since the start.");
    public static final Metric ROUND_TRIP =
            gauge(
                    "skerry_link_round_trip_seconds",
                    "To HQ and back; absent while there is no line.");
    public static final Metric CLOCK_SKEW =
            gauge(
                    "skerry_link_clock_skew_seconds",
                    "By how much HQ's clock is ahead of this one; absent while there is no line.");

    public static final Metric TAIL =
            ofStream("tail_offset", "Where the stream ends at its writer.");
    public static final Metric CURSOR = ofStream("cursor_offset", "Where the copy ends.");
    public static final Metric WAITING_EVENTS =
            ofStream("waiting_events", "Events between the two.");
    public static final Metric WAITING_BYTES =
            ofStream(
                    "waiting_bytes",
                    "What these take as stored; 0 where only the other side knows.");
    public static final Metric OLDEST =
            ofStream(
                    "oldest_waiting_age_seconds",
                    "How long the first of them has waited; 0 if none does, or only the other side"
                            + " knows.");
    public static final Metric TIME_LEFT =
            ofStream(
                    "time_left_seconds",
                    "How long it takes until nothing waits, as it goes now; absent if unknown.");
    public static final Metric STREAM_STATE =
            gauge(
                    "skerry_link_stream_state",
                    "1 for the state that the stream is in, 0 for the others: `up_to_date`,"
                            + " `draining`, `stuck`, `parked`, `offline`.",
                    "stream",
                    "direction",
                    "lane",
                    "state");

    public static final Metric STORES_KNOWN =
            gauge("skerry_hq_stores_known", "Stores that are registered.");
    public static final Metric STORES_CONNECTED =
            gauge("skerry_hq_stores_connected", "Stores whose line is up.");
    public static final Metric STORE_CONNECTED =
            gauge("skerry_hq_store_connected", "1 if this store's line is up, else 0.", "store");
    public static final Metric RUNS_MADE =
            counter(
                    "skerry_hq_runs_made_total",
                    "Runs of HQ's streams read and compressed, each for however many stores.");

    /// In the order of the page.
    static final List<Section> SECTIONS =
            List.of(
                    new Section(
                            "Every node",
                            List.of(
                                    NODE_INFO,
                                    READY,
                                    UPTIME,
                                    RESIDENT,
                                    DISK_FREE,
                                    DISK_FREE_MIN,
                                    DISK_TOTAL,
                                    DISK_DATA,
                                    DATABASE_DAMAGED,
                                    DATABASE_COMMITS,
                                    DATABASE_WORKS,
                                    DATABASE_COMMITTING)),
                    new Section(
                            "A store",
                            List.of(
                                    STANDING,
                                    RESTORING_LEFT,
                                    LINE,
                                    LINE_FOR,
                                    LAST_CONTACT,
                                    ROUND_TRIP,
                                    CLOCK_SKEW,
                                    TAIL,
                                    CURSOR,
                                    WAITING_EVENTS,
                                    WAITING_BYTES,
                                    OLDEST,
                                    TIME_LEFT,
                                    STREAM_STATE)),
                    new Section(
                            "HQ",
                            List.of(STORES_KNOWN, STORES_CONNECTED, STORE_CONNECTED, RUNS_MADE)));

    /// Figures that belong together.
    record Section(String title, List<Metric> metrics) {}

    private NodeMetrics() {}

    private static Metric ofStream(String what, String help) {
        return gauge("skerry_link_" + what, help, "stream", "direction", "lane");
    }

    static List<Metric> all() {
        return SECTIONS.stream().flatMap(section -> section.metrics().stream()).toList();
    }
}
