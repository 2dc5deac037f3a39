package dev.skerry.stream.client;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Limits;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// How a client goes about its exchanges.
///
/// @param answerTimeout from asking to the last byte of an answer, live ones aside
/// @param liveTimeout a live request without a sign of life for this long is taken for dead
/// @param pauseMin before the second try; doubles with each further failure, with jitter
/// @param pauseMax the longest pause that the client chooses itself; a server's Retry-After may be longer
/// @param answerBytesMax the largest answer taken, decoded
/// @param headers sent with every request, asked for each time: credentials
public record ClientSettings(
        Duration answerTimeout,
        Duration liveTimeout,
        Duration pauseMin,
        Duration pauseMax,
        int answerBytesMax,
        Compression compression,
        Supplier<Map<String, String>> headers) {

    /// The longest that a server's Retry-After is believed.
    public static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(10);

    private static final Duration LONG_POLL_WAIT_MAX = Duration.ofSeconds(30);

    public ClientSettings {
        requireNonNull(answerTimeout, "answerTimeout");
        requireNonNull(liveTimeout, "liveTimeout");
        requireNonNull(compression, "compression");
        requireNonNull(headers, "headers");
        if (!pauseMin.isPositive() || pauseMax.compareTo(pauseMin) < 0) {
            throw new IllegalArgumentException(
                    "0 < pauseMin <= pauseMax, not " + pauseMin + " and " + pauseMax);
        }
        if (answerBytesMax < 1) {
            throw new IllegalArgumentException(
                    "answerBytesMax is 1 or more, not " + answerBytesMax);
        }
    }

    /// How long a server is asked to wait for news: well before the client would take it for dead.
    Duration longPollWait() {
        Duration half = liveTimeout.dividedBy(2);
        return half.compareTo(LONG_POLL_WAIT_MAX) < 0 ? half : LONG_POLL_WAIT_MAX;
    }

    public static ClientSettings defaults() {
        return new ClientSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(100),
                Duration.ofMillis(200),
                Duration.ofSeconds(30),
                Limits.EVENT_BYTES_MAX + (int) Limits.PAGE_BYTES_MAX,
                Compression.none(),
                Map::of);
    }

    public ClientSettings withTimeouts(Duration answer, Duration live) {
        return new ClientSettings(
                answer, live, pauseMin, pauseMax, answerBytesMax, compression, headers);
    }

    public ClientSettings withPauses(Duration min, Duration max) {
        return new ClientSettings(
                answerTimeout, liveTimeout, min, max, answerBytesMax, compression, headers);
    }

    public ClientSettings withAnswerBytesMax(int bytesMax) {
        return new ClientSettings(
                answerTimeout, liveTimeout, pauseMin, pauseMax, bytesMax, compression, headers);
    }

    public ClientSettings withCompression(Compression requests) {
        return new ClientSettings(
                answerTimeout, liveTimeout, pauseMin, pauseMax, answerBytesMax, requests, headers);
    }

    public ClientSettings withHeaders(Supplier<Map<String, String>> eachTime) {
        return new ClientSettings(
                answerTimeout,
                liveTimeout,
                pauseMin,
                pauseMax,
                answerBytesMax,
                compression,
                eachTime);
    }
}
