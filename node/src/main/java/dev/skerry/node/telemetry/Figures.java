package dev.skerry.node.telemetry;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The values of one moment, collected for one answer. For one thread.
public final class Figures {

    /// Who has figures to tell. Any thread may ask, at any time.
    @FunctionalInterface
    public interface Source {
        void tell(Figures figures);
    }

    private record Value(List<String> labels, double value) {}

    private final Map<Metric, List<Value>> values = new LinkedHashMap<>();

    Figures() {}

    /// One value.
    ///
    /// @param labels values of the metric's labels, in their order
    public Figures put(Metric metric, double value, String... labels) {
        if (labels.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric.name() + " has labels " + metric.labels());
        }
        values.computeIfAbsent(metric, _ -> new ArrayList<>())
                .add(new Value(List.of(labels), value));
        return this;
    }

    public Figures put(Metric metric, long value, String... labels) {
        return put(metric, (double) value, labels);
    }

    public Figures put(Metric metric, Duration value, String... labels) {
        return put(metric, value.toNanos() / 1e9, labels);
    }

    public Figures put(Metric metric, boolean value, String... labels) {
        return put(metric, value ? 1L : 0L, labels);
    }

    /// 1 for the state that holds and 0 for all others, with the state as the last label.
    ///
    /// @param labels those before it
    <E extends Enum<E>> void putState(Metric metric, E holds, String... labels) {
        for (E state : holds.getDeclaringClass().getEnumConstants()) {
            List<String> all = new ArrayList<>(List.of(labels));
            all.add(state.name().toLowerCase(Locale.ROOT));
            put(metric, state == holds, all.toArray(String[]::new));
        }
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(
                values.entrySet().stream()
                        .map(entry -> snapshot(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static MetricSnapshot snapshot(Metric metric, List<Value> points) {
        return switch (metric.kind()) {
            case GAUGE -> {
                GaugeSnapshot.Builder gauge =
                        GaugeSnapshot.builder().name(metric.stem()).help(metric.help());
                for (Value point : points) {
                    gauge.dataPoint(
                            GaugeDataPointSnapshot.builder()
                                    .value(point.value)
                                    .labels(Labels.of(metric.labels(), point.labels))
                                    .build());
                }
                yield gauge.build();
            }
            case COUNTER -> {
                CounterSnapshot.Builder counter =
                        CounterSnapshot.builder().name(metric.stem()).help(metric.help());
                for (Value point : points) {
                    counter.dataPoint(
                            CounterDataPointSnapshot.builder()
                                    .value(point.value)
                                    .labels(Labels.of(metric.labels(), point.labels))
                                    .build());
                }
                yield counter.build();
            }
        };
    }
}
