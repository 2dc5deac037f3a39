package dev.skerry.stream;

import static java.util.Objects.requireNonNull;

/// Names many streams at once: `*` stands for any characters inside one segment, so `store-*/orders` is every store's
/// orders and nothing deeper; `**` as the last segment stands for one or more segments, so `hq/**` is all below `hq`.
public record StreamPattern(String value) {

    private static final String ALL_BELOW = "/**";

    /// @throws IllegalArgumentException where the text could match no stream name
    public StreamPattern {
        requireNonNull(value, "value");
        StreamName.of(value);
    }

    public static StreamPattern of(String value) {
        return new StreamPattern(value);
    }

    public boolean matches(StreamName name) {
        return matches(name.value());
    }

    /// The same of a name that somebody has as text.
    public boolean matches(String name) {
        boolean allBelow = value.endsWith(ALL_BELOW);
        int patternEnd = allBelow ? value.length() - ALL_BELOW.length() : value.length();
        int at = 0;
        int next = 0;
        // The last star that was met, and up to where it reaches: it takes one character more each
        // time that what follows
        // it does not fit.
        int star = -1;
        int starEnd = 0;
        while (true) {
            if (next == patternEnd && (allBelow ? hasMore(name, at) : at == name.length())) {
                return true;
            }
            if (next < patternEnd && value.charAt(next) == '*') {
                star = next;
                starEnd = at;
                next++;
            } else if (next < patternEnd
                    && at < name.length()
                    && value.charAt(next) == name.charAt(at)) {
                next++;
                at++;
            } else if (star >= 0 && starEnd < name.length() && name.charAt(starEnd) != '/') {
                starEnd++;
                at = starEnd;
                next = star + 1;
            } else {
                return false;
            }
        }
    }

    private static boolean hasMore(String name, int at) {
        return at < name.length() - 1 && name.charAt(at) == '/';
    }

    /// What the names of all streams that match begin with.
    public String beginning() {
        int star = value.indexOf('*');
        return star < 0 ? value : value.substring(0, star);
    }

    @Override
    public String toString() {
        return value;
    }
}
