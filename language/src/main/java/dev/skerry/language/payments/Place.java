package dev.skerry.language.payments;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Where money counts.
///
/// @param till the device at which it was taken or given back
/// @param day the business day
/// @param shift null where the device has none, as a kiosk
/// @param late the shift, or the day where there is no shift, had been closed already: this is in no Z, but in its supplement
public record Place(String till, LocalDate day, @Nullable String shift, boolean late) {}
