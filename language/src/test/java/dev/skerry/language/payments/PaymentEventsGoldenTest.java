package dev.skerry.language.payments;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.language.CloudEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `golden/` holds the data of events as they were published, a file each: the event's name, a dash, a number. Files are only
/// ever added, never changed: old events lie in stores for years.
class PaymentEventsGoldenTest {

    @ParameterizedTest
    @MethodSource("golden")
    void todays_code_reads_every_event_ever_published_and_writes_it_back_the_same(Path file)
            throws IOException {
        String published = Files.readString(file).stripTrailing();
        CloudEvent event =
                CloudEvent.of(
                        "1",
                        "store-0042/payments",
                        "dev.skerry.payments." + name(file),
                        Instant.EPOCH,
                        published);

        String again =
                PaymentEvent.FORM
                        .read(event)
                        .map(PaymentEvent.FORM::data)
                        .or(() -> GiftCardEvent.FORM.read(event).map(GiftCardEvent.FORM::data))
                        .orElseThrow();

        assertEquals(published, again);
    }

    @Test
    void there_is_a_file_for_every_event() throws Exception {
        TreeSet<String> events =
                Stream.of(PaymentEvent.class, GiftCardEvent.class)
                        .flatMap(it -> Arrays.stream(it.getPermittedSubclasses()))
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> files =
                golden().stream()
                        .map(PaymentEventsGoldenTest::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(events, files);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceAll("-[0-9]+\\.json", "");
    }

    static List<Path> golden() throws Exception {
        var folder = requireNonNull(PaymentEventsGoldenTest.class.getResource("golden"));
        try (var files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }
}
