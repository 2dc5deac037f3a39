package dev.skerry.language.gs1;

/// The digit that guards a price or a weight in a store's own barcode: GS1 General Specifications, 7.9.2 to 7.9.4.
public final class PriceCheckDigit {

    /// What a digit counts at a place: products of two digits are added up, or the first taken from the second.
    private static final String TWO_MINUS = "0246891357";

    private static final String THREE = "0369258147";
    private static final String FIVE_PLUS = "0516273849";
    private static final String FIVE_MINUS = "0594837261";

    private PriceCheckDigit() {}

    /// @param digits four or five
    /// @throws IllegalArgumentException if they are not
    public static int of(String digits) {
        if (!digits.matches("\\d{4,5}")) {
            throw new IllegalArgumentException(
                    "a price with a check digit has 4 or 5 digits, not " + digits);
        }
        if (digits.length() == 4) {
            return sum(digits, TWO_MINUS, TWO_MINUS, THREE, FIVE_MINUS) * 3 % 10;
        }
        int rest =
                (10 - sum(digits, FIVE_PLUS, TWO_MINUS, FIVE_MINUS, FIVE_PLUS, TWO_MINUS) % 10)
                        % 10;
        return FIVE_MINUS.indexOf('0' + rest);
    }

    private static int sum(String digits, String... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i].charAt(digits.charAt(i) - '0') - '0';
        }
        return sum;
    }
}
