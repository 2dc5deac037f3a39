package dev.skerry.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `golden/` holds one file for each kind of event ever published, as it was published (and a line
/// feed). Files are only ever added, never changed: old events lie in stores for years.
class GoldenEventsTest {
    @ParameterizedTest
    @MethodSource("golden")
    void todays_code_reads_every_event_ever_published_and_writes_it_back_the_same(Path file)
            throws IOException {
        String published = Files.readString(file).stripTrailing();

        CloudEvent event = CloudEventJson.read(published.getBytes(UTF_8));

        assertEquals(published, new String(CloudEventJson.write(event), UTF_8));
    }

    static List<Path> golden() throws Exception {
        var folder = requireNonNull(GoldenEventsTest.class.getResource("/golden"));
        try (var files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }
}
