package dev.skerry.stream.server;

import dev.skerry.stream.server.Problem.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How long a stream lives: for ever, until it was left alone for a time, or until a moment.
sealed interface Lifetime {

    record Unlimited() implements Lifetime {}

    /// Ends when nobody has read or written for so long.
    record Idle(long ttlSeconds) implements Lifetime {

        /// Reads are remembered on the disk only this often. A crash forgets the ones since, so the stream may then end
        /// earlier by this much.
        Duration rememberEvery() {
            return max(Duration.ofSeconds(ttlSeconds).dividedBy(8), Duration.ofSeconds(1));
        }

        private static Duration max(Duration a, Duration b) {
            return a.compareTo(b) > 0 ? a : b;
        }
    }

    record Until(Instant end) implements Lifetime {}

    /// The longest TTL: what JavaScript can count.
    long TTL_SECONDS_MAX = Numbers.JAVASCRIPT_MAX;

    /// RFC 3339 has four digits for the year.
    int YEAR_MAX = 9999;

    default boolean over(Instant lastTouched, Instant now) {
        return switch (this) {
            case Unlimited _ -> false;
            case Idle idle ->
                    Duration.between(lastTouched, now)
                                    .compareTo(Duration.ofSeconds(idle.ttlSeconds))
                            >= 0;
            case Until until -> !now.isBefore(until.end);
        };
    }

    /// What a fork gets that says nothing: the same window, counted for itself, or the same end.
    static Lifetime ofFork(@Nullable Lifetime asked, Lifetime source) {
        return asked != null ? asked : source;
    }

    /// Null where the request says nothing.
    ///
    /// @throws Refused if a header is malformed, or both are there
    static @Nullable Lifetime ofHeaders(@Nullable String ttl, @Nullable String expiresAt) {
        if (ttl != null && expiresAt != null) {
            throw new Refused(
                    Kind.BAD_REQUEST, "give either Stream-TTL or Stream-Expires-At, not both");
        }
        if (ttl != null) {
            return new Idle(Numbers.parse("Stream-TTL", ttl, TTL_SECONDS_MAX));
        }
        if (expiresAt == null) {
            return null;
        }
        try {
            OffsetDateTime time =
                    OffsetDateTime.parse(expiresAt).withOffsetSameInstant(ZoneOffset.UTC);
            if (time.getYear() >= 0 && time.getYear() <= YEAR_MAX) {
                return new Until(time.toInstant().truncatedTo(ChronoUnit.MILLIS));
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new Refused(
                Kind.BAD_REQUEST,
                "Stream-Expires-At is a time as in RFC 3339, such as 2030-01-31T12:00:00Z");
    }
}
