package dev.skerry.store.inventory;

import dev.skerry.language.Quantity;
import dev.skerry.language.inventory.InventoryEvent.Cause;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides whether an article ran out, or is back, by its stock. What a hand took away comes back by hand, or when goods are seen: a
/// stock figure alone does not overrule a person, in neither direction.
///
/// ```
/// in stock ── stock at or below the threshold ──► out (THRESHOLD) ── stock above it ──► in stock
/// in stock ── by hand ──► out (HAND) ── by hand, or goods seen ──► in stock
/// in stock by hand, at or below the threshold ──► stays, until the stock has been above it
/// ```
final class RunningOut {

    private RunningOut() {}

    /// An article as far as it matters here.
    ///
    /// @param threshold null if its stock does not decide
    /// @param out why it is out; null if it is not
    /// @param trusted a person said that it is there, whatever the stock says
    record Item(
            Quantity stock, @Nullable Quantity threshold, @Nullable Cause out, boolean trusted) {

        boolean isAbove() {
            return stock.compareTo(threshold == null ? Quantity.ZERO : threshold) > 0;
        }
    }

    /// A change of what can be had.
    record Turn(boolean out, Cause cause) {}

    /// @param seen goods were received, or found by a count
    static Optional<Turn> after(Item item, boolean seen) {
        Cause out = item.out;
        if (out == null) {
            return item.threshold != null && !item.isAbove() && !item.trusted
                    ? Optional.of(new Turn(true, Cause.THRESHOLD))
                    : Optional.empty();
        }
        if (out == Cause.THRESHOLD) {
            return item.threshold == null || item.isAbove()
                    ? Optional.of(new Turn(false, Cause.THRESHOLD))
                    : Optional.empty();
        }
        return seen && item.isAbove()
                ? Optional.of(new Turn(false, Cause.GOODS_SEEN))
                : Optional.empty();
    }
}
