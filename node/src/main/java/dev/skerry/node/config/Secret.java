package dev.skerry.node.config;

/// A text that must not be seen: it prints as stars and shows itself only to who asks by name.
public record Secret(String revealed) {

    static final String MASK = "******";

    @Override
    public String toString() {
        return MASK;
    }
}
