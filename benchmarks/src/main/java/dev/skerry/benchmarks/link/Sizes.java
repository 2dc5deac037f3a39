package dev.skerry.benchmarks.link;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `name=value` on the command line says about how much to measure: a run of seconds for a try, the whole thing else.
public final class Sizes {

    /// What can be said, and what it means.
    public static final Map<String, String> KEYS = keys();

    private final Map<String, String> given = new LinkedHashMap<>();

    /// @param arguments of the form `name=value`
    /// @throws IllegalArgumentException if a name is not known
    public Sizes(List<String> arguments) {
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2 || !KEYS.containsKey(parts[0])) {
                throw new IllegalArgumentException(
                        argument + " is none of " + String.join("=…, ", KEYS.keySet()) + "=…");
            }
            given.put(parts[0], parts[1]);
        }
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("events", "how many events");
        keys.put("rounds", "how often; 1 unless told, 3 for a store");
        keys.put("makes", "whose, such as makes=artemis,kafka; all unless told");
        keys.put("stores", "how many stores link-fan-out has; 50 unless told, 2000 for a chain");
        keys.put("idle", "seconds of idling that link-fan-out measures; 10 unless told");
        keys.put("outages", "how long in seconds, such as outages=5,60,600; 5,60 unless told");
        keys.put("articles", "how many the store has; 100000 unless told");
        keys.put("promotions", "how many it has; 5000 unless told");
        keys.put("customers", "how many it knows; 1000000 unless told");
        keys.put("keep", "a folder in which the filled store is kept, and found the next time");
        keys.put(
                "patience",
                "seconds without progress until a link is said to be stuck; 300 unless told");
        return Collections.unmodifiableMap(keys);
    }

    public int number(String key, int otherwise) {
        String value = given.get(key);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    public List<String> list(String key, String... otherwise) {
        String value = given.get(key);
        return Arrays.asList(value == null ? otherwise : value.split(",", -1));
    }
}
