package dev.skerry.stream.server;

import dev.skerry.stream.server.Problem.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a request, decoded. Unknown ones are ignored.
final class Query {

    private final Map<String, List<String>> values = new HashMap<>();

    /// @throws Refused if it is not properly encoded
    Query(String raw) {
        if (raw.isEmpty()) {
            return;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
    }

    /// Null where the parameter is not there.
    ///
    /// @throws Refused if it is there more than once
    @Nullable String one(String name) {
        List<String> all = values.get(name);
        if (all == null) {
            return null;
        }
        if (all.size() > 1) {
            throw new Refused(Kind.BAD_REQUEST, "give the parameter '" + name + "' once");
        }
        return all.getFirst();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(Kind.BAD_REQUEST, "the query is not properly percent-encoded");
        }
    }
}
