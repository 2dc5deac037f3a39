package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Units of the same goods that cost the same at this point, for the same reasons.
///
/// @param units at least one
/// @param net minor units that one unit costs
/// @param last the cut made last
record Lot(Goods goods, long units, long net, @Nullable Link last) {

    /// A cut, and those before it.
    ///
    /// @param each minor units off one unit
    record Link(@Nullable Link before, Source source, long each, Priced.Role role) {}

    long extended() {
        return Math.multiplyExact(units, net);
    }

    Lot of(long other) {
        return new Lot(goods, other, net, last);
    }

    /// The same after this cut; a cut of nothing is remembered only if the unit had to be there for others.
    Lot cut(long each, Source source, Priced.Role role) {
        return each == 0 && role == Priced.Role.REWARD
                ? this
                : new Lot(goods, units, net - each, new Link(last, source, each, role));
    }

    /// This many off all units together, in equal shares; the first units get what cannot be divided.
    List<Lot> cutAll(long amount, Source source, Priced.Role role) {
        long share = amount / units;
        long more = amount % units;
        List<Lot> lots = new ArrayList<>(2);
        if (more > 0) {
            lots.add(of(more).cut(share + 1, source, role));
        }
        if (units > more) {
            lots.add(of(units - more).cut(share, source, role));
        }
        return lots;
    }

    boolean sameBut(Lot other) {
        return goods.index() == other.goods.index()
                && net == other.net
                && (last == null ? other.last == null : last.equals(other.last));
    }

    /// In the order in which they were made.
    List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (Link link = last; link != null; link = link.before) {
            links.add(link);
        }
        Collections.reverse(links);
        return links;
    }
}
