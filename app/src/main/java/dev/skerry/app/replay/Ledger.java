package dev.skerry.app.replay;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.payments.TenderKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/// What a store has sold, by business day, as its stream of orders says, or as the file says. For one thread.
final class Ledger {

    private static final BinaryOperator<Sum> PLUS = Sum::plus;

    private final TreeMap<LocalDate, Sum> days = new TreeMap<>();
    private final Set<String> orders = new HashSet<>();
    private final List<String> contradictions = new ArrayList<>();
    private Replay.Amounts returned = Replay.Amounts.NONE;
    private long others;

    static Ledger of(List<Sale> sales) {
        Ledger ledger = new Ledger();
        sales.forEach(it -> ledger.days.merge(it.day(), it.sum(), PLUS));
        return ledger;
    }

    /// One event of the store's stream of orders.
    void take(CloudEvent event) {
        switch (OrderEvent.FORM.read(event).orElse(null)) {
            case OrderEvent.OrderPaid(Order order) -> {
                if (!orders.add(order.id())) {
                    // What is there twice was sold twice.
                    others++;
                }
                days.merge(order.businessDay(), sum(order), PLUS);
            }
            case OrderEvent.OrderVoided _, OrderEvent.OrderLost _, OrderEvent.OrderLeft _ ->
                    others++;
            case null, default -> {
                // Not a sale.
            }
        }
    }

    private Sum sum(Order order) {
        long gross = 0;
        long discount = 0;
        long net = 0;
        long lines = 0;
        long back = 0;
        for (OrderLine line : order.lines()) {
            if (!line.voided()) {
                lines++;
                if (line.quantity().isNegative()) {
                    back++;
                    returned = returned.plus(new Replay.Amounts(1, line.net().minor()));
                }
                gross += line.gross().minor();
                net += line.net().minor();
                discount += line.discounts().stream().mapToLong(it -> it.amount().minor()).sum();
            }
        }
        long paid = order.tenders().stream().mapToLong(it -> it.amount().minor()).sum();
        long total = order.total().minor();
        if (total != net
                || total != paid - order.change().minor() - order.rounding().minor()
                || gross - discount != net
                // Business days end at midnight here, and the shop's clock stands at the time of
                // the basket.
                || !order.at().toLocalDate().equals(order.businessDay())) {
            contradictions.add(order.id());
        }
        long coupon =
                order.tenders().stream()
                        .filter(it -> it.kind().equals(TenderKind.MANUFACTURER_COUPON.name()))
                        .mapToLong(it -> it.amount().minor())
                        .sum();
        return new Sum(1, lines, back, gross, discount, coupon, total - coupon);
    }

    boolean has(String order) {
        return orders.contains(order);
    }

    /// Orders whose total, lines and tenders, or time and business day, do not say the same.
    List<String> contradictions() {
        return contradictions;
    }

    /// What was taken back, lost, or is there twice.
    long others() {
        return others;
    }

    Map<LocalDate, Sum> days() {
        return days;
    }

    /// The lines that came back, and what they come to.
    Replay.Amounts returned() {
        return returned;
    }

    Sum all() {
        return days.values().stream().reduce(Sum.NONE, Sum::plus);
    }
}
