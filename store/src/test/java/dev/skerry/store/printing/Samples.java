package dev.skerry.store.printing;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.OrderTax;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.language.printing.KitchenTicket;
import dev.skerry.language.printing.KitchenTicket.Dish;
import dev.skerry.language.printing.Letterhead;
import dev.skerry.language.printing.Slip;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is printed in a shop on some day.
final class Samples {

    private Samples() {}

    static final LocalDateTime AT = LocalDateTime.parse("2026-03-02T17:05:31");
    static final LocalDate DAY = LocalDate.parse("2026-03-02");

    static Letterhead letterhead() {
        return new Letterhead(
                "Skerry Markt Nord",
                List.of("Große Elbstraße 12", "22767 Hamburg", "Tel. 040 123456"),
                "DE123456789",
                List.of("Mo-Sa 7-22 Uhr", "Danke für Ihren Einkauf!"),
                null);
    }

    /// A basket as on any evening: promotions, weights, two rates of tax, paid in cash.
    static Order sale() {
        return order(
                "EUR",
                List.of(
                        line("1", "Vollmilch 3,5 % 1 l", 2, 119, "reduced")
                                .off("Milch 20 %", 48)
                                .done(),
                        line("2", "Äpfel Braeburn lose", 735, "KILOGRAM", 399, "reduced").done(),
                        line(
                                        "3",
                                        "Café Crème \"Größe XL\" ganze Bohne, fair gehandelt 1 kg",
                                        1,
                                        1299,
                                        "reduced")
                                .done(),
                        line("4", "Mineralwasser Classic 12 x 0,7 l", 1, 599, "standard").done(),
                        line("5", "Pfand", 1, 330, "standard").under("4").done(),
                        line("6", "Spülmittel Zitrone", 3, 95, "standard")
                                .off("3 für 2", 95)
                                .done(),
                        line("7", "Tragetasche", 1, 20, "standard").voided().done()),
                List.of(
                        new OrderDiscount("PROMOTION", "p1", "Milch 20 %", eur(48), null),
                        new OrderDiscount("PROMOTION", "p2", "3 für 2", eur(95), null)),
                List.of(
                        new OrderTax("reduced", Percent.of(7), eur(1665), eur(117), eur(1782)),
                        new OrderTax("standard", Percent.of(19), eur(941), eur(178), eur(1119))),
                2901,
                true,
                List.of(new OrderTender("t", "CASH", eur(5000), null)),
                -1,
                2100,
                27);
    }

    /// The same, as another order.
    static Order sale(String id) {
        Order sale = sale();
        return new Order(
                id,
                sale.source(),
                sale.device(),
                new ReceiptNumber("0042", "till-3", DAY, 100 + id.length()),
                sale.businessDay(),
                sale.at(),
                sale.cashier(),
                null,
                null,
                null,
                id,
                sale.lines(),
                sale.discounts(),
                sale.taxes(),
                sale.total(),
                true,
                sale.tenders(),
                sale.rounding(),
                sale.change(),
                sale.prices(),
                true,
                0,
                List.of());
    }

    /// What came back is worth more than what was bought.
    static Order exchange() {
        return order(
                "EUR",
                List.of(
                        line("1", "Regenjacke Gr. M", -1, 7995, "standard").back("zu klein").done(),
                        line("2", "Regenjacke Gr. L", 1, 6995, "standard").done()),
                List.of(),
                List.of(new OrderTax("standard", Percent.of(19), eur(-840), eur(-160), eur(-1000))),
                -1000,
                true,
                List.of(new OrderTender("t", "CARD", eur(-1000), "VISA **** 1234")),
                0,
                0,
                0);
    }

    /// Prices without tax, three decimals, numbers as large as they come, a guest who waits.
    static Order dinner() {
        return new Order(
                "o-3",
                OrderSource.KIOSK,
                "kiosk-2",
                new ReceiptNumber("0042", "kiosk-2", DAY, 3),
                DAY,
                AT,
                "",
                null,
                "C-00017788",
                "114",
                "Nora",
                List.of(
                        line("KWD", "1", "Bacon Cheeseburger", 1, 3_250, "food").done(),
                        line("KWD", "2", "no onions", 1, 0, "food").under("1").done(),
                        line("KWD", "3", "extra bacon", 1, 750, "food").under("1").done(),
                        line(
                                        "KWD",
                                        "4",
                                        "Banquet for the whole village, with music",
                                        1,
                                        1_234_567_890,
                                        "food")
                                .done()),
                List.of(),
                List.of(
                        new OrderTax(
                                "food",
                                Percent.of(new BigDecimal("12.5")),
                                kwd(1_234_571_890L),
                                kwd(154_321_486L),
                                kwd(1_388_893_376L))),
                kwd(1_388_893_376L),
                false,
                List.of(new OrderTender("t", "CARD", kwd(1_388_893_376L), "MASTERCARD **** 4242")),
                kwd(0),
                kwd(0),
                new Order.BookVersions("1", "1"),
                true,
                1_234_571,
                List.of());
    }

