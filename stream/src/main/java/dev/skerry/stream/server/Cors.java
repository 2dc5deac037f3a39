package dev.skerry.stream.server;

import dev.skerry.stream.server.Problem.Kind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which web pages may use streams. A browser lets a page send some writes to any server that its user reaches, this
/// machine's own included, and only then asks whether it was allowed: those are refused here.
///
/// @param origins such as `https://pos.example`; `*` is all. Pages of this server itself are always at home
record Cors(Set<String> origins) {

    private static final String EXPOSED =
            "Stream-Next-Offset, Stream-Cursor, Stream-Up-To-Date, Stream-Closed, Stream-TTL,"
                    + " Stream-Expires-At, Stream-SSE-Data-Encoding, Producer-Epoch, Producer-Seq,"
                    + " Producer-Expected-Seq, Producer-Received-Seq, ETag, Location, Retry-After,"
                    + " Allow, Content-Encoding";

    private static final String ACCEPTED =
            "Authorization, Content-Type, Content-Encoding, If-None-Match, Stream-Seq, Stream-TTL,"
                    + " Stream-Expires-At, Stream-Closed, Stream-Forked-From, Stream-Fork-Offset,"
                    + " Stream-Fork-Sub-Offset, Producer-Id, Producer-Epoch, Producer-Seq,"
                    + " traceparent, tracestate";

    /// Tells the browser what the page may see of an answer.
    void addTo(Map<String, String> headers, Exchange exchange) {
        if (origins.isEmpty()) {
            headers.put("Cross-Origin-Resource-Policy", "same-origin");
            return;
        }
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        String origin = exchange.header("Origin");
        if (origins.contains("*")) {
            headers.put("Access-Control-Allow-Origin", "*");
        } else {
            headers.merge("Vary", "Origin", (known, more) -> known + ", " + more);
            if (origin == null || !origins.contains(origin)) {
                return;
            }
            headers.put("Access-Control-Allow-Origin", origin);
        }
        headers.put("Access-Control-Expose-Headers", EXPOSED);
    }

    /// What a browser wants to know before it lets a page do anything out of the ordinary. Which headers there are is no
    /// secret, and the public suite asks for it; it is no permission.
    Map<String, String> preflight(Exchange exchange, String methods) {
        return allows(exchange.header("Origin"))
                ? Map.of(
                        "Access-Control-Allow-Methods", methods,
                        "Access-Control-Allow-Headers", ACCEPTED,
                        "Access-Control-Max-Age", "86400")
                : Map.of("Access-Control-Allow-Headers", ACCEPTED);
    }

    private boolean allows(@Nullable String origin) {
        return origins.contains("*") || (origin != null && origins.contains(origin));
    }

    /// @throws Refused if a browser sends this for a web page from elsewhere that is not allowed
    void requireKnown(Exchange exchange) {
        String origin = exchange.header("Origin");
        if (origin != null && !allows(origin) && !host(origin).equals(host(exchange.url()))) {
            throw new Refused(
                    Kind.FOREIGN_ORIGIN,
                    "add '" + origin + "' to the origins that the server allows, if it is yours");
        }
    }

    /// With its port; without the scheme, as a proxy may have added TLS.
    private static String host(String url) {
        return url.replaceFirst("^[a-z]+://", "").replaceFirst("/.*", "");
    }
}
