package dev.skerry.store.payments;

import dev.skerry.language.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// An order that is to be paid.
///
/// @param due negative if money is to be given back
/// @param till where it is done
/// @param day the business day it belongs to, for a sale that comes late; null for now
/// @param shift the shift it belongs to, for a sale that comes late; null for now, or if the day is enough
public record Opening(
        String order,
        Money due,
        String till,
        String by,
        @Nullable LocalDate day,
        @Nullable String shift) {

    public Opening {
        Texts.id("order", order);
        Texts.id("till", till);
        Texts.words("by", by);
        if (shift != null) {
            Texts.id("shift", shift);
        }
    }
}
