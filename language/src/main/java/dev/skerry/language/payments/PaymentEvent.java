package dev.skerry.language.payments;

import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened to the payments and in the cash office of a store; its stream is `store-…/payments`.
///
/// Amounts are what the customer owes or hands over, so positive, unless said otherwise. A payment of which the amount due is
/// negative gives money back.
public sealed interface PaymentEvent {

    EventForm<PaymentEvent> FORM = new EventForm<>("dev.skerry.payments.", PaymentEvent.class);

    // ---- payments

    /// An order is to be paid; again, if it was cancelled before.
    ///
    /// @param due negative if money is to be given back
    record PaymentOpened(String order, Money due, Place place, String by) implements PaymentEvent {}

    record AmountDueChanged(String order, Money due) implements PaymentEvent {}

    /// Money is about to be asked for. From here on it may have moved.
    ///
    /// @param account the number of a gift card; null for a card
    /// @param mayStore may be taken without an answer from afar, within the limits
    record TenderRequested(
            String order,
            String tender,
            TenderKind kind,
            Money amount,
            @Nullable String account,
            boolean mayStore,
            Place place,
            String by)
            implements PaymentEvent {}

    /// Taken at once: cash, a voucher, a coupon, on account.
    ///
    /// @param account number of the voucher, code of the coupon, account of the customer; null for cash
    /// @param face what a voucher or coupon is worth, where that is more than it paid; null where it is not
    record TenderTaken(
            String order,
            String tender,
            TenderKind kind,
            Money amount,
            @Nullable String account,
            @Nullable Money face,
            Place place,
            String by)
            implements PaymentEvent {}

    /// @param amount less than asked for where a card has no more on it
    /// @param card null for a gift card
    record TenderApproved(
            String order,
            String tender,
            TenderKind kind,
            Money amount,
            String approvalCode,
            @Nullable PaidCard card,
            Place place)
            implements PaymentEvent {}

    /// Taken while nobody could be asked: the goods go, and the money comes later, or does not.
    ///
    /// @param reference the terminal's
    /// @param account number of the gift card; null for a card
    record TenderStored(
            String order,
            String tender,
            TenderKind kind,
            Money amount,
            String reference,
            @Nullable String account,
            @Nullable PaidCard card,
            Place place)
            implements PaymentEvent {}

    record TenderDeclined(String order, String tender, TenderKind kind, String reason)
            implements PaymentEvent {}

    /// Nobody knows whether the money moved. It counts as not paid, and is to be reversed.
    record TenderUnknown(String order, String tender, TenderKind kind, Money amount)
            implements PaymentEvent {}

    /// Handed back before the order was paid; or never heard of again, and given up.
    ///
    /// @param amount what had been taken; 0 if nothing was known to have been
    /// @param reversal whether the terminal, or HQ, has to undo it
    record TenderWithdrawn(
            String order,
            String tender,
            TenderKind kind,
            Money amount,
            boolean reversal,
            String reason,
            Place place,
            String by)
            implements PaymentEvent {}

    /// It is certain that the money is where it was before.
    record TenderReversed(String order, String tender, TenderKind kind) implements PaymentEvent {}

    /// It could not be undone: somebody has to give the money back by hand.
    record ReversalRefused(
            String order, String tender, TenderKind kind, Money amount, String reason)
            implements PaymentEvent {}

    /// Went up, and the answer is outstanding.
    record StoredTenderForwarded(String order, String tender) implements PaymentEvent {}

    /// What was stored is paid after all.
    record StoredTenderApproved(String order, String tender, Money amount, String approvalCode)
            implements PaymentEvent {}

    /// What was stored is not paid: a late decline, which the merchant bears.
    ///
    /// @param amount lost: without what was promised back
    record StoredTenderDeclined(String order, String tender, Money amount, String reason)
            implements PaymentEvent {}

    /// Refunded before it went up, so that it never goes up.
    ///
    /// @param refund the tender of the refund
    record StoredTenderCancelled(String order, String tender, Money amount, String refund)
            implements PaymentEvent {}

    /// HQ has booked a gift card that was taken without asking.
    ///
    /// @param overdraft what the card's balance lacked; null if nothing
    record OfflineGiftCardSettled(String order, String tender, @Nullable Money overdraft)
            implements PaymentEvent {}

