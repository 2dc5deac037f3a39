package dev.skerry.stream.server;

import dev.skerry.stream.server.Problem.Kind;

/// Numbers in headers: decimal digits only, no sign, no leading zeros.
final class Numbers {

    /// The largest number that JavaScript counts exactly.
    static final long JAVASCRIPT_MAX = (1L << 53) - 1;

    private Numbers() {}

    /// @throws Refused if it is not a number from 0 to `max`
    static long parse(String header, String text, long max) {
        if (text.matches("0|[1-9][0-9]{0,17}")) {
            long value = Long.parseLong(text);
            if (value <= max) {
                return value;
            }
        }
        throw new Refused(
                Kind.BAD_REQUEST,
                header + " is a whole number from 0 to " + max + " without sign or leading zeros");
    }
}
