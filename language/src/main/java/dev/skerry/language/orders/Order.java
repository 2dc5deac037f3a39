package dev.skerry.language.orders;

import dev.skerry.language.Money;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A paid order, as its receipt says it and as it will always be.
///
/// @param id of the basket it was
/// @param businessDay the day in whose takings it counts
/// @param at store-local time of the payment
/// @param cashier empty where there was none
/// @param approvedBy who allowed what the cashier alone may not; null if nothing had to be
/// @param customer the loyalty account; null without one
/// @param number told to a guest who waits, unique in the store on a day; null if nobody waits
/// @param lines those that were voided before the payment are among them, flagged
/// @param discounts what each promotion, coupon or discount took off in all
/// @param taxes by rate
/// @param total to be paid: the sum of the lines, and tax where prices are without
/// @param taxIncluded prices and totals of lines contain the tax
/// @param rounding what paying in cash added to the total
/// @param change given back in cash
/// @param prices the versions of the price and promotion books by which it was priced
/// @param exact whether the best combination of promotions was proven to be the best
/// @param points earned
/// @param couponsUsed that took something off
/// @param table at which it was served; null if at none
/// @param guests how many; null if nobody said
/// @param sent the kitchen was told by [OrderEvent.OrderSent] what to make of it, and has nothing to make because it is paid; null
///     stands for false
/// @param pointsSpent for rewards, which are among the discounts; null if none were
/// @param numberedOn the store-local day on which its number is unique, where it was given with the payment; null where it had one before,
///     or has none
public record Order(
        String id,
        OrderSource source,
        String device,
        ReceiptNumber receipt,
        LocalDate businessDay,
        LocalDateTime at,
        String cashier,
        @Nullable String approvedBy,
        @Nullable String customer,
        @Nullable String number,
        @Nullable String name,
        List<OrderLine> lines,
        List<OrderDiscount> discounts,
        List<OrderTax> taxes,
        Money total,
        boolean taxIncluded,
        List<OrderTender> tenders,
        Money rounding,
        Money change,
        BookVersions prices,
        boolean exact,
        long points,
        List<String> couponsUsed,
        @Nullable String table,
        @Nullable Integer guests,
        @Nullable Boolean sent,
        @Nullable Long pointsSpent,
        @Nullable LocalDate numberedOn) {

    public Order {
        lines = List.copyOf(lines);
        discounts = List.copyOf(discounts);
        taxes = List.copyOf(taxes);
        tenders = List.copyOf(tenders);
        couponsUsed = List.copyOf(couponsUsed);
    }

    /// One that was neither served at a table nor sent to the kitchen before it was paid.
    public Order(
            String id,
            OrderSource source,
            String device,
            ReceiptNumber receipt,
            LocalDate businessDay,
            LocalDateTime at,
            String cashier,
            @Nullable String approvedBy,
            @Nullable String customer,
            @Nullable String number,
            @Nullable String name,
            List<OrderLine> lines,
            List<OrderDiscount> discounts,
            List<OrderTax> taxes,
            Money total,
            boolean taxIncluded,
            List<OrderTender> tenders,
            Money rounding,
            Money change,
            BookVersions prices,
            boolean exact,
            long points,
            List<String> couponsUsed) {
        this(
                id,
                source,
                device,
                receipt,
                businessDay,
                at,
                cashier,
                approvedBy,
                customer,
                number,
                name,
                lines,
                discounts,
                taxes,
                total,
                taxIncluded,
                tenders,
                rounding,
                change,
                prices,
                exact,
                points,
                couponsUsed,
                null,
                null,
                null,
                null,
                null);
    }

    /// Whether the kitchen was told before it was paid.
    public boolean wasSent() {
        return Boolean.TRUE.equals(sent);
    }

    /// The state of the store's price and promotion data.
    public record BookVersions(String prices, String promotions) {}
}
