package dev.skerry.store.printing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.language.printing.PrintJob;
import dev.skerry.language.printing.PrintJob.State;
import dev.skerry.language.printing.Printer;
import dev.skerry.store.printing.PaperShop.Cut;
import dev.skerry.store.printing.PaperShop.Mood;
import dev.skerry.store.printing.PaperShop.PowerCut;
import dev.skerry.store.printing.Printing.Form;
import dev.skerry.store.printing.Printing.Result;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Steps.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Nothing is lost, and nothing comes out twice without saying so.
class PrintQueueTest {

    private static final String DRAWER = "\u001bp";

    @TempDir private Path folder;
    private PaperShop shop;

    @BeforeEach
    void open() {
        shop = new PaperShop(folder);
        shop.add("spare", null, Printer.Kind.RECEIPT, "till-9");
        shop.add("till", "spare", Printer.Kind.RECEIPT, "till-3");
        shop.add("kitchen", null, Printer.Kind.KITCHEN);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static boolean unmarked(String paper) {
        return !paper.contains("DUPLICATE");
    }

    @Test
    void a_receipt_comes_out_once_for_each_order() {
        shop.pay("o-1");
        shop.pay("o-22");
        shop.follow();
        shop.run("till");
        assertEquals(2, shop.on("till").size());
        assertTrue(shop.on("till").getFirst().contains("o-1\n"), shop.on("till").getFirst());
        assertTrue(shop.on("till").stream().allMatch(PrintQueueTest::unmarked));
        assertEquals(List.of(), shop.on("spare"));
        shop.followFromTheStart();
        shop.run("till");
        assertEquals(2, shop.on("till").size());
    }

    @Test
    void the_drawer_opens_with_the_receipt_and_not_with_a_late_one() {
        shop.pay("o-1");
        shop.follow();
        shop.run("till");
        assertTrue(shop.on("till").getFirst().contains(DRAWER));
        shop.pay("o-2");
        shop.follow();
        shop.pass(Duration.ofMinutes(2));
        shop.run("till");
        assertFalse(shop.on("till").get(1).contains(DRAWER));
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void the_power_goes_at_any_point_and_the_receipt_still_comes_out(Cut cut) {
        shop.pay("o-1");
        shop.follow();
        shop.cut(cut);
        assertThrows(PowerCut.class, () -> shop.step("till"));
        shop.restart();
        shop.follow();
        shop.run("till");
        List<String> paper = shop.on("till");
        assertEquals(State.PRINTED, shop.only().state());
        // At most one of them looks like the first.
        assertTrue(paper.stream().filter(PrintQueueTest::unmarked).count() <= 1, paper.toString());
        boolean twice = cut == Cut.AFTER_PAPER;
        assertEquals(twice ? 2 : 1, paper.size());
        boolean marked = cut == Cut.AFTER_PAPER || cut == Cut.BEFORE_PAPER;
        assertEquals(marked, paper.getLast().contains("POSSIBLE DUPLICATE"));
        assertFalse(marked && paper.getLast().contains(DRAWER), "the drawer has opened before");
    }

    @Test
    void the_power_goes_again_and_again_and_each_time_it_is_said() {
        shop.pay("o-1");
        shop.follow();
        for (int i = 0; i < 2; i++) {
            shop.cut(Cut.AFTER_PAPER);
            assertThrows(PowerCut.class, () -> shop.run("till"));
            shop.restart();
        }
        shop.run("till");
        assertEquals(State.PRINTED, shop.only().state());
        assertEquals(3, shop.on("till").size());
        assertEquals(1, shop.on("till").stream().filter(PrintQueueTest::unmarked).count());
    }

    @Test
    void without_paper_another_printer_takes_over_and_says_so() {
        shop.mood("till", Mood.NO_PAPER);
        shop.pay("o-1");
        shop.pay("o-2");
        shop.follow();
        assertInstanceOf(Step.Hindered.class, shop.step("till"));
        assertEquals("The till has no paper", shop.printing().printers().get(2).trouble());
        // Whoever changes the roll has some time for it.
        shop.pass(Duration.ofSeconds(14));
        assertInstanceOf(Step.Hindered.class, shop.step("till"));
        shop.pass(Duration.ofSeconds(1));
        shop.run("till");
        shop.run("spare");
        assertEquals(List.of(), shop.on("till"));
        assertEquals(2, shop.on("spare").size());
        for (String paper : shop.on("spare")) {
            assertTrue(paper.contains("Printed here instead of at The till"), paper);
            assertTrue(unmarked(paper), paper);
            assertFalse(paper.contains(DRAWER), "that is the drawer of somebody else");
        }
    }

    @Test
    void a_job_is_taken_over_once_only() {
        shop.add("spare", "till", Printer.Kind.RECEIPT, "till-9");
        shop.mood("till", Mood.SILENT);
        shop.mood("spare", Mood.NO_PAPER);
        shop.pay("o-1");
        shop.follow();
        for (int i = 0; i < 10; i++) {
            shop.run("till");
            shop.run("spare");
            shop.pass(Duration.ofSeconds(20));
        }
        assertEquals("spare", shop.only().printer());
        assertEquals("The spare has no paper", shop.only().trouble());
        shop.mood("spare", Mood.FINE);
        shop.run("spare");
        assertEquals(1, shop.on("spare").size());
    }

    @Test
    void a_printer_that_answers_again_prints_in_order() {
        shop.mood("till", Mood.SILENT);
        shop.pay("o-1");
        shop.pay("o-2");
        shop.follow();
        shop.run("till");
        shop.pass(Duration.ofSeconds(5));
        shop.mood("till", Mood.FINE);
        shop.run("till");
        assertTrue(shop.on("till").get(0).contains("o-1\n"));
        assertTrue(shop.on("till").get(1).contains("o-2\n"));
        assertNull(shop.printing().printers().get(2).trouble());
    }

    @Test
    void what_was_half_sent_is_printed_again_and_says_so() {
        shop.mood("till", Mood.HALF);
        shop.pay("o-1");
        shop.follow();
        assertInstanceOf(Step.Hindered.class, shop.step("till"));
        assertEquals(State.WAITING, shop.only().state());
        shop.mood("till", Mood.FINE);
        shop.run("till");
        assertEquals(2, shop.on("till").size());
        assertTrue(shop.on("till").get(1).contains("POSSIBLE DUPLICATE"));
    }

    @Test
    void a_printer_that_never_confirms_does_not_use_up_the_roll() {
        shop.mood("kitchen", Mood.MUTE);
        shop.printing().ticket(shop.command(), Samples.ticket());
        for (int i = 0; i < 20; i++) {
            shop.run("kitchen");
        }
        assertEquals(3, shop.on("kitchen").size());
        assertEquals(State.HELD, shop.only().state());
        assertTrue(
                String.valueOf(shop.only().trouble()).contains("reports"), shop.only().trouble());
    }

    @Test
    void after_an_outage_a_kitchen_does_not_get_the_tickets_of_yesterday() {
        shop.mood("kitchen", Mood.SILENT);
        PrintJob old = done(shop.printing().ticket(shop.command(), Samples.ticket()));
        shop.run("kitchen");
        shop.pass(Duration.ofHours(14));
        shop.mood("kitchen", Mood.FINE);
        PrintJob fresh = done(shop.printing().ticket(shop.command(), Samples.ticket()));
        shop.run("kitchen");
        assertEquals(1, shop.on("kitchen").size());
        assertEquals(State.HELD, shop.printing().job(old.id()).orElseThrow().state());
        assertEquals(State.PRINTED, shop.printing().job(fresh.id()).orElseThrow().state());
        assertEquals(1, shop.printing().printers().getFirst().held());
        // Somebody wants it all the same.
        done(shop.printing().release(shop.command(), old.id(), null));
        shop.run("kitchen");
        assertEquals(2, shop.on("kitchen").size());
        assertInstanceOf(
                Result.NotNow.class, shop.printing().discard(shop.command(), old.id(), "late"));
    }

    @Test
    void what_is_held_can_be_given_up_or_printed_elsewhere() {
        shop.add("bar", null, Printer.Kind.KITCHEN, "bar");
        PrintJob one = done(shop.printing().ticket(shop.command(), Samples.ticket()));
        PrintJob two = done(shop.printing().ticket(shop.command(), Samples.ticket()));
        shop.pass(Duration.ofHours(14));
        shop.run("kitchen");
        done(shop.printing().discard(shop.command(), one.id(), "of yesterday"));
        done(shop.printing().release(shop.command(), two.id(), "bar"));
        shop.run("kitchen");
        shop.run("bar");
        assertEquals(List.of(), shop.on("kitchen"));
        assertEquals(1, shop.on("bar").size());
        assertTrue(shop.on("bar").getFirst().contains("instead of at The kitchen"));
        assertEquals(State.DISCARDED, shop.printing().job(one.id()).orElseThrow().state());
        assertInstanceOf(
                Result.NoPrinter.class,
                shop.printing().release(shop.command(), two.id(), "nowhere"));
    }

    @Test
    void ten_that_ask_at_once_for_the_same_reprint_get_one_and_ten_reprints_are_ten()
            throws Exception {
        shop.pay("o-1");
        shop.follow();
        shop.run("till");
        Command same = shop.command();
        List<String> ids = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Result>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(
                        people.submit(
                                () -> shop.printing().receipt(same, "o-1", "till-3", null, false)));
            }
            for (Future<Result> one : all) {
                ids.add(done(one.get()).id());
            }
        }
        assertEquals(1, ids.stream().distinct().count());
        for (int i = 0; i < 10; i++) {
            done(shop.printing().reprint(shop.command(), "receipt-o-1"));
        }
        shop.run("till");
        assertEquals(12, shop.on("till").size());
        assertEquals(1, shop.on("till").stream().filter(PrintQueueTest::unmarked).count());
        assertTrue(
                shop.on("till").stream().skip(1).noneMatch(it -> it.contains("POSSIBLE")),
                "it is known that it is one");
        assertTrue(shop.on("till").stream().skip(1).noneMatch(it -> it.contains(DRAWER)));
    }

