package dev.skerry.store.catalog;

import dev.skerry.language.Gtin;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Goods that must not be sold.
///
/// @param lot null for all of this GTIN
/// @param expiresTo only packages with this date or an earlier one; null for whatever date
/// @param reason for the cashier
public record Recall(
        Gtin gtin, @Nullable String lot, @Nullable LocalDate expiresTo, String reason) {

    /// Whether a package is meant.
    enum Meant {
        YES,
        NO,
        /// The code does not say enough: somebody has to look at the package.
        UNSAID
    }

    Meant means(Label label) {
        LocalDate date = label.date();
        if ((lot != null && label.lot() != null && !lot.equals(label.lot()))
                || (expiresTo != null && date != null && date.isAfter(expiresTo))) {
            return Meant.NO;
        }
        return (lot != null && label.lot() == null) || (expiresTo != null && date == null)
                ? Meant.UNSAID
                : Meant.YES;
    }
}
