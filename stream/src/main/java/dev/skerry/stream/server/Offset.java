package dev.skerry.stream.server;

import dev.skerry.stream.OffsetToken;
import dev.skerry.stream.server.Problem.Kind;
import org.jspecify.annotations.Nullable;

/// Where a reader wants to start.
sealed interface Offset {

    /// `-1`, or nothing said: the beginning.
    record Beginning() implements Offset {}

    /// `now`: the tail at this moment.
    record Tail() implements Offset {}

    /// A place that this server gave out.
    record At(long value) implements Offset {}

    static String token(long offset) {
        return OffsetToken.of(offset);
    }

    /// @param text null where the request does not say
    static Offset parse(@Nullable String text) {
        return switch (text) {
            case null -> new Beginning();
            case OffsetToken.BEGINNING -> new Beginning();
            case OffsetToken.NOW -> new Tail();
            default -> new At(parseToken(text));
        };
    }

    /// @throws Refused if it is not a token
    static long parseToken(String text) {
        return OffsetToken.parse(text)
                .orElseThrow(() ->
                        new Refused(
                                Kind.BAD_OFFSET,
                                "an offset is '-1', 'now', or a Stream-Next-Offset that this"
                                        + " server gave out"));
    }
}
