package dev.skerry.app.headquarters;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.Listener;
import dev.skerry.app.shop.Listener.Told;
import dev.skerry.context.Operation;
import dev.skerry.hq.stores.Register.Registered;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.BusinessDayOpened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What screens at HQ are told.
@Timeout(120)
class HqFeedTest {

    @TempDir private Path folder;
    private TestHeadquarters hq;

    @BeforeEach
    void open() {
        hq = new TestHeadquarters(folder);
    }

    @AfterEach
    void close() {
        hq.close();
    }

    @Test
    void a_screen_hears_that_a_line_came_and_that_a_store_did_something() {
        hq.register.put(new Registered("0042", "Main Street", "north", 1, null, null));
        try (Listener screen = hq.listen("?topics=line,sales")) {
            Told hello = requireNonNull(screen.next());
            assertEquals("hq", hello.data().path("store").asString());
            assertEquals(2, hello.data().path("topics").size());
            hq.register.connect("0042", hq.now.get());
            screen.await("line", "0042");
            hq.mirror(
                    "store-0042/payments",
                    PaymentEvent.FORM,
                    new BusinessDayOpened(LocalDate.of(2026, 3, 2), "2001"));
            screen.await("sales", "");
            assertEquals("up", hq.ask("GET", "/api/stores/0042", "").text("/line"));
        }
    }

    @Test
    void the_page_says_what_can_be_heard_and_where_it_is_read() throws IOException {
        StringBuilder table = new StringBuilder("| topic | key | read anew |\n|---|---|---|\n");
        for (HqTopic topic : HqTopic.values()) {
            table.append(
                    "| `%s` | %s | `GET %s` |\n"
                            .formatted(topic.word(), topic.keys(), topic.read()));
            Stream<Operation> read =
                    hq.operations().stream().filter(it -> it.path().equals(topic.read()));
            assertTrue(read.anyMatch(it -> it.method().equals("GET")), topic::read);
        }
        String page = Files.readString(Path.of("..", "docs", "hq-api.md"));
        assertTrue(page.contains(table), () -> "docs/hq-api.md is to have this table:\n" + table);
    }
}
