package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.printer.Paper;
import dev.skerry.app.printer.VirtualPrinter;
import dev.skerry.app.shop.TestShop.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes out of a store's printers without being asked for: tickets of the kitchen, slips of the cash office.
class PaperTest {

    @TempDir private Path folder;
    private final List<String> grill = new CopyOnWriteArrayList<>();
    private final List<String> office = new CopyOnWriteArrayList<>();
    private VirtualPrinter grillPrinter;
    private VirtualPrinter officePrinter;
    private TestShop shop;

    @BeforeEach
    void open() throws IOException {
        grillPrinter = new VirtualPrinter(0, 42, (Paper it) -> grill.add(it.text()));
        officePrinter = new VirtualPrinter(0, 42, (Paper it) -> office.add(it.text()));
        shop = new TestShop(folder);
        CafeMenu.in(shop);
        done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"s1\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"));
        CafeMenu.await(shop);
        printer("grill", grillPrinter, "\"KITCHEN\"", "\"grill\"", ",\"fallback\":\"office\"");
        printer("office", officePrinter, "\"REPORT\"", "", ",\"automatic\":false");
    }

    private void printer(
            String id, VirtualPrinter printer, String documents, String serves, String more) {
        done(
                shop.change(
                        "PUT",
                        "/api/printers/" + id,
                        "{\"host\":\"127.0.0.1\",\"port\":%d,\"documents\":[%s],\"serves\":[%s]%s}"
                                .formatted(printer.port(), documents, serves, more)));
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
        grillPrinter.close();
        officePrinter.close();
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    private void table() {
        done(shop.ask("PUT", "/api/baskets/b1", "{\"source\":\"TABLE\",\"table\":\"Terrace 4\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/b1/lines",
                        "{\"id\":\"1\",\"sku\":\"salad\",\"course\":1}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/b1/lines",
                        "{\"id\":\"2\",\"sku\":\"burger\",\"quantity\":2,\"course\":2,\"options\":[{\"option\":\"medium\"},{\"option\":\"bacon\",\"count\":2}],\"without\":[\"i-onion\"],\"note\":\"no salt\"}"));
        done(shop.ask("POST", "/api/baskets/b1/send", ""));
        shop.await(
                () -> shop.ask("GET", "/api/kitchen/orders/b1", "").json().path("tickets").size(),
                it -> it == 2);
    }

    private static String await(TestShop shop, List<String> papers, int count) {
        return shop.await(
                        () -> {
                            shop.ask("GET", "/api/print-jobs", "");
                            return List.copyOf(papers);
                        },
                        it -> it.size() >= count)
                .get(count - 1);
    }

    @Test
    void a_ticket_is_printed_at_its_station_when_its_course_is_fired_and_so_is_what_changes() {
        table();
        done(shop.ask("POST", "/api/kitchen/orders/b1/fire", "{\"course\":2}"));
        String ticket = await(shop, grill, 1);
        for (String part :
                List.of(
                        "Terrace 4",
                        "2 x Burger",
                        "Medium",
                        "+ 2 x Bacon",
                        "no onion",
                        "! no salt",
                        "grill")) {
            assertTrue(ticket.contains(part), () -> part + " in\n" + ticket);
        }
        done(shop.ask("PATCH", "/api/baskets/b1/lines/2", "{\"quantity\":1}"));
        String changed = await(shop, grill, 2);
        assertTrue(changed.contains("CHANGED") && changed.contains("1 x Burger"), changed);
        done(shop.ask("DELETE", "/api/baskets/b1/lines/2", ""));
        String cancelled = await(shop, grill, 3);
        assertTrue(cancelled.contains("CANCELLED"), cancelled);
        // No printer serves the other station: there is a screen.
        assertEquals(3, grill.size());
        assertTrue(office.isEmpty());
    }

    @Test
    void a_ticket_comes_out_elsewhere_where_its_printer_cannot_print() {
        grillPrinter.state(VirtualPrinter.State.fine().withLines(0));
        table();
        done(shop.ask("POST", "/api/kitchen/orders/b1/fire", "{\"course\":2}"));
        shop.await(
                () -> {
                    // Past the time after which another printer takes over.
                    shop.now.updateAndGet(it -> it.plusSeconds(1));
                    shop.ask("GET", "/api/print-jobs", "");
                    return List.copyOf(office);
                },
                it -> !it.isEmpty());
        assertTrue(office.getFirst().contains("2 x Burger"), office.getFirst());
        assertTrue(office.getFirst().contains("instead of"), office.getFirst());
    }

    @Test
    void slips_of_the_cash_office_come_out_by_themselves_and_x_when_it_is_asked_for() {
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        done(shop.ask("POST", "/api/baskets/b1/lines", "{\"id\":\"1\",\"sku\":\"fries\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/b1/pay",
                        "{\"tenders\":[{\"id\":\"t1\",\"kind\":\"CASH\"}]}"));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts/s1/pick-ups",
                        "{\"id\":\"p1\",\"amount\":{\"amount\":5000,\"currency\":\"EUR\"}}"));
        String up = await(shop, office, 1);
        assertTrue(up.contains("PICK-UP") && up.contains("50.00"), up);
        done(shop.change("POST", "/api/shifts/s1/x/print", ""));
        String x = await(shop, office, 2);
        assertTrue(x.contains("X REPORT") && x.contains("53.00"), x);
        done(
                shop.ask(
                        "POST",
                        "/api/shifts/s1/counts",
                        "{\"id\":\"c1\",\"amount\":{\"amount\":5290,\"currency\":\"EUR\"}}"));
        done(shop.ask("POST", "/api/shifts/s1/close", "{}"));
        String z = await(shop, office, 3);
        assertTrue(z.contains("Z REPORT") && z.contains("Over or short"), z);
        assertTrue(z.contains("52.90") && z.contains("-0.10") && z.contains("3.00"), z);
    }
}
