package dev.skerry.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValuesTest {

    private static Money eur(long cents) {
        return Money.of(cents, "EUR");
    }

    @Test
    void an_extended_price_is_rounded_half_up() {
        assertEquals(eur(293), eur(399).times(new Quantity(735)));
        assertEquals(eur(-293), eur(399).times(new Quantity(-735)));
        assertEquals(eur(59), eur(293).times(Percent.of(20)));
        assertEquals(eur(128), eur(1020).times(new Percent(1250)));
    }

    @Test
    void a_refund_mirrors_its_sale() {
        Random random = new Random(42);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong(-1_000_000, 1_000_000);
            long share = random.nextLong(0, 20_000);
            assertEquals(
                    Rounding.ratio(value, share, Percent.WHOLE),
                    -Rounding.ratio(-value, share, Percent.WHOLE));
        }
    }

    @Test
    void rounding_is_that_of_exact_fractions_however_large() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >> random.nextInt(63);
            long numerator = random.nextLong() >> random.nextInt(20, 63);
            long denominator = 1 + (random.nextLong() >>> random.nextInt(1, 63));
            BigDecimal exact =
                    new BigDecimal(
                                    BigInteger.valueOf(value)
                                            .multiply(BigInteger.valueOf(numerator)))
                            .divide(BigDecimal.valueOf(denominator), 0, RoundingMode.HALF_UP);
            if (exact.toBigInteger().bitLength() < 64) {
                assertEquals(exact.longValueExact(), Rounding.ratio(value, numerator, denominator));
            } else {
                assertThrows(
                        ArithmeticException.class,
                        () -> Rounding.ratio(value, numerator, denominator));
            }
        }
    }

    @Test
    void money_knows_the_decimals_of_its_currency() {
        assertEquals("12.50 EUR", eur(1250).toString());
        assertEquals("1250 JPY", Money.of(1250, "JPY").toString());
        assertEquals("1.250 KWD", Money.of(1250, "KWD").toString());
        assertEquals(
                Money.of(1250, "JPY"),
                Money.of(new BigDecimal("1250"), Currency.getInstance("JPY")));
        assertThrows(
                IllegalArgumentException.class,
                () -> Money.of(new BigDecimal("12.5"), Currency.getInstance("JPY")));
    }

    @Test
    void currencies_do_not_mix() {
        assertThrows(IllegalArgumentException.class, () -> eur(1).plus(Money.of(1, "USD")));
        assertThrows(IllegalArgumentException.class, () -> eur(1).compareTo(Money.of(1, "USD")));
        assertThrows(IllegalArgumentException.class, () -> Money.of(1, "XAU"));
    }

    @Test
    void money_that_does_not_fit_is_no_other_money() {
        assertThrows(ArithmeticException.class, () -> eur(Long.MAX_VALUE).plus(eur(1)));
        assertThrows(ArithmeticException.class, () -> eur(Long.MIN_VALUE).negated());
    }

    @Test
    void a_quantity_has_three_decimals() {
        assertEquals(new Quantity(735), Quantity.of(new BigDecimal("0.735")));
        assertEquals("0.735", new Quantity(735).toString());
        assertEquals("100", Quantity.of(100).toString());
        assertThrows(IllegalArgumentException.class, () -> Quantity.of(new BigDecimal("0.7351")));
    }

    @Test
    void a_gtin_is_kept_in_fourteen_digits() {
        assertEquals("04006381333931", Gtin.parse("4006381333931").digits());
        assertEquals("00036000291452", Gtin.parse("036000291452").digits());
        assertEquals("00000096385074", Gtin.parse("96385074").digits());
        assertFalse(Gtin.isGtin("4006381333932"));
        assertFalse(Gtin.isGtin("400638133393"));
        assertFalse(Gtin.isGtin("40063813339３1"));
    }

    @Test
    void a_check_digit_finds_every_single_wrong_digit() {
        String right = "04006381333931";
        for (int i = 0; i < right.length(); i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                String other = right.substring(0, i) + digit + right.substring(i + 1);
                assertEquals(other.equals(right), Gtin.isGtin(other));
            }
        }
    }

    @Test
    void a_sku_keeps_its_case_and_its_spaces() {
        assertTrue(new Sku("ab C").compareTo(new Sku("ab c")) != 0);
        assertThrows(IllegalArgumentException.class, () -> new Sku(" a"));
        assertThrows(IllegalArgumentException.class, () -> new Sku(""));
        assertThrows(IllegalArgumentException.class, () -> new Sku("a\tb"));
    }
}
