package dev.skerry.language.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardNumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "5555-5555-5555-4444",
                "378282246310005",
                "6011111111111117",
                "30569309025904",
                "2223003122003222",
                "the card was 4012888888881881, he said",
                "4222222222222"
            })
    void the_number_of_a_card_is_found_however_it_is_written(String text) {
        assertTrue(CardNumbers.isIn(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4111111111111112",
                "1234",
                "018f3c1e-4111-7111-8111-111111111111",
                "order 41111111111111111111111",
                "1760000000000",
                "9812345678903",
                "tok_4111111111111111"
            })
    void what_is_no_card_number_is_left_alone(String text) {
        assertFalse(CardNumbers.isIn(text));
    }

    @Test
    void a_card_is_refused_with_its_number_and_the_message_does_not_repeat_it() {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new PaidCard("4111111111111111", "1111", "VISA"));
        assertEquals(
                "token looks like the number of a payment card, which must not enter the system:"
                        + " send a token and the last four digits",
                refusal.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new PaidCard("tok_1", "4111111111111111", "VISA"));
        assertEquals("VISA **** 1111", new PaidCard("tok_1", "1111", "VISA").toString());
    }
}