    static OrderVoided voided() {
        return new OrderVoided(
                "o-1",
                new ReceiptNumber("0042", "till-3", DAY, 18),
                "Anna",
                "Mehmet",
                "Kunde hat Geld vergessen",
                List.of(new OrderTender("v", "CASH", eur(-2900), null)));
    }

    static KitchenTicket ticket() {
        return new KitchenTicket(
                "o-3",
                "114",
                "Nora",
                OrderSource.KIOSK,
                "grill",
                KitchenTicket.Change.NEW,
                AT,
                List.of(
                        new Dish(
                                Quantity.of(2),
                                "Bacon Cheeseburger",
                                List.of("no onions", "+ extra bacon"),
                                "nut allergy"),
                        new Dish(
                                Quantity.ONE,
                                "Crêpe Suzette flambée au Grand Marnier",
                                List.of(),
                                null)),
                "all together");
    }

    static Slip zReport() {
        return new Slip(
                Slip.Kind.Z_REPORT,
                "",
                "0117",
                AT,
                "Mehmet",
                "till-3",
                List.of(
                        Slip.Row.heading("Umsatz"),
                        Slip.Row.of("Verkäufe", 312, eur(1_234_567)),
                        Slip.Row.of("Rückgaben", 4, eur(-12_345)),
                        Slip.Row.total("Nettoumsatz", eur(1_222_222)),
                        Slip.Row.heading("Zahlungsarten"),
                        Slip.Row.of("Bar", 201, eur(612_345)),
                        Slip.Row.of("Karte", 107, eur(609_877)),
                        Slip.Row.heading("Kasse"),
                        Slip.Row.of("Soll", eur(632_345)),
                        Slip.Row.of("Ist", eur(632_145)),
                        Slip.Row.total("Differenz", eur(-200)),
                        Slip.Row.of("Erster Bon", "0001")),
                List.of("Kassierer", "Marktleitung"),
                false);
    }

    static Money eur(long cents) {
        return Money.of(cents, "EUR");
    }

    private static Money kwd(long fils) {
        return Money.of(fils, "KWD");
    }

    static Order order(
            String currency,
            List<OrderLine> lines,
            List<OrderDiscount> discounts,
            List<OrderTax> taxes,
            long total,
            boolean taxIncluded,
            List<OrderTender> tenders,
            long rounding,
            long change,
            long points) {
        return new Order(
                "o-1",
                OrderSource.TILL,
                "till-3",
                new ReceiptNumber("0042", "till-3", DAY, 17),
                DAY,
                AT,
                "Anna",
                null,
                points == 0 ? null : "98700001234",
                null,
                null,
                lines,
                discounts,
                taxes,
                Money.of(total, currency),
                taxIncluded,
                tenders,
                Money.of(rounding, currency),
                Money.of(change, currency),
                new Order.BookVersions("17", "4"),
                true,
                points,
                List.of());
    }

    static Making line(String id, String name, long pieces, long price, String tax) {
        return new Making("EUR", id, name, Quantity.of(pieces), "PIECE", price, tax);
    }

    private static Making line(
            String currency, String id, String name, long pieces, long price, String tax) {
        return new Making(currency, id, name, Quantity.of(pieces), "PIECE", price, tax);
    }

    private static Making line(
            String id, String name, long thousandths, String unit, long price, String tax) {
        return new Making("EUR", id, name, new Quantity(thousandths), unit, price, tax);
    }

    /// A line in the making.
    static final class Making {
        private final String id;
        private final String name;
        private final Quantity quantity;
        private final String unit;
        private final Money price;
        private final String tax;
        private final Map<String, Money> off = new TreeMap<>();
        private @Nullable String parent;
        private @Nullable String reason;
        private boolean voided;

        private Making(
                String currency,
                String id,
                String name,
                Quantity quantity,
                String unit,
                long price,
                String tax) {
            this.id = id;
            this.name = name;
            this.quantity = quantity;
            this.unit = unit;
            this.price = Money.of(price, currency);
            this.tax = tax;
        }

        Making off(String promotion, long cents) {
            off.put(promotion, new Money(cents, price.currency()));
            return this;
        }

        Making under(String line) {
            parent = line;
            return this;
        }

        Making back(String why) {
            reason = why;
            return this;
        }

        Making voided() {
            voided = true;
            return this;
        }

        OrderLine done() {
            Money gross = price.times(quantity);
            Money net = off.values().stream().reduce(gross, Money::minus);
            return new OrderLine(
                    id,
                    parent,
                    new Sku("sku" + id),
                    name,
                    quantity,
                    unit,
                    price,
                    "CHAIN",
                    gross,
                    net,
                    List.of(),
                    off.entrySet().stream()
                            .map(it ->
                                    new OrderDiscount(
                                            "PROMOTION", "p", it.getKey(), it.getValue(), null))
                            .toList(),
                    tax,
                    "food",
                    reason == null ? null : new OrderLine.ReturnOf("o-0", "1"),
                    reason,
                    voided,
                    null,
                    null,
                    null,
                    null);
        }
    }
}
