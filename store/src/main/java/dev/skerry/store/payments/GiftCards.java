package dev.skerry.store.payments;

import dev.skerry.language.Money;

/// Gift cards, of which HQ keeps the balances. Any thread. The rules of [Terminal] for references hold here, too.
///
/// What goes back to a gift card is not asked for: HQ books it when it follows the store's payments.
public interface GiftCards {

    /// Takes money off a card. Nothing is ever stored; [Authorization.OutOfReach] if HQ cannot be asked.
    Authorization redeem(String reference, String card, Money amount);

    Authorization outcome(String reference);

    Reversal reverse(String reference);
}
