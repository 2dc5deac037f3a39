package dev.skerry.store.orders;

import dev.skerry.language.Quantity;
import dev.skerry.language.orders.OrderEvent.OrderSent;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderLine.Sent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Decides what the kitchen is told when lines that were sent to it change.
///
/// A line keeps the order with which it was sent, also when it goes to another check: so what is moved is not made twice, and what is
/// voided there is not made.
final class Sending {

    private Sending() {}

    /// @param before the lines of all checks that a command changes, as they were
    /// @param after as they are
    /// @param last what the kitchen was told last of an order
    /// @param first an order of which the kitchen was told nothing yet, without lines; null if that cannot be
    static List<OrderSent> changes(
            List<OrderLine> before,
            List<OrderLine> after,
            Function<String, Optional<OrderSent>> last,
            Function<String, @Nullable OrderSent> first) {
        Map<String, Map<String, Quantity>> more = new TreeMap<>();
        Map<Sent, OrderLine> known = new LinkedHashMap<>();
        after.forEach(line -> count(line, line.quantity(), more, known));
        before.forEach(line -> count(line, line.quantity().negated(), more, known));
        List<OrderSent> all = new ArrayList<>();
        more.forEach((order, lines) -> {
            if (lines.values().stream().anyMatch(it -> !it.isZero())) {
                OrderSent there = last.apply(order).orElseGet(() -> first.apply(order));
                if (there != null) {
                    all.add(with(there, lines, known));
                }
            }
        });
        return all;
    }

    private static void count(
            OrderLine line,
            Quantity quantity,
            Map<String, Map<String, Quantity>> more,
            Map<Sent, OrderLine> known) {
        Sent sent = line.sent();
        if (sent != null && !line.voided()) {
            known.putIfAbsent(sent, line);
            more.computeIfAbsent(sent.order(), _ -> new LinkedHashMap<>())
                    .merge(sent.line(), quantity, Quantity::plus);
        }
    }

    private static OrderSent with(
            OrderSent there, Map<String, Quantity> more, Map<Sent, OrderLine> known) {
        Map<String, OrderLine> lines = new LinkedHashMap<>();
        there.lines().forEach(it -> lines.put(it.id(), it));
        more.forEach((id, quantity) -> {
            OrderLine line = lines.get(id);
            if (line != null) {
                lines.put(id, line.with(line.quantity().plus(quantity)));
            } else {
                lines.put(id, known.get(new Sent(there.order(), id)));
            }
        });
        return of(
                there,
                there.day(),
                lines.values().stream().filter(it -> !it.quantity().isZero()).toList());
    }

    static OrderSent of(OrderSent there, LocalDate day, List<OrderLine> lines) {
        return new OrderSent(
                there.order(),
                there.source(),
                there.device(),
                day,
                there.number(),
                there.name(),
                there.table(),
                there.guests(),
                lines);
    }
}
