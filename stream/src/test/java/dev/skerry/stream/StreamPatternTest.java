package dev.skerry.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StreamPatternTest {

    private static boolean matches(String pattern, String name) {
        return StreamPattern.of(pattern).matches(StreamName.of(name));
    }

    @Test
    void a_star_stays_inside_its_segment() {
        assertTrue(matches("store-*/orders", "store-0042/orders"));
        assertTrue(matches("store-*/orders", "store-/orders"));
        assertFalse(matches("store-*/orders", "store-1/2/orders"));
        assertFalse(matches("store-*/orders", "store-0042/orders/old"));
        assertTrue(matches("a*b*c", "aXbYbZc"));
        assertFalse(matches("a*b*c", "aXcYb"));
    }

    @Test
    void two_stars_at_the_end_are_all_below_and_not_what_is_above() {
        assertTrue(matches("hq/**", "hq/catalog"));
        assertTrue(matches("hq/**", "hq/zone-north/prices"));
        assertFalse(matches("hq/**", "hq"));
        assertFalse(matches("hq/**", "hq2/catalog"));
        assertTrue(matches("*/zone-*/**", "hq/zone-north/prices/old"));
        assertFalse(matches("*/zone-*/**", "hq/zone-north"));
    }

    @Test
    void any_pattern_matches_as_the_same_regular_expression_does() {
        Random random = new Random(7);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            String pattern = text(random, "ab*/");
            String name = text(random, "ab/");
            try {
                boolean expected =
                        Pattern.matches(
                                pattern.endsWith("/**")
                                        ? regex(pattern.substring(0, pattern.length() - 3)) + "/.+"
                                        : regex(pattern),
                                name);
                assertEquals(expected, matches(pattern, name), pattern + " and " + name);
                matched += expected ? 1 : 0;
            } catch (IllegalArgumentException e) {
                // No name of a stream, or no pattern of any.
            }
        }
        assertTrue(matched > 1000, matched + " matched");
    }

    private static String regex(String pattern) {
        return pattern.replace("*", "[^/]*");
    }

    private static String text(Random random, String of) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(1, 9); text.length() < length; ) {
            text.append(of.charAt(random.nextInt(of.length())));
        }
        return text.toString();
    }
}
