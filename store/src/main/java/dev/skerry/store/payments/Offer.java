package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.TenderKind;
import org.jspecify.annotations.Nullable;

/// What a customer wants to pay with.
///
/// @param tender the client's id of it, unique for ever
/// @param amount cash as handed over; the worth of a voucher or coupon; else what to take. Null for all that is left, which for cash is
///     rounded
/// @param account number of a gift card or voucher, code of a coupon, account of a customer; null for cash and cards
public record Offer(
        String order,
        String tender,
        TenderKind kind,
        @Nullable Money amount,
        @Nullable String account,
        String till,
        String by) {

    public Offer {
        Texts.id("order", order);
        Texts.id("tender", tender);
        Texts.id("till", till);
        Texts.words("by", by);
        if (account != null) {
            Texts.number("account", account);
        }
    }
}
