package dev.skerry.store.loyalty;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody who wants to be a customer.
///
/// @param id made by the device that asks; unique for ever, 8 to 64 characters
/// @param cards that they get
/// @param email where to send receipts; null if they do not want that
public record Newcomer(String id, List<String> cards, String name, @Nullable String email) {

    public static final int CARDS_MAX = 5;
    public static final int TEXT_LENGTH_MAX = 200;

    /// @throws IllegalArgumentException saying what is wrong
    public Newcomer {
        requireNonNull(id, "id");
        if (!id.matches("[A-Za-z0-9-]{8,64}")) {
            throw new IllegalArgumentException(
                    "a customer's id is 8 to 64 letters, digits and hyphens: make a UUID");
        }
        cards = cards.stream().map(String::strip).distinct().toList();
        if (cards.size() > CARDS_MAX) {
            throw new IllegalArgumentException("at most %d cards".formatted(CARDS_MAX));
        }
        for (String card : cards) {
            if (!card.matches("[\\x21-\\x7e]{4,40}")) {
                throw new IllegalArgumentException(
                        "a card's number has 4 to 40 letters, digits and signs");
            }
        }
        name = name.strip();
        if (name.isEmpty() || name.length() > TEXT_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a name has 1 to %d characters".formatted(TEXT_LENGTH_MAX));
        }
        email = email == null ? null : email.strip();
        if (email != null && (email.length() > TEXT_LENGTH_MAX || !email.matches("\\S+@\\S+"))) {
            throw new IllegalArgumentException("an e-mail address has an @ and no spaces");
        }
    }
}
