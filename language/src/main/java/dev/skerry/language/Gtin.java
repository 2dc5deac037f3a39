package dev.skerry.language;

import static java.util.Objects.requireNonNull;

/// A Global Trade Item Number of GS1, kept as 14 digits whatever its length on the package. Its check digit is right.
public record Gtin(String digits) implements Comparable<Gtin> {

    public static final int LENGTH = 14;

    /// @throws IllegalArgumentException if it is not 14 digits with the right check digit; [#parse] takes the shorter forms
    public Gtin {
        requireNonNull(digits, "digits");
        if (digits.length() != LENGTH || !isGtin(digits)) {
            throw new IllegalArgumentException(
                    "no GTIN of 14 digits with the right check digit: " + CloudEvent.brief(digits));
        }
    }

    /// @param text a GTIN-8, 12 (UPC-A), 13 (EAN) or 14
    /// @throws IllegalArgumentException if it has another length, other characters, or a wrong check digit
    public static Gtin parse(String text) {
        if (!isGtin(text)) {
            throw new IllegalArgumentException(
                    "no GTIN of 8, 12, 13 or 14 digits with the right check digit: "
                            + CloudEvent.brief(text));
        }
        return new Gtin("0".repeat(LENGTH - text.length()) + text);
    }

    /// Whether [#parse] would take it.
    public static boolean isGtin(String text) {
        int length = text.length();
        if (length != 8 && length != 12 && length != 13 && length != 14) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return checkDigit(text.substring(0, length - 1)) == text.charAt(length - 1) - '0';
    }

    /// The check digit that belongs behind these digits: GS1 General Specifications, 7.9, weights 3 and 1 from the right.
    public static int checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? 3 * digit : digit;
        }
        return (10 - sum % 10) % 10;
    }

    @Override
    public int compareTo(Gtin other) {
        return digits.compareTo(other.digits);
    }

    @Override
    public String toString() {
        return digits;
    }
}
