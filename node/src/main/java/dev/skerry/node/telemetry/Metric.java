package dev.skerry.node.telemetry;

import java.util.List;

/// A figure that nodes publish: its name in the manner of Prometheus, unit last, and what it says.
///
/// @param name as it stands in `/metrics`
/// @param labels by which there is one value each; none: there is one value
/// @param help one sentence, for people
public record Metric(Kind kind, String name, List<String> labels, String help) {

    /// How a figure behaves.
    public enum Kind {
        /// Goes up and down.
        GAUGE,
        /// Only goes up, and begins at 0 at each start; its name ends in `_total`.
        COUNTER
    }

    private static final String TOTAL = "_total";

    public Metric {
        labels = List.copyOf(labels);
        if ((kind == Kind.COUNTER) != name.endsWith(TOTAL)) {
            throw new IllegalArgumentException(name + ": counters, and only they, end in " + TOTAL);
        }
    }

    static Metric gauge(String name, String help, String... labels) {
        return new Metric(Kind.GAUGE, name, List.of(labels), help);
    }

    static Metric counter(String name, String help, String... labels) {
        return new Metric(Kind.COUNTER, name, List.of(labels), help);
    }

    /// Without what the text format adds by itself.
    String stem() {
        return kind == Kind.COUNTER ? name.substring(0, name.length() - TOTAL.length()) : name;
    }
}
