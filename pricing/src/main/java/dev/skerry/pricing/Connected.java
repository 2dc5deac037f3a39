package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Groups lots that promotions on several units connect, directly or through others.
final class Connected {

    /// Lots that are decided about together.
    ///
    /// @param lots places on the shelf, ascending
    record Group(List<Integer> lots, List<Deal> deals, List<Takeover> takeovers) {}

    private final Shelf shelf;
    private final int[] parent;
    private final boolean[] concerned;
    private final TreeMap<Integer, Integer> limited = new TreeMap<>();

    Connected(Shelf shelf) {
        this.shelf = shelf;
        this.parent = new int[shelf.lots().size()];
        this.concerned = new boolean[parent.length];
        Arrays.setAll(parent, i -> i);
    }

    /// @param deal that some lot can serve
    void connect(Deal deal) {
        int first = -1;
        for (int lot = 0; lot < parent.length; lot++) {
            if (serves(lot, deal)) {
                first = join(first, lot);
            }
        }
        if (deal.candidate().limit() > 0) {
            Integer other = limited.putIfAbsent(deal.candidate().order(), first);
            if (other != null) {
                join(other, first);
            }
        }
    }

    void connect(Takeover takeover) {
        int first = -1;
        for (Takeover.Taken taken : takeover.taken()) {
            first = join(first, taken.lot());
        }
    }

    /// By the lowest lot.
    List<Group> groups(List<Deal> deals, List<Takeover> takeovers) {
        TreeMap<Integer, Group> groups = new TreeMap<>();
        for (int lot = 0; lot < parent.length; lot++) {
            if (concerned[lot]) {
                group(groups, lot).lots.add(lot);
            }
        }
        for (Deal deal : deals) {
            group(groups, anyLot(deal)).deals.add(deal);
        }
        for (Takeover takeover : takeovers) {
            group(groups, takeover.taken().getFirst().lot()).takeovers.add(takeover);
        }
        return List.copyOf(groups.values());
    }

    private Group group(Map<Integer, Group> groups, int lot) {
        return groups.computeIfAbsent(
                root(lot), _ -> new Group(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
    }

    private int anyLot(Deal deal) {
        int lot = 0;
        while (!serves(lot, deal)) {
            lot++;
        }
        return lot;
    }

    private boolean serves(int lot, Deal deal) {
        if (shelf.left(lot) == 0) {
            return false;
        }
        int goods = shelf.lots().get(lot).goods().index();
        for (Deal.Part part : deal.parts()) {
            if (part.goods().get(goods)) {
                return true;
            }
        }
        return false;
    }

    private int join(int one, int other) {
        concerned[other] = true;
        if (one < 0) {
            return other;
        }
        // The lower one stands for both.
        int low = Math.min(root(one), root(other));
        parent[Math.max(root(one), root(other))] = low;
        return low;
    }

    private int root(int lot) {
        int root = lot;
        while (parent[root] != root) {
            root = parent[root];
        }
        return root;
    }
}
