package dev.skerry.hq.stock;

import dev.skerry.language.Quantity;
import dev.skerry.language.inventory.CountLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How much of an article a store has, by the rule of [dev.skerry.language.inventory.InventoryEvent]: what the last count found, and
/// all that was moved after it. It needs no ledger, because a store's events come in the order in which the store knew them, and a
/// count says what the store's books expected.
///
/// @param countedAt of the last count; null if there was none
/// @param countedBy the document of that count; null if there was none
record Level(Quantity quantity, @Nullable Instant countedAt, @Nullable String countedBy) {

    static final Level NOTHING = new Level(Quantity.ZERO, null, null);

    /// What was moved up to the last count is in what that found.
    Level moved(Instant at, Quantity by) {
        return countedAt != null && !at.isAfter(countedAt)
                ? this
                : new Level(quantity.plus(by), countedAt, countedBy);
    }

    /// A count that became known after a later one changes nothing.
    Level counted(String document, CountLine line) {
        if (countedAt != null && countedBy != null) {
            int order = line.at().compareTo(countedAt);
            if (order < 0 || (order == 0 && document.compareTo(countedBy) < 0)) {
                return this;
            }
        }
        return new Level(quantity.plus(line.counted()).minus(line.expected()), line.at(), document);
    }

    /// How far a figure may be from what other stores were told: of that, in percent.
    static final int DRIFT_PERCENT_MAX = 20;

    /// Whether other stores are to be told. Each sale of each store would be too much for all lines; so they are told when there is
    /// something or nothing of it now, when the figure is small and another, and when it has drifted.
    ///
    /// @param told what they were told; null if nothing
    static boolean isToBeTold(@Nullable Quantity told, Quantity now) {
        if (told == null || told.isPositive() != now.isPositive()) {
            return true;
        }
        long drift = Math.abs(now.thousandths() - told.thousandths());
        return drift > 0 && drift * 100 >= Math.abs(told.thousandths()) * DRIFT_PERCENT_MAX;
    }
}
