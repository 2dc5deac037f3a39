package dev.skerry.store.payments;

import dev.skerry.language.Money;

/// For a store that takes no cards: declines all.
public final class NoTerminal implements Terminal {

    private static final Authorization NONE =
            new Authorization.Declined("this store has no card terminal: see shop.terminal");

    @Override
    public Authorization authorise(Request request) {
        return NONE;
    }

    // What an earlier terminal was asked is not known here: it waits until there is one again.

    @Override
    public Authorization outcome(String till, String reference) {
        return new Authorization.OutOfReach();
    }

    @Override
    public Reversal reverse(String till, String reference) {
        return new Reversal.Unknown();
    }

    @Override
    public Authorization forward(String till, String reference, Money amount) {
        return new Authorization.OutOfReach();
    }

    @Override
    public Authorization refund(Refund refund) {
        return NONE;
    }
}
