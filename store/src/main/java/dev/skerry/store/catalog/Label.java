package dev.skerry.store.catalog;

import dev.skerry.language.Gtin;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/// What a code says of the package it stands on, beside which article it is.
///
/// @param units how many of the article are in it, from 1 to [#UNITS_MAX]
/// @param quantity how much of a weighed article is in it, in the article's unit; null if the code does not say
/// @param price for all of it; null if the code does not say
/// @param gtin that was scanned; null if the article was typed, or found by its number in a code of the store's own
/// @param lot the batch it comes from; null if the code does not say
/// @param serial which one of all it is; null if the code does not say
/// @param bestBefore the last day it is as good as promised; null if the code does not say
/// @param sellBefore from then on it must not be sold, store-local; null if the code does not say
public record Label(
        int units,
        @Nullable Quantity quantity,
        @Nullable Money price,
        @Nullable Gtin gtin,
        @Nullable String lot,
        @Nullable String serial,
        @Nullable LocalDate bestBefore,
        @Nullable LocalDateTime sellBefore) {

    /// More than anybody buys in one package: what says so was misread.
    public static final int UNITS_MAX = 100_000;

    static Label ofOne(@Nullable Gtin gtin) {
        return new Label(1, null, null, gtin, null, null, null, null);
    }

    /// The day it is kept by, of whichever kind; null if the code says none.
    @Nullable LocalDate date() {
        return sellBefore != null ? sellBefore.minusNanos(1).toLocalDate() : bestBefore;
    }
}
