package dev.skerry.pricing;

import dev.skerry.pricing.Standing.Concurrency;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// Decides which of a lane's promotions on the basket apply, and applies them. Those that mean the same articles compete.
final class BasketChoice {

    /// More than this many that compete are decided one after the other, the best first.
    private static final int COMBINED_MAX = 12;

    private static final Comparator<BasketOffer> COMPOUND_ORDER =
            Comparator.comparingInt((BasketOffer it) ->
                            it.reduction() instanceof Reduction.ByAmount ? 0 : 1)
                    .thenComparingInt(it -> it.candidate().order());

    private final Shelf shelf;
    private final Priorities priorities;
    private final Budget budget;

    /// Offers that go together.
    private record Bundle(Worth worth, List<BasketOffer> offers) {}

    BasketChoice(Shelf shelf, List<BasketOffer> offers, Budget budget) {
        this.shelf = shelf;
        this.priorities = Priorities.of(offers.stream().map(BasketOffer::candidate).toList());
        this.budget = budget;
    }

    /// Those that are worth most, in the order in which they have to be taken.
    List<BasketOffer> choose(List<BasketOffer> offers) {
        List<BasketOffer> chosen = new ArrayList<>();
        for (List<BasketOffer> group : groups(offers)) {
            chosen.addAll(group.size() == 1 ? group : best(group));
        }
        return chosen;
    }

    /// Those that compete, directly or through others: apart from them, all may apply.
    private static List<List<BasketOffer>> groups(List<BasketOffer> offers) {
        List<List<BasketOffer>> groups = new ArrayList<>();
        for (BasketOffer offer : offers) {
            List<BasketOffer> joined = new ArrayList<>();
            for (List<BasketOffer> group : List.copyOf(groups)) {
                if (!apart(offer, group)) {
                    joined.addAll(group);
                    groups.remove(group);
                }
            }
            joined.add(offer);
            groups.add(joined);
        }
        groups.forEach(group -> group.sort(Comparator.comparingInt(it -> it.candidate().order())));
        return groups;
    }

    private List<BasketOffer> best(List<BasketOffer> offers) {
        Bundle exclusive = best(of(offers, Concurrency.EXCLUSIVE), List.of());
        List<BasketOffer> left =
                offers.stream()
                        .filter(it ->
                                it.candidate().standing().concurrency() != Concurrency.EXCLUSIVE)
                        .filter(it -> apart(it, exclusive.offers))
                        .toList();
        Bundle others = best(of(left, Concurrency.BEST_PRICE), of(left, Concurrency.COMPOUND));
        List<BasketOffer> all = new ArrayList<>(exclusive.offers);
        all.addAll(others.offers);
        return all;
    }

    private Bundle best(List<BasketOffer> alone, List<BasketOffer> compound) {
        if (alone.size() > COMBINED_MAX) {
            budget.gaveUp();
            return greedy(alone, compound);
        }
        return best(alone, 0, List.of(), compound);
    }

    private Bundle best(
            List<BasketOffer> alone,
            int from,
            List<BasketOffer> chosen,
            List<BasketOffer> compound) {
        if (from == alone.size()) {
            return bundle(chosen, compound);
        }
        Bundle without = best(alone, from + 1, chosen, compound);
        if (!apart(alone.get(from), chosen)) {
            return without;
        }
        List<BasketOffer> more = new ArrayList<>(chosen);
        more.add(alone.get(from));
        Bundle with = best(alone, from + 1, more, compound);
        // Of equal ones that with the better ranked offer stays.
        return with.worth.compareTo(without.worth) >= 0 ? with : without;
    }

    private Bundle greedy(List<BasketOffer> alone, List<BasketOffer> compound) {
        List<BasketOffer> chosen = new ArrayList<>();
        alone.stream()
                .sorted(
                        Comparator.comparing(
                                (BasketOffer it) -> bundle(List.of(it), List.of()).worth,
                                Comparator.reverseOrder()))
                .forEach(it -> {
                    if (apart(it, chosen)) {
                        chosen.add(it);
                    }
                });
        Bundle one = bundle(chosen, compound);
        Bundle other = bundle(List.of(), compound);
        return one.worth.compareTo(other.worth) >= 0 ? one : other;
    }

    /// With all compound offers that are apart from those chosen.
    private Bundle bundle(List<BasketOffer> chosen, List<BasketOffer> compound) {
        List<BasketOffer> offers = new ArrayList<>(chosen);
        compound.stream()
                .filter(it -> apart(it, chosen))
                .sorted(COMPOUND_ORDER)
                .forEach(offers::add);
        Shelf trial = new Shelf(shelf.lots());
        Worth worth = priorities.nothing();
        for (BasketOffer offer : offers) {
            long off = offer.take(trial);
            worth = worth.plus(priorities.of(offer.candidate()), off, off > 0 ? 1 : 0);
        }
        return new Bundle(worth, offers);
    }

    private static boolean apart(BasketOffer offer, List<BasketOffer> others) {
        for (BasketOffer other : others) {
            BitSet both = (BitSet) offer.goods().clone();
            both.and(other.goods());
            if (!both.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static List<BasketOffer> of(List<BasketOffer> offers, Concurrency concurrency) {
        return offers.stream()
                .filter(it -> it.candidate().standing().concurrency() == concurrency)
                .toList();
    }
}
