package dev.skerry.store.printing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Money;
import dev.skerry.language.printing.CodePage;
import dev.skerry.language.printing.Letterhead;
import dev.skerry.language.printing.Printout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What customers, cooks and cashiers get to read: look at the files beside this test.
class RenderingTest {

    private static final List<CodePage> EPSON = List.of(CodePage.PC858, CodePage.PC852);

    private static Document document(String name, Printout what, Marks marks) {
        String language = name.endsWith("-en") ? "en-GB" : name.endsWith("-fr") ? "fr-FR" : "de-DE";
        return Documents.of(what, Samples.letterhead(), language, marks);
    }

    private static Document document(String name) {
        return switch (name) {
            case "sale-de", "sale-en", "sale-fr" ->
                    document(
                            name,
                            new Printout.Receipt(Samples.sale(), false, false, false),
                            Marks.NONE);
            case "exchange-de", "exchange-en" ->
                    document(
                            name,
                            new Printout.Receipt(Samples.exchange(), false, false, false),
                            Marks.NONE);
            case "dinner-en" ->
                    document(
                            name,
                            new Printout.Receipt(Samples.dinner(), false, false, false),
                            Marks.NONE);
            case "gift-en" ->
                    document(
                            name,
                            new Printout.Receipt(Samples.sale(), true, false, false),
                            Marks.NONE);
            case "training-de" ->
                    document(
                            name,
                            new Printout.Receipt(Samples.exchange(), false, true, false),
                            new Marks(true, true, "Kasse 1", false));
            case "void-de" ->
                    document(
                            name,
                            new Printout.VoidReceipt(Samples.voided(), Samples.sale()),
                            Marks.NONE);
            case "ticket-en" ->
                    document(
                            name,
                            new Printout.Ticket(Samples.ticket()),
                            new Marks(false, true, "Grill", false));
            case "z-de" -> document(name, new Printout.Report(Samples.zReport()), Marks.NONE);
            case "test-en" -> document(name, new Printout.TestPage("receipts-3"), Marks.NONE);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// Set SKERRY_GOLDEN to the folder of these files to write them anew, and then read them.
    private static void golden(String file, byte[] now) {
        String folder = System.getenv("SKERRY_GOLDEN");
        try {
            if (folder != null) {
                Files.write(Path.of(folder, file), now);
                return;
            }
            try (InputStream in = RenderingTest.class.getResourceAsStream("golden/" + file)) {
                assertNotNull(in, "no golden file " + file);
                byte[] then = in.readAllBytes();
                if (!Arrays.equals(then, now)) {
                    assertEquals(new String(then, UTF_8), new String(now, UTF_8), file);
                    assertArrayEquals(then, now, file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sale-de",
                "sale-en",
                "sale-fr",
                "exchange-de",
                "exchange-en",
                "dinner-en",
                "gift-en",
                "training-de",
                "void-de",
                "ticket-en",
                "z-de",
                "test-en"
            })
    void it_reads_as_it_was_found_to_be_good(String name) {
        for (int columns : new int[] {32, 42, 48}) {
            golden(
                    "%s-%d.txt".formatted(name, columns),
                    PlainText.of(document(name), columns).getBytes(UTF_8));
        }
        golden(name + ".html", HtmlPage.of(document(name), name).getBytes(UTF_8));
        // In rows of hexadecimal, so that a difference can be seen.
        golden(name + ".escpos", hex(EscPos.of(document(name), 48, EPSON)).getBytes(UTF_8));
    }

    @Test
    void no_line_is_too_long_and_no_number_is_cut_at_any_width() {
        Printout dinner = new Printout.Receipt(Samples.dinner(), false, false, false);
        for (String language :
                List.of("en-GB", "de-DE", "fr-FR", "de-CH", "sv-SE", "ja-JP", "ar-EG")) {
            Document document = Documents.of(dinner, Samples.letterhead(), language, Marks.NONE);
            Wording words = new Wording(language);
            for (int columns = 24; columns <= 64; columns++) {
                String text = PlainText.of(document, columns);
                int width = columns;
                assertTrue(text.lines().allMatch(it -> it.length() <= width), text);
                for (long minor :
                        new long[] {3_250, 750, 1_234_567_890L, 154_321_486, 1_388_893_376L}) {
                    String amount = Letters.clean().apply(words.amount(Money.of(minor, "KWD")));
                    assertTrue(text.contains(amount), amount + " is not in\n" + text);
                }
                assertTrue(text.replaceAll("\\s", "").contains("0042-kiosk-2-20260302-0003"), text);
            }
        }
    }

    @Test
    void a_receipt_has_a_bar_code_and_where_that_does_not_fit_a_qr_code() {
        String number = "0042-till-3-20260302-0017";
        UnaryOperator<String> all = Letters.clean();
        assertTrue(Layout.of(document("sale-de"), 48, all).contains(new Layout.Piece.Bars(number)));
        assertTrue(
                Layout.of(document("sale-de"), 32, all).contains(new Layout.Piece.Matrix(number)));
    }

    @Test
    void the_drawer_opens_for_cash_and_only_where_it_may() {
        byte[] kick = {0x1B, 'p', 0, 25, (byte) 250};
        Marks may = new Marks(false, false, null, true);
        Printout cash = new Printout.Receipt(Samples.sale(), false, false, false);
        Printout card = new Printout.Receipt(Samples.exchange(), false, false, false);
        assertTrue(contains(escPos(cash, may), kick));
        assertFalse(contains(escPos(cash, Marks.NONE), kick));
        assertFalse(contains(escPos(card, may), kick));
        assertFalse(
                contains(
                        escPos(new Printout.Receipt(Samples.sale(), true, false, false), may),
                        kick));
    }

    private static byte[] escPos(Printout what, Marks marks) {
        return EscPos.of(Documents.of(what, Samples.letterhead(), "de-DE", marks), 42, EPSON);
    }

    private static boolean contains(byte[] all, byte[] part) {
        return HexFormat.of().formatHex(all).contains(HexFormat.of().formatHex(part));
    }

    @Test
    void a_name_cannot_command_the_printer_nor_the_browser() {
        Document document =
                new Document.Sheet()
                        .left(
                                "\u001b@ \u001dV\u0000 <script>alert('x')</script> & \"Co\"",
                                Document.Style.NORMAL)
                        .done("en\" onload=\"x", false);
        String page = HtmlPage.of(document, "</title><b>");
        assertFalse(
                page.contains("<script>") || page.contains("<b>") || page.contains("\" onload"),
                page);
        assertTrue(
                page.contains(
                        "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;Co&quot;"),
                page);
        byte[] bytes = EscPos.of(document, 42, EPSON);
        byte[] without =
                EscPos.of(
                        new Document.Sheet().left("x", Document.Style.NORMAL).done("en", false),
                        42,
                        EPSON);
        assertEquals(escapes(without), escapes(bytes));
    }

    private static long escapes(byte[] bytes) {
        long count = 0;
        for (byte one : bytes) {
            count += one == 0x1B || one == 0x1D || one == 0x1C ? 1 : 0;
        }
        return count;
    }

    @Test
    void a_letter_is_written_with_the_page_that_has_it_or_with_letters_that_there_are() {
        UnaryOperator<String> old = new Letters(List.of(CodePage.PC437));
        assertEquals(
                "EUR 5 - Käse, Lodz \"a\" ... 1/2?",
                old.apply("€ 5 – Käse, Łódź „a” … ½語").replace("½", "1/2").replace("ó", "o"));
        Letters two = new Letters(EPSON);
        assertEquals("€ Łódź", two.apply("€ Łódź"));
        byte[] bytes =
                EscPos.of(
                        new Document.Sheet().left("aŁb€", Document.Style.NORMAL).done("pl", false),
                        42,
                        EPSON);
        // Page 852 for Ł and back to 858 for €; a and b are the same in both.
        String expected = "61" + "1b7412" + "9d" + "62" + "1b7413" + "d5" + "0a";
        assertTrue(
                HexFormat.of().formatHex(bytes).contains(expected),
                HexFormat.of().formatHex(bytes));
    }

    @Test
    void a_long_word_goes_on_in_the_next_line() {
        assertEquals(List.of("ab", "cdefg", "hi j"), Layout.wrap("ab cdefghi j", 5));
        assertEquals(List.of(""), Layout.wrap("  ", 5));
    }

    @Test
    void yen_have_no_decimals_and_dinars_three() {
        assertEquals("1,234", new Wording("en").amount(Money.of(1234, "JPY")));
        assertEquals("-1.234,567", new Wording("de").amount(Money.of(-1_234_567, "KWD")));
        assertEquals("-0.05", new Wording("en").amount(Money.of(-5, "USD")));
        assertEquals("Total", new Wording("xx-unknown").word("total").substring(0, 1) + "otal");
    }

    @Test
    void both_languages_have_the_same_words() throws IOException {
        java.util.Properties english = new java.util.Properties();
        java.util.Properties german = new java.util.Properties();
        for (var it :
                List.of(
                        java.util.Map.entry("words", english),
                        java.util.Map.entry("words_de", german))) {
            try (InputStream in =
                    RenderingTest.class.getResourceAsStream(it.getKey() + ".properties")) {
                assertNotNull(in);
                it.getValue().load(new java.io.InputStreamReader(in, UTF_8));
            }
        }
        english.keySet()
                .removeIf(key ->
                        String.valueOf(english.get(key)).isEmpty()
                                || key.toString().startsWith("unit."));
        assertEquals(
                new java.util.TreeSet<>(english.keySet()),
                new java.util.TreeSet<>(german.keySet()));
    }

    @Test
    void every_way_that_a_printout_can_be_marked_is_on_it_twice() {
        Document document =
                Documents.of(
                        new Printout.Receipt(Samples.sale(), false, true, true),
                        new Letterhead("", List.of(), "", List.of(), null),
                        "en",
                        new Marks(true, true, "Till 1", false));
        String text = PlainText.of(document, 48);
        for (String mark :
                List.of(
                        "TRAINING, NOT A RECEIPT",
                        "VOIDED",
                        "\\bDUPLICATE",
                        "POSSIBLE DUPLICATE",
                        "instead of at Till 1")) {
            long count =
                    java.util.regex.Pattern.compile(mark)
                            .matcher(
                                    text.toUpperCase(Locale.ROOT)
                                            .replace(
                                                    "INSTEAD OF AT TILL 1", "instead of at Till 1"))
                            .results()
                            .count();
            assertEquals(mark.contains("\\b") ? 4 : 2, count, mark + "\n" + text);
        }
        assertFalse(
                document.blocks().stream().anyMatch(it -> it instanceof Document.Block.Scan), text);
    }

    private static String hex(byte[] bytes) {
        StringBuilder all = new StringBuilder();
        for (int from = 0; from < bytes.length; from += 32) {
            all.append(
                            HexFormat.ofDelimiter(" ")
                                    .formatHex(bytes, from, Math.min(from + 32, bytes.length)))
                    .append('\n');
        }
        return all.toString();
    }
}
