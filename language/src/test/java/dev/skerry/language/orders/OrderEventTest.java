package dev.skerry.language.orders;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Golden;
import dev.skerry.language.orders.OrderEvent.BasketAbandoned;
import dev.skerry.language.orders.OrderEvent.OrderCancelled;
import dev.skerry.language.orders.OrderEvent.OrderLost;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderPlaced;
import dev.skerry.language.orders.OrderEvent.OrderSent;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine.ReturnOf;
import dev.skerry.language.orders.OrderLine.Sent;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderEventTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    static Map<String, OrderEvent> events() {
        Map<String, OrderEvent> all = new TreeMap<>();
        all.put(
                "OrderPlaced",
                new OrderPlaced(
                        "o-1",
                        OrderSource.KIOSK,
                        "kiosk-1",
                        "17",
                        DAY,
                        "Cleo",
                        List.of(milk()),
                        eur(119)));
        all.put(
                "OrderPlaced-2",
                new OrderPlaced(
                        "o-1",
                        OrderSource.KIOSK,
                        "kiosk-1",
                        "17",
                        DAY,
                        "Cleo",
                        List.of(milk()),
                        eur(119),
                        true));
        all.put(
                "OrderSent",
                new OrderSent(
                        "o-1",
                        OrderSource.TABLE,
                        "pad-1",
                        DAY,
                        null,
                        "",
                        "Terrace 4",
                        3,
                        List.of(burger(), onion())));
        all.put("OrderPaid-1", new OrderPaid(order(List.of(milk(), back()))));
        all.put("OrderPaid-2", new OrderPaid(atTable(null)));
        all.put("OrderPaid-3", new OrderPaid(atTable(DAY)));
        all.put(
                "OrderPaid-4",
                new OrderPaid(
                        atTable(
                                DAY,
                                new OrderTax(
                                        "B",
                                        Percent.of(7),
                                        eur(1523),
                                        eur(107),
                                        eur(1630),
                                        List.of("food", "reduced")))));
        all.put(
                "OrderVoided-1",
                new OrderVoided(
                        "o-1", receipt(18), "anna", "chief", "mistake", List.of(cash(-119))));
        all.put(
                "OrderVoided-2",
                new OrderVoided(
                        "o-1", receipt(18), "anna", "chief", "mistake", List.of(cash(-119)), true));
        all.put("OrderCancelled-1", new OrderCancelled("o-1", "anna", "left"));
        all.put("OrderCancelled-2", new OrderCancelled("o-1", "anna", "left", true));
        all.put(
                "BasketAbandoned",
                new BasketAbandoned("o-1", "till-3", "anna", DAY, 2, eur(238), "no money"));
        all.put("OrderLeft", new OrderEvent.OrderLeft("go-402718339164", "gate-1", "", true));
        all.put("OrderLost", new OrderLost("o-1", "till-3", DAY, List.of(cash(119))));
        return all;
    }

    private static Money eur(long cents) {
        return Money.of(cents, "EUR");
    }

    private static ReceiptNumber receipt(int sequence) {
        return new ReceiptNumber("0042", "till-3", DAY, sequence);
    }

    private static OrderTender cash(long cents) {
        return new OrderTender("t", "CASH", eur(cents), null);
    }

    private static OrderLine line(
            String id, Quantity quantity, long cents, List<OrderDiscount> discounts) {
        Money gross = eur(cents).times(quantity);
        Money off = discounts.stream().map(OrderDiscount::amount).reduce(eur(0), Money::plus);
        return new OrderLine(
                id,
                null,
                new Sku("milk"),
                "Milk",
                quantity,
                "PIECE",
                eur(cents),
                "CHAIN",
                gross,
                gross.minus(off),
                List.of(),
                discounts,
                "reduced",
                "Food",
                null,
                null,
                false,
                null,
                null,
                "L4711",
                LocalDate.of(2026, 3, 9));
    }

    private static OrderLine milk() {
        return line(
                "1",
                Quantity.of(2),
                119,
                List.of(
                        new OrderDiscount("PROMOTION", "p-1", "Two for less", eur(38), null),
                        new OrderDiscount("MANUAL", null, "Discount", eur(10), "dented")));
    }

    private static OrderLine back() {
        OrderLine line = line("2", Quantity.of(-1), 119, List.of());
        return new OrderLine(
                line.id(),
                null,
                line.sku(),
                line.name(),
                line.quantity(),
                line.unit(),
                line.unitPrice(),
                "MANUAL",
                line.gross(),
                line.net(),
                List.of(),
                List.of(),
                "reduced",
                "Food",
                new ReturnOf("o-0", "1"),
                "sour",
                false,
                null,
                null,
                null,
                null);
    }

    private static OrderLine burger() {
        return new OrderLine(
                "1",
                null,
                new Sku("burger"),
                "Burger",
                Quantity.of(2),
                "PIECE",
                eur(890),
                "STORE",
                eur(1780),
                eur(1630),
                List.of(eur(890), eur(740)),
                List.of(),
                "reduced",
                "Café",
                null,
                null,
                false,
                "grill",
                "no salt",
                null,
                null,
                List.of("Medium"),
                2,
                new Sent("o-1", "1"));
    }

    private static OrderLine onion() {
        return new OrderLine(
                "1-onion",
                "1",
                new Sku("onion"),
                "Onion",
                Quantity.of(-2),
                "PIECE",
                eur(0),
                "NONE",
                eur(0),
                eur(0),
                List.of(),
                List.of(),
                "reduced",
                "Café",
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                2,
                new Sent("o-1", "1-onion"));
    }

    private static Order order(List<OrderLine> lines) {
        return new Order(
                "o-1",
                OrderSource.TILL,
                "till-3",
                receipt(17),
                DAY,
                LocalDateTime.of(2026, 3, 2, 13, 0),
                "anna",
                "chief",
                "C-1",
                "17",
                "Cleo",
                lines,
                List.of(new OrderDiscount("PROMOTION", "p-1", "Two for less", eur(38), null)),
                List.of(new OrderTax("reduced", Percent.of(7), eur(66), eur(5), eur(71))),
                eur(71),
                true,
                List.of(cash(100)),
                eur(-1),
                eur(30),
                new Order.BookVersions("1", "2"),
                true,
                5,
                List.of("SUMMER"));
    }

    private static Order atTable(@Nullable LocalDate numberedOn, OrderTax... taxes) {
        return new Order(
                "o-1",
                OrderSource.TABLE,
                "till-3",
                receipt(19),
                DAY,
                LocalDateTime.of(2026, 3, 2, 13, 0),
                "anna",
                null,
                null,
                null,
                null,
                List.of(burger(), onion()),
                List.of(),
                List.of(taxes),
                eur(1630),
                false,
                List.of(cash(1630)),
                eur(0),
                eur(0),
                new Order.BookVersions("1", "2"),
                false,
                0,
                List.of(),
                "Terrace 4",
                3,
                true,
                numberedOn == null ? null : 500L,
                numberedOn);
    }

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() {
        new Golden<>(OrderEvent.FORM, OrderEventTest.class).check(events());
    }

    @Test
    void what_a_dish_is_made_without_is_no_return() {
        assertTrue(onion().leavesOut());
        assertFalse(back().leavesOut());
        assertFalse(burger().leavesOut());
    }
}
