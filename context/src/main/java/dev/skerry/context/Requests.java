package dev.skerry.context;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.CommandIdReused;
import dev.skerry.language.Json;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What all routes of a store's contexts do alike with a request.
public final class Requests {

    /// Of a request to a context.
    public static final int BODY_BYTES_MAX = 1024 * 1024;

    private static final int KEY_LENGTH_MAX = 200;
    private static final int FINGERPRINT_BYTES = 8;

    private Requests() {}

    /// A request whose body has been read.
    ///
    /// @param body as it came; empty if there was none
    public record Asked(Request request, String body) {

        /// The body as a record; an empty body is an empty object.
        ///
        /// @throws HttpProblem 400, saying which field is wrong
        public <T> T as(Class<T> type) {
            try {
                return Json.readStrictly(body.isBlank() ? "{}" : body, type);
            } catch (MalformedJsonException e) {
                throw new HttpProblem(
                        400,
                        "malformed-request",
                        "The body is not what this request takes",
                        String.valueOf(e.getMessage()));
            }
        }

        /// Of what is wanted, so that the same request twice is one command: the header `Idempotency-Key`, or what the
        /// request says of itself.
        ///
        /// @param own an id in the path or body that makes this request unlike all others; empty if there is none
        /// @throws HttpProblem 400, if there is neither
        public Command command(String own) {
            String key = request.header("Idempotency-Key");
            if (key == null && own.isEmpty()) {
                throw new HttpProblem(
                        400,
                        "idempotency-key-missing",
                        "This request needs an id of its own",
                        "send the header Idempotency-Key with an id that you never use for another request, so that it can be repeated safely");
            }
            if (key != null && (key.isBlank() || key.length() > KEY_LENGTH_MAX)) {
                throw new HttpProblem(
                        400,
                        "idempotency-key-malformed",
                        "The Idempotency-Key is malformed",
                        "it has 1 to %d characters".formatted(KEY_LENGTH_MAX));
            }
            return new Command(key == null ? own : "key " + key, fingerprint());
        }

        private String fingerprint() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update((request.method() + " " + request.path() + "\n").getBytes(UTF_8));
                byte[] all = digest.digest(body.getBytes(UTF_8));
                return HexFormat.of().formatHex(all, 0, FINGERPRINT_BYTES);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-256", e);
            }
        }
    }

    /// What a context does about a request whose body has been read.
    @FunctionalInterface
    public interface Answering {
        void answer(Asked asked) throws IOException, InterruptedException;
    }

    /// Reads the body first, and answers for ids of commands that were used for something else.
    public static Request.Handler taking(Answering answering) {
        return request -> {
            String body = new String(request.body(BODY_BYTES_MAX).copy(), UTF_8);
            try {
                answering.answer(new Asked(request, body));
            } catch (CommandIdReused e) {
                throw new HttpProblem(
                        422,
                        "idempotency-key-reused",
                        "This id stands for another request",
                        "the id \"%s\" was used for a request with another content; use a new one"
                                .formatted(e.getMessage()));
            }
        };
    }

    /// The value of a query parameter, decoded.
    public static Optional<String> parameter(Request request, String name) {
        for (String part : request.query().split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0 && decoded(part.substring(0, equals)).equals(name)) {
                return Optional.of(decoded(part.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    /// The value of a query parameter that is a number.
    ///
    /// @param otherwise if it is not given
    /// @throws HttpProblem 400, if it is none from `min` to `max`
    public static int number(Request request, String name, int otherwise, int min, int max) {
        Optional<String> given = parameter(request, name);
        if (given.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(given.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw new HttpProblem(
                400,
                "bad-query",
                "The query is malformed",
                name + " is a number from " + min + " to " + max);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(
                    400,
                    "malformed-request",
                    "The query cannot be read",
                    "percent-encode it as UTF-8: " + e.getMessage());
        }
    }

    /// A reason of the trade's as the kind of an [HttpProblem]: `NO_SUCH_LINE` is `no-such-line`.
    public static String kind(Enum<?> why) {
        return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Answers with a record, or a list of them, as JSON.
    public static void answer(Request request, int status, Object json) throws IOException {
        request.answerJson(status, Json.write(json));
    }

    /// A list has a name, so that there can be more beside it one day.
    public static void answer(Request request, String name, java.util.List<?> list)
            throws IOException {
        request.answerJson(200, Json.write(Map.of(name, list)));
    }
}
