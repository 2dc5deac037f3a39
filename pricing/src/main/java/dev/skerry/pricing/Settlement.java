package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Does to the units what was planned.
final class Settlement {

    private final Shelf shelf;
    private final Singles singles;
    private final Verdicts verdicts;
    private final Map<Integer, Set<String>> takers = new LinkedHashMap<>();

    Settlement(Shelf shelf, Singles singles, Verdicts verdicts) {
        this.shelf = shelf;
        this.singles = singles;
        this.verdicts = verdicts;
    }

    /// A unit in a set.
    private record Unit(int lot, long net, long gain, Priced.Role role) {}

    void apply(Plan plan) {
        plan.takeovers().forEach(this::apply);
        Map<Deal, List<List<Integer>>> units = new LinkedHashMap<>();
        for (Plan.Use use : plan.uses()) {
            List<List<Integer>> parts =
                    units.computeIfAbsent(
                            use.deal(),
                            deal -> {
                                List<List<Integer>> none = new ArrayList<>();
                                deal.parts().forEach(_ -> none.add(new ArrayList<>()));
                                return none;
                            });
            for (long i = 0; i < use.units(); i++) {
                parts.get(use.part()).add(use.lot());
            }
        }
        units.forEach(this::apply);
    }

    private void apply(Deal deal, List<List<Integer>> parts) {
        int size = deal.parts().getFirst().units();
        int sets = (parts.getFirst().size() + size - 1) / size;
        for (int set = 0; set < sets; set++) {
            List<Unit> units = new ArrayList<>();
            for (int part = 0; part < parts.size(); part++) {
                List<Integer> lots = parts.get(part);
                int wanted = deal.parts().get(part).units();
                for (int i = 0; i < wanted && set * wanted + i < lots.size(); i++) {
                    int lot = lots.get(set * wanted + i);
                    long net = shelf.lots().get(lot).net();
                    units.add(new Unit(lot, net, deal.gain(part, i, net), deal.role(part, i)));
                }
            }
            applySet(deal, units);
        }
    }

    private void applySet(Deal deal, List<Unit> set) {
        List<Unit> units = set.stream().sorted(Comparator.comparingInt(Unit::lot)).toList();
        long off = units.stream().mapToLong(Unit::gain).sum() - deal.charge();
        long[] shares = Prorate.shares(off, units.stream().mapToLong(Unit::net).toArray());
        Source source = deal.candidate().source();
        for (int i = 0; i < shares.length; i++) {
            Unit unit = units.get(i);
            take(unit.lot, 1, deal.candidate());
            shelf.put(shelf.lots().get(unit.lot).of(1).cut(shares[i], source, unit.role));
        }
        verdicts.applied(source, 1);
    }

    private void apply(Takeover takeover) {
        Source source = takeover.candidate().source();
        List<Takeover.Taken> taken =
                takeover.taken().stream()
                        .sorted(Comparator.comparingInt(Takeover.Taken::lot))
                        .toList();
        long[] off = taken.stream().mapToLong(Takeover.Taken::off).toArray();
        if (takeover.shared()) {
            off =
                    Prorate.shares(
                            takeover.off(),
                            taken.stream()
                                    .mapToLong(it -> shelf.lots().get(it.lot()).net() * it.units())
                                    .toArray());
        }
        for (int i = 0; i < off.length; i++) {
            Takeover.Taken each = taken.get(i);
            take(each.lot(), each.units(), takeover.candidate());
            shelf.lots()
                    .get(each.lot())
                    .of(each.units())
                    .cutAll(off[i], source, each.role())
                    .forEach(shelf::put);
        }
        verdicts.applied(source, 1);
    }

    /// Single promotions on all units that nothing else took.
    void applySingles() {
        for (int lot = 0; lot < shelf.lots().size(); lot++) {
            long units = shelf.left(lot);
            Singles.Choice choice = singles.best(shelf.lots().get(lot), units);
            if (choice.takes().isEmpty()) {
                continue;
            }
            List<Lot> cut = List.of(shelf.lots().get(lot).of(units));
            for (Singles.Take single : choice.takes()) {
                cut = CashierDiscounts.cut(cut, single.off(), single.candidate().source());
                verdicts.applied(single.candidate().source(), 1);
                takers(lot).add(single.candidate().promotion().id());
            }
            shelf.take(lot, units);
            cut.forEach(shelf::put);
        }
    }

    private void take(int lot, long units, Candidate taker) {
        shelf.take(lot, units);
        takers(lot).add(taker.promotion().id());
    }

    private Set<String> takers(int lot) {
        return takers.computeIfAbsent(lot, _ -> new LinkedHashSet<>());
    }

    /// Which promotions took units of this lot.
    Set<String> takersOf(int lot) {
        return takers.getOrDefault(lot, Set.of());
    }
}
