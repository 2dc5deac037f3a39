package dev.skerry.language.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Compares events with how they were written when they were first published: the files `golden/NAME.json` beside a test.
public record Golden<E>(EventForm<E> form, Class<?> test) {

    /// Each file is read as the event that stands beside its name, and that event is written as the file; and no event of the
    /// interface is without a file.
    ///
    /// @param events by the name of their file, which begins with the event's own name
    public void check(Map<String, E> events) {
        Map<String, String> written = new TreeMap<>();
        Map<String, String> files = new TreeMap<>();
        events.forEach((name, event) -> {
            String file = file(name);
            assertEquals(Optional.of(event), form.read(envelope(form.type(event), file)), name);
            written.put(name, form.data(event));
            files.put(name, file);
        });
        assertEquals(lines(files), lines(written));
        List<String> without = new ArrayList<>();
        Stream.of(form.events().getPermittedSubclasses())
                .map(Class::getSimpleName)
                .filter(name -> events.keySet().stream().noneMatch(it -> it.startsWith(name)))
                .forEach(without::add);
        assertEquals(List.of(), without);
    }

    private static String lines(Map<String, String> texts) {
        return texts.toString().replace("}, ", "},\n");
    }

    private static CloudEvent envelope(String type, String data) {
        return CloudEvent.of("1", "hq/test", type, Instant.EPOCH, data);
    }

    private String file(String name) {
        try (InputStream in = test.getResourceAsStream("golden/" + name + ".json")) {
            assertNotNull(in, "no golden file " + name);
            return new String(in.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
