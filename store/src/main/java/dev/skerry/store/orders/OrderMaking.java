package dev.skerry.store.orders;

import dev.skerry.language.Money;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.store.orders.Basket.Line;
import dev.skerry.store.orders.Orders.Settled;
import dev.skerry.store.orders.Pricer.Priced;
import dev.skerry.store.orders.Pricer.PricedLine;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a paid basket an order.
final class OrderMaking {

    private OrderMaking() {}

    /// The number that an order gets when it is paid.
    record Numbered(String number, LocalDate day) {}

    /// @param sent the kitchen was told what to make of it
    /// @param numbered null if it has a number, or nobody waits for it
    static Order order(
            Basket basket,
            Settled settled,
            ReceiptNumber receipt,
            LocalDateTime at,
            boolean sent,
            @Nullable Numbered numbered) {
        Priced priced = basket.priced();
        return new Order(
                basket.id(),
                basket.source(),
                basket.device(),
                receipt,
                settled.businessDay(),
                at,
                settled.cashier(),
                basket.approvedBy(),
                basket.customer(),
                numbered == null ? basket.number() : numbered.number(),
                basket.name().isEmpty() ? null : basket.name(),
                lines(basket),
                priced.discounts(),
                priced.taxes(),
                priced.total(),
                priced.taxIncluded(),
                settled.tenders(),
                settled.rounding(),
                settled.change(),
                priced.versions(),
                priced.exact(),
                priced.points(),
                priced.couponsUsed(),
                basket.table(),
                basket.guests(),
                sent ? true : null,
                priced.pointsSpent(),
                numbered == null ? null : numbered.day());
    }

    static List<OrderLine> lines(Basket basket) {
        return basket.lines().stream().map(line -> line(line, basket.priced())).toList();
    }

    private static OrderLine line(Line line, Priced priced) {
        Money nothing = Money.zero(priced.total().currency());
        PricedLine price =
                priced.lines()
                        .getOrDefault(
                                line.id(),
                                new PricedLine(
                                        nothing, nothing, "NONE", nothing, nothing, List.of(),
                                        List.of(), null));
        Item item = line.item();
        return new OrderLine(
                line.id(),
                line.parent(),
                item.sku(),
                item.name(),
                line.isReturn() ? line.quantity().negated() : line.quantity(),
                item.unit(),
                price.unitPrice(),
                price.priceSource(),
                price.gross(),
                price.net(),
                price.units(),
                price.discounts(),
                item.taxCategory(),
                item.departments().isEmpty() ? "" : item.departments().getFirst(),
                line.returnOf(),
                line.returnReason(),
                line.voided(),
                item.station(),
                line.note(),
                item.lot(),
                item.expiry(),
                line.choices(),
                line.course(),
                line.sent());
    }
}
