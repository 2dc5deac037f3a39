package dev.skerry.language.gs1;

/// How long GS1's application identifiers and their values are: GS1 General Specifications, 3.2 and figure 7.8.5-2. Enough to read past
/// any of them, also those that will be assigned in a range that exists.
final class ApplicationIdentifiers {

    /// The longest value there is: AI 8200 has 70 characters, AI 91 to 99 have 90.
    static final int VALUE_LENGTH_MAX = 90;

    private ApplicationIdentifiers() {}

    /// How many digits an application identifier has.
    ///
    /// @param start its first two digits
    /// @return 0 if there is none that begins so
    static int digits(String start) {
        return switch (start) {
            case "00", "01", "02", "03" -> 2;
            case "10", "11", "12", "13", "15", "16", "17" -> 2;
            case "20", "21", "22" -> 2;
            case "23", "24", "25" -> 3;
            case "30", "37" -> 2;
            case "31", "32", "33", "34", "35", "36", "39" -> 4;
            case "40", "41", "42" -> 3;
            case "43" -> 4;
            case "70", "72" -> 4;
            case "71" -> 3;
            case "80", "81", "82" -> 4;
            case "90", "91", "92", "93", "94", "95", "96", "97", "98", "99" -> 2;
            default -> 0;
        };
    }

    /// How long a value is that nothing separates from the next element.
    ///
    /// @return 0 if its length varies, or FNC1 ends it although it does not
    static int predefinedLength(String ai) {
        return switch (ai.substring(0, 2)) {
            case "00" -> 18;
            case "01", "02", "03" -> 14;
            case "11", "12", "13", "15", "16", "17" -> 6;
            case "20" -> 2;
            case "31", "32", "33", "34", "35", "36" -> 6;
            case "41" -> 13;
            default -> 0;
        };
    }

    /// The longest value, where we rely on it.
    static int lengthMax(String ai) {
        return switch (ai) {
            case "10", "21", "22" -> 20;
            case "30", "37" -> 8;
            case "7003" -> 10;
            default ->
                    switch (ai.substring(0, Math.min(3, ai.length()))) {
                        case "392" -> 15;
                        case "393" -> 18;
                        default -> VALUE_LENGTH_MAX;
                    };
        };
    }
}
