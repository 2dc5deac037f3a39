package dev.skerry.node.identity;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.config.Secret;
import dev.skerry.node.identity.IdentityException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinTokenTest {

    private static final JoinToken TOKEN =
            new JoinToken(
                    new StoreId("0042"),
                    new Secret("00112233445566778899aabbccddeeff"),
                    "f0e1d2c3b4a5968778695a4b3c2d1e0f");

    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @Test
    void a_token_is_read_as_it_was_written() {
        assertEquals(TOKEN, JoinToken.parse(TOKEN.text()));
        assertTrue(TOKEN.text().matches("0042(-[0-9A-HJKMNP-TV-Z]{5}){13}"), TOKEN.text());
        JoinToken ones =
                new JoinToken(new StoreId("a1"), new Secret("f".repeat(32)), "f".repeat(32));
        assertEquals(ones, JoinToken.parse(ones.text()));
        JoinToken noughts =
                new JoinToken(new StoreId("z"), new Secret("0".repeat(32)), "0".repeat(32));
        assertEquals(noughts, JoinToken.parse(noughts.text()));
    }

    @Test
    void the_written_form_stays_what_it_is() {
        assertEquals(
                "0042-000HM-48SMT-8NB6H-EY49G-KANV8-SKEY9-XZZGV-W79CC-7D55R-JT3QG-GTATB-9CY2Q-T7GFZ",
                TOKEN.text());
    }

    @Test
    void how_it_is_typed_does_not_matter() {
        String text = TOKEN.text();
        String body = text.substring(5);
        assertAll(
                () -> assertEquals(TOKEN, JoinToken.parse("  " + text + "\n")),
                () -> assertEquals(TOKEN, JoinToken.parse(text.toLowerCase(Locale.ROOT))),
                () -> assertEquals(TOKEN, JoinToken.parse(text.replace("-", " - "))),
                () -> assertEquals(TOKEN, JoinToken.parse(text.replace('-', '\u2013') + "-")),
                () -> assertEquals(TOKEN, JoinToken.parse("0042-" + body.replace("-", ""))),
                () -> assertEquals(TOKEN, JoinToken.parse("0042 " + body.replace('-', ' '))),
                () ->
                        assertEquals(
                                TOKEN,
                                JoinToken.parse(
                                        "0042-" + body.replace('0', 'O').replace('1', 'l'))));
    }

    @Test
    void a_token_prints_without_its_secret() {
        assertEquals(
                "JoinToken[store=0042, secret=******, authority=f0e1d2c3b4a5968778695a4b3c2d1e0f]",
                TOKEN.toString());
    }

    @Test
    void hq_knows_a_secret_by_its_hash() {
        assertEquals(TOKEN.secretHash(), JoinToken.secretHash(TOKEN.secret()));
        assertTrue(TOKEN.secretHash().matches("[0-9a-f]{64}"));
        assertFalse(TOKEN.secretHash().contains(TOKEN.secret().revealed()));
    }

    @Test
    void any_wrong_symbol_is_found_where_it_is() {
        for (int group = 1; group <= 13; group++) {
            for (int symbol = 0; symbol < 5; symbol++) {
                for (int i = 0; i < SYMBOLS.length(); i++) {
                    char wrong = SYMBOLS.charAt(i);
                    char[] text = TOKEN.text().toCharArray();
                    int at = 5 + (group - 1) * 6 + symbol;
                    if (text[at] != wrong) {
                        text[at] = wrong;
                        assertEquals(
                                "the join token is mistyped: there is a mistake in group "
                                        + group
                                        + " (compare it with what HQ printed and type it again)",
                                said(new String(text)));
                    }
                }
            }
        }
    }

    @Test
    void two_symbols_that_changed_places_are_found() {
        for (int group = 1; group <= 13; group++) {
            for (int from = 0; from < 5; from++) {
                for (int to = from + 1; to < 5; to++) {
                    char[] text = TOKEN.text().toCharArray();
                    int start = 5 + (group - 1) * 6;
                    char moved = text[start + from];
                    text[start + from] = text[start + to];
                    text[start + to] = moved;
                    if (text[start + from] != moved) {
                        assertTrue(
                                said(new String(text)).contains("mistake in group " + group + " "));
                    }
                }
            }
        }
    }

    @Test
    void two_groups_that_changed_places_are_found() {
        for (int from = 1; from <= 13; from++) {
            for (int to = from + 1; to <= 13; to++) {
                List<String> parts = new ArrayList<>(Arrays.asList(TOKEN.text().split("-", -1)));
                Collections.swap(parts, from, to);
                String said = said(String.join("-", parts));
                assertTrue(said.contains("mistake in group " + from + ", " + to + " "), said);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0043", "0024", "1042", "O042", "004Z"})
    void a_wrong_store_id_is_told_from_a_wrong_group(String typed) {
        assertTrue(
                said(typed + TOKEN.text().substring(4))
                        .contains("does not belong to the groups after it"));
    }

    @Test
    void what_is_missing_is_named() {
        String text = TOKEN.text();
        assertAll(
                () -> assertTrue(said("").contains("does not begin with a store id")),
                () ->
                        assertTrue(
                                said(text.substring(5, 40)).contains("store id"),
                                said(text.substring(5, 40))),
                () ->
                        assertTrue(
                                said(text.substring(0, text.length() - 6))
                                        .contains(
                                                "too short: 60 symbols after the store id, not 65"),
                                said(text.substring(0, text.length() - 6))),
                () ->
                        assertTrue(
                                said("0042-" + text.substring(5).replace("-", "").substring(1))
                                        .contains("too short: 64 symbols")),
                () -> assertTrue(said(text + "-00000").contains("too long: 70 symbols")),
                () ->
                        assertTrue(
                                said(new StringBuilder(text).deleteCharAt(19).toString())
                                        .contains("group 3 has 4 symbols, not 5")),
                () ->
                        assertTrue(
                                said(text.substring(0, 20) + "U" + text.substring(21))
                                        .contains("group 3 has a U, which no token has")));
    }

    private static String said(String typed) {
        IdentityException said =
                assertThrows(IdentityException.class, () -> JoinToken.parse(typed));
        assertEquals(Kind.TOKEN, said.kind());
        return requireNonNull(said.getMessage());
    }
}
