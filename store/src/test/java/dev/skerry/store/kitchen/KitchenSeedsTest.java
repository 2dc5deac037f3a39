package dev.skerry.store.kitchen;

import static dev.skerry.store.kitchen.TestKitchen.COOK;
import static dev.skerry.store.kitchen.TestKitchen.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Quantity;
import dev.skerry.language.kitchen.Ticket;
import dev.skerry.language.kitchen.Ticket.State;
import dev.skerry.language.kitchen.TicketLine;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What has to hold whatever guests and cooks do.
class KitchenSeedsTest {

    private static final List<String> STATIONS = List.of("grill", "fryer", "bar");

    @TempDir private Path folder;

    private static OrderLine[] lines(Random random) {
        List<OrderLine> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            if (random.nextInt(3) > 0) {
                // A line keeps its article and station; its number changes, or it is voided.
                all.add(
                        line(
                                "l" + i,
                                null,
                                (i % 2 == 0 ? "" : "2-") + "dish" + i,
                                i == 4 ? null : STATIONS.get(i % 3),
                                random.nextInt(1, 5),
                                random.nextInt(6) == 0));
            }
        }
        return all.toArray(OrderLine[]::new);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void tickets_say_what_orders_want_and_screens_show_what_is_to_be_done(long seed) {
        Random random = new Random(seed);
        try (TestKitchen test = new TestKitchen(folder)) {
            Kitchen kitchen = test.kitchen();
            Map<String, OrderLine[]> wanted = new HashMap<>();
            Set<String> stopped = new HashSet<>();
            for (int i = 0; i < 120; i++) {
                String order = "o" + random.nextInt(6);
                List<Ticket> tickets = kitchen.order(order);
                String ticket = order + "-" + random.nextInt(1, 6);
                test.later(Duration.ofSeconds(random.nextInt(60)));
                switch (random.nextInt(8)) {
                    case 0, 1 -> {
                        OrderLine[] lines = lines(random);
                        if (random.nextBoolean()) {
                            test.place(order, source(order), lines);
                        } else {
                            test.pay(order, source(order), lines);
                        }
                        if (!stopped.contains(order)) {
                            wanted.put(order, lines);
                        }
                    }
                    case 2, 3, 4 -> kitchen.bump(test.command(), ticket, COOK);
                    case 5 -> kitchen.recall(test.command(), ticket, COOK);
                    case 6 -> kitchen.fire(test.command(), order, null, "anna");
                    case 7 -> {
                        if (random.nextInt(4) == 0 && !tickets.isEmpty()) {
                            boolean served = isServed(kitchen, order);
                            test.cancel(order);
                            if (!served) {
                                stopped.add(order);
                            }
                        } else {
                            kitchen.serve(test.command(), order, "cleo");
                        }
                    }
                    default -> throw new AssertionError();
                }
                for (Map.Entry<String, OrderLine[]> each : wanted.entrySet()) {
                    if (!stopped.contains(each.getKey())) {
                        assertEquals(asked(each.getValue()), ticketed(kitchen, each.getKey()));
                    }
                }
                assertScreen(test);
            }
            String before = test.dump();
            int events = test.published().size();
            kitchen.rebuild();
            assertEquals(before, test.dump());
            wanted.forEach((order, lines) -> {
                if (!stopped.contains(order)) {
                    test.pay(order, source(order), lines);
                }
            });
            assertEquals(events, test.published().size());
            assertTrue(events > 20);
        }
    }

    private static OrderSource source(String order) {
        return order.compareTo("o3") < 0 ? OrderSource.TABLE : OrderSource.KIOSK;
    }

    private static boolean isServed(Kitchen kitchen, String order) {
        return kitchen.expo().stream().noneMatch(it -> it.order().equals(order))
                && kitchen.order(order).stream().anyMatch(it -> !it.is(State.CANCELLED));
    }

    private static Map<String, Quantity> asked(OrderLine[] lines) {
        Map<String, Quantity> all = new TreeMap<>();
        for (OrderLine line : lines) {
            if (!line.voided() && line.station() != null) {
                all.put(line.station() + " " + line.id(), line.quantity());
            }
        }
        return all;
    }

    private static Map<String, Quantity> ticketed(Kitchen kitchen, String order) {
        Map<String, Quantity> all = new TreeMap<>();
        for (Ticket ticket : kitchen.order(order)) {
            for (TicketLine line : ticket.lines()) {
                if (line.wanted().isPositive()) {
                    all.merge(ticket.station() + " " + line.line(), line.wanted(), Quantity::plus);
                }
            }
        }
        return all;
    }

    /// The stream of the screens has each ticket that a station has to do something about, as it is, and nothing that is long done.
    private static void assertScreen(TestKitchen test) {
        Map<String, Ticket> screen = test.screen();
        Map<String, Ticket> open = new TreeMap<>();
        test.kitchen().tickets("").forEach(it -> open.put(it.ticket().id(), it.ticket()));
        Set<String> passing = new TreeSet<>();
        test.kitchen().expo().forEach(it -> passing.add(it.order()));
        Map<String, Ticket> todo = new TreeMap<>();
        screen.forEach((id, ticket) -> {
            if (ticket.is(State.BUMPED)) {
                assertTrue(passing.contains(ticket.order()), id);
            } else {
                todo.put(id, ticket);
            }
        });
        assertEquals(open, todo);
    }
}
