package dev.skerry.app.replay;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.BusinessDayClosed;
import dev.skerry.language.payments.PaymentEvent.ShiftClosed;
import dev.skerry.language.payments.TenderKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a store's tills have taken, by business day, as its stream of payments says: the days' closes and the tills' Zs. For one thread.
final class Cash {

    /// @param cash net of what went back
    record Day(long cash, long coupon, long rounding) {}

    private final TreeMap<LocalDate, Day> days = new TreeMap<>();
    private final List<String> wrongDrawers = new ArrayList<>();

    void take(CloudEvent event) {
        switch (PaymentEvent.FORM.read(event).orElse(null)) {
            case BusinessDayClosed closed ->
                    days.put(
                            closed.day(),
                            new Day(
                                    net(closed, TenderKind.CASH),
                                    net(closed, TenderKind.MANUFACTURER_COUPON),
                                    closed.rounding().minor()));
            case ShiftClosed(String shift, var z) -> {
                if (!z.overShort().isZero()) {
                    wrongDrawers.add(
                            "%s: %s in the drawer, and %s by the file"
                                    .formatted(shift, z.expectedCash(), z.countedCash()));
                }
            }
            case null, default -> {
                // Neither ends a day nor a shift.
            }
        }
    }

    private static long net(BusinessDayClosed closed, TenderKind kind) {
        return closed.takings().stream()
                .filter(it -> it.kind() == kind)
                .mapToLong(it -> it.net().minor())
                .sum();
    }

    Map<LocalDate, Day> days() {
        return days;
    }

    /// Shifts whose drawer was over or short.
    List<String> wrongDrawers() {
        return wrongDrawers;
    }
}
