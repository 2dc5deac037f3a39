package dev.skerry.store.payments;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// Gift cards without an HQ: for the demo, and for tests. Any thread.
public final class SimulatedGiftCards implements GiftCards {

    /// @param moved in minor units
    private record Deal(Authorization answer, String card, long moved) {}

    private final BooleanSupplier inReach;
    private final Map<String, Long> balances = new ConcurrentHashMap<>();
    private final Map<String, Deal> deals = new ConcurrentHashMap<>();

    /// @param inReach asked at each request
    public SimulatedGiftCards(BooleanSupplier inReach) {
        this.inReach = requireNonNull(inReach, "inReach");
    }

    /// Puts money on a card.
    public void issue(String card, Money amount) {
        balances.merge(card, amount.minor(), Math::addExact);
    }

    /// In minor units; 0 for a card that is not known.
    public long balance(String card) {
        return balances.getOrDefault(card, 0L);
    }

    @Override
    public Authorization redeem(String reference, String card, Money amount) {
        if (!inReach.getAsBoolean()) {
            return new Authorization.OutOfReach();
        }
        return deals.computeIfAbsent(reference, _ -> begin(card, amount)).answer();
    }

    private Deal begin(String card, Money amount) {
        long[] taken = {0};
        balances.computeIfPresent(
                card,
                (_, balance) -> {
                    taken[0] = Math.min(balance, amount.minor());
                    return balance - taken[0];
                });
        return taken[0] > 0
                ? new Deal(
                        new Authorization.Approved(
                                "HQ", new Money(taken[0], amount.currency()), null),
                        card,
                        taken[0])
                : new Deal(
                        new Authorization.Declined("there is nothing on this gift card"), card, 0);
    }

    @Override
    public Authorization outcome(String reference) {
        Deal deal = deals.get(reference);
        if (!inReach.getAsBoolean()) {
            return new Authorization.OutOfReach();
        }
        return deal == null ? new Authorization.Unknown(reference) : deal.answer();
    }

    @Override
    public Reversal reverse(String reference) {
        if (!inReach.getAsBoolean()) {
            return new Reversal.Unknown();
        }
        deals.compute(
                reference,
                (_, before) -> {
                    if (before != null) {
                        balances.merge(before.card(), before.moved(), Math::addExact);
                    }
                    return new Deal(
                            new Authorization.Declined("reversed"),
                            before == null ? "" : before.card(),
                            0);
                });
        return new Reversal.Reversed();
    }
}
