package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A wish that a stream exists; and the decision whether one that exists already is the one that was meant.
///
/// @param contentType null if the request has none
/// @param lifetime null if the request says nothing
/// @param body what the stream is to hold from the start
/// @param fork null unless it is to be a fork
record Create(
        @Nullable ContentType contentType,
        @Nullable Lifetime lifetime,
        boolean closed,
        Bytes body,
        @Nullable ForkOf fork) {

    /// What to fork.
    ///
    /// @param offset null for the source's tail
    /// @param subOffset messages (JSON) or bytes (else) after the offset that the fork is to have too
    record ForkOf(StreamName source, @Nullable Long offset, long subOffset) {}

    /// What came of it.
    sealed interface Outcome {
        record Created(Served stream, long tail) implements Outcome {}

        /// It was there already, just as wished.
        record Existed(Served stream, long tail) implements Outcome {}

        record Different(String what) implements Outcome {}

        /// Somebody deleted a stream of this name, and forks still read it.
        record NameTaken() implements Outcome {}

        record NoSuchSource() implements Outcome {}

        record SourceDeleted() implements Outcome {}

        record BeyondSource(long tail) implements Outcome {}

        record SubOffsetBeyondSource() implements Outcome {}

        record OtherContentType(ContentType expected) implements Outcome {}

        record TooManyStreams(long max) implements Outcome {}
    }

    /// What about an existing stream differs from the wish; null if nothing does.
    ///
    /// @param source what the existing stream is a fork of; null if it is none, or its source is no more
    @Nullable String difference(Served existing, @Nullable Served source) {
        ContentType wanted = contentType;
        if (wanted == null && fork == null) {
            wanted = ContentType.BINARY;
        }
        if (wanted != null && !wanted.matches(existing.contentType())) {
            return "its content type is " + existing.contentType();
        }
        Lifetime whole = lifetime;
        if (whole == null) {
            whole = source == null ? new Lifetime.Unlimited() : source.lifetime();
        }
        if (!whole.equals(existing.lifetime())) {
            return "its Stream-TTL or Stream-Expires-At is another";
        }
        if (closed != existing.closed()) {
            return existing.closed() ? "it is closed" : "it is open";
        }
        return sameFork(existing.fork()) ? null : "it is forked from elsewhere, or not at all";
    }

    private boolean sameFork(Served.@Nullable Fork existing) {
        if (fork == null || existing == null) {
            return fork == null && existing == null;
        }
        // Without an offset the wish is "at the tail", and the tail may have moved on since.
        return fork.source.equals(existing.sourceName())
                && (fork.offset == null
                        || fork.offset.equals(
                                Objects.requireNonNullElse(existing.asked(), existing.at())))
                && fork.subOffset == existing.subOffset();
    }
}
