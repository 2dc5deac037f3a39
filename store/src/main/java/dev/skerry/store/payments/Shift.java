package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.ZReport;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A drawer's time between float and count.
///
/// @param counted what was in the drawer when it was counted; null if it was not, or if cash moved since
/// @param z null while it is open
public record Shift(
        String id,
        String till,
        LocalDate day,
        Money cashFloat,
        String openedBy,
        Instant openedAt,
        @Nullable Money counted,
        @Nullable ZReport z) {

    boolean open() {
        return z == null;
    }
}
