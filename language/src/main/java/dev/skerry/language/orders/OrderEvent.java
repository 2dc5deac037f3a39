package dev.skerry.language.orders;

import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened to the orders of a store; its stream is `store-…/orders`. What is paid is final: a correction is a new event.
public sealed interface OrderEvent {

    EventForm<OrderEvent> FORM = new EventForm<>("dev.skerry.orders.", OrderEvent.class);

    /// The id of the order, which is that of the basket it was.
    String order();

    /// Taken before it is paid, and to be made: at a kiosk that lets guests pay at the counter, at a table, by telephone, by
    /// another vendor's system.
    ///
    /// @param number told to the guest; unique in the store on that day
    /// @param name of the guest, or the table; empty if nobody said
    /// @param afterPayment it is made only once it is paid; null stands for false
    record OrderPlaced(
            String order,
            OrderSource source,
            String device,
            String number,
            LocalDate day,
            String name,
            List<OrderLine> lines,
            Money total,
            @Nullable Boolean afterPayment)
            implements OrderEvent {

        /// One that the kitchen begins at once.
        public OrderPlaced(
                String order,
                OrderSource source,
                String device,
                String number,
                LocalDate day,
                String name,
                List<OrderLine> lines,
                Money total) {
            this(order, source, device, number, day, name, lines, total, null);
        }

        /// Whether the kitchen begins only when it is paid.
        public boolean waitsForPayment() {
            return Boolean.TRUE.equals(afterPayment);
        }
    }

    /// What the kitchen is to make of an order that is not paid: all of it that was sent, as it is wanted now. What has gone to another
    /// check since is among it.
    ///
    /// @param number told to the guest; null if none was
    /// @param name of the guest; empty if nobody said
    /// @param table null if it is served at none
    record OrderSent(
            String order,
            OrderSource source,
            String device,
            LocalDate day,
            @Nullable String number,
            String name,
            @Nullable String table,
            @Nullable Integer guests,
            List<OrderLine> lines)
            implements OrderEvent {
        public OrderSent {
            lines = List.copyOf(lines);
        }
    }

    /// Paid in full: a sale, a return, or both in one. All that a receipt says.
    record OrderPaid(Order paid) implements OrderEvent {
        @Override
        public String order() {
            return paid.id();
        }
    }

    /// A paid order was taken back whole, right after it was made (post-void). The order itself stays as it is.
    ///
    /// @param receipt of the reversal
    /// @param refunds what went back, as the tenders it was paid with
    /// @param sent the kitchen is told by [OrderSent] what it need not make; null stands for false
    record OrderVoided(
            String order,
            ReceiptNumber receipt,
            String cashier,
            String approvedBy,
            String reason,
            List<OrderTender> refunds,
            @Nullable Boolean sent)
            implements OrderEvent {

        /// Of an order that was not sent to the kitchen before it was paid.
        public OrderVoided(
                String order,
                ReceiptNumber receipt,
                String cashier,
                String approvedBy,
                String reason,
                List<OrderTender> refunds) {
            this(order, receipt, cashier, approvedBy, reason, refunds, null);
        }
    }

    /// Placed or sent to the kitchen, and then not wanted any more.
    ///
    /// @param sent the kitchen is told by [OrderSent] what it need not make; null stands for false
    record OrderCancelled(String order, String by, String reason, @Nullable Boolean sent)
            implements OrderEvent {

        /// Of an order that was placed, and the kitchen told by that alone.
        public OrderCancelled(String order, String by, String reason) {
            this(order, by, reason, null);
        }
    }

    /// What was paid for with a telephone was let out of the store: its exit code is used up.
    ///
    /// @param device at which the code was shown
    /// @param by who stood there; empty at a gate
    /// @param checked somebody compared the bag with the receipt before
    record OrderLeft(String order, String device, String by, boolean checked)
            implements OrderEvent {}

    /// Begun at a till and given up before it was paid: nobody bought, and loss prevention likes to know.
    ///
    /// @param lines how many had been scanned
    /// @param total what they would have cost
    record BasketAbandoned(
            String order,
            String device,
            String cashier,
            LocalDate businessDay,
            int lines,
            Money total,
            @Nullable String reason)
            implements OrderEvent {}

    /// Money was taken for a basket that is not known any more: the machine that had it was lost between the payment and the order. What
    /// was sold is on the customer's mind only; somebody has to look after it.
    ///
    /// @param tenders what was taken, or paid back
    record OrderLost(String order, String till, LocalDate businessDay, List<OrderTender> tenders)
            implements OrderEvent {
        public OrderLost {
            tenders = List.copyOf(tenders);
        }
    }
}
