package dev.skerry.store.orders;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Rounding;
import dev.skerry.language.Shares;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.store.orders.Basket.Line;
import dev.skerry.store.orders.Basket.Line.Share;
import dev.skerry.store.orders.BasketResult.Refusal;
import dev.skerry.store.orders.BasketRules.No;
import dev.skerry.store.orders.Pricer.PricedLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Divides the lines of a check over several, so that what they cost together is what it cost, to the cent, and each of its lines, too.
///
/// What a line costs is fixed by that: a promotion that needed two lines is not lost because two guests pay one each.
final class Splitting {

    /// A check that is split off. With lines: these; with an amount: so much of everything; with neither: an equal share.
    ///
    /// @param lines null if it takes of all lines
    /// @param amount before taxes, where prices are without; null if it is not said
    record Part(String id, @Nullable List<Taken> lines, @Nullable Money amount) {}

    /// @param quantity null for all of it
    record Taken(String line, @Nullable Quantity quantity) {}

    private List<Line> rest;

    /// @param check whose lines have their prices
    /// @throws No if it cannot be split
    Splitting(Basket check) {
        this.rest = new ArrayList<>();
        for (Line line : check.live()) {
            if (line.isReturn()) {
                throw new No(
                        Refusal.NOT_NOW,
                        "%s comes back: a check is split before anything comes back in it"
                                .formatted(line.item().name()));
            }
            PricedLine priced = check.priced().lines().get(line.id());
            if (priced == null) {
                throw new No(Refusal.NO_PRICE, line.item().name() + " has no price");
            }
            rest.add(
                    line.part(
                            line.quantity(),
                            new Share(
                                    priced.unitPrice(),
                                    priced.priceSource(),
                                    priced.gross(),
                                    priced.net(),
                                    priced.discounts())));
        }
    }

    /// What is left.
    List<Line> rest() {
        return rest;
    }

    /// The lines of each part, in their order.
    ///
    /// @throws No if there is not so much to take
    List<List<Line>> off(List<Part> parts) {
        List<List<Line>> all = new ArrayList<>();
        long total = total(rest);
        long[] equal = Shares.of(total, new long[parts.size() + 1]);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            List<Taken> lines = part.lines();
            Money amount = part.amount();
            if (lines != null) {
                all.add(lines(lines));
            } else {
                all.add(amount(amount == null ? equal[i + 1] : amount.minor()));
            }
        }
        if (rest.isEmpty()) {
            throw new No(Refusal.NOTHING_TO_PAY, "something has to be left in the check");
        }
        return all;
    }

    private static long total(List<Line> lines) {
        return lines.stream().mapToLong(it -> share(it).net().minor()).sum();
    }

    private static Share share(Line line) {
        Share share = line.share();
        if (share == null) {
            throw new IllegalStateException("a line that is split has a fixed price");
        }
        return share;
    }

    // ---- lines

    private List<Line> lines(List<Taken> taken) {
        List<Line> off = new ArrayList<>();
        for (Taken one : taken) {
            Line top =
                    rest.stream()
                            .filter(it -> it.id().equals(one.line()))
                            .findFirst()
                            .orElseThrow(() ->
                                    new No(
                                            Refusal.NO_SUCH_LINE,
                                            "there is no line \"%s\" left".formatted(one.line())));
            if (top.parent() != null) {
                throw new No(
                        Refusal.WRONG_CHOICE,
                        "%s belongs to another line: take that".formatted(top.item().name()));
            }
            Quantity quantity = one.quantity() == null ? top.quantity() : one.quantity();
            if (!quantity.isPositive() || quantity.compareTo(top.quantity()) > 0) {
                throw new No(
                        Refusal.WRONG_QUANTITY,
                        "of %s %s there is no %s to take"
                                .formatted(top.quantity(), top.item().name(), quantity));
            }
            long much = quantity.thousandths();
            long left = top.quantity().thousandths() - much;
            List<Line> family = Basket.family(top.id(), rest);
            Map<String, Long> nets = new HashMap<>();
            for (Line line : family) {
                nets.put(line.id(), Shares.of(share(line).net().minor(), left, much)[1]);
            }
            off.addAll(take(family, left, much, nets));
        }
        return off;
    }

    // ---- amounts

    /// Of each line as much as of the whole. The roundings are those of the sums up to each line: so no line is off by more than a cent,
    /// and the whole is right.
    private List<Line> amount(long wanted) {
        long total = total(rest);
        if (wanted <= 0 || wanted >= total) {
            throw new No(
                    Refusal.WRONG_QUANTITY,
                    "a part is more than nothing, and less than the whole of what is left");
        }
        Map<String, Long> nets = new HashMap<>();
        long before = 0;
        long given = 0;
        for (Line line : rest) {
            before += share(line).net().minor();
            long upTo = Rounding.ratio(before, wanted, total);
            nets.put(line.id(), upTo - given);
            given = upTo;
        }
        return take(List.copyOf(rest), total - wanted, wanted, nets);
    }

    // ---- both

    /// @param nets what is taken of each line's
    private List<Line> take(List<Line> lines, long left, long taken, Map<String, Long> nets) {
        List<Line> off = new ArrayList<>();
        List<Line> stays = new ArrayList<>();
        for (Line line : rest) {
            if (!lines.contains(line)) {
                stays.add(line);
                continue;
            }
            Share share = share(line);
            long net = nets.getOrDefault(line.id(), 0L);
            long[] much = Shares.of(line.quantity().thousandths(), left, taken);
            List<OrderDiscount> ours = new ArrayList<>();
            List<OrderDiscount> theirs = new ArrayList<>();
            for (OrderDiscount discount : share.discounts()) {
                long[] amounts = Shares.of(discount.amount().minor(), left, taken);
                ours.add(with(discount, amounts[0]));
                theirs.add(with(discount, amounts[1]));
            }
            long stay = share.net().minor() - net;
            if (much[1] != 0 || net != 0) {
                off.add(line.part(new Quantity(much[1]), share(share, net, theirs)));
            }
            if (much[0] != 0 || stay != 0) {
                stays.add(line.part(new Quantity(much[0]), share(share, stay, ours)));
            }
        }
        rest = stays;
        return off;
    }

    private static OrderDiscount with(OrderDiscount discount, long minor) {
        return new OrderDiscount(
                discount.kind(),
                discount.id(),
                discount.name(),
                new Money(minor, discount.amount().currency()),
                discount.reason());
    }

    private static Share share(Share whole, long net, List<OrderDiscount> discounts) {
        Money costs = new Money(net, whole.net().currency());
        List<OrderDiscount> some = discounts.stream().filter(it -> !it.amount().isZero()).toList();
        return new Share(
                whole.unitPrice(),
                whole.priceSource(),
                some.stream().map(OrderDiscount::amount).reduce(costs, Money::plus),
                costs,
                some);
    }
}
