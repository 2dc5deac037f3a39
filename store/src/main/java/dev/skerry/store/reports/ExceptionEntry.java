package dev.skerry.store.reports;

import dev.skerry.language.Money;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Something out of the ordinary run of selling, that who runs the store may want to look at.
///
/// @param day the store's calendar day
/// @param device where it happened; empty if that is not known
/// @param person who did it; empty if that is not known
/// @param approvedBy who allowed it; null if nobody had to
/// @param amount that it is about, as a positive amount; of [Kind#OVER_SHORT] with its sign; null if it is about none, as lines that
///     were taken out, which have no price any more
/// @param order that it is about; null if about none
/// @param shift in whose drawer it was; null if in none
/// @param detail the reason that was given, or what exactly it was, in words; may be empty
public record ExceptionEntry(
        LocalDate day,
        Instant at,
        Kind kind,
        String device,
        String person,
        @Nullable String approvedBy,
        @Nullable Money amount,
        @Nullable String order,
        @Nullable String shift,
        String detail) {

    /// What it was.
    public enum Kind {
        /// A paid order was taken back whole.
        VOID,
        /// Articles came back.
        RETURN,
        /// A person took something off.
        DISCOUNT,
        /// A line was sold at a price that a person set, or that was fixed when its check was split.
        PRICE,
        /// Lines were taken out before the customer paid.
        VOIDED_LINES,
        /// A basket with something in it was given up.
        ABANDONED,
        /// An order was placed or sent to the kitchen, and then not wanted.
        CANCELLED,
        /// Money was taken for a basket that is not known any more.
        LOST,
        /// A shift began, with that in its drawer.
        CASH_FLOAT,
        /// The drawer was opened without a sale.
        NO_SALE,
        PAID_IN,
        PAID_OUT,
        PICKED_UP,
        COUNTED,
        /// A shift was closed, and its count was not what was expected.
        OVER_SHORT,
        /// A stored payment was declined when it went up.
        LATE_DECLINE,
        /// A reversal, or a refund that was promised, was refused.
        REFUSED_REFUND,
        /// A gift card had less on it than was taken offline.
        OVERDRAWN,
        /// Somebody allowed an action at somebody else's device.
        APPROVAL,
        /// Somebody was not let in, or not allowed to allow something.
        ACCESS_REFUSED,
        /// A device was let in, renamed or taken out, or a wrong code was confirmed.
        DEVICE
    }
}
