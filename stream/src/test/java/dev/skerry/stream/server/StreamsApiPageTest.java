package dev.skerry.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.OffsetToken;
import dev.skerry.stream.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// docs/streams-api.md says what the code does.
class StreamsApiPageTest {

    private static final Path PAGE = Path.of("../docs/streams-api.md");
    private static final String TABLE = "| status | type | title |\n|---|---|---|\n";

    @Test
    void the_table_of_problems_is_that_of_the_code() throws IOException {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(TABLE) + TABLE.length());
        String written =
                before
                        + Arrays.stream(Problem.Kind.values())
                                .map(StreamsApiPageTest::row)
                                .collect(Collectors.joining());
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, written);
        }
        assertEquals(written, Files.readString(PAGE), "stale; write it anew: ./dev docs");
    }

    private static String row(Problem.Kind kind) {
        return "| %d | `%s` | %s |\n".formatted(kind.status(), kind.type(), kind.title());
    }

    @Test
    void its_numbers_are_those_of_the_code() throws IOException {
        String page = Files.readString(PAGE);
        for (String said :
                List.of(
                        "1 to " + StreamName.LENGTH_MAX + " characters",
                        "at most " + Append.SEQ_LENGTH_MAX + " characters",
                        "At most " + JsonMessages.MESSAGES_MAX + " messages",
                        "at most " + JsonMessages.NESTING_MAX + " deep",
                        "at most " + JsonMessages.NUMBER_LENGTH_MAX + " characters",
                        "at most " + Reading.LONG_POLL_WAIT_MAX.toSeconds() + " seconds",
                        "`" + OffsetToken.of(0).substring(0, 17) + "`")) {
            assertTrue(page.contains(said), "the page does not say: " + said);
        }
    }
}
