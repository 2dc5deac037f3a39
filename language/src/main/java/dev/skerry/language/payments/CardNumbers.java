package dev.skerry.language.payments;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps the numbers of payment cards out: none may enter the system, in whatever field.
public final class CardNumbers {

    /// 13 to 19 digits, with spaces or dashes between them, that are no part of something longer, such as of an id. The
    /// first digit is that of a payment scheme (ISO/IEC 7812): 2 to 6.
    private static final Pattern CANDIDATE =
            Pattern.compile("(?<![\\w-])[2-6](?:[ -]?[0-9]){12,18}(?![\\w-])");

    private CardNumbers() {}

    /// Whether a text holds what may be the number of a payment card: the right length, and the check digit (Luhn) is right.
    public static boolean isIn(String text) {
        Matcher candidate = CANDIDATE.matcher(text);
        while (candidate.find()) {
            if (luhn(candidate.group())) {
                return true;
            }
        }
        return false;
    }

    /// @param what the field, for people
    /// @return the text
    /// @throws IllegalArgumentException if it holds what may be the number of a payment card; the message does not repeat it
    public static String refuse(String what, String text) {
        if (isIn(text)) {
            throw new IllegalArgumentException(
                    what
                            + " looks like the number of a payment card, which must not enter the system:"
                            + " send a token and the last four digits");
        }
        return text;
    }

    private static boolean luhn(String number) {
        int sum = 0;
        boolean doubled = false;
        for (int i = number.length() - 1; i >= 0; i--) {
            int digit = number.charAt(i) - '0';
            if (digit >= 0 && digit <= 9) {
                int value = doubled ? digit * 2 : digit;
                sum += value > 9 ? value - 9 : value;
                doubled = !doubled;
            }
        }
        return sum % 10 == 0;
    }
}
