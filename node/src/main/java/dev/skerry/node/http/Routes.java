package dev.skerry.node.http;

import dev.skerry.node.http.Request.Handler;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds who handles a request. Where several paths fit, the one with the fewest parameters does. GET answers HEAD, too.
final class Routes {

    private final List<Route> routes;

    Routes(List<Route> routes) {
        for (int i = 0; i < routes.size(); i++) {
            for (Route other : routes.subList(0, i)) {
                if (routes.get(i).meansTheSameAs(other)) {
                    throw new IllegalArgumentException(
                            "two handlers for " + other.method + " " + other.path);
                }
            }
        }
        List<Route> sorted = new ArrayList<>(routes);
        sorted.sort(Comparator.comparingLong(Route::parameters));
        this.routes = List.copyOf(sorted);
    }

    /// @param parameters decoded
    record Match(Handler handler, Map<String, String> parameters) {}

    /// @param path percent-encoded, with a leading slash
    /// @return empty if nothing has this path
    /// @throws HttpProblem 405 if something has, but not with this method; 400 if a parameter is badly encoded
    Optional<Match> find(String method, String path) {
        String known = method.equals("HEAD") ? "GET" : method;
        List<String> segments = segments(path);
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> parameters = route.parametersIn(segments);
            if (parameters != null && route.method.equals(known)) {
                return Optional.of(new Match(route.handler, parameters));
            }
            if (parameters != null) {
                methods.add(route.method);
            }
        }
        if (methods.isEmpty()) {
            return Optional.empty();
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        String allowed = String.join(", ", methods);
        throw new HttpProblem(
                405,
                "method-not-allowed",
                "This does not know that method",
                "use " + allowed,
                Map.of("Allow", allowed));
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /// @param path such as `/api/stores/{id}`
    record Route(String method, String path, List<String> segments, Handler handler) {

        Route(String method, String path, Handler handler) {
            this(method, path, Routes.segments(path), handler);
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("a path begins with a slash, not so: " + path);
            }
        }

        private static boolean isParameter(String segment) {
            return segment.startsWith("{") && segment.endsWith("}");
        }

        long parameters() {
            return segments.stream().filter(Route::isParameter).count();
        }

        boolean meansTheSameAs(Route other) {
            return method.equals(other.method)
                    && path.replaceAll("\\{[^/]*}", "{}")
                            .equals(other.path.replaceAll("\\{[^/]*}", "{}"));
        }

        /// @return null if the path is another
        @Nullable Map<String, String> parametersIn(List<String> asked) {
            if (asked.size() != segments.size()) {
                return null;
            }
            Map<String, String> found = new HashMap<>();
            for (int i = 0; i < asked.size(); i++) {
                String segment = segments.get(i);
                String value = asked.get(i);
                if (isParameter(segment) && !value.isEmpty()) {
                    found.put(segment.substring(1, segment.length() - 1), value);
                } else if (!segment.equals(value)) {
                    return null;
                }
            }
            found.replaceAll((_, value) -> decoded(value));
            return found;
        }

        private static String decoded(String value) {
            try {
                // A form's decoder, but a plus in a path is a plus.
                return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new HttpProblem(
                        400,
                        "bad-path",
                        "The path is malformed",
                        "a % is followed by two hexadecimal digits");
            }
        }
    }
}
