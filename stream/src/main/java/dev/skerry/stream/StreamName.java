package dev.skerry.stream;

import static java.util.Objects.requireNonNull;

/// The name of a stream, the same on every node: a path such as `hq/catalog` or `store-0042/orders`.
///
/// Case-sensitive, 1 to [#LENGTH_MAX] characters, no control characters, and no `.` or `..` or empty segment.
public record StreamName(String value) implements Comparable<StreamName> {

    /// The longest name, in characters.
    public static final int LENGTH_MAX = 1024;

    /// @throws IllegalArgumentException saying which rule the name breaks
    public StreamName {
        requireNonNull(value, "value");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a stream name is not empty");
        }
        if (value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a stream name has at most "
                            + LENGTH_MAX
                            + " characters, not "
                            + value.length());
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a stream name has no control characters");
        }
        for (String segment : value.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(
                        "a stream name has no empty, '.' or '..' segment: " + value);
            }
        }
    }

    public static StreamName of(String value) {
        return new StreamName(value);
    }

    @Override
    public int compareTo(StreamName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
