package dev.skerry.app.shop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the line to HQ is.
///
/// @param up whether HQ can be asked now
/// @param since when that began
/// @param waiting events of this store that HQ does not have yet
/// @param oldest when the first of these was written; null if none waits
public record Line(boolean up, Instant since, long waiting, @Nullable Instant oldest) {}
