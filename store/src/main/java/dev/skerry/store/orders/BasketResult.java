package dev.skerry.store.orders;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What came of a command to a basket.
public sealed interface BasketResult {

    /// Done, now or when it was asked for before.
    record Changed(Basket basket) implements BasketResult {}

    /// It has been paid.
    record Paid(PaidOrder order) implements BasketResult {}

    /// It was given up.
    record Abandoned(String id) implements BasketResult {}

    /// Nothing was done.
    ///
    /// @param detail for people: what was wrong, and the way out
    /// @param age that has to be checked; null but for [Refusal#AGE_CHECK_NEEDED]
    record Refused(Refusal why, String detail, @Nullable AgeLimit age) implements BasketResult {

        Refused(Refusal why, String detail) {
            this(why, detail, null);
        }
    }

    /// How old a buyer has to be.
    ///
    /// @param bornBy who was born on that day or before is old enough, today in the store
    record AgeLimit(int years, LocalDate bornBy) {}

    /// Why nothing was done.
    enum Refusal {
        NO_SUCH_BASKET,
        NO_SUCH_LINE,
        NO_SUCH_ORDER,
        UNKNOWN_ARTICLE,
        NOT_FOR_SALE,
        NO_PRICE,
        /// Another device holds the basket.
        HELD_ELSEWHERE,
        /// Not in this state of the basket.
        NOT_NOW,
        AGE_CHECK_NEEDED,
        APPROVAL_NEEDED,
        WRONG_QUANTITY,
        /// Given by another system, and impossible.
        WRONG_PRICE,
        /// Something has to be chosen with it.
        CHOICE_MISSING,
        /// What was chosen cannot be chosen, or not so often, or cannot be left out.
        WRONG_CHOICE,
        /// What it is made of ran out.
        RAN_OUT,
        NOT_DISCOUNTABLE,
        NOT_RETURNABLE,
        /// More than was bought, or than has not come back yet.
        ALREADY_RETURNED,
        COUPON_REFUSED,
        /// Points are spent by somebody.
        CUSTOMER_NEEDED,
        TOO_MANY,
        NOTHING_TO_PAY
    }
}
