package dev.skerry.stream;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// An event as it stands in its stream, at an offset that is its own for ever.
public record Event(
        StreamName stream, long offset, @Nullable String key, boolean deletion, Bytes payload) {

    public Event {
        requireNonNull(stream, "stream");
        requireNonNull(payload, "payload");
    }

    /// The same content, as one would append it elsewhere.
    public NewEvent content() {
        return new NewEvent(key, deletion, payload);
    }
}
