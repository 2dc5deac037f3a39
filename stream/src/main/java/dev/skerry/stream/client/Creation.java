package dev.skerry.stream.client;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamName;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a stream is to be created. Creating it a second time in the same way changes nothing.
///
/// @param contentType null leaves it to the server, or to the stream that is forked
/// @param ttl the stream expires once nobody has read or written it for so long; whole seconds
/// @param expiresAt the stream expires then; not together with `ttl`
/// @param closed nothing can be appended after `body`
/// @param body the first content; a JSON array for a JSON stream
public record Creation(
        @Nullable String contentType,
        @Nullable Duration ttl,
        @Nullable Instant expiresAt,
        boolean closed,
        @Nullable Fork fork,
        Bytes body) {

    public Creation {
        if (ttl != null && expiresAt != null) {
            throw new IllegalArgumentException("a stream has a ttl or an expiry, not both");
        }
        if (ttl != null && (ttl.isNegative() || !ttl.equals(Duration.ofSeconds(ttl.toSeconds())))) {
            throw new IllegalArgumentException("a ttl is whole seconds, not " + ttl);
        }
    }

    /// An empty stream of JSON messages that stays until it is deleted.
    public static Creation json() {
        return of(Names.JSON);
    }

    /// An empty stream of this content type that stays until it is deleted.
    public static Creation of(String contentType) {
        return new Creation(contentType, null, null, false, null, Bytes.EMPTY);
    }

    /// A stream that shares what another has now, and goes its own way from there.
    public static Creation forkOf(StreamName source) {
        return new Creation(null, null, null, false, new Fork(source, null, 0), Bytes.EMPTY);
    }

    /// A stream that shares what another has before an offset.
    public static Creation forkOf(StreamName source, String offset) {
        return new Creation(null, null, null, false, new Fork(source, offset, 0), Bytes.EMPTY);
    }

    public Creation withTtl(Duration idle) {
        return new Creation(contentType, idle, null, closed, fork, body);
    }

    public Creation withExpiry(Instant at) {
        return new Creation(contentType, null, at, closed, fork, body);
    }

    public Creation withBody(Bytes first) {
        return new Creation(contentType, ttl, expiresAt, closed, fork, first);
    }

    public Creation asClosed() {
        return new Creation(contentType, ttl, expiresAt, true, fork, body);
    }

    /// @param offset null: the source's tail
    /// @param past how many messages, or bytes of a stream that is not JSON, to share beyond the offset
    public record Fork(StreamName source, @Nullable String offset, long past) {}
}
