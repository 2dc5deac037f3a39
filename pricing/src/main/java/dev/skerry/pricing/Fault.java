package dev.skerry.pricing;

/// What is wrong with a file of promotions, and where.
///
/// @param where the field: `promotions[3].effect.percent`; empty for the whole
/// @param line of the text, from 1
/// @param column in the line, from 1
/// @param problem what is wrong and what would be right
public record Fault(String where, int line, int column, String problem) {

    @Override
    public String toString() {
        return "%d:%d %s%s%s".formatted(line, column, where, where.isEmpty() ? "" : ": ", problem);
    }
}
