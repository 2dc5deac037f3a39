package dev.skerry.store.payments;

import dev.skerry.language.Money;

/// For a store that takes no cards: declines all, and has never taken any.
public final class NoTerminal implements Terminal {

    private static final Authorization NONE =
            new Authorization.Declined("this store has no card terminal: see shop.terminal");

    @Override
    public Authorization authorise(Request request) {
        return NONE;
    }

    @Override
    public Authorization outcome(String till, String reference) {
        return NONE;
    }

    @Override
    public Reversal reverse(String till, String reference) {
        return new Reversal.Reversed();
    }

    @Override
    public Authorization forward(String till, String reference, Money amount) {
        // What an earlier terminal had stored waits until there is one again.
        return new Authorization.OutOfReach();
    }

    @Override
    public Authorization refund(Refund refund) {
        return NONE;
    }
}
