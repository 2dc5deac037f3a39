package dev.skerry.context;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.context.ChangeEvent.Before;
import dev.skerry.context.ChangeEvent.ChangeProposed;
import dev.skerry.context.ChangeEvent.ChangePublished;
import dev.skerry.context.ChangeEvent.ChangeRejected;
import dev.skerry.context.ChangeEvent.RuleChanged;
import dev.skerry.context.ChangeEvent.Statement;
import dev.skerry.language.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChangeEventTest {

    private static final List<ChangeEvent> ALL =
            List.of(
                    new ChangeProposed(
                            "c2",
                            "Whole milk",
                            "mia",
                            "i1",
                            "c1",
                            List.of(
                                    new Statement(
                                            "hq/catalog",
                                            "article/1",
                                            "dev.skerry.catalog.ArticleRemoved",
                                            "{\"sku\":\"1\"}",
                                            7))),
                    new ChangePublished(
                            "c2",
                            "ben",
                            List.of(
                                    new Before(
                                            "dev.skerry.catalog.ArticleRemoved", "{\"sku\":\"1\"}"),
                                    new Before(null, null))),
                    new ChangeRejected("c2", "ben", "the name is wrong"),
                    new RuleChanged(true, "ada"));

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() throws IOException {
        assertEquals(
                Set.of("ChangeProposed", "ChangePublished", "ChangeRejected", "RuleChanged"),
                Arrays.stream(requireNonNull(ChangeEvent.class.getPermittedSubclasses()))
                        .map(Class::getSimpleName)
                        .collect(Collectors.toSet()));
        for (ChangeEvent event : ALL) {
            String golden = golden(event.getClass().getSimpleName());
            assertEquals(event, Json.read(golden, event.getClass()));
            assertEquals(golden, Json.write(event));
        }
    }

    private static String golden(String name) throws IOException {
        try (InputStream in =
                requireNonNull(
                        ChangeEventTest.class.getResourceAsStream("golden/" + name + ".json"),
                        name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
