package dev.skerry.stream.client;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a server says about a stream.
///
/// @param tail the offset of what is appended next
/// @param ttl null: reading and writing have no say in when it expires
/// @param expiresAt null: it does not expire at a time
public record Metadata(
        String contentType,
        String tail,
        @Nullable Duration ttl,
        @Nullable Instant expiresAt,
        boolean closed) {}
