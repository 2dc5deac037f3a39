package dev.skerry.node.link;

import dev.skerry.stream.StreamName;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// Which stream goes on which lane: told by the last part of its name, so `store-0042/orders` and `store-0043/orders` alike.
public final class Lanes {

    private final Map<Lane, Set<String>> names;

    public Lanes(Map<Lane, Set<String>> names) {
        this.names = new EnumMap<>(names);
    }

    public static Lanes defaults() {
        return new Lanes(
                Map.of(
                        Lane.SALES,
                        Set.of("sales", "orders", "payments", "cash", "shifts", "loyalty"),
                        Lane.REFERENCE,
                        Set.of("catalog", "prices", "promotions", "taxes", "customers", "staff"),
                        Lane.TELEMETRY,
                        Set.of("telemetry", "logs", "metrics")));
    }

    /// What is listed nowhere goes on [Lane#STOCK].
    Lane of(StreamName stream) {
        String name = stream.value().substring(stream.value().lastIndexOf('/') + 1);
        for (Map.Entry<Lane, Set<String>> lane : names.entrySet()) {
            if (lane.getValue().contains(name)) {
                return lane.getKey();
            }
        }
        return Lane.STOCK;
    }
}
