package dev.skerry.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.pricing.Overlaps.Outcome;
import dev.skerry.pricing.Overlaps.Overlap;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverlapsTest {

    private static final Map<String, Article> KNOWN =
            Map.of(
                    "cola", Article.piece("cola", "drinks/soft", "A").ofBrand("Acme"),
                    "milk", Article.piece("milk", "food/dairy", "A"));

    private static Promotion promotion(String id, String articles, String more) {
        return new PromotionFile()
                .readPromotion(
                        """
                        {"id": "%s", %s "effect": {"type": "line-discount", "articles": %s, "off": {"percent": 10}}}\
                        """
                                .formatted(id, more, articles),
                        Currency.getInstance("EUR"))
                .orThrow();
    }

    private static List<Overlap> overlaps(Promotion one, Promotion... others) {
        return Overlaps.of(one, List.of(others), sku -> Optional.ofNullable(KNOWN.get(sku)));
    }

    private static List<Outcome> outcome(Promotion one, Promotion other) {
        return overlaps(one, other).stream().map(Overlap::outcome).toList();
    }

    @Test
    void two_that_mean_one_article_compete_and_the_better_one_applies() {
        Promotion cola = promotion("A", "{\"skus\": [\"cola\"]}", "");
        Promotion drinks = promotion("B", "{\"departments\": [\"drinks\"]}", "");
        Promotion food = promotion("C", "{\"departments\": [\"food\"]}", "");
        assertEquals(
                List.of(new Overlap("B", Outcome.BETTER_ONE_APPLIES)),
                overlaps(cola, cola, drinks, food));
        assertEquals(List.of(), overlaps(drinks, food));
    }

    @Test
    void a_brand_within_a_department_meets_no_other_department() {
        Promotion ice =
                promotion(
                        "A",
                        "{\"brands\": [\"Acme\"], \"within\": {\"departments\": [\"food/ice\"]}}",
                        "");
        assertEquals(
                List.of(), outcome(ice, promotion("B", "{\"departments\": [\"food/dairy\"]}", "")));
        assertEquals(
                List.of(Outcome.BETTER_ONE_APPLIES),
                outcome(ice, promotion("B", "{\"departments\": [\"food\"]}", "")));
        assertEquals(
                List.of(Outcome.BETTER_ONE_APPLIES),
                outcome(ice, promotion("B", "{\"tags\": [\"new\"]}", "")));
    }

    @Test
    void an_article_that_nobody_knows_is_met_by_its_number_alone() {
        Promotion lost = promotion("A", "{\"skus\": [\"lost\"]}", "");
        assertEquals(
                List.of(), outcome(lost, promotion("B", "{\"departments\": [\"drinks\"]}", "")));
        assertEquals(
                List.of(Outcome.BETTER_ONE_APPLIES),
                outcome(lost, promotion("B", "{\"all\": true}", "")));
    }

    @Test
    void the_exclusive_one_goes_first_and_another_lane_comes_on_top() {
        Promotion all = promotion("A", "{\"all\": true}", "");
        Promotion exclusive = promotion("B", "{\"all\": true}", "\"concurrency\": \"exclusive\",");
        assertEquals(List.of(Outcome.OTHER_GOES_FIRST), outcome(all, exclusive));
        assertEquals(List.of(Outcome.THIS_GOES_FIRST), outcome(exclusive, all));
        assertEquals(
                List.of(Outcome.BOTH_APPLY),
                outcome(all, promotion("C", "{\"all\": true}", "\"lane\": \"post\",")));
        Promotion compound = promotion("D", "{\"all\": true}", "\"concurrency\": \"compound\",");
        assertEquals(
                List.of(Outcome.BOTH_APPLY),
                outcome(
                        compound,
                        promotion("E", "{\"all\": true}", "\"concurrency\": \"compound\",")));
        assertEquals(List.of(Outcome.BETTER_ONE_APPLIES), outcome(compound, all));
        assertEquals(
                List.of(Outcome.THIS_GOES_FIRST),
                outcome(promotion("F", "{\"all\": true}", "\"priority\": 2,"), all));
    }

    @Test
    void who_never_are_in_force_together_do_not_meet() {
        Promotion march =
                promotion(
                        "A",
                        "{\"all\": true}",
                        "\"when\": {\"from\": \"2026-03-01T00:00\", \"to\": \"2026-04-01T00:00\"},");
        Promotion april =
                promotion("B", "{\"all\": true}", "\"when\": {\"from\": \"2026-04-01T00:00\"},");
        assertEquals(List.of(), outcome(march, april));
        assertEquals(
                List.of(Outcome.BETTER_ONE_APPLIES),
                outcome(march, promotion("C", "{\"all\": true}", "")));
    }
}
