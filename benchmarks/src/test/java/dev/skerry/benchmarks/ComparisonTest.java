package dev.skerry.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static Comparison.Measure rounds(double... figures) {
        List<Double> rest = new ArrayList<>();
        for (double figure : figures) {
            rest.add(figure);
        }
        return rest::removeFirst;
    }

    @Test
    void a_ratio_is_the_median_of_the_rounds_ratios_and_the_first_round_does_not_count()
            throws Exception {
        Comparison.Results results =
                new Comparison("a test", 3)
                        .side("ours", rounds(9999, 20, 30, 400), new Aim.Times("limit", 2.5))
                        .side("limit", rounds(1, 10, 10, 200))
                        .run();
        assertEquals(2, results.ratio("ours", "limit"));
        assertEquals(30, results.median("ours"));
        assertEquals(List.of("a test: ours: 2.00 × limit, aim ≥ 2.50 ×"), results.shortfalls());
    }

    @Test
    void sides_are_measured_in_turn() throws Exception {
        List<String> order = new ArrayList<>();
        new Comparison("a test", 1)
                .side("a", () -> order.add("a") ? 1 : 0)
                .side("b", () -> order.add("b") ? 1 : 0, new Aim.AtMost(1))
                .run();
        assertEquals(List.of("a", "b", "a", "b"), order);
    }

    @Test
    void sales_are_of_the_size_that_is_talked_about() {
        double mean = new Sales().bytes(20_000) / 20_000.0;
        assertTrue(mean > 550 && mean < 650, "mean " + mean);
    }
}
