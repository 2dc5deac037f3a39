package dev.skerry.store.payments;

import dev.skerry.language.Money;

/// Passes everything on to another terminal; what goes wrong on the way is for who extends it.
class Passing implements Terminal {

    private final Terminal terminal;

    Passing(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Authorization authorise(Request request) {
        return terminal.authorise(request);
    }

    @Override
    public Authorization outcome(String till, String reference) {
        return terminal.outcome(till, reference);
    }

    @Override
    public Reversal reverse(String till, String reference) {
        return terminal.reverse(till, reference);
    }

    @Override
    public Authorization forward(String till, String reference, Money amount) {
        return terminal.forward(till, reference, amount);
    }

    @Override
    public Authorization refund(Refund refund) {
        return terminal.refund(refund);
    }
}
