package dev.skerry.stream.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;

/// How streams are served.
///
/// @param mount the path under which the host has the endpoint, with a slash at both ends
/// @param bodyBytesMax the largest request body, decoded
/// @param heldBytesMax request bodies that may wait to be written, together
/// @param pageBytesMax the most that one read answers, unless a single event is larger
/// @param liveReadersMax how many long-polls and event streams may wait at once
/// @param longPollWait how long a long-poll waits that does not say otherwise
/// @param sseLifetime how long an event stream stays open
/// @param corsOrigins web pages of these may use streams, such as `https://pos.example`; `*` is all
public record EndpointSettings(
        String mount,
        long bodyBytesMax,
        long heldBytesMax,
        long pageBytesMax,
        int liveReadersMax,
        Duration longPollWait,
        Duration sseLifetime,
        Set<String> corsOrigins) {

    public EndpointSettings {
        corsOrigins = Set.copyOf(corsOrigins);
        requireNonNull(longPollWait, "longPollWait");
        requireNonNull(sseLifetime, "sseLifetime");
        if (!mount.startsWith("/") || !mount.endsWith("/")) {
            throw new IllegalArgumentException("a mount has a slash at both ends: " + mount);
        }
        if (bodyBytesMax < 1 || heldBytesMax < 1 || pageBytesMax < 1 || liveReadersMax < 0) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    /// For web pages of this very server only.
    public EndpointSettings(
            String mount,
            long bodyBytesMax,
            long heldBytesMax,
            long pageBytesMax,
            int liveReadersMax,
            Duration longPollWait,
            Duration sseLifetime) {
        this(
                mount,
                bodyBytesMax,
                heldBytesMax,
                pageBytesMax,
                liveReadersMax,
                longPollWait,
                sseLifetime,
                Set.of());
    }

    public static EndpointSettings defaults() {
        return new EndpointSettings(
                "/v1/stream/",
                16L << 20,
                64L << 20,
                1L << 20,
                20_000,
                Duration.ofSeconds(4),
                Duration.ofSeconds(60));
    }

    public EndpointSettings withCorsOrigins(Set<String> origins) {
        return new EndpointSettings(
                mount,
                bodyBytesMax,
                heldBytesMax,
                pageBytesMax,
                liveReadersMax,
                longPollWait,
                sseLifetime,
                origins);
    }
}
