package dev.skerry.language.kitchen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Golden;
import dev.skerry.language.kitchen.KitchenEvent.CourseFired;
import dev.skerry.language.kitchen.KitchenEvent.Cut;
import dev.skerry.language.kitchen.KitchenEvent.OrderLapsed;
import dev.skerry.language.kitchen.KitchenEvent.OrderReady;
import dev.skerry.language.kitchen.KitchenEvent.OrderServed;
import dev.skerry.language.kitchen.KitchenEvent.OrderStopped;
import dev.skerry.language.kitchen.KitchenEvent.TicketBumped;
import dev.skerry.language.kitchen.KitchenEvent.TicketCut;
import dev.skerry.language.kitchen.KitchenEvent.TicketMade;
import dev.skerry.language.kitchen.KitchenEvent.TicketRecalled;
import dev.skerry.language.kitchen.KitchenScreenEvent.TicketGone;
import dev.skerry.language.kitchen.KitchenScreenEvent.TicketShown;
import dev.skerry.language.kitchen.Ticket.State;
import dev.skerry.language.orders.OrderSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KitchenEventTest {

    private static final Instant AT = Instant.parse("2026-03-02T11:30:00.500Z");
    private static final TicketLine BURGER =
            new TicketLine(
                    "1",
                    null,
                    null,
                    new Sku("M-10"),
                    "Bacon cheeseburger",
                    Quantity.of(2),
                    Quantity.ONE,
                    "well done");
    private static final TicketLine ONION =
            new TicketLine(
                    "2",
                    "1",
                    null,
                    new Sku("X-ONION"),
                    "Onion",
                    Quantity.of(-1),
                    Quantity.ZERO,
                    null);
    private static final TicketLine BACON =
            new TicketLine(
                    "3",
                    null,
                    "Salad",
                    new Sku("X-BACON"),
                    "Bacon",
                    Quantity.of(1),
                    Quantity.ZERO,
                    null);

    private static final TicketLine COFFEE =
            new TicketLine(
                    "4",
                    null,
                    null,
                    new Sku("C-1"),
                    "Cappuccino",
                    Quantity.of(1),
                    Quantity.ZERO,
                    null,
                    List.of("Small", "Whole milk"));

    private static Ticket fired() {
        return new Ticket(
                "o-1-1",
                "o-1",
                "17",
                "Table 4",
                OrderSource.TABLE,
                "grill",
                1,
                false,
                State.FIRED,
                List.of(BURGER, ONION),
                AT,
                AT,
                null,
                null);
    }

    private static Ticket held() {
        return new Ticket(
                "o-1-2",
                "o-1",
                null,
                "",
                OrderSource.TILL,
                "grill",
                2,
                true,
                State.HELD,
                List.of(BACON),
                AT,
                null,
                null,
                null);
    }

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() {
        new Golden<>(KitchenEvent.FORM, KitchenEventTest.class)
                .check(
                        Map.ofEntries(
                                Map.entry("TicketMade-1", new TicketMade(fired())),
                                Map.entry("TicketMade-2", new TicketMade(held())),
                                Map.entry(
                                        "TicketMade-3",
                                        new TicketMade(held().withLines(List.of(COFFEE)))),
                                Map.entry(
                                        "TicketCut",
                                        new TicketCut(
                                                "o-1-1",
                                                "o-1",
                                                List.of(new Cut("1", Quantity.ONE)),
                                                AT)),
                                Map.entry(
                                        "OrderStopped",
                                        new OrderStopped(
                                                "o-1",
                                                List.of("o-1-1"),
                                                "changed their minds",
                                                AT)),
                                Map.entry(
                                        "CourseFired",
                                        new CourseFired("o-1", 2, List.of("o-1-2"), AT, "anna")),
                                Map.entry(
                                        "TicketBumped",
                                        new TicketBumped("o-1-1", "o-1", AT, "cleo", "screen-1")),
                                Map.entry(
                                        "TicketRecalled",
                                        new TicketRecalled("o-1-1", "o-1", AT, "cleo", "screen-1")),
                                Map.entry(
                                        "OrderReady-1",
                                        new OrderReady("o-1", "17", "Table 4", true, AT)),
                                Map.entry(
                                        "OrderReady-2", new OrderReady("o-1", null, "", false, AT)),
                                Map.entry("OrderServed", new OrderServed("o-1", "17", AT, "cleo")),
                                Map.entry(
                                        "OrderLapsed",
                                        new OrderLapsed("o-1", List.of("o-1-1"), AT))));
    }

    @Test
    void every_event_of_the_screens_is_read_and_written_as_it_was_first_published() {
        new Golden<>(KitchenScreenEvent.FORM, KitchenEventTest.class)
                .check(
                        Map.of(
                                "TicketShown-1",
                                new TicketShown(
                                        fired().bumped(AT.plusSeconds(60)),
                                        AT.plusSeconds(300),
                                        AT.plusSeconds(600)),
                                "TicketShown-2",
                                new TicketShown(held().cancelled("mistake"), null, null),
                                "TicketGone",
                                new TicketGone("o-1-1")));
        assertEquals(new TicketShown(fired(), null, null).key(), new TicketGone("o-1-1").key());
    }

    @Test
    void a_ticket_is_recalled_with_the_time_at_which_it_was_fired() {
        Ticket again = fired().bumped(AT.plusSeconds(60)).recalled();
        assertEquals(fired(), again);
        assertEquals(Quantity.ONE, BURGER.wanted());
        assertEquals(Quantity.ZERO, ONION.cut(Quantity.ONE).wanted());
    }

    @Test
    void a_ticket_without_lines_is_none() {
        assertThrows(IllegalArgumentException.class, () -> fired().withLines(List.of()));
    }
}
