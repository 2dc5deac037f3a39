package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import org.jspecify.annotations.Nullable;

/// What is to be given back, and how.
///
/// @param tender the client's id of the refund, unique for ever
/// @param amount what of the amount due is given back so; above 0
/// @param of what had been paid. A tender for a card, a gift card, an account; an order for cash and vouchers; null where it was not
///     paid in this store
/// @param otherThanPaid may go back in cash or by voucher though it was not paid so: somebody has allowed it
/// @param account for a gift card, or a customer's account, where the tender does not say it
public record GivingBack(
        String order,
        String tender,
        TenderKind kind,
        Money amount,
        @Nullable RefundOf of,
        boolean otherThanPaid,
        @Nullable String account,
        String till,
        String by) {

    public GivingBack {
        Texts.id("order", order);
        Texts.id("tender", tender);
        Texts.id("till", till);
        Texts.words("by", by);
        if (account != null) {
            Texts.number("account", account);
        }
    }
}
