package dev.skerry.app.headquarters;

import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which of HQ's reference streams is in the database of which context: a stream is written where the state is that follows from it.
public final class Masters {

    public static final String CATALOG = "catalog.db";
    public static final String PRICES = "prices.db";
    public static final String CUSTOMERS = "customers.db";

    public static final List<String> FILES = List.of(CATALOG, PRICES, CUSTOMERS);

    private Masters() {}

    /// @return those that go to stores, and those that stay at HQ
    public static List<StreamName> streams(String file) {
        return switch (file) {
            case CATALOG -> named("hq/catalog", "local/catalog");
            case PRICES -> named("hq/prices", "hq/promotions", "hq/taxes", "local/prices");
            case CUSTOMERS ->
                    named(
                            "hq/customers",
                            "hq/offers",
                            "hq/gift-cards",
                            "local/customers",
                            "local/ledger");
            default -> throw new IllegalArgumentException("no context has " + file);
        };
    }

    private static List<StreamName> named(String... names) {
        return List.of(names).stream().map(StreamName::of).toList();
    }

    /// The database that a stream is in; empty if it is none of these.
    public static Optional<String> file(StreamName stream) {
        return FILES.stream().filter(it -> streams(it).contains(stream)).findFirst();
    }

    static Map<StreamPattern, String> patterns() {
        Map<StreamPattern, String> all = new LinkedHashMap<>();
        FILES.forEach(
                file -> streams(file).forEach(it -> all.put(StreamPattern.of(it.value()), file)));
        return all;
    }
}
