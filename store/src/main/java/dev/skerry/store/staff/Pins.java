package dev.skerry.store.staff;

import java.util.regex.Pattern;

/// Decides what may be a PIN: 4 to 8 digits, and none of those that anybody would try first.
final class Pins {

    static final int DIGITS_MIN = 4;
    static final int DIGITS_MAX = 8;

    private static final Pattern DIGITS =
            Pattern.compile("[0-9]{%d,%d}".formatted(DIGITS_MIN, DIGITS_MAX));
    private static final String UP = "01234567890123";
    private static final String DOWN = "98765432109876";

    private Pins() {}

    /// @throws IllegalArgumentException if it is none; the message does not contain it
    static void require(String pin) {
        if (!DIGITS.matcher(pin).matches()) {
            throw new IllegalArgumentException(
                    "a PIN has %d to %d digits".formatted(DIGITS_MIN, DIGITS_MAX));
        }
        if (pin.chars().distinct().count() == 1 || UP.contains(pin) || DOWN.contains(pin)) {
            throw new IllegalArgumentException(
                    "a PIN of one digit, or of digits in a row, is what anybody tries first: take another");
        }
    }
}
