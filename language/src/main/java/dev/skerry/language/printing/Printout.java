package dev.skerry.language.printing;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import org.jspecify.annotations.Nullable;

/// What is to be on paper. In which words, and how wide, is decided when it is printed.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Printout {

    /// What sort of document this is.
    Printer.Kind sort();

    /// For a list of jobs: the number of a receipt, the title of a slip.
    String title();

    /// For the customer.
    ///
    /// @param gift without prices
    /// @param training nothing was sold
    /// @param voided it has been taken back since
    @JsonTypeName("receipt")
    record Receipt(Order order, boolean gift, boolean training, boolean voided)
            implements Printout {

        /// What a customer gets after paying.
        public static Receipt of(Order order) {
            return new Receipt(order, false, false, false);
        }

        @Override
        public Printer.Kind sort() {
            return Printer.Kind.RECEIPT;
        }

        @Override
        public String title() {
            return order.receipt().toString();
        }
    }

    /// A sale was taken back whole.
    ///
    /// @param order that was taken back; null if it is not at hand
    @JsonTypeName("void")
    record VoidReceipt(OrderVoided voided, @Nullable Order order) implements Printout {
        @Override
        public Printer.Kind sort() {
            return Printer.Kind.RECEIPT;
        }

        @Override
        public String title() {
            return voided.receipt().toString();
        }
    }

    @JsonTypeName("ticket")
    record Ticket(KitchenTicket ticket) implements Printout {
        @Override
        public Printer.Kind sort() {
            return Printer.Kind.KITCHEN;
        }

        @Override
        public String title() {
            String number = ticket.number();
            return number == null ? ticket.name() : number;
        }
    }

    @JsonTypeName("slip")
    record Report(Slip slip) implements Printout {
        @Override
        public Printer.Kind sort() {
            return Printer.Kind.REPORT;
        }

        @Override
        public String title() {
            String number = slip.number();
            return slip.kind() + (number == null ? "" : " " + number);
        }
    }

    /// Shows what a printer can do, and that it is the one that was meant.
    @JsonTypeName("test")
    record TestPage(String title) implements Printout {
        @Override
        public Printer.Kind sort() {
            return Printer.Kind.REPORT;
        }
    }
}
