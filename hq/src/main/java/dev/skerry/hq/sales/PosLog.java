package dev.skerry.hq.sales;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.orders.ReceiptNumber;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sales by the names of POSLog (ARTS, now OMG), for other systems: docs/integration.md says which part of it. Pure.
final class PosLog {

    private PosLog() {}

    /// What was done at a till, as its receipt says.
    ///
    /// @param sequenceNumber of the receipt, at its workstation on its business day
    /// @param endDateTime store-local
    /// @param operatorId empty where nobody was at the till
    /// @param transactionId of the order
    /// @param transactionLink of what this takes back whole; null for a sale or return
    /// @param total to be paid; negative where money was given back
    /// @param taxIncluded whether amounts of line items contain the tax
    record Transaction(
            String retailStoreId,
            String workstationId,
            int sequenceNumber,
            LocalDate businessDayDate,
            LocalDateTime endDateTime,
            String operatorId,
            String currencyCode,
            String receiptNumber,
            String transactionId,
            @Nullable String customerId,
            @Nullable TransactionLink transactionLink,
            List<LineItem> lineItems,
            List<Tax> taxes,
            List<Tender> tenders,
            Money total,
            Money taxAmount,
            boolean taxIncluded,
            Money change,
            Money rounding) {}

    /// An earlier transaction.
    ///
    /// @param reasonCode as was given
    record TransactionLink(
            String retailStoreId,
            String workstationId,
            int sequenceNumber,
            LocalDate businessDayDate,
            @Nullable String reasonCode) {}

    enum Kind {
        SALE,
        RETURN
    }

    /// @param voidFlag taken out again before it was paid: counts for nothing
    /// @param extendedAmount what is paid for it, after its modifiers; negative for what comes back
    /// @param returnOf the transaction and line it was bought with, `ORDER/LINE`; null if it is sold, or comes back without a receipt
    record LineItem(
            String sequenceNumber,
            Kind kind,
            boolean voidFlag,
            String itemId,
            String description,
            Quantity quantity,
            String unitOfMeasureCode,
            Money regularSalesUnitPrice,
            Money grossAmount,
            Money extendedAmount,
            List<RetailPriceModifier> retailPriceModifiers,
            String merchandiseHierarchy,
            String taxGroupId,
            @Nullable String returnOf,
            @Nullable String reasonCode) {}

    /// What was taken off.
    ///
    /// @param promotionId null where a person decided
    record RetailPriceModifier(
            String methodCode,
            @Nullable String promotionId,
            String description,
            Money amount,
            @Nullable String reasonCode) {}

    record Tax(String taxGroupId, Percent percent, Money taxableAmount, Money amount) {}

    record Tender(String tenderType, Money amount, @Nullable String description) {}

    static Transaction sale(Order order) {
        ReceiptNumber receipt = order.receipt();
        return new Transaction(
                receipt.store(),
                receipt.till(),
                receipt.sequence(),
                receipt.businessDay(),
                order.at(),
                order.cashier(),
                order.total().currency().getCurrencyCode(),
                receipt.toString(),
                order.id(),
                order.customer(),
                null,
                order.lines().stream().map(PosLog::item).toList(),
                taxes(order),
                order.tenders().stream().map(PosLog::tender).toList(),
                order.total(),
                tax(order),
                order.taxIncluded(),
                order.change(),
                order.rounding());
    }

    private static Money tax(Order order) {
        return order.taxes().stream()
                .map(it -> it.tax())
                .reduce(Money.zero(order.total().currency()), Money::plus);
    }

    private static List<Tax> taxes(Order order) {
        return order.taxes().stream()
                .map(it -> new Tax(it.category(), it.rate(), it.net(), it.tax()))
                .toList();
    }

    private static LineItem item(OrderLine line) {
        OrderLine.ReturnOf of = line.returnOf();
        return new LineItem(
                line.id(),
                line.quantity().isNegative() && !line.leavesOut() ? Kind.RETURN : Kind.SALE,
                line.voided(),
                line.sku().value(),
                line.name(),
                line.quantity(),
                line.unit(),
                line.unitPrice(),
                line.gross(),
                line.net(),
                line.discounts().stream().map(PosLog::modifier).toList(),
                line.department(),
                line.taxCategory(),
                of == null ? null : of.order() + "/" + of.line(),
                line.returnReason());
    }

    private static RetailPriceModifier modifier(OrderDiscount it) {
        return new RetailPriceModifier(it.kind(), it.id(), it.name(), it.amount(), it.reason());
    }

    private static Tender tender(OrderTender it) {
        return new Tender(it.kind(), it.amount(), it.detail());
    }

    /// What takes a whole sale back: a transaction of its own, and the sale stays as it is.
    ///
    /// @param order that was taken back
    /// @param at store-local
    static Transaction postVoid(Order order, OrderVoided voided, LocalDateTime at) {
        ReceiptNumber receipt = voided.receipt();
        ReceiptNumber taken = order.receipt();
        Money nothing = Money.zero(order.total().currency());
        return new Transaction(
                receipt.store(),
                receipt.till(),
                receipt.sequence(),
                receipt.businessDay(),
                at,
                voided.cashier(),
                order.total().currency().getCurrencyCode(),
                receipt.toString(),
                order.id(),
                order.customer(),
                new TransactionLink(
                        taken.store(),
                        taken.till(),
                        taken.sequence(),
                        taken.businessDay(),
                        voided.reason()),
                List.of(),
                List.of(),
                voided.refunds().stream().map(PosLog::tender).toList(),
                nothing.minus(order.total()),
                nothing.minus(tax(order)),
                order.taxIncluded(),
                nothing,
                nothing);
    }
}
