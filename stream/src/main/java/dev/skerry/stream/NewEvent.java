package dev.skerry.stream;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// An event about to be appended; the log gives it its offset.
///
/// @param key what the event is about, where its stream is compacted: the newest event of a key stands for it
/// @param deletion the event says that its key is no more; it needs a key
/// @param payload what happened, at most [Limits#EVENT_BYTES_MAX] bytes
public record NewEvent(@Nullable String key, boolean deletion, Bytes payload) {

    public NewEvent {
        requireNonNull(payload, "payload");
        if (deletion && key == null) {
            throw new IllegalArgumentException("a deletion needs the key that it deletes");
        }
        if (key != null && key.length() > Limits.KEY_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a key has at most " + Limits.KEY_LENGTH_MAX + " characters");
        }
        if (payload.length() > Limits.EVENT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "an event has at most "
                            + Limits.EVENT_BYTES_MAX
                            + " bytes, not "
                            + payload.length());
        }
    }

    public static NewEvent of(Bytes payload) {
        return new NewEvent(null, false, payload);
    }

    public static NewEvent of(String payload) {
        return of(Bytes.of(payload));
    }

    public static NewEvent keyed(String key, Bytes payload) {
        return new NewEvent(key, false, payload);
    }

    public static NewEvent deletion(String key, Bytes payload) {
        return new NewEvent(key, true, payload);
    }
}
