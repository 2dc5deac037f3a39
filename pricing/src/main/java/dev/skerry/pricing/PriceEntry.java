package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import java.time.LocalDateTime;
import java.util.Optional;

/// A price that an article may have.
///
/// @param validFrom from when on, in store-local time
/// @param validTo until when, in store-local time: at that time it is over
/// @param priority the higher wins
public record PriceEntry(
        String id,
        PriceSource source,
        Money price,
        Optional<LocalDateTime> validFrom,
        Optional<LocalDateTime> validTo,
        int priority) {

    public PriceEntry {
        requireNonNull(id, "id");
        requireNonNull(source, "source");
        requireNonNull(price, "price");
        requireNonNull(validFrom, "validFrom");
        requireNonNull(validTo, "validTo");
    }
}
