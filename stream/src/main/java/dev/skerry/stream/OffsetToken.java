package dev.skerry.stream;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Offsets as Skerry's servers write them over HTTP: sixteen zeros, `_`, and the offset in sixteen digits, so that tokens
/// sort as offsets do. To anyone but Skerry a token is opaque.
public final class OffsetToken {

    /// Asks for a stream from its beginning, whatever was dropped.
    public static final String BEGINNING = "-1";

    /// Asks for what comes next.
    public static final String NOW = "now";

    /// The highest offset that a token can hold.
    public static final long OFFSET_MAX = 9_999_999_999_999_999L;

    private static final String PREFIX = "0000000000000000_";
    private static final int DIGITS = 16;
    private static final Pattern TOKEN = Pattern.compile(PREFIX + "[0-9]{" + DIGITS + "}");

    private OffsetToken() {}

    /// @param offset 0 to [#OFFSET_MAX]
    public static String of(long offset) {
        if (offset < 0 || offset > OFFSET_MAX) {
            throw new IllegalArgumentException(
                    "an offset is 0 to " + OFFSET_MAX + ", not " + offset);
        }
        String digits = Long.toString(offset);
        return PREFIX + "0".repeat(DIGITS - digits.length()) + digits;
    }

    /// The offset of a token; empty where it is none of Skerry's, [#BEGINNING] and [#NOW] included.
    public static OptionalLong parse(String token) {
        return TOKEN.matcher(token).matches()
                ? OptionalLong.of(Long.parseLong(token, PREFIX.length(), token.length(), 10))
                : OptionalLong.empty();
    }
}
