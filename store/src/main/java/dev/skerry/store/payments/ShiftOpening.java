package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.Pieces;
import java.util.List;

/// A shift that is to begin.
///
/// @param shift the client's id, unique for ever
/// @param cashFloat what lies in the drawer; 0 or more
/// @param pieces of which the float is made; empty if nobody counted them
public record ShiftOpening(
        String shift, String till, Money cashFloat, List<Pieces> pieces, String by) {

    public ShiftOpening {
        Texts.id("till", till);
        if (cashFloat.isNegative()) {
            throw new IllegalArgumentException("a float is 0 or more, not " + cashFloat);
        }
        // The same rules as for any other cash of a drawer.
        pieces = new DrawerMove(shift, shift, cashFloat, pieces, "", by).pieces();
    }
}
