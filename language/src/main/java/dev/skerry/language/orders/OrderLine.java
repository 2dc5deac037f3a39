package dev.skerry.language.orders;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of an order. Amounts of what comes back are negative.
///
/// @param id unique in the order
/// @param parent the line that this belongs to: a modifier's dish, a deposit's bottle; null if none
/// @param name as on the receipt
/// @param unit such as `PIECE` or `KILOGRAM`
/// @param unitPrice before discounts
/// @param priceSource where that price came from
/// @param gross quantity × unit price, rounded
/// @param net what is paid for it: gross less its discounts
/// @param units the net of each of its units where they differ, largest first; empty where all are equal or it is weighed
/// @param taxCategory as the catalogue says
/// @param returnOf the line that comes back; null if this is sold, or comes back without a receipt
/// @param voided taken out again before the payment: counts for nothing
/// @param station of the kitchen that makes it; null if it is not made
/// @param lot null if it is not known
public record OrderLine(
        String id,
        @Nullable String parent,
        Sku sku,
        String name,
        Quantity quantity,
        String unit,
        Money unitPrice,
        String priceSource,
        Money gross,
        Money net,
        List<Money> units,
        List<OrderDiscount> discounts,
        String taxCategory,
        String department,
        @Nullable ReturnOf returnOf,
        @Nullable String returnReason,
        boolean voided,
        @Nullable String station,
        @Nullable String note,
        @Nullable String lot,
        @Nullable LocalDate expiry) {

    public OrderLine {
        units = List.copyOf(units);
        discounts = List.copyOf(discounts);
    }

    /// A line of an earlier order.
    public record ReturnOf(String order, String line) {}
}
