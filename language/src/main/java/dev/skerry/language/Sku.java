package dev.skerry.language;

import static java.util.Objects.requireNonNull;

/// The chain's own number of an article. Upper and lower case differ; spaces within it count.
public record Sku(String value) implements Comparable<Sku> {

    public static final int LENGTH_MAX = 64;

    /// @throws IllegalArgumentException if it is empty, too long, begins or ends with a space, or holds a control character
    public Sku {
        requireNonNull(value, "value");
        if (value.isEmpty()
                || value.length() > LENGTH_MAX
                || !value.equals(value.strip())
                || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a SKU has 1 to %d characters, no control characters, and no space at its ends; not \"%s\""
                            .formatted(LENGTH_MAX, CloudEvent.brief(value)));
        }
    }

    @Override
    public int compareTo(Sku other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