    /// Everything is paid, or given back. Final: a correction is another order.
    ///
    /// @param tenders those that were kept
    /// @param change given back in cash
    /// @param rounding what paying in cash added to the amount due; negative if it took off. The sum of tenders − change is due + rounding
    record PaymentCompleted(
            String order,
            Money due,
            List<PaidTender> tenders,
            Money change,
            Money rounding,
            Place place,
            String by)
            implements PaymentEvent {
        public PaymentCompleted {
            tenders = List.copyOf(tenders);
        }
    }

    /// Nothing is paid; what had been taken is withdrawn.
    record PaymentCancelled(String order, String reason, String by) implements PaymentEvent {}

    // ---- refunds: tenders of a payment that gives back

    /// The terminal is about to be asked to give money back to a card.
    record RefundRequested(
            String order,
            String tender,
            TenderKind kind,
            Money amount,
            RefundOf of,
            Place place,
            String by)
            implements PaymentEvent {}

    /// Given back.
    ///
    /// @param amount of what was due
    /// @param paid what it came to, after cash rounding
    /// @param account number of the gift card, of the new voucher, of the customer's account; null for cash and cards
    /// @param of null where it was not paid here, as far as is known
    record RefundMade(
            String order,
            String tender,
            TenderKind kind,
            Money amount,
            Money paid,
            @Nullable String account,
            @Nullable RefundOf of,
            Place place,
            String by)
            implements PaymentEvent {}

    record RefundDeclined(String order, String tender, TenderKind kind, String reason)
            implements PaymentEvent {}

    /// A part of what is stored is to be given back, which is done when it has gone up.
    record RefundPromised(
            String order,
            String tender,
            TenderKind kind,
            Money amount,
            RefundOf of,
            Place place,
            String by)
            implements PaymentEvent {}

    /// What was promised has been given back.
    record PromisedRefundMade(String order, String tender) implements PaymentEvent {}

    /// What was promised need not be given back: it was never paid.
    record PromisedRefundDropped(String order, String tender) implements PaymentEvent {}

    /// What was promised could not be given back to the card: somebody has to give it back by hand.
    record PromisedRefundRefused(String order, String tender, Money amount, String reason)
            implements PaymentEvent {}

    // ---- cash office

    record BusinessDayOpened(LocalDate day, String by) implements PaymentEvent {}

    /// @param takings of the day as far as known then
    record BusinessDayClosed(LocalDate day, List<TenderTakings> takings, Money rounding, String by)
            implements PaymentEvent {
        public BusinessDayClosed {
            takings = List.copyOf(takings);
        }
    }

    /// @param pieces of which the float is made; empty if nobody counted them
    record ShiftOpened(
            String shift,
            String till,
            LocalDate day,
            Money cashFloat,
            List<Pieces> pieces,
            String by)
            implements PaymentEvent {
        public ShiftOpened {
            pieces = List.copyOf(pieces);
        }
    }

    record PaidIn(String shift, String id, Money amount, String reason, Place place, String by)
            implements PaymentEvent {}

    record PaidOut(String shift, String id, Money amount, String reason, Place place, String by)
            implements PaymentEvent {}

    /// Brought from the drawer to the safe.
    record PickedUp(
            String shift, String id, Money amount, List<Pieces> pieces, Place place, String by)
            implements PaymentEvent {
        public PickedUp {
            pieces = List.copyOf(pieces);
        }
    }

    /// @param reason such as `no sale`
    record DrawerOpened(String till, @Nullable String shift, String id, String reason, String by)
            implements PaymentEvent {}

    /// @param expected what should have been in the drawer then
    record DrawerCounted(
            String shift, String id, Money counted, Money expected, List<Pieces> pieces, String by)
            implements PaymentEvent {
        public DrawerCounted {
            pieces = List.copyOf(pieces);
        }
    }

    /// The shift is over, and this is its Z.
    record ShiftClosed(String shift, ZReport z) implements PaymentEvent {}

    /// Somebody has seen what had to be looked at: a late decline, a reversal that was refused.
    record TenderLookedAt(String tender, String note, String by) implements PaymentEvent {}
}
