package dev.skerry.node.telemetry;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/// A node's figures in the text format of Prometheus: those of its sources as they are when somebody asks, and those of the JVM
/// (memory, garbage collection, threads). Keeps nothing of a source, so that a stream that is gone is gone here as well. Any thread.
public final class Exposition implements AutoCloseable {

    /// What [#text] is.
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    /// Asks sources in this order.
    public Exposition(List<Figures.Source> sources) {
        List<Figures.Source> all = List.copyOf(sources);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        garbage.bindTo(registry);
        MultiCollector ours = () -> collect(all);
        registry.getPrometheusRegistry().register(ours);
    }

    private static MetricSnapshots collect(List<Figures.Source> sources) {
        Figures figures = new Figures();
        sources.forEach(source -> source.tell(figures));
        return figures.snapshots();
    }

    public String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
