package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.language.payments.TenderTakings;
import org.jspecify.annotations.Nullable;

/// A shift as it stands (X report), or as it ended, with what came later.
///
/// @param takings up to now; in a Z's own figures while it is open, null where the count is blind and has not been made: it would tell
///     what should be in the drawer
/// @param supplement what came after the Z; null if nothing did
/// @param overShort counted − drawer; null if nobody counted, or cash moved since
public record ShiftReport(
        Shift shift,
        @Nullable Takings takings,
        @Nullable Takings supplement,
        @Nullable Money overShort) {

    static ShiftReport of(
            Shift shift, Takings onTime, @Nullable Takings supplement, boolean blindCount) {
        Money counted = shift.counted();
        boolean hidden = blindCount && shift.open() && counted == null;
        return new ShiftReport(
                shift,
                hidden ? null : onTime,
                supplement,
                counted == null ? null : counted.minus(onTime.drawer()));
    }

    /// What was received by one kind of tender; null if nothing was, or it is hidden.
    @Nullable TenderTakings by(TenderKind kind) {
        return takings == null
                ? null
                : takings.byTender().stream()
                        .filter(it -> it.kind() == kind)
                        .findFirst()
                        .orElse(null);
    }
}
