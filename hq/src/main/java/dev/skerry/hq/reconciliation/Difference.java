package dev.skerry.hq.reconciliation;

import dev.skerry.language.Money;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Something that two sides know differently.
///
/// @param id the same for ever
/// @param store such as `store-0042`; null where none is concerned
/// @param about what it is about: a tender, a batch, a shift, a payment, a document, a stream
/// @param expected null where it is not about money
/// @param found null where it is not about money, or nothing was found
/// @param detail what is known of its cause
/// @param since when it became known
/// @param done null as long as nothing was
public record Difference(
        String id,
        Kind kind,
        @Nullable String store,
        @Nullable LocalDate day,
        String about,
        @Nullable Money expected,
        @Nullable Money found,
        String detail,
        Instant since,
        @Nullable Done done) {

    /// What was done about it.
    public record Done(String what, String by, Instant at) {}

    /// What is different, and from when on it counts.
    public enum Kind {
        /// A card that was taken while nobody could be asked is declined: the merchant bears it.
        LATE_DECLINE(0),
        /// A payment could not be undone: the customer is to be paid back by hand.
        REVERSAL_REFUSED(0),
        /// A refund could not be made: the customer is to be paid by hand.
        REFUND_REFUSED(0),
        /// A till took it, and no processor has settled it.
        NOT_SETTLED(3),
        SETTLED_DIFFERENTLY(0),
        /// A processor settled what no till knows of; the store may be away.
        SETTLED_UNKNOWN(3),
        /// A processor settled it, and the bank has not booked it.
        NOT_PAID_OUT(5),
        PAID_OUT_DIFFERENTLY(0),
        /// The bank booked a batch that no processor has told of.
        PAID_OUT_UNKNOWN(5),
        /// A Z is not the sum of the tenders of its shift.
        Z_DIFFERS(0),
        /// A number of a till's Z was left out.
        Z_MISSING(0),
        /// An order is paid by its own words, and no payment is known; or the other way round.
        SALE_WITHOUT_PAYMENT(1),
        PAYMENT_WITHOUT_SALE(1),
        SALE_PAID_DIFFERENTLY(0),
        /// A count found something else than the books had.
        STOCK_COUNTED(0),
        /// Headquarters' copy of a stream is not what the store wrote.
        COPY_DIFFERS(0);

        /// So many days may pass until it is one.
        final int days;

        Kind(int days) {
            this.days = days;
        }
    }
}