    @Test
    void what_is_printed_goes_where_it_belongs() {
        assertInstanceOf(
                Result.NoPrinter.class,
                shop.printing()
                        .print(
                                shop.command(),
                                new dev.skerry.language.printing.Printout.Report(Samples.zReport()),
                                "till-3"));
        assertInstanceOf(
                Result.NotFound.class,
                shop.printing().receipt(shop.command(), "o-none", "till-3", null, false));
        assertEquals(
                "kitchen",
                done(shop.printing().ticket(shop.command(), Samples.ticket())).printer());
        assertEquals("till", done(shop.printing().test(shop.command(), "till")).printer());
        shop.pay("o-1");
        Result gift = shop.printing().receipt(shop.command(), "o-1", "till-9", null, true);
        assertEquals("spare", done(gift).printer());
        shop.run("spare");
        assertTrue(unmarked(shop.on("spare").getFirst()));
    }

    @Test
    void a_void_is_printed_with_what_it_took_back() {
        shop.pay("o-1");
        shop.publish(Samples.voided());
        shop.follow();
        shop.run("till");
        assertTrue(shop.on("till").get(1).contains("REFUND EUR"), shop.on("till").get(1));
        assertTrue(shop.on("till").get(1).contains("Vollmilch"), shop.on("till").get(1));
    }

