package dev.skerry.language.gs1;

import dev.skerry.language.Gtin;
import java.util.Optional;

/// A GTIN-12 without four of its zeros, on small packages: GS1 General Specifications, 5.2.2.4.2.
public final class UpcE {

    private UpcE() {}

    /// The GTIN-12 behind a UPC-E.
    ///
    /// @param text 8 digits as a scanner sends them: 0, six digits, the GTIN-12's check digit
    /// @return empty if it is none, or its check digit is wrong
    public static Optional<String> expand(String text) {
        if (text.length() != 8
                || text.charAt(0) != '0'
                || !text.chars().allMatch(it -> it >= '0' && it <= '9')) {
            return Optional.empty();
        }
        String six = text.substring(1, 7);
        char last = six.charAt(5);
        String ten =
                switch (last) {
                    case '0', '1', '2' -> six.substring(0, 2) + last + "0000" + six.substring(2, 5);
                    case '3' -> six.substring(0, 3) + "00000" + six.substring(3, 5);
                    case '4' -> six.substring(0, 4) + "00000" + six.charAt(4);
                    default -> six.substring(0, 5) + "0000" + last;
                };
        return Optional.of("0" + ten + text.charAt(7)).filter(Gtin::isGtin);
    }
}
