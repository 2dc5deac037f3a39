package dev.skerry.language.printing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Golden;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.OrderTax;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.language.printing.PrintingEvent.JobChanged;
import dev.skerry.language.printing.PrintingEvent.JobForgotten;
import dev.skerry.language.printing.PrintingEvent.LetterheadChanged;
import dev.skerry.language.printing.PrintingEvent.PrinterChanged;
import dev.skerry.language.printing.PrintingEvent.PrinterRemoved;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrintingEventTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final LocalDateTime AT = LocalDateTime.parse("2026-03-02T13:00:00");

    static Map<String, PrintingEvent> events() {
        Map<String, PrintingEvent> all = new TreeMap<>();
        all.put("PrinterChanged", new PrinterChanged(printer()));
        all.put("PrinterRemoved", new PrinterRemoved("receipts-3"));
        all.put(
                "LetterheadChanged",
                new LetterheadChanged(
                        new Letterhead(
                                "Skerry",
                                List.of("Pier 1"),
                                "DE1",
                                List.of("Thanks"),
                                "https://skerry.dev/r/{receipt}")));
        all.put("JobChanged-receipt", job(new Printout.Receipt(order(), true, false, false)));
        all.put("JobChanged-void", job(new Printout.VoidReceipt(voided(), order())));
        all.put("JobChanged-ticket", job(new Printout.Ticket(ticket())));
        all.put("JobChanged-slip", job(new Printout.Report(slip())));
        all.put(
                "JobChanged-test",
                new JobChanged(
                        PrintJob.waiting("j", new Printout.TestPage("x"), "", "p", NOON, 7, true)
                                .moved("q", 8)
                                .sending()
                                .doubtful("no answer")
                                .releasedNow()
                                .discarded(NOON, "not wanted"),
                        "discarded"));
        all.put("JobForgotten", new JobForgotten("j"));
        return all;
    }

    private static PrintingEvent job(Printout what) {
        return new JobChanged(
                PrintJob.waiting("j", what, "till-3", "receipts-3", NOON, 1, false), "queued");
    }

    private static Printer printer() {
        return new Printer(
                "receipts-3",
                "Till 3",
                "10.0.0.13",
                9100,
                42,
                "de-DE",
                List.of(CodePage.PC858, CodePage.WPC1252),
                List.of(Printer.Kind.RECEIPT, Printer.Kind.REPORT),
                List.of("till-3"),
                "receipts-1",
                true,
                true,
                true);
    }

    private static Money eur(long cents) {
        return Money.of(cents, "EUR");
    }

    private static Order order() {
        LocalDate day = AT.toLocalDate();
        return new Order(
                "o",
                OrderSource.TILL,
                "till-3",
                new ReceiptNumber("0042", "till-3", day, 17),
                day,
                AT,
                "Anna",
                null,
                null,
                null,
                null,
                List.of(
                        new OrderLine(
                                "1",
                                null,
                                new Sku("milk"),
                                "Milk",
                                Quantity.ONE,
                                "PIECE",
                                eur(119),
                                "CHAIN",
                                eur(119),
                                eur(119),
                                List.of(),
                                List.of(),
                                "reduced",
                                "Food",
                                null,
                                null,
                                false,
                                null,
                                null,
                                null,
                                null)),
                List.of(),
                List.of(new OrderTax("reduced", Percent.of(7), eur(111), eur(8), eur(119))),
                eur(119),
                true,
                List.of(new OrderTender("t", "CASH", eur(200), null)),
                eur(0),
                eur(81),
                new Order.BookVersions("1", "2"),
                true,
                0,
                List.of());
    }

    private static OrderVoided voided() {
        return new OrderVoided(
                "o",
                new ReceiptNumber("0042", "till-3", AT.toLocalDate(), 18),
                "Anna",
                "Mehmet",
                "mistake",
                List.of(new OrderTender("v", "CASH", eur(-119), null)));
    }

    private static KitchenTicket ticket() {
        return new KitchenTicket(
                "o",
                "114",
                "Nora",
                OrderSource.KIOSK,
                "grill",
                KitchenTicket.Change.NEW,
                AT,
                List.of(new KitchenTicket.Dish(Quantity.ONE, "Burger", List.of("no onions"), null)),
                "all together");
    }

    private static Slip slip() {
        return new Slip(
                Slip.Kind.Z_REPORT,
                "",
                "117",
                AT,
                "Mehmet",
                "till-3",
                List.of(
                        Slip.Row.heading("Sales"),
                        Slip.Row.of("Sales", 3, eur(500)),
                        Slip.Row.of("First", "0001"),
                        Slip.Row.total("Sum", eur(500))),
                List.of("Cashier"),
                true);
    }

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() {
        new Golden<>(PrintingEvent.FORM, PrintingEventTest.class).check(events());
    }

    @Test
    void a_moved_job_remembers_the_printer_that_it_was_for() {
        PrintJob job = PrintJob.waiting("j", new Printout.TestPage("x"), "", "p", NOON, 1, false);
        assertEquals("p", job.moved("q", 2).insteadOf());
        assertEquals("p", job.moved("q", 2).moved("r", 3).insteadOf());
    }

    @Test
    void a_printer_that_cannot_be_is_refused() {
        Printer good = printer();
        assertThrows(IllegalArgumentException.class, () -> with(good, 10, good.port(), null));
        assertThrows(IllegalArgumentException.class, () -> with(good, 42, 0, null));
        assertThrows(IllegalArgumentException.class, () -> with(good, 42, 9100, good.id()));
    }

    private static Printer with(
            Printer it, int columns, int port, @org.jspecify.annotations.Nullable String fallback) {
        return new Printer(
                it.id(),
                it.name(),
                it.host(),
                port,
                columns,
                it.language(),
                it.codePages(),
                it.documents(),
                it.serves(),
                fallback,
                it.automatic(),
                it.drawer(),
                it.reports());
    }
}