    @Test
    void what_waits_for_a_printer_that_is_taken_away_is_held() {
        shop.pay("o-1");
        shop.follow();
        assertTrue(shop.printing().remove(shop.command(), "till"));
        assertEquals(State.HELD, shop.only().state());
        assertEquals(new Step.CaughtUp(0), shop.step("till"));
        assertFalse(shop.printing().remove(shop.command(), "till"));
        done(shop.printing().release(shop.command(), "receipt-o-1", "spare"));
        shop.run("spare");
        assertEquals(1, shop.on("spare").size());
    }

    @Test
    void what_is_done_is_forgotten_and_what_is_not_is_kept() {
        shop.mood("kitchen", Mood.SILENT);
        done(shop.printing().ticket(shop.command(), Samples.ticket()));
        shop.pay("o-1");
        shop.follow();
        shop.run("till");
        shop.pass(Duration.ofDays(4));
        List<Steps> driven = new ArrayList<>();
        Steps lanes = shop.printing().lanes(driven::add);
        assertInstanceOf(Step.CaughtUp.class, lanes.step());
        assertEquals(
                List.of("printer kitchen", "printer spare", "printer till"),
                driven.stream().map(Steps::name).toList());
        assertEquals(Printer.Kind.KITCHEN, shop.only().what().sort());
        // The orders are read once more: they are too old to be printed.
        shop.followFromTheStart();
        assertEquals(Printer.Kind.KITCHEN, shop.only().what().sort());
        shop.add("new", null, Printer.Kind.REPORT);
        lanes.step();
        lanes.step();
        assertEquals(4, driven.size());
    }

    @Test
    void the_state_is_the_same_when_it_is_made_anew_from_the_stream() {
        shop.pay("o-1");
        shop.follow();
        shop.run("till");
        shop.mood("kitchen", Mood.MUTE);
        shop.printing().ticket(shop.command(), Samples.ticket());
        shop.run("kitchen");
        shop.printing().set(shop.command(), Samples.letterhead());
        shop.printing().remove(shop.command(), "spare");
        String before = shop.dump();
        shop.printing().rebuild();
        assertEquals(before, shop.dump());
        assertTrue(before.contains("receipt-o-1"), before);
    }

    @Test
    void a_receipt_on_a_screen_is_the_same_as_on_paper_but_a_print_file_says_that_it_is_one_more() {
        shop.pay("o-1");
        shop.printing().set(shop.command(), Samples.letterhead());
        Form form = Form.of("de-DE");
        String text = shop.printing().text("o-1", form, false).orElseThrow();
        assertTrue(text.contains("SUMME EUR"), text);
        assertTrue(text.contains("Skerry Markt Nord"), text);
        assertNotNull(shop.printing().html("o-1", form, false).orElseThrow());
        assertTrue(unmarked(text));
        byte[] bytes = shop.printing().escPos("o-1", form, false).orElseThrow();
        assertTrue(
                new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains("DUPLIKAT"));
        assertTrue(shop.printing().text("o-2", form, false).isEmpty());
    }

    private static PrintJob done(Result result) {
        return assertInstanceOf(Result.Done.class, result).job();
    }
}
