package dev.skerry.language.stores;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people at HQ say of a store.
///
/// @param timeZone of the IANA database, such as `Europe/Berlin`
/// @param currency of ISO 4217
/// @param latitude in degrees, south below zero; null if nobody has said where it is
/// @param longitude in degrees, west below zero
/// @param hours when it is open; empty if nobody has said
public record StoreProfile(
        String timeZone,
        String currency,
        Format format,
        @Nullable String street,
        @Nullable String postcode,
        @Nullable String city,
        @Nullable String country,
        @Nullable Double latitude,
        @Nullable Double longitude,
        List<Hours> hours) {

    /// What kind of place it is.
    public enum Format {
        MARKET,
        CAFE,
        SHOP
    }

    /// @param from store-local
    /// @param to store-local, the next day where it is not after `from`
    public record Hours(DayOfWeek day, LocalTime from, LocalTime to) {
        public Hours {
            requireNonNull(day, "day");
            requireNonNull(from, "from");
            requireNonNull(to, "to");
        }
    }

    public StoreProfile {
        requireNonNull(timeZone, "timeZone");
        requireNonNull(currency, "currency");
        requireNonNull(format, "format");
        hours = List.copyOf(hours);
    }
}
