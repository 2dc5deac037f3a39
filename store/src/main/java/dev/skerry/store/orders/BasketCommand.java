package dev.skerry.store.orders;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.store.orders.Basket.Discount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody wants done to a basket that his device holds. Ids of lines are the client's, unique in the basket.
///
/// Where a command has `approvedBy`, that is a person whose right to allow it has been checked; null if nobody was asked.
public sealed interface BasketCommand {

    int COURSES_MAX = 9;

    int GUESTS_MAX = 999;

    int TABLE_LENGTH_MAX = 40;

    /// What is under the scanner, or was typed.
    ///
    /// @param quantity how many or how much; null for one, or for what the barcode says
    /// @param wishes what is to be chosen with it
    record Scan(String line, String code, @Nullable Quantity quantity, Wishes wishes)
            implements BasketCommand {

        /// As the menu has it.
        public Scan(String line, String code, @Nullable Quantity quantity) {
            this(line, code, quantity, Wishes.NONE);
        }
    }

    /// What was chosen.
    ///
    /// @param parent the line that it belongs to, as a bag does; null if none
    /// @param wishes what is chosen with it, and left out
    record Add(
            String line,
            Sku sku,
            Quantity quantity,
            @Nullable String parent,
            @Nullable String note,
            Wishes wishes)
            implements BasketCommand {

        /// As the menu has it.
        public Add(
                String line,
                Sku sku,
                Quantity quantity,
                @Nullable String parent,
                @Nullable String note) {
            this(line, sku, quantity, parent, note, Wishes.NONE);
        }
    }

    /// What another system has sold or taken back, at its own prices: all lines or none.
    ///
    /// @param reason who says what it costs, and why
    record AddGiven(List<GivenLine> lines, String reason) implements BasketCommand {
        public AddGiven {
            lines = List.copyOf(lines);
        }
    }

    /// @param quantity below zero where it comes back
    /// @param price for one
    /// @param discount on the whole line; null for none
    record GivenLine(
            String line,
            Sku sku,
            Quantity quantity,
            Money price,
            @Nullable Money discount,
            @Nullable String note) {}

    record ChangeQuantity(String line, Quantity quantity) implements BasketCommand {}

    record VoidLine(String line) implements BasketCommand {}

    /// @param price for one
    record OverridePrice(String line, Money price, String reason, @Nullable String approvedBy)
            implements BasketCommand {}

    /// @param discount null takes it away again
    record DiscountLine(String line, @Nullable Discount discount, @Nullable String approvedBy)
            implements BasketCommand {}

    /// @param discount on all; null takes it away again
    record DiscountAll(@Nullable Discount discount, @Nullable String approvedBy)
            implements BasketCommand {}

    /// @param course in which it is served, from 1 to [#COURSES_MAX]
    record SetCourse(String line, int course) implements BasketCommand {}

    /// Who is served, and where.
    ///
    /// @param table null takes it from there
    /// @param guests null if nobody said
    record Seat(@Nullable String table, @Nullable Integer guests) implements BasketCommand {}

    /// The kitchen is to make what it was not told of yet.
    record Send() implements BasketCommand {}

    record Note(String line, String text) implements BasketCommand {}

    /// @param customer null takes the customer out again
    record SetCustomer(@Nullable String customer) implements BasketCommand {}

    record AddCoupon(String code) implements BasketCommand {}

    record RemoveCoupon(String code) implements BasketCommand {}

    /// The customer wants a reward for points, so often in all.
    ///
    /// @param reward the id of the promotion that gives it
    record Redeem(String reward, int times) implements BasketCommand {}

    record RemoveRedemption(String reward) implements BasketCommand {}

    /// The buyer was seen to be so old.
    record CheckAge(int years) implements BasketCommand {}

    /// @param name by which it will be found again; may be empty
    record Suspend(String name) implements BasketCommand {}

    /// What was bought comes back, for what was paid for it.
    ///
    /// @param order its id, or the number of its receipt
    record Return(String line, String order, String orderLine, Quantity quantity, String reason)
            implements BasketCommand {}

    /// Something comes back, and nobody knows when it was bought.
    ///
    /// @param price paid back for one
    record ReturnWithoutReceipt(
            String line,
            Sku sku,
            Quantity quantity,
            Money price,
            String reason,
            @Nullable String approvedBy)
            implements BasketCommand {}

    /// The total is fixed, so that money can be taken.
    record Pay() implements BasketCommand {}

    /// No money has been taken, or all has been given back: the basket is open again.
    record StopPaying() implements BasketCommand {}
}
