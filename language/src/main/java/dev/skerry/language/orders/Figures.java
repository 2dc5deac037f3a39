package dev.skerry.language.orders;

import dev.skerry.language.Sku;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an order adds to the figures of its day. Pure.
public final class Figures {

    /// By what it is counted.
    public enum Kind {
        TOTAL,
        VOIDS,
        DISCOUNTS,
        ROUNDING,
        HOUR,
        DEPARTMENT,
        CASHIER,
        SOURCE,
        TAX,
        DISCOUNT,
        TENDER,
        /// By SKU. In [#detailed] only, as the next.
        ARTICLE,
        /// By the quarter of an hour in which it was paid: `09:15`, and `24:30` for half past midnight of a day that goes on.
        QUARTER
    }

    /// Amounts are in minor units, quantities in thousandths.
    public record Figure(Kind kind, String key, long count, long quantity, long amount, long tax) {

        Figure negated() {
            return new Figure(kind, key, -count, -quantity, -amount, -tax);
        }

        private Figure plus(Figure other) {
            return new Figure(
                    kind,
                    key,
                    count + other.count,
                    quantity + other.quantity,
                    amount + other.amount,
                    tax + other.tax);
        }
    }

    private static final String CASH = "CASH";

    private static final int QUARTER_MINUTES = 15;

    /// No business day goes on for longer.
    private static final long DAY_MINUTES_MAX = 48 * 60 - 1;

    private Figures() {}

    public static List<Figure> of(Order order) {
        List<Figure> all = new ArrayList<>();
        Figure total = total(order);
        all.add(total);
        all.add(as(total, Kind.HOUR, "%02d".formatted(order.at().getHour())));
        all.add(as(total, Kind.CASHIER, order.cashier()));
        all.add(as(total, Kind.SOURCE, order.source().name()));
        for (OrderLine line : counted(order)) {
            all.add(of(line, Kind.DEPARTMENT, line.department()));
        }
        for (OrderTax one : order.taxes()) {
            all.add(
                    new Figure(
                            Kind.TAX,
                            one.category() + " " + one.rate(),
                            1,
                            0,
                            one.net().minor(),
                            one.tax().minor()));
        }
        for (OrderDiscount one : order.discounts()) {
            all.add(
                    new Figure(
                            Kind.DISCOUNT,
                            one.kind() + ": " + one.name(),
                            1,
                            0,
                            one.amount().minor(),
                            0));
            all.add(new Figure(Kind.DISCOUNTS, "", 1, 0, one.amount().minor(), 0));
        }
        all.addAll(tenders(order.tenders()));
        if (!order.change().isZero()) {
            all.add(new Figure(Kind.TENDER, CASH, 0, 0, -order.change().minor(), 0));
        }
        if (!order.rounding().isZero()) {
            all.add(new Figure(Kind.ROUNDING, "", 1, 0, order.rounding().minor(), 0));
        }
        return all;
    }

    /// The same, and by article and quarter of an hour; one figure of each kind and key.
    public static List<Figure> detailed(Order order) {
        List<Figure> all = new ArrayList<>(of(order));
        counted(order).forEach(it -> all.add(of(it, Kind.ARTICLE, it.sku().value())));
        all.add(as(total(order), Kind.QUARTER, quarter(order)));
        return merged(all);
    }

    /// The name that an article was last sold by.
    public static Map<Sku, OrderLine> articles(Order order) {
        Map<Sku, OrderLine> all = new LinkedHashMap<>();
        counted(order).forEach(it -> all.put(it.sku(), it));
        return all;
    }

    /// An order was taken back: what it had added goes, and its tenders went back as they went back.
    ///
    /// @param added what it had added
    public static List<Figure> ofVoid(Order order, List<Figure> added, List<OrderTender> refunds) {
        List<Figure> all = new ArrayList<>();
        for (Figure figure : added) {
            if (figure.kind != Kind.TENDER) {
                all.add(figure.negated());
            }
        }
        all.addAll(tenders(refunds));
        all.add(new Figure(Kind.VOIDS, "", 1, 0, order.total().minor(), 0));
        return merged(all);
    }

    private static Figure total(Order order) {
        return new Figure(
                Kind.TOTAL,
                "",
                1,
                counted(order).stream().mapToLong(it -> it.quantity().thousandths()).sum(),
                order.total().minor(),
                order.taxes().stream().mapToLong(it -> it.tax().minor()).sum());
    }

    private static Figure as(Figure figure, Kind kind, String key) {
        return new Figure(kind, key, figure.count, figure.quantity, figure.amount, figure.tax);
    }

    private static List<OrderLine> counted(Order order) {
        return order.lines().stream().filter(it -> !it.voided() && !it.leavesOut()).toList();
    }

    private static Figure of(OrderLine line, Kind kind, String key) {
        return new Figure(kind, key, 1, line.quantity().thousandths(), line.net().minor(), 0);
    }

    /// By the clock on the wall, so that days with a change of time compare with others.
    private static String quarter(Order order) {
        return quarter(
                Duration.between(order.businessDay().atStartOfDay(), order.at()).toMinutes());
    }

    /// The quarter of an hour.
    ///
    /// @param minutes since the business day's date began
    public static String quarter(long minutes) {
        long within = Math.clamp(minutes, 0, DAY_MINUTES_MAX);
        return "%02d:%02d".formatted(within / 60, within % 60 / QUARTER_MINUTES * QUARTER_MINUTES);
    }

    private static List<Figure> tenders(List<OrderTender> tenders) {
        return tenders.stream()
                .map(it -> new Figure(Kind.TENDER, it.kind(), 1, 0, it.amount().minor(), 0))
                .toList();
    }

    private record Place(Kind kind, String key) {}

    private static List<Figure> merged(List<Figure> figures) {
        Map<Place, Figure> all = new LinkedHashMap<>();
        figures.forEach(it -> all.merge(new Place(it.kind, it.key), it, Figure::plus));
        return List.copyOf(all.values());
    }
}
