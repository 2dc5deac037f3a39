package dev.skerry.language.payments;

import static java.util.Objects.requireNonNull;

/// A payment card, as much of it as may be known.
///
/// @param token stands for the card at the processor; no secret, and of no use elsewhere
/// @param lastFour digits of its number
/// @param scheme such as `VISA`
public record PaidCard(String token, String lastFour, String scheme) {

    /// @throws IllegalArgumentException if one of them is, or may be, a card's number
    public PaidCard {
        CardNumbers.refuse("token", requireNonNull(token, "token"));
        if (!lastFour.matches("[0-9]{4}")) {
            throw new IllegalArgumentException("lastFour is four digits");
        }
        CardNumbers.refuse("scheme", requireNonNull(scheme, "scheme"));
    }

    /// For the receipt: `VISA **** 1234`.
    @Override
    public String toString() {
        return scheme + " **** " + lastFour;
    }
}
