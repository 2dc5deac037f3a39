package dev.skerry.store.kitchen;

import dev.skerry.language.Quantity;
import dev.skerry.language.kitchen.KitchenEvent;
import dev.skerry.language.kitchen.KitchenEvent.Cut;
import dev.skerry.language.kitchen.KitchenEvent.TicketCut;
import dev.skerry.language.kitchen.KitchenEvent.TicketMade;
import dev.skerry.language.kitchen.Ticket;
import dev.skerry.language.kitchen.Ticket.State;
import dev.skerry.language.kitchen.TicketLine;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.store.kitchen.Kitchen.Goods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Decides which tickets an order makes: the difference between what it wants now and what its tickets say already.
///
/// A line with a station is made there. A line without one that belongs to a dish is written below that dish: an extra, or what is left
/// out. What comes back makes nothing.
final class Rounds {

    /// An order as it is told.
    record Taken(
            String order,
            @Nullable String number,
            String name,
            OrderSource source,
            List<OrderLine> lines,
            Instant at) {}

    private final Goods goods;
    private final Set<OrderSource> coursed;

    /// @param coursed where orders come from whose courses are made one after the other
    Rounds(Goods goods, Set<OrderSource> coursed) {
        this.goods = goods;
        this.coursed = coursed;
    }

    /// Where something is made, and when.
    private record Place(String station, int course) {}

    /// @param above the dish it belongs to; null if it is one
    private record Wanted(OrderLine line, Place place, @Nullable OrderLine above) {}

    /// @param there the order's tickets, in the order in which they were made
    /// @param firedCourse the last course that was fired; 0 if the order is new
    /// @param makes false: nobody waits for what is new any more
    List<KitchenEvent> decide(Taken taken, List<Ticket> there, int firedCourse, boolean makes) {
        Map<String, Wanted> wanted = wanted(taken);
        List<KitchenEvent> events = new ArrayList<>(cuts(wanted, there, taken.at));
        if (makes) {
            events.addAll(tickets(taken, wanted, there, firedCourse));
        }
        return events;
    }

    // ---- what is wanted

    private Map<String, Wanted> wanted(Taken taken) {
        Map<String, OrderLine> live = new LinkedHashMap<>();
        taken.lines.stream().filter(it -> !it.voided()).forEach(it -> live.put(it.id(), it));
        Map<String, Wanted> all = new LinkedHashMap<>();
        for (OrderLine line : live.values()) {
            OrderLine above = above(line, live);
            boolean comesBack =
                    line.returnOf() != null || (above == null && line.quantity().isNegative());
            Place place = comesBack ? null : place(line, live, taken.source);
            if (place != null && !line.quantity().isZero()) {
                all.put(line.id(), new Wanted(line, place, above));
            }
        }
        return all;
    }

    private static @Nullable OrderLine above(OrderLine line, Map<String, OrderLine> live) {
        String parent = line.parent();
        return parent == null ? null : live.get(parent);
    }

    private @Nullable Place place(OrderLine line, Map<String, OrderLine> live, OrderSource source) {
        Set<String> path = new HashSet<>();
        OrderLine maker = line;
        while (maker != null && maker.station() == null && path.add(maker.id())) {
            maker = goods.concernsKitchen(maker.sku()) ? above(maker, live) : null;
        }
        String station = maker == null ? null : maker.station();
        if (maker == null || station == null) {
            return null;
        }
        Integer course = maker.course();
        int served = course == null ? goods.course(maker.sku()) : course;
        return new Place(station, coursed.contains(source) ? Math.max(1, served) : 1);
    }

    // ---- what is not wanted any more

    private static List<KitchenEvent> cuts(
            Map<String, Wanted> wanted, List<Ticket> there, Instant at) {
        Map<String, Quantity> tooMany = new TreeMap<>();
        ticketed(there)
                .forEach((line, quantity) -> {
                    Wanted still = wanted.get(line);
                    Quantity left =
                            still == null ? quantity : quantity.minus(still.line.quantity().abs());
                    if (left.isPositive()) {
                        tooMany.put(line, left);
                    }
                });
        List<KitchenEvent> events = new ArrayList<>();
        // What was asked for last is most likely not begun.
        for (Ticket ticket : there.reversed()) {
            List<Cut> cuts = new ArrayList<>();
            for (TicketLine line : ticket.lines()) {
                Quantity left = tooMany.getOrDefault(line.line(), Quantity.ZERO);
                Quantity here = line.wanted().abs();
                Quantity less = left.compareTo(here) < 0 ? left : here;
                if (less.isPositive() && !ticket.is(State.CANCELLED)) {
                    cuts.add(new Cut(line.line(), less));
                    tooMany.put(line.line(), left.minus(less));
                }
            }
            if (!cuts.isEmpty()) {
                events.add(new TicketCut(ticket.id(), ticket.order(), cuts, at));
            }
        }
        return events;
    }

    /// How many of a line its tickets ask for.
    private static Map<String, Quantity> ticketed(List<Ticket> there) {
        Map<String, Quantity> all = new TreeMap<>();
        there.stream()
                .filter(it -> !it.is(State.CANCELLED))
                .flatMap(it -> it.lines().stream())
                .forEach(it -> all.merge(it.line(), it.wanted().abs(), Quantity::plus));
        return all;
    }

    // ---- what is new

    private static List<KitchenEvent> tickets(
            Taken taken, Map<String, Wanted> wanted, List<Ticket> there, int firedCourse) {
        Map<String, Quantity> ticketed = ticketed(there);
        Map<Place, Map<String, TicketLine>> places = new LinkedHashMap<>();
        for (Wanted one : wanted.values()) {
            OrderLine line = one.line;
            Quantity more =
                    line.quantity().abs().minus(ticketed.getOrDefault(line.id(), Quantity.ZERO));
            if (more.isPositive()) {
                Map<String, TicketLine> lines =
                        places.computeIfAbsent(one.place, _ -> new LinkedHashMap<>());
                OrderLine above = one.above;
                boolean beside = above != null && lines.containsKey(above.id());
                lines.put(
                        line.id(),
                        new TicketLine(
                                line.id(),
                                beside ? line.parent() : null,
                                above == null || beside ? null : above.name(),
                                line.sku(),
                                line.name(),
                                line.quantity().isNegative() ? more.negated() : more,
                                Quantity.ZERO,
                                line.note(),
                                line.choices()));
            }
        }
        int first = places.keySet().stream().mapToInt(Place::course).min().orElse(1);
        int fired = there.isEmpty() ? first : Math.max(1, firedCourse);
        List<KitchenEvent> events = new ArrayList<>();
        int count = there.size();
        List<Map.Entry<Place, Map<String, TicketLine>>> inTurn = new ArrayList<>(places.entrySet());
        inTurn.sort(Comparator.comparingInt(it -> it.getKey().course));
        for (Map.Entry<Place, Map<String, TicketLine>> each : inTurn) {
            Place place = each.getKey();
            boolean now = place.course <= fired;
            events.add(
                    new TicketMade(
                            new Ticket(
                                    taken.order + "-" + ++count,
                                    taken.order,
                                    taken.number,
                                    taken.name,
                                    taken.source,
                                    place.station,
                                    place.course,
                                    !there.isEmpty(),
                                    now ? State.FIRED : State.HELD,
                                    List.copyOf(each.getValue().values()),
                                    taken.at,
                                    now ? taken.at : null,
                                    null,
                                    null)));
        }
        return events;
    }
}
