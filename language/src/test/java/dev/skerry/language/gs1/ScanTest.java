package dev.skerry.language.gs1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Gtin;
import dev.skerry.language.Quantity;
import dev.skerry.language.catalog.Unit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Codes are those of the General Specifications, of the Digital Link standard and of their examples, where they have any.
class ScanTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private static final String GS = "\u001D";

    private static Scan scan(String text) {
        return Scan.read(text, TODAY);
    }

    private static ElementString elements(String text) {
        return assertInstanceOf(Scan.Elements.class, scan(text), text).content();
    }

    private static String why(String text) {
        return assertInstanceOf(Scan.Unreadable.class, scan(text), text).why();
    }

    private static Scan number(String... digits) {
        return new Scan.Plain(List.of(digits).stream().map(Gtin::parse).toList());
    }

    // ---- GTINs

    @ParameterizedTest
    @ValueSource(
            strings = {
                "96385074",
                "614141000036",
                "6291041500213",
                "16291041500210",
                "9501101531000"
            })
    void a_gtin_of_any_length_is_one_of_14_digits(String digits) {
        assertEquals(number(digits), scan(digits));
    }

    @Test
    void what_a_scanner_says_of_the_kind_of_barcode_is_no_part_of_the_number() {
        assertEquals(number("6291041500213"), scan("]E06291041500213"));
        assertEquals(number("96385074"), scan("]E496385074"));
        assertEquals(number("6291041500213"), scan("]C06291041500213\r\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "124560, 01200000456",
        "275831, 02710000583",
        "412022, 04120000202",
        "425261, 04210000526",
        "876543, 08760000054",
        "753774, 07537000007",
        "213756, 02137500006",
        "517019, 05170100009",
    })
    void a_upc_e_is_expanded(String printed, String expected) {
        int check = Gtin.checkDigit(expected);
        assertEquals(Optional.of(expected + check), UpcE.expand("0" + printed + check));
    }

    @Test
    void eight_digits_that_can_be_both_are_a_upc_e_first_and_then_a_gtin_8() {
        assertEquals(number("042100005264"), scan("04252614"));
        assertEquals(
                number("000000000000", "00000000"),
                scan("00000000"),
                "both check digits are right");
        assertEquals(Optional.empty(), UpcE.expand("14252614"), "only number system 0");
        assertEquals(Optional.empty(), UpcE.expand("04252615"), "wrong check digit");
    }

    @Test
    void what_is_no_code_of_gs1_is_text() {
        for (String text :
                List.of(
                        "4711",
                        "85123A",
                        "6291041500214",
                        "https://example.com/menu",
                        "(abc)",
                        "")) {
            assertEquals(new Scan.Text(text), scan(text));
        }
    }

    // ---- element strings

    @Test
    void fnc1_ends_values_of_varying_length_and_only_those() {
        ElementString it =
                elements("]C10109501101530003" + "3103000195" + "10ABC-123" + GS + "17261231");
        assertEquals(Optional.of(Gtin.parse("09501101530003")), it.gtin());
        assertEquals(
                Optional.of(new ElementString.Measure(new Quantity(195), Unit.KILOGRAM)),
                it.measure());
        assertEquals(Optional.of("ABC-123"), it.lot());
        assertEquals(Optional.of(LocalDateTime.of(2027, 1, 1, 0, 0)), it.sellBefore());
    }

    @Test
    void fnc1_is_understood_however_it_comes() {
        ElementString expected = elements("(01)09501101530003(10)ABC(21)12345");
        for (String text :
                List.of(
                        "]d20109501101530003" + "10ABC" + GS + "2112345",
                        GS + "0109501101530003" + GS + "10ABC" + GS + "2112345" + GS,
                        "0109501101530003" + "10ABC{GS}2112345",
                        "0109501101530003" + "10ABC<GS>2112345",
                        "]Q30109501101530003" + "10ABC\u241D2112345")) {
            assertEquals(expected, elements(text), text);
        }
    }

    @Test
    void an_element_string_without_any_mark_is_known_by_its_gtin() {
        assertEquals(
                elements("(01)09501101530003(3103)000195"),
                elements("0109501101530003" + "3103000195"));
        assertEquals(elements("(01)09501101530003"), elements("0109501101530003"));
        assertEquals(new Scan.Text("0109501101530004"), scan("0109501101530004"), "a typed number");
    }

    @Test
    void brackets_within_a_value_are_part_of_it() {
        assertEquals(
                Map.of("01", "09501101530003", "10", "A(B)(1)", "21", "7"),
                elements("(01)09501101530003(10)A(B)(1)(21)7").values());
    }

    @Test
    void all_other_elements_are_passed_over_and_kept() {
        ElementString it =
                elements(
                        "]C1"
                                + "00"
                                + "095011015300012343"
                                + "0109501101530003"
                                + "11260101"
                                + "20"
                                + "07"
                                + "240ABC"
                                + GS
                                + "4105412345000013"
                                + "4300NAME"
                                + GS
                                + "7023GIAI1"
                                + GS
                                + "8008"
                                + "2601011200"
                                + GS
                                + "8200https://example.com"
                                + GS
                                + "3930978"
                                + "1234"
                                + GS
                                + "95own data"
                                + GS
                                + "7003"
                                + "2601021530");
        assertEquals(13, it.values().size());
        assertEquals("own data", it.values().get("95"));
        assertEquals("5412345000013", it.values().get("410"));
        assertEquals(Optional.of(LocalDateTime.of(2026, 1, 2, 15, 30)), it.sellBefore());
    }

    @Test
    void a_price_has_the_decimals_that_its_identifier_says() {
        assertEquals(
                new ElementString.Price(new BigDecimal("2.99"), null),
                elements("(01)09501101530003(3922)0299").price().orElseThrow());
        assertEquals(
                new ElementString.Price(new BigDecimal("1234"), Currency.getInstance("JPY")),
                elements("(01)09501101530003(3930)3921234").price().orElseThrow());
        assertEquals(
                "EUR",
                elements("(01)09501101530003(3932)9780299")
                        .price()
                        .flatMap(it -> Optional.ofNullable(it.currency()))
                        .orElseThrow()
                        .getCurrencyCode());
    }

    @ParameterizedTest
    @CsvSource({
        "3100, 000012, 12000, KILOGRAM",
        "3103, 001250, 1250, KILOGRAM",
        "3104, 012345, 1235, KILOGRAM",
        "3105, 000049, 0, KILOGRAM",
        "3112, 000150, 1500, METRE",
        "3153, 000750, 750, LITRE",
    })
    void a_measure_is_in_thousandths(String ai, String value, long thousandths, Unit unit) {
        assertEquals(
                new ElementString.Measure(new Quantity(thousandths), unit),
                elements("(01)09501101530003(" + ai + ")" + value).measure().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "261231, 2026-12-31",
        "260200, 2026-02-28",
        "280200, 2028-02-29",
        "760101, 2076-01-01",
        "770101, 1977-01-01",
        "990630, 1999-06-30",
    })
    void a_date_is_in_the_century_that_is_nearest_and_day_00_is_the_months_last(
            String value, LocalDate expected) {
        assertEquals(
                Optional.of(expected), elements("(01)09501101530003(15)" + value).bestBefore());
        assertEquals(
                Optional.of(expected.plusDays(1).atStartOfDay()),
                elements("(01)09501101530003(17)" + value).sellBefore());
    }

    @Test
    void a_date_of_the_next_century_is_known_as_one() {
        assertEquals(
                Optional.of(LocalDate.of(2101, 1, 1)),
                assertInstanceOf(
                                Scan.Elements.class,
                                Scan.read("(15)010101", LocalDate.of(2098, 1, 1)))
                        .content()
                        .bestBefore());
    }

    @Test
    void pieces_are_counted() {
        assertEquals(OptionalInt.of(12), elements("(01)09501101530003(30)12").count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(01)09501101530004", // check digit
                "(01)0950110153000", // too short
                "(01)095011015300030", // too long
                "(01)09501101530003(17)261331",
                "(01)09501101530003(17)26123",
                "(01)09501101530003(17)2612AB",
                "(01)09501101530003(3103)00019X",
                "(01)09501101530003(3106)000195",
                "(01)09501101530003(30)0",
                "(01)09501101530003(30)123456789",
                "(01)09501101530003(10)123456789012345678901",
                "(01)09501101530003(10)",
                "(01)09501101530003(10)A(10)B",
                "(01)09501101530003(10)ä",
                "(01)09501101530003(3932)0000299",
                "(01)09501101530003(7003)2601022530",
                "(44)123",
                "]C10109501101530003" + "10ABC",
                "]C10109501101530003" + "9",
                "]C104",
            })
    void what_a_till_would_rely_on_has_to_be_right(String code) {
        if (code.endsWith("10ABC")) {
            assertEquals(Optional.of("ABC"), elements(code).lot(), "the last needs no FNC1");
        } else {
            assertTrue(!why(code).isBlank());
        }
    }

    // ---- Digital Link

    @Test
    void a_digital_link_says_the_same_as_an_element_string() {
        assertEquals(
                Map.of("01", "09520123456788", "10", "ABC/1", "21", "12345", "17", "261231"),
                elements("https://id.gs1.org/01/09520123456788/10/ABC%2F1/21/12345?17=261231")
                        .values());
        assertEquals(
                new ElementString.Price(new BigDecimal("2.99"), null),
                elements(
                                "HTTP://example.com/some/where/01/9520123456788?3103=000195&3922=0299&linkType=gs1:pip#x")
                        .price()
                        .orElseThrow());
        assertEquals(
                Optional.of(Gtin.parse("96385074")),
                elements("https://example.com/01/96385074").gtin());
    }

    @Test
    void a_digital_link_with_a_mistake_is_not_readable() {
        why("https://id.gs1.org/01/09520123456789");
        why("https://id.gs1.org/01/09520123456788?17=261399");
        why("https://id.gs1.org/01/09520123456788/10/A?10=B");
        why("https://id.gs1.org/01/09520123456788/10/%ZZ");
    }

    @Test
    void no_input_whatsoever_is_an_error_of_ours() {
        var random = new java.util.Random(42);
        String alphabet = "0123456789]CEdQ()[]/?&=%hpts:.AZaz\u001D ä3103" + "0109501101530003";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int j = 0; j < length; j++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            scan((i % 4 == 0 ? "]C1" : i % 4 == 1 ? "https://a/01/09520123456788" : "") + text);
        }
        assertTrue(why("1".repeat(Scan.LENGTH_MAX + 1)).contains("4096"));
    }
}
