package dev.skerry.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {

    record Line(Sku sku, Quantity quantity, Money price, @Nullable Percent discount) {}

    sealed interface Happening {
        record Sold(List<Line> lines, LocalDate day) implements Happening {}

        record Closed(int number) implements Happening {}
    }

    private static final EventForm<Happening> FORM =
            new EventForm<>("dev.skerry.test.", Happening.class);

    private static CloudEvent event(String type, @Nullable String data) {
        return CloudEvent.of("1", "store-1/test", type, Instant.EPOCH, data);
    }

    @Test
    void values_stand_in_json_as_the_trade_writes_them() {
        Line line =
                new Line(new Sku("A 1"), new Quantity(735), Money.of(399, "EUR"), Percent.of(20));
        String json = Json.write(line);
        assertEquals(
                "{\"sku\":\"A 1\",\"quantity\":0.735,\"price\":{\"amount\":399,\"currency\":\"EUR\"},\"discount\":20}",
                json);
        assertEquals(line, Json.read(json, Line.class));
    }

    @Test
    void what_is_absent_is_null() {
        Line line = new Line(new Sku("A"), Quantity.ONE, Money.of(1, "EUR"), null);
        assertEquals(line, Json.read(Json.write(line), Line.class));
        assertTrue(!Json.write(line).contains("discount"));
    }

    @Test
    void an_event_comes_back_as_it_went() {
        Happening sold =
                new Happening.Sold(
                        List.of(new Line(new Sku("A"), Quantity.ONE, Money.of(1, "EUR"), null)),
                        LocalDate.of(2026, 2, 28));
        assertEquals("dev.skerry.test.Sold", FORM.type(sold));
        assertEquals(Optional.of(sold), FORM.read(event("dev.skerry.test.Sold", FORM.data(sold))));
    }

    @Test
    void an_unknown_event_is_passed_over_and_an_unknown_field_too() {
        assertEquals(Optional.empty(), FORM.read(event("dev.skerry.test.Newer", "{}")));
        assertEquals(Optional.empty(), FORM.read(event("com.example.Sold", "{}")));
        assertEquals(
                Optional.of(new Happening.Closed(3)),
                FORM.read(event("dev.skerry.test.Closed", "{\"number\":3,\"newer\":[1]}")));
    }

    @Test
    void a_known_event_that_cannot_be_read_is_an_error() {
        assertThrows(
                MalformedJsonException.class,
                () -> FORM.read(event("dev.skerry.test.Closed", "{}")));
        assertThrows(
                MalformedJsonException.class,
                () -> FORM.read(event("dev.skerry.test.Closed", null)));
    }

    @Test
    void a_mistake_is_told_with_its_place_and_without_class_names() {
        assertMistake(
                "lines[1].quantity: 0.7351 is no quantity: at most three decimals",
                "{\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"price\":{\"amount\":1,\"currency\":\"EUR\"}},{\"sku\":\"B\",\"quantity\":0.7351}]}");
        assertMistake("lines[0].sku: is missing", "{\"lines\":[{\"quantity\":1}]}");
        assertMistake(
                "lines[0].quantity: a number is needed, not VALUE_STRING",
                "{\"lines\":[{\"sku\":\"A\",\"quantity\":\"1\"}]}");
        assertMistake(
                "lnes: there is no such field here; there are day, lines",
                "{\"lines\":[],\"day\":\"2026-03-01\",\"lnes\":[]}");
        assertMistake("lines: a list is needed", "{\"lines\":7}");
        assertMistake("day: \"tomorrow\" is no date, such as 2026-03-01", "{\"day\":\"tomorrow\"}");
        assertMistake("day: null is not enough", "{\"lines\":[],\"day\":null}");
        assertTrue(mistake("{\"lines\":[]").contains(", in line 1, column "));
    }

    @Test
    void a_mistake_in_money_is_told_with_its_field() {
        assertMoneyMistake("price.amount: is missing", "{}");
        assertMoneyMistake("price.currency: is missing", "{\"amount\":1}");
        assertMoneyMistake(
                "price.amount: null is not enough", "{\"amount\":null,\"currency\":\"EUR\"}");
        assertMoneyMistake(
                "price.amount: \"1.5\" is no number", "{\"amount\":1.5,\"currency\":\"EUR\"}");
        assertMoneyMistake(
                "price: no currency of ISO 4217: EURO", "{\"amount\":1,\"currency\":\"EURO\"}");
        assertMoneyMistake(
                "price.cents: there is no such field here; there are amount, currency",
                "{\"amount\":1,\"currency\":\"EUR\",\"cents\":3}");
        assertMoneyMistake("price: a JSON object is needed", "12.50");
        assertEquals(
                Money.of(1, "EUR"),
                Json.read(
                        "{\"later\":null,\"currency\":\"EUR\",\"amount\":1,\"more\":{}}",
                        Money.class));
    }

    private static void assertMoneyMistake(String expected, String money) {
        assertMistake(
                "lines[0]." + expected,
                "{\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"price\":" + money + "}]}");
    }

    private static void assertMistake(String expected, String json) {
        assertEquals(expected, mistake(json));
    }

    private static String mistake(String json) {
        return String.valueOf(
                assertThrows(
                                MalformedJsonException.class,
                                () -> Json.readStrictly(json, Happening.Sold.class))
                        .getMessage());
    }
}
