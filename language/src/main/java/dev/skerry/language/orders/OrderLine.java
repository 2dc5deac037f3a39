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
/// @param parent the line that this belongs to: a modifier's dish, a deposit's bottle, the combo of a part; null if none
/// @param name as on the receipt
/// @param quantity below zero for what comes back, and for an ingredient that is left out of the dish it belongs to
/// @param unit such as `PIECE` or `KILOGRAM`
/// @param unitPrice before discounts
/// @param priceSource where that price came from; `COMBO` for a part of a combo: its share in the combo's price, whose own line costs
///     nothing
/// @param gross quantity × unit price, rounded
/// @param net what is paid for it: gross less its discounts
/// @param units the net of each of its units where they differ, largest first; empty where all are equal or it is weighed
/// @param taxCategory as the catalogue says
/// @param returnOf the line that comes back; null if this is sold, or comes back without a receipt
/// @param voided taken out again before the payment: counts for nothing
/// @param station of the kitchen that makes it; null if it is not made
/// @param lot null if it is not known
/// @param course in which it is served, from 1 on; null for the dish's own
/// @param sent what the kitchen knows it as; null if the kitchen was not told of it before it was paid
/// @param choices the names of what was chosen with it and is no article: Small, Whole milk; null if nothing was
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
        @Nullable LocalDate expiry,
        @Nullable List<String> choices,
        @Nullable Integer course,
        @Nullable Sent sent) {

    public OrderLine {
        units = List.copyOf(units);
        discounts = List.copyOf(discounts);
        choices = choices == null ? null : List.copyOf(choices);
    }

    /// One with which nothing was chosen.
    public OrderLine(
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
        this(
                id,
                parent,
                sku,
                name,
                quantity,
                unit,
                unitPrice,
                priceSource,
                gross,
                net,
                units,
                discounts,
                taxCategory,
                department,
                returnOf,
                returnReason,
                voided,
                station,
                note,
                lot,
                expiry,
                null,
                null,
                null);
    }

    /// What the kitchen was told of, and keeps when it goes to another check.
    ///
    /// @param order that it was sent with
    /// @param line its id in that order
    public record Sent(String order, String line) {}

    /// The same, but so many.
    public OrderLine with(Quantity many) {
        return new OrderLine(
                id,
                parent,
                sku,
                name,
                many,
                unit,
                unitPrice,
                priceSource,
                gross,
                net,
                units,
                discounts,
                taxCategory,
                department,
                returnOf,
                returnReason,
                voided,
                station,
                note,
                lot,
                expiry,
                choices,
                course,
                sent);
    }

    /// An ingredient that its dish is made without.
    public boolean leavesOut() {
        return parent != null && returnOf == null && quantity.isNegative() && net.isZero();
    }

    /// A line of an earlier order.
    public record ReturnOf(String order, String line) {}
}
