package dev.skerry.stream.client;

import dev.skerry.stream.StreamException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a server answered, its body decoded.
// The body is made for this answer alone and compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
record Answer(int status, HttpHeaders headers, byte[] body) {

    private static final int EXCERPT_LENGTH_MAX = 200;

    @Nullable String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    String contentType() {
        return headers.firstValue(Names.CONTENT_TYPE).orElse("");
    }

    boolean flag(String name) {
        return headers.firstValue(name).filter(value -> value.equalsIgnoreCase("true")).isPresent();
    }

    OptionalLong number(String name) {
        String value = header(name);
        try {
            return value == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(value.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /// Whether the same request can be answered otherwise later: the server is overloaded or failing, or something on the
    /// way (a portal, a proxy) answered in its place.
    boolean passing() {
        return status / 100 == 3
                || status == 407
                || status == 408
                || status == 421
                || status == 425
                || status == 429
                || (status >= 500 && status != 501 && status != 505);
    }

    /// How long the server asks to be left alone.
    @Nullable Duration retryAfter(InstantSource clock) {
        String value = header(Names.RETRY_AFTER);
        if (value == null) {
            return null;
        }
        OptionalLong seconds = number(Names.RETRY_AFTER);
        if (seconds.isPresent()) {
            return Duration.ofSeconds(Math.clamp(seconds.getAsLong(), 0, Integer.MAX_VALUE));
        }
        try {
            Duration until =
                    Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// The status, and the beginning of what the server said about it.
    String brief() {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        String excerpt =
                text.length() > EXCERPT_LENGTH_MAX
                        ? text.substring(0, EXCERPT_LENGTH_MAX) + "…"
                        : text;
        return excerpt.isEmpty()
                ? "status " + status
                : String.format(Locale.ROOT, "status %d: %s", status, excerpt);
    }

    /// This answer as the failure of a call.
    StreamException failure(String what) {
        if (status == 404 || status == 410) {
            return new StreamException(
                    StreamException.Kind.NO_STREAM,
                    what + ": there is no such stream",
                    "create it first, or correct its name",
                    false,
                    null);
        }
        if (status == 429) {
            return new StreamException(
                    StreamException.Kind.OVERLOADED,
                    what + ": " + brief(),
                    "try again later",
                    true,
                    null);
        }
        if (passing()) {
            return new StreamException(
                    StreamException.Kind.UNREACHABLE,
                    what + ": " + brief(),
                    "try again; if it stays so, look at the server's log",
                    true,
                    null);
        }
        return new StreamException(
                StreamException.Kind.REFUSED,
                what + ": " + brief(),
                "change the request, or what the server allows",
                false,
                null);
    }

    /// The failure of a call whose answer cannot be that of a stream server.
    static StreamException stranger(String what, String missing) {
        return new StreamException(
                StreamException.Kind.UNREACHABLE,
                what + ": the answer has no " + missing,
                "something other than a stream server answers at this address: a portal, a proxy?",
                true,
                null);
    }
}
