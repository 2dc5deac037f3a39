package dev.skerry.language.gs1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Gtin;
import dev.skerry.language.Quantity;
import dev.skerry.language.gs1.InStoreCode.Misread;
import dev.skerry.language.gs1.InStoreCode.Priced;
import dev.skerry.language.gs1.InStoreCode.Weighed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InStoreCodeTest {

    private static Gtin code(String twelve) {
        return Gtin.parse(twelve + Gtin.checkDigit(twelve));
    }

    private static InStoreCode read(InStoreLayouts layouts, String twelve) {
        return layouts.read(code(twelve)).orElseThrow();
    }

    @Test
    void the_check_digits_of_prices_are_those_of_the_general_specifications() {
        assertEquals(9, PriceCheckDigit.of("2875"));
        assertEquals(6, PriceCheckDigit.of("14685"));
        assertEquals(0, PriceCheckDigit.of("0000"));
        assertEquals(0, PriceCheckDigit.of("00000"));
        assertThrows(IllegalArgumentException.class, () -> PriceCheckDigit.of("123"));
        assertThrows(IllegalArgumentException.class, () -> PriceCheckDigit.of("12x4"));
    }

    @Test
    void one_wrong_digit_of_a_price_is_always_noticed() {
        for (String format : List.of("%04d", "%05d")) {
            for (int price = 0; price < 10_000; price += 37) {
                String digits = format.formatted(price);
                int check = PriceCheckDigit.of(digits);
                for (int place = 0; place < digits.length(); place++) {
                    for (char wrong = '0'; wrong <= '9'; wrong++) {
                        if (wrong != digits.charAt(place)) {
                            String misread =
                                    digits.substring(0, place)
                                            + wrong
                                            + digits.substring(place + 1);
                            assertTrue(PriceCheckDigit.of(misread) != check, digits + misread);
                        }
                    }
                }
            }
        }
    }

    @Test
    void a_price_is_read_with_its_guard() {
        InStoreLayouts layouts = InStoreLayouts.standard();
        Priced it = assertInstanceOf(Priced.class, read(layouts, "021234592875"));
        assertEquals("12345", it.item());
        assertEquals(new BigDecimal("28.75"), it.price(2));
        assertEquals(new BigDecimal("2875"), it.price(0));
        assertEquals(code("021234500000"), it.blank());
        assertInstanceOf(Misread.class, read(layouts, "021234582875"));
        assertEquals(
                new BigDecimal("146.85"),
                assertInstanceOf(Priced.class, read(layouts, "281234614685")).price(2));
        assertInstanceOf(Misread.class, read(layouts, "281234714685"));
    }

    @Test
    void a_upc_of_number_system_2_is_the_same_code() {
        Gtin upc = Gtin.parse("21234592875" + Gtin.checkDigit("21234592875"));
        assertEquals(
                Optional.of(read(InStoreLayouts.standard(), "021234592875")),
                InStoreLayouts.standard().read(upc));
    }

    @Test
    void a_weight_is_in_grams_unless_the_layout_says_otherwise() {
        assertEquals(
                new Weighed("12345", new Quantity(735), code("211234500000")),
                read(InStoreLayouts.standard(), "211234500735"));
        assertEquals(
                new Weighed("12345", new Quantity(73_500), code("251234500000")),
                read(InStoreLayouts.of(List.of("25IIIIIWWWWWC/1")), "251234500735"));
        assertEquals(
                new Weighed("1234", new Quantity(14_685), code("291234000000")),
                read(InStoreLayouts.standard(), "291234614685"));
        assertInstanceOf(Misread.class, read(InStoreLayouts.standard(), "291234514685"));
    }

    @Test
    void a_price_may_have_other_decimals_than_the_currency() {
        Priced it =
                assertInstanceOf(
                        Priced.class,
                        read(InStoreLayouts.of(List.of("26IIIIPPPPPPC/1")), "261234000735"));
        assertEquals(new BigDecimal("73.5"), it.price(2));
    }

    @Test
    void codes_of_manufacturers_and_of_other_prefixes_are_none() {
        for (String twelve : List.of("400638133393", "200000000001", "240000000001")) {
            assertEquals(Optional.empty(), InStoreLayouts.standard().read(code(twelve)));
        }
        assertEquals(Optional.empty(), InStoreLayouts.standard().read(code("1211234500735")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "28IIIIVPPPPP",
                "28IIIIVPPPPPCC",
                "40IIIIIPPPPPC",
                "28IIIVPPPPPPC",
                "28IIIIIPPWWWC",
                "28IIIIIWWWWWC/4",
                ""
            })
    void a_layout_that_cannot_be_is_refused(String layout) {
        assertThrows(
                IllegalArgumentException.class, () -> InStoreLayouts.of(List.of(layout)), layout);
    }

    @Test
    void two_layouts_of_one_prefix_are_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> InStoreLayouts.of(List.of("28IIIIVPPPPPC", "28IIIIIPPPPPC")));
    }
}
