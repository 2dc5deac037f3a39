package dev.skerry.node.link;

import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import java.util.regex.Pattern;

/// Who may write and read which stream, told by its name alone:
///
/// | name | written by | goes to |
/// |---|---|---|
/// | `store-0042/orders` | store 0042 | HQ |
/// | `hq/catalog` | HQ | every store |
/// | `hq/zone-north/prices` | HQ | the stores of zone north |
/// | `hq/store-0042/tasks` | HQ | store 0042 |
/// | `local/…` | the node itself | nobody |
public final class Names {

    /// A store's id, kept as written.
    private static final Pattern STORE_ID = Pattern.compile("[0-9a-z]{1,12}");

    private static final Pattern ZONE_NAME = Pattern.compile("[0-9a-z][0-9a-z-]{0,31}");

    /// What a node keeps to itself.
    public static final String LOCAL = "local/";

    static final String HQ = "hq/";
    private static final String ZONE = "hq/zone-";
    private static final String STORE = "hq/store-";

    private Names() {}

    /// @throws IllegalArgumentException if these can be none
    static void require(String storeId, String zone) {
        if (!STORE_ID.matcher(storeId).matches()) {
            throw new IllegalArgumentException(
                    "a store id is 1 to 12 digits or small letters, such as 0042, and not \"%s\""
                            .formatted(storeId));
        }
        if (!ZONE_NAME.matcher(zone).matches()) {
            throw new IllegalArgumentException(
                    "a zone is 1 to 32 small letters, digits and hyphens, such as north, and not \"%s\""
                            .formatted(zone));
        }
    }

    /// The name of a store as a node: the beginning of its streams' names, and the common name of its certificate.
    public static String ofStore(String id) {
        return "store-" + id;
    }

    /// All streams that a store writes.
    static StreamPattern written(String id) {
        return StreamPattern.of(ofStore(id) + "/**");
    }

    /// All streams that HQ writes.
    static StreamPattern writtenByHq() {
        return StreamPattern.of("hq/**");
    }

    /// Whether a stream belongs to a store.
    public static boolean isOf(String id, StreamName stream) {
        return stream.value().startsWith(ofStore(id) + "/");
    }

    /// Whether HQ writes it.
    public static boolean isOfHq(StreamName stream) {
        return stream.value().startsWith(HQ);
    }

    /// Whether a stream of HQ's is for this store.
    static boolean inScope(StreamName stream, String id, String zone) {
        String name = stream.value();
        if (name.startsWith(ZONE)) {
            return name.startsWith(ZONE + zone + "/");
        }
        if (name.startsWith(STORE)) {
            return name.startsWith(STORE + id + "/");
        }
        return name.startsWith(HQ);
    }
}
