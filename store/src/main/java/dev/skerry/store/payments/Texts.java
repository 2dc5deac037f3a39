package dev.skerry.store.payments;

import dev.skerry.language.payments.CardNumbers;

/// What may stand in a field that a client fills.
final class Texts {

    static final int ID_LENGTH_MAX = 100;
    static final int REASON_LENGTH_MAX = 500;

    private Texts() {}

    /// @throws IllegalArgumentException if it is empty, too long, has control characters, or may be the number of a payment card
    static String id(String what, String text) {
        return CardNumbers.refuse(what, number(what, text));
    }

    /// As an id, but may look like the number of a payment card.
    static String number(String what, String text) {
        if (text.isBlank()
                || text.length() > ID_LENGTH_MAX
                || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "%s has 1 to %d characters, none of them a control character"
                            .formatted(what, ID_LENGTH_MAX));
        }
        return text;
    }

    /// May be empty.
    ///
    /// @throws IllegalArgumentException as [#id]
    static String words(String what, String text) {
        if (text.length() > REASON_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "%s has at most %d characters".formatted(what, REASON_LENGTH_MAX));
        }
        return CardNumbers.refuse(what, text);
    }
}
