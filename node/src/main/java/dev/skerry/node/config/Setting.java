package dev.skerry.node.config;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/// One thing that can be configured, and the typed key to ask [Configuration] for its value.
///
/// @param key lower-case words joined by `.` and `-`, such as `http.body-bytes-max`
/// @param standard the value where nobody sets one; empty: somebody must set it
/// @param meaning one sentence for the reference page
public record Setting<T>(String key, Type<T> type, Optional<T> standard, String meaning) {

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");

    public Setting {
        requireNonNull(type);
        require(KEY.matcher(key).matches(), key, "is not a key");
        require(meaning.endsWith(".") && !meaning.contains("\n"), key, "needs a sentence");
        standard.ifPresent(value ->
                require(
                        type.read(type.write(value)).equals(new Type.Value<>(value)),
                        key,
                        "does not allow its own default"));
    }

    public static <T> Setting<T> of(String key, Type<T> type, T standard, String meaning) {
        return new Setting<>(key, type, Optional.of(standard), meaning);
    }

    public static <T> Setting<T> required(String key, Type<T> type, String meaning) {
        return new Setting<>(key, type, Optional.empty(), meaning);
    }

    private static void require(boolean holds, String key, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(key + " " + otherwise);
        }
    }
}
