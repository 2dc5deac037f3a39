package dev.skerry.app.printer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.anastaciocintra.escpos.EscPos;
import com.github.anastaciocintra.escpos.EscPosConst.Justification;
import com.github.anastaciocintra.escpos.Style;
import com.github.anastaciocintra.escpos.barcode.BarCode;
import com.github.anastaciocintra.escpos.barcode.QRCode;
import dev.skerry.app.printer.VirtualPrinter.State;
import dev.skerry.context.Book.Command;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.language.orders.OrderTax;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.orders.ReceiptNumber;
import dev.skerry.language.printing.CodePage;
import dev.skerry.language.printing.Letterhead;
import dev.skerry.language.printing.PrintJob;
import dev.skerry.language.printing.Printer;
import dev.skerry.language.printing.Printout;
import dev.skerry.store.printing.Printing;
import dev.skerry.store.printing.Printing.Answer;
import dev.skerry.store.printing.Printing.Form;
import dev.skerry.store.printing.Printing.PaidOrders;
import dev.skerry.store.printing.Printing.Patience;
import dev.skerry.store.printing.Printing.Trouble;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Steps.Step;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store's own printing, over real sockets, to a printer that draws what it understands.
class VirtualPrinterTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-02T16:00:00Z"));

    /// So long that a slow machine is no printer in trouble.
    private static final Patience LONG =
            new Patience(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

    /// For what is not going to happen anyway.
    private static final Patience SHORT =
            new Patience(Duration.ofMinutes(1), Duration.ofMillis(50), Duration.ofMillis(50));

    @TempDir private Path folder;
    private final List<Paper> cut = Collections.synchronizedList(new ArrayList<>());
    private VirtualPrinter printer;
    private SqliteDatabase database;
    private int commands;

    @BeforeEach
    void open() throws IOException {
        printer = new VirtualPrinter(0, 42, cut::add);
        database =
                SqliteDatabase.open(
                        folder.resolve("printing.db"),
                        SqliteSettings.defaults(),
                        CLOCK,
                        Printing.tables());
    }

    @AfterEach
    void close() throws IOException {
        printer.close();
        database.close();
    }

    private Printing printing(Patience patience) {
        Order order = order();
        Printing printing =
                new Printing(
                        database,
                        id ->
                                Optional.of(new PaidOrders.Paid(order, null, false))
                                        .filter(_ -> id.equals("o-1")),
                        Printing.overTcp(patience),
                        Printing.Policy.defaults(),
                        CLOCK,
                        new TimeOrderedIds(CLOCK, new Random(1)));
        printing.set(command(), settings());
        printing.set(
                command(),
                new Letterhead(
                        "Käse & Söhne",
                        List.of("Straße 1 <b>"),
                        "DE1",
                        List.of("Danke – 5 € für Sie"),
                        "https://skerry.dev/r/{receipt}"));
        return printing;
    }

    private Printer settings() {
        return new Printer(
                "p",
                "The printer",
                "127.0.0.1",
                printer.port(),
                42,
                "de-DE",
                List.of(CodePage.PC858, CodePage.WPC1252, CodePage.PC852),
                List.of(Printer.Kind.values()),
                List.of(),
                null,
                true,
                true,
                true);
    }

    private Command command() {
        return new Command("c" + commands++, "same");
    }

    private static Order order() {
        LocalDateTime at = LocalDateTime.parse("2026-03-02T17:05:00");
        Money price = Money.of(1299, "EUR");
        Money off = Money.of(300, "EUR");
        OrderDiscount discount = new OrderDiscount("PROMOTION", "p", "Łódź-Wochen", off, null);
        return new Order(
                "o-1",
                OrderSource.TILL,
                "till-3",
                new ReceiptNumber("0042", "t3", at.toLocalDate(), 17),
                at.toLocalDate(),
                at,
                "Zoë",
                null,
                null,
                "114",
                "Nora",
                List.of(
                        new OrderLine(
                                "1",
                                null,
                                new Sku("coffee"),
                                "Café Crème „Größe XL“, ganze Bohne, fair gehandelt",
                                Quantity.of(2),
                                "PIECE",
                                price,
                                "CHAIN",
                                price.times(2),
                                price.times(2).minus(off),
                                List.of(),
                                List.of(discount),
                                "reduced",
                                "Food",
                                null,
                                null,
                                false,
                                null,
                                null,
                                null,
                                null)),
                List.of(discount),
                List.of(
                        new OrderTax(
                                "reduced",
                                Percent.of(7),
                                Money.of(2148, "EUR"),
                                Money.of(150, "EUR"),
                                Money.of(2298, "EUR"))),
                Money.of(2298, "EUR"),
                true,
                List.of(new OrderTender("t", "CASH", Money.of(3000, "EUR"), null)),
                Money.of(2, "EUR"),
                Money.of(700, "EUR"),
                new Order.BookVersions("1", "1"),
                true,
                22,
                List.of());
    }

    private static Step run(Steps lane) {
        Step step = lane.step();
        while (step instanceof Step.Moved) {
            step = lane.step();
        }
        return step;
    }

    @Test
    void what_is_on_paper_is_what_the_text_says() {
        Printing printing = printing(LONG);
        printing.print(command(), Printout.Receipt.of(order()), "till-3");
        assertInstanceOf(Step.CaughtUp.class, run(printing.lane("p")));
        assertEquals(1, cut.size());
        Paper paper = cut.getFirst();
        assertEquals(List.of(), paper.unknown());
        assertTrue(paper.drawer());
        String text = printing.text("o-1", Form.of(settings()), false).orElseThrow();
        assertEquals(text, paper.text());
        assertTrue(text.contains("„Größe XL“") && text.contains("Łódź-Wochen"), text);
        assertTrue(text.contains("Danke – 5 € für Sie"), text);
        assertTrue(
                paper.marks().stream()
                        .anyMatch(it ->
                                it instanceof Paper.Mark.Bars bars
                                        && bars.text().equals("0042-t3-20260302-0017")),
                paper.marks().toString());
        assertTrue(
                paper.marks().stream()
                        .anyMatch(it ->
                                it instanceof Paper.Mark.Matrix matrix
                                        && matrix.text()
                                                .equals(
                                                        "https://skerry.dev/r/0042-t3-20260302-0017")),
                paper.marks().toString());
    }

    @Test
    void a_print_file_is_read_whatever_its_pieces_are() {
        byte[] bytes = printing(LONG).escPos("o-1", Form.of(settings()), false).orElseThrow();
        List<String> texts = new ArrayList<>();
        for (int piece : new int[] {1, 2, 7, bytes.length}) {
            EscPosReader reader = new EscPosReader(42, it -> texts.add(it.text()), _ -> {});
            int from = 0;
            for (int to = piece; from < bytes.length; to = Math.min(to + piece, bytes.length)) {
                int length = from < to ? reader.read(bytes, from, to) : 0;
                while (length > 0) {
                    from += length;
                    length = from < to ? reader.read(bytes, from, to) : 0;
                }
            }
        }
        assertEquals(4, texts.size());
        assertEquals(1, texts.stream().distinct().count());
        assertTrue(texts.getFirst().contains("DUPLIKAT"), texts.getFirst());
    }

    @Test
    void it_tells_what_is_wrong_with_it() {
        assertEquals(Trouble.NO_PAPER, trouble(State.fine().withLines(0)));
        assertEquals(Trouble.COVER_OPEN, trouble(State.fine().withCoverOpen(true)));
        assertEquals(Trouble.OFFLINE, trouble(State.fine().withOffline(true)));
        printer.state(State.fine());
        Answer.Ready ready =
                assertInstanceOf(Answer.Ready.class, Printing.overTcp(LONG).call(settings()));
        ready.connection().close();
    }

    private Trouble trouble(State state) {
        printer.state(state);
        return assertInstanceOf(Answer.NotReady.class, Printing.overTcp(LONG).call(settings()))
                .trouble();
    }

    @Test
    void one_that_does_not_answer_is_not_sent_anything() throws IOException {
        printer.state(State.fine().withSilent(true));
        Printing printing = printing(SHORT);
        PrintJob job = job(printing.test(command(), "p"));
        assertInstanceOf(Step.Hindered.class, printing.lane("p").step());
        assertEquals(0, printing.job(job.id()).orElseThrow().starts());
        printer.close();
        assertInstanceOf(Step.Hindered.class, printing.lane("p").step());
        assertEquals(0, printing.job(job.id()).orElseThrow().starts());
        assertEquals(List.of(), cut);
    }

    @Test
    void when_the_roll_ends_in_the_middle_the_next_one_says_that_it_may_be_the_second() {
        Printing printing = printing(SHORT);
        // Each takes its time to answer here, and may be late; what counts is how it ends.
        printer.state(State.fine().withLines(5));
        PrintJob job = job(printing.print(command(), Printout.Receipt.of(order()), "till-3"));
        Steps lane = printing.lane("p");
        for (int i = 0; i < 1000 && printing.job(job.id()).orElseThrow().starts() == 0; i++) {
            lane.step();
        }
        assertInstanceOf(Step.Hindered.class, lane.step());
        assertTrue(printing.job(job.id()).orElseThrow().uncertain());
        printer.state(State.fine());
        Steps patient = printing(LONG).lane("p");
        assertInstanceOf(Step.CaughtUp.class, run(patient));
        assertEquals(PrintJob.State.PRINTED, printing.job(job.id()).orElseThrow().state());
        assertTrue(cut.stream().filter(it -> !it.text().contains("DUPLIKAT")).count() <= 1);
        assertTrue(cut.getLast().text().contains("MÖGLICHES DUPLIKAT"), cut.getLast().text());
    }

    @Test
    void a_slow_one_prints_all_the_same() {
        printer.state(State.fine().withPerLine(Duration.ofNanos(1)));
        Printing printing = printing(LONG);
        printing.test(command(), "p");
        printing.test(command(), "p");
        assertInstanceOf(Step.CaughtUp.class, run(printing.lane("p")));
        assertEquals(2, cut.size());
        assertTrue(cut.getFirst().text().contains("äöü ÄÖÜ ß éèêç ñ å ø æ € £ @ #"));
    }

    private static PrintJob job(Printing.Result result) {
        return assertInstanceOf(Printing.Result.Done.class, result).job();
    }

    @Test
    void another_library_s_commands_are_understood() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EscPos other = new EscPos(bytes)) {
            other.initializePrinter();
            other.setCharacterCodeTable(EscPos.CharacterCodeTable.CP858_Euro);
            other.writeLF(
                    new Style()
                            .setFontSize(Style.FontSize._2, Style.FontSize._2)
                            .setJustification(Justification.Center)
                            .setBold(true),
                    "Größe");
            other.writeLF(new Style().setUnderline(Style.Underline.OneDotThick), "plain");
            other.write(new BarCode().setSystem(BarCode.BarCodeSystem.CODE128), "{Bhello");
            other.write(new QRCode().setSize(4), "qr");
            other.pulsePin(EscPos.PinConnector.Pin_2, 50, 75);
            other.feed(3).cut(EscPos.CutMode.FULL);
        }
        EscPosReader reader = new EscPosReader(42, cut::add, _ -> {});
        byte[] all = bytes.toByteArray();
        int from = 0;
        while (from < all.length) {
            int length = reader.read(all, from, all.length);
            assertTrue(length > 0, from + " of " + new String(all, ISO_8859_1));
            from += length;
        }
        Paper paper = cut.getFirst();
        assertEquals(List.of(), paper.unknown());
        assertTrue(paper.drawer());
        assertTrue(paper.text().contains("Größe\nplain\n"), paper.text());
        assertTrue(paper.svg().contains("scale(2 2)"), paper.svg());
        assertEquals(1, paper.marks().stream().filter(Paper.Mark.Matrix.class::isInstance).count());
        assertEquals(1, paper.marks().stream().filter(Paper.Mark.Bars.class::isInstance).count());
    }

    @Test
    void each_piece_of_paper_becomes_two_files_and_the_numbers_go_on() throws IOException {
        Printing printing = printing(LONG);
        byte[] bytes = printing.escPos("o-1", Form.of(settings()), true).orElseThrow();
        Path out = folder.resolve("out");
        for (int run = 0; run < 2; run++) {
            PaperTray tray = new PaperTray(out);
            EscPosReader reader = new EscPosReader(42, tray::take, _ -> {});
            for (int from = 0; from < bytes.length; ) {
                from += reader.read(bytes, from, bytes.length);
            }
        }
        assertEquals(
                printing.text("o-1", Form.of(settings()), true).orElseThrow(),
                Files.readString(out.resolve("0002.txt")));
        String svg = Files.readString(out.resolve("0002.svg"));
        assertTrue(
                svg.startsWith("<svg ")
                        && svg.contains("&lt;b&gt;")
                        && svg.contains("Käse<")
                        && svg.contains("&amp;"),
                svg);
    }

    @Test
    void it_becomes_what_is_typed() throws IOException {
        PrinterCommand.Orders orders =
                new PrinterCommand.Orders(printer, new PaperTray(folder.resolve("out")));
        assertEquals("paper; printed 0", orders.obey(""));
        assertEquals("no paper; printed 0", orders.obey("no paper"));
        assertEquals("paper for 20 lines; printed 0", orders.obey("lines 20"));
        assertEquals("paper for 20 lines, cover open; printed 0", orders.obey("open"));
        assertEquals("paper for 20 lines; printed 0", orders.obey("close"));
        assertEquals(
                "paper, offline, silent, 50 ms a line; printed 0",
                all(orders, "paper", "offline", "silent", "slow 50"));
        assertEquals("paper; printed 0", all(orders, "online", "answers", "slow 0"));
        assertTrue(orders.obey("slow down").contains("is no number"));
        assertTrue(orders.obey("fly").contains("There is no fly"));
    }

    private static String all(PrinterCommand.Orders orders, String... typed) {
        String last = "";
        for (String one : typed) {
            last = orders.obey(one);
        }
        return last;
    }
}
