package dev.skerry.stream;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names many streams at once: `*` stands for any characters inside one segment, so `store-*/orders` is every store's
/// orders and nothing deeper; `**` as the last segment stands for one or more segments, so `hq/**` is all below `hq`.
public record StreamPattern(String value) {

    /// @throws IllegalArgumentException where the text could match no stream name
    public StreamPattern {
        requireNonNull(value, "value");
        StreamName.of(value);
    }

    public static StreamPattern of(String value) {
        return new StreamPattern(value);
    }

    private static final String ALL_BELOW = "/**";

    public boolean matches(StreamName name) {
        return compiled().matcher(name.value()).matches();
    }

    /// What the names of all streams that match begin with.
    public String beginning() {
        int star = value.indexOf('*');
        return star < 0 ? value : value.substring(0, star);
    }

    /// The same test, compiled once: for loops over many names.
    public Pattern compiled() {
        boolean allBelow = value.endsWith(ALL_BELOW);
        String above = allBelow ? value.substring(0, value.length() - ALL_BELOW.length()) : value;
        String regex =
                Pattern.compile("\\*")
                        .splitAsStream(above + "\0")
                        .map(part -> part.replace("\0", ""))
                        .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
                        .collect(Collectors.joining("[^/]*"));
        return Pattern.compile(allBelow ? regex + "/.+" : regex);
    }

    @Override
    public String toString() {
        return value;
    }
}
