package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.Pieces;
import java.util.List;

/// Cash that goes into a drawer or out of it, and not by a sale; or what lies in it, counted.
///
/// @param id the client's, unique for ever
/// @param amount above 0; a count may be 0
/// @param pieces of which the amount is made; empty if nobody counted them
/// @param reason empty if there is none to give
public record DrawerMove(
        String shift, String id, Money amount, List<Pieces> pieces, String reason, String by) {

    /// More kinds of notes and coins has no currency.
    public static final int KINDS_MAX = 100;

    public DrawerMove {
        Texts.id("shift", shift);
        Texts.id("id", id);
        Texts.words("reason", reason);
        Texts.words("by", by);
        pieces = List.copyOf(pieces);
        if (pieces.size() > KINDS_MAX) {
            throw new IllegalArgumentException("at most " + KINDS_MAX + " kinds of pieces");
        }
        if (!pieces.isEmpty() && !Pieces.total(pieces, amount.currency()).equals(amount)) {
            throw new IllegalArgumentException(
                    "the pieces make %s, and the amount is %s"
                            .formatted(Pieces.total(pieces, amount.currency()), amount));
        }
    }
}
