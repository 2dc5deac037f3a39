package dev.skerry.store.reports;

import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderTax;
import dev.skerry.language.orders.OrderTender;
import java.util.ArrayList;
import java.util.List;

/// What an order adds to the figures of its day.
final class Figures {

    /// By what it is counted.
    enum Kind {
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
        TENDER
    }

    /// Amounts are in minor units, quantities in thousandths.
    record Figure(Kind kind, String key, long count, long quantity, long amount, long tax) {

        Figure negated() {
            return new Figure(kind, key, -count, -quantity, -amount, -tax);
        }
    }

    private static final String CASH = "CASH";

    private Figures() {}

    static List<Figure> of(Order order) {
        List<Figure> all = new ArrayList<>();
        long total = order.total().minor();
        long tax = order.taxes().stream().mapToLong(it -> it.tax().minor()).sum();
        List<OrderLine> lines =
                order.lines().stream().filter(it -> !it.voided() && !it.leavesOut()).toList();
        long quantity = lines.stream().mapToLong(it -> it.quantity().thousandths()).sum();
        all.add(new Figure(Kind.TOTAL, "", 1, quantity, total, tax));
        all.add(
                new Figure(
                        Kind.HOUR,
                        "%02d".formatted(order.at().getHour()),
                        1,
                        quantity,
                        total,
                        tax));
        all.add(new Figure(Kind.CASHIER, order.cashier(), 1, quantity, total, tax));
        all.add(new Figure(Kind.SOURCE, order.source().name(), 1, quantity, total, tax));
        for (OrderLine line : lines) {
            all.add(
                    new Figure(
                            Kind.DEPARTMENT,
                            line.department(),
                            1,
                            line.quantity().thousandths(),
                            line.net().minor(),
                            0));
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

    /// An order was taken back: what it had added goes, and its tenders went back as they went back.
    static List<Figure> ofVoid(Order order, List<OrderTender> refunds) {
        List<Figure> all = new ArrayList<>();
        for (Figure figure : of(order)) {
            if (figure.kind != Kind.TENDER) {
                all.add(figure.negated());
            }
        }
        all.addAll(tenders(refunds));
        all.add(new Figure(Kind.VOIDS, "", 1, 0, order.total().minor(), 0));
        return all;
    }

    private static List<Figure> tenders(List<OrderTender> tenders) {
        return tenders.stream()
                .map(it -> new Figure(Kind.TENDER, it.kind(), 1, 0, it.amount().minor(), 0))
                .toList();
    }
}
