package dev.skerry.node.telemetry;

/// docs/metrics.md, from the metrics themselves.
final class MetricsPage {

    private MetricsPage() {}

    static String text() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Metrics

                        Every node answers `GET /metrics` in the text format of Prometheus (0.0.4). Values are those of the moment of the request.
                        Made by `./dev docs`.

                        States are one value a state: 1 for the one that holds, 0 for the others. So `skerry_link_stream_state{state="stuck"} == 1`
                        is an alert, and the share of time in a state is an average. Ages are in seconds by the node's own clock.
                        """);
        for (NodeMetrics.Section section : NodeMetrics.SECTIONS) {
            page.append("\n## ").append(section.title());
            page.append("\n\n| metric | labels | type | says |\n|---|---|---|---|\n");
            for (Metric metric : section.metrics()) {
                page.append(
                        "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        metric.name(),
                                        metric.labels().isEmpty()
                                                ? ""
                                                : "`" + String.join("`, `", metric.labels()) + "`",
                                        metric.kind().name().toLowerCase(java.util.Locale.ROOT),
                                        metric.help()));
            }
        }
        return page.append(
                        """

                        ## The JVM

                        As Micrometer names them, on every node: `jvm_memory_*`, `jvm_buffer_*` (heap and other memory), `jvm_gc_*` (garbage collection),
                        `jvm_threads_*`.

                        ## Worth an alert

                        | when | means |
                        |---|---|
                        | `skerry_ready == 0` for a minute | nothing can be sold there; `/health/ready` says why |
                        | `skerry_link_stream_state{state=~"stuck\\|parked"} == 1` | connected, and not getting on: the status page says why |
                        | `skerry_link_oldest_waiting_age_seconds > 3600` | HQ lacks an hour of this store's facts |
                        | `abs(skerry_link_clock_skew_seconds) > 5` | a clock is wrong |
                        | `skerry_disk_free_bytes < 4 * skerry_disk_free_min_bytes` | somebody should make room |
                        | `skerry_hq_store_connected == 0` for a day | a store's line is broken, or its server |
                        """)
                .toString();
    }
}
