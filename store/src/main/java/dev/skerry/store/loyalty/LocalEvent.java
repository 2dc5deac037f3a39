package dev.skerry.store.loyalty;

import dev.skerry.language.loyalty.LoyaltyEvent.Seen;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What only this store needs to know: its stream is `local/loyalty`, compacted by the basket's id.
sealed interface LocalEvent {

    /// The id of the basket, which is that of the order it becomes.
    String basket();

    /// A basket is about to be paid, and nobody else may spend these.
    ///
    /// @param customer null if no points are reserved
    /// @param codes those that are good once
    /// @param seen on what grounds; null if no points are reserved
    record SpendingReserved(
            String basket,
            @Nullable String customer,
            long points,
            List<Once> codes,
            @Nullable Seen seen)
            implements LocalEvent {
        public SpendingReserved {
            codes = List.copyOf(codes);
        }

        boolean isEmpty() {
            return points == 0 && codes.isEmpty();
        }

        boolean reservesAs(SpendingReserved other) {
            return points == other.points
                    && codes.equals(other.codes)
                    && Objects.equals(customer, other.customer);
        }
    }

    /// @param outcome `paid` or `released`
    record ReservationEnded(String basket, String outcome) implements LocalEvent {}
}
