package dev.skerry.pricing;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives every line its units back, and adds up.
final class Receipt {

    /// A line and its units.
    static final class Row {
        final BasketLine line;
        final Goods goods;
        final int order;
        List<Lot> lots = new ArrayList<>();
        long tax;

        Row(BasketLine line, Goods goods, int order) {
            this.line = line;
            this.goods = goods;
            this.order = order;
        }

        long net() {
            long net = 0;
            for (Lot lot : lots) {
                net += lot.extended();
            }
            return net;
        }

        void take(long off, Source source) {
            if (off > 0) {
                lots = CashierDiscounts.cut(lots, off, source);
            }
        }
    }

    private final Basket basket;
    private final Verdicts verdicts;
    private final List<Row> rows;
    private final Taxes taxes;

    Receipt(Basket basket, Verdicts verdicts, List<Row> rows, Taxes taxes) {
        this.basket = basket;
        this.verdicts = verdicts;
        this.rows = rows;
        this.taxes = taxes;
    }

    /// @param lots by goods
    /// @return in the order of the basket's lines
    static List<Row> rows(Basket basket, List<Lot> lots) {
        Map<Integer, Row> byLine = new HashMap<>();
        int order = 0;
        int next = 0;
        while (next < lots.size()) {
            Goods goods = lots.get(next).goods();
            long left = lots.get(next).units();
            for (BasketLine line : goods.lines()) {
                Row row = new Row(line, goods, order++);
                byLine.put(line.line(), row);
                long wanted = Goods.pieces(line);
                while (wanted > 0) {
                    if (left == 0) {
                        next++;
                        left = lots.get(next).units();
                    }
                    long part = Math.min(wanted, left);
                    row.lots.add(lots.get(next).of(part));
                    wanted -= part;
                    left -= part;
                }
            }
            next++;
        }
        List<Row> rows = new ArrayList<>(byLine.size());
        for (BasketLine line : basket.lines()) {
            Row row = byLine.get(line.line());
            if (row == null) {
                throw new IllegalStateException("line " + line.line() + " was lost");
            }
            rows.add(row);
        }
        return rows;
    }

    Priced priced(
            long pointsEarned,
            long pointsSpent,
            List<Priced.MissingGift> missingGifts,
            List<Priced.CouponUse> coupons,
            Priced.Search search,
            String promotionBook) {
        List<Priced.Line> lines = new ArrayList<>(rows.size());
        long regular = 0;
        long net = 0;
        long tax = 0;
        for (Row row : rows) {
            lines.add(line(row));
            regular += row.line.extended().minor();
            net += row.net();
            tax += row.tax;
        }
        boolean added = taxes.added();
        return new Priced(
                lines,
                money(regular),
                money(regular - net),
                money(net),
                money(tax),
                money(added ? net + tax : net),
                applied(),
                verdicts.notApplied(),
                taxes.amounts(),
                pointsEarned,
                pointsSpent,
                missingGifts,
                coupons,
                search,
                basket.priceBook(),
                promotionBook);
    }

    private Priced.Line line(Row row) {
        List<Priced.Run> runs = new ArrayList<>(row.lots.size());
        List<Lot> dearestFirst = new ArrayList<>(row.lots);
        dearestFirst.sort(Comparator.comparingLong(Lot::net).reversed());
        for (Lot lot : dearestFirst) {
            List<Priced.Cut> cuts = new ArrayList<>();
            for (Lot.Link link : lot.links()) {
                cuts.add(new Priced.Cut(link.source(), money(link.each()), link.role()));
            }
            runs.add(new Priced.Run(quantity(row, lot), money(lot.net()), cuts));
        }
        return new Priced.Line(
                row.line, row.line.extended(), money(row.net()), money(row.tax), runs);
    }

    private static Quantity quantity(Row row, Lot lot) {
        return row.goods.measured() ? row.line.quantity() : Quantity.of(lot.units());
    }

    private List<Priced.Applied> applied() {
        Map<Source, Map<Part, long[]>> parts = new LinkedHashMap<>();
        for (Source source : verdicts.sources()) {
            parts.put(source, new LinkedHashMap<>());
        }
        rows.stream()
                .sorted(Comparator.comparingInt(row -> row.line.line()))
                .forEach(row -> {
                    for (Lot lot : row.lots) {
                        for (Lot.Link link : lot.links()) {
                            long[] sum =
                                    parts.computeIfAbsent(link.source(), _ -> new LinkedHashMap<>())
                                            .computeIfAbsent(
                                                    new Part(row.line.line(), link.role()),
                                                    _ -> new long[2]);
                            sum[0] += quantity(row, lot).thousandths();
                            sum[1] += lot.units() * link.each();
                        }
                    }
                });
        List<Priced.Applied> applied = new ArrayList<>();
        parts.forEach((source, ofLines) -> {
            long amount = 0;
            List<Priced.Part> shown = new ArrayList<>();
            for (Map.Entry<Part, long[]> part : ofLines.entrySet()) {
                amount += part.getValue()[1];
                shown.add(
                        new Priced.Part(
                                part.getKey().line,
                                new Quantity(part.getValue()[0]),
                                part.getKey().role,
                                money(part.getValue()[1])));
            }
            applied.add(new Priced.Applied(source, verdicts.times(source), money(amount), shown));
        });
        return applied;
    }

    private record Part(int line, Priced.Role role) {}

    private Money money(long minor) {
        return new Money(minor, basket.currency());
    }
}
