package dev.skerry.pricing;

import dev.skerry.language.Percent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A promotion on sets, ready to be searched: how a set is made of units, and what each of them is worth in it. One that asks
/// for sets of one article is a deal for each article.
///
/// @param price minor units that a full set costs, or negative if its units say what comes off
/// @param partialAbove from more units than this on, a set that is not full counts; negative if it never does
record Deal(Candidate candidate, List<Part> parts, long price, int partialAbove) {

    /// @param goods that may fill it
    /// @param reductions for each of its units, dearest first; null for one that only qualifies
    record Part(BitSet goods, List<@Nullable Reduction> reductions) {

        int units() {
            return reductions.size();
        }
    }

    /// None if the effect is not of this kind.
    static List<Deal> of(Candidate candidate, List<Goods> goods) {
        return switch (candidate.promotion().effect()) {
            case Effect.LineDiscount it ->
                    candidate.limit() > 0
                            ? deals(candidate, goods, Arrays.asList(it.reduction()), false, -1, -1)
                            : List.of();
            case Effect.SetForPrice it ->
                    deals(
                            candidate,
                            goods,
                            positions(it.units(), 0, null),
                            it.sameArticle(),
                            it.price().minor(),
                            -1);
            case Effect.TakePay it ->
                    it.grouping() == Effect.Grouping.CHEAPEST_OVERALL
                            ? List.of()
                            : deals(
                                    candidate,
                                    goods,
                                    positions(it.take(), it.take() - it.pay(), free()),
                                    it.grouping() == Effect.Grouping.SAME_ARTICLE,
                                    -1,
                                    -1);
            case Effect.CheapestOff it ->
                    deals(
                            candidate,
                            goods,
                            positions(it.units(), 1, new Reduction.ByPercent(it.percent())),
                            it.sameArticle(),
                            -1,
                            -1);
            case Effect.BuyGetSame it ->
                    deals(
                            candidate,
                            goods,
                            positions(it.buyUnits() + it.freeUnits(), it.freeUnits(), free()),
                            true,
                            -1,
                            it.buyUnits());
            case Effect.BuyGet it -> {
                List<@Nullable Reduction> rewards =
                        positions(
                                it.thenUnits(),
                                it.thenUnits(),
                                new Reduction.ByPercent(it.percent()));
                yield List.of(
                        new Deal(
                                candidate,
                                List.of(
                                        part(
                                                candidate,
                                                0,
                                                goods,
                                                positions(it.buyUnits(), 0, null)),
                                        part(candidate, 1, goods, rewards)),
                                -1,
                                0));
            }
            case Effect.MealDeal it -> {
                List<Part> parts = new ArrayList<>();
                for (Effect.Slot slot : it.slots()) {
                    parts.add(
                            part(candidate, parts.size(), goods, positions(slot.units(), 0, null)));
                }
                yield List.of(new Deal(candidate, parts, it.price().minor(), -1));
            }
            case Effect.ExpiryMarkdown _,
                    Effect.QuantityTiers _,
                    Effect.SpendThreshold _,
                    Effect.BasketPercent _,
                    Effect.Gift _,
                    Effect.Reward _,
                    Effect.EarnPoints _,
                    Effect.MultiplyPoints _ ->
                    List.of();
        };
    }

    /// What a unit at this price is worth in this place of a set, before the price of the set is asked for it.
    long gain(int part, int position, long net) {
        if (price >= 0) {
            return net;
        }
        return switch (parts.get(part).reductions.get(position)) {
            case null -> 0;
            case Reduction.ByPercent(var percent) -> Off.percent(net, percent.basisPoints());
            case Reduction.ByAmount(var amount) -> Math.min(net, amount.minor());
            case Reduction.ToPrice(var to) -> Math.max(0, net - to.minor());
        };
    }

    /// The most that a unit at this price can be worth in this part.
    long gainMax(int part, long net) {
        long most = 0;
        for (int position = 0; position < parts.get(part).units(); position++) {
            most = Math.max(most, gain(part, position, net));
        }
        return most;
    }

    Priced.Role role(int part, int position) {
        return price >= 0 || parts.get(part).reductions.get(position) != null
                ? Priced.Role.REWARD
                : Priced.Role.QUALIFIER;
    }

    /// Whether the units that are left fill a set, and one that takes something off. It may say yes for a deal that cannot,
    /// because a unit may be counted in several parts.
    boolean possible(Shelf shelf) {
        long most = -charge();
        for (int part = 0; part < parts.size(); part++) {
            Part of = parts.get(part);
            boolean open = part == parts.size() - 1 && partialAbove >= 0;
            long missing = open ? partialAbove + 1 : of.units();
            PriorityQueue<Long> dearest = new PriorityQueue<>();
            for (int lot = 0; lot < shelf.lots().size(); lot++) {
                if (shelf.left(lot) > 0 && of.goods.get(shelf.lots().get(lot).goods().index())) {
                    missing -= shelf.left(lot);
                    for (long i = Math.min(of.units(), shelf.left(lot)); i > 0; i--) {
                        dearest.add(shelf.lots().get(lot).net());
                        if (dearest.size() > of.units()) {
                            dearest.remove();
                        }
                    }
                }
            }
            if (missing > 0) {
                return false;
            }
            for (long net : dearest) {
                most += gainMax(part, net);
            }
        }
        return most > 0;
    }

    /// What a full set asks for.
    long charge() {
        return Math.max(0, price);
    }

    /// Whether the last part need not be full.
    boolean lastPartOpen() {
        return parts.size() > 1 && partialAbove >= 0;
    }

    private static Reduction free() {
        return new Reduction.ByPercent(new Percent(Percent.WHOLE));
    }

    private static List<@Nullable Reduction> positions(
            int units, int rewards, @Nullable Reduction reward) {
        List<@Nullable Reduction> positions = new ArrayList<>(units);
        for (int i = 0; i < units; i++) {
            positions.add(i < units - rewards ? null : reward);
        }
        return positions;
    }

    private static List<Deal> deals(
            Candidate candidate,
            List<Goods> goods,
            List<@Nullable Reduction> positions,
            boolean sameArticle,
            long price,
            int partialAbove) {
        Part all = part(candidate, 0, goods, positions);
        List<Deal> deals = new ArrayList<>();
        for (BitSet some : sameArticle ? byArticle(all.goods, goods) : List.of(all.goods)) {
            deals.add(new Deal(candidate, List.of(new Part(some, positions)), price, partialAbove));
        }
        return deals;
    }

    /// Pieces only: a measured line is not a unit of a set.
    private static Part part(
            Candidate candidate, int slot, List<Goods> goods, List<@Nullable Reduction> positions) {
        BitSet pieces = (BitSet) candidate.slots().get(slot).clone();
        for (Goods each : goods) {
            if (each.measured()) {
                pieces.clear(each.index());
            }
        }
        return new Part(pieces, positions);
    }

    static List<BitSet> byArticle(BitSet some, List<Goods> goods) {
        Map<String, BitSet> articles = new TreeMap<>();
        for (int i = some.nextSetBit(0); i >= 0; i = some.nextSetBit(i + 1)) {
            articles.computeIfAbsent(
                            goods.get(i).article().sku().value(), _ -> new BitSet(goods.size()))
                    .set(i);
        }
        return List.copyOf(articles.values());
    }
}
