package dev.skerry.stream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the suites share: a database that can be closed and opened again.
public abstract class DatabaseContract<T extends Transaction> {

    static final StreamName SALES = StreamName.of("store-1/sales");
    static final StreamName RETURNS = StreamName.of("store-1/returns");
    static final StreamName PRICES = StreamName.of("hq/prices");

    protected final MovableClock clock = new MovableClock();
    protected Database<T> database;

    /// Opens this test's own database, empty the first time; deletions are kept for a day.
    protected abstract Database<T> open(InstantSource clock);

    protected abstract Effects<T> effects();

    /// How long to wait for a call that a database makes from a thread of its own.
    protected Duration newsWithin() {
        return Duration.ofSeconds(10);
    }

    @BeforeEach
    void openDatabase() {
        database = open(clock);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    final void reopen() {
        database.close();
        database = open(clock);
    }

    final void open(StreamName stream, StreamSettings settings) {
        database.write(tx -> {
            tx.open(stream, settings);
            return null;
        });
    }

    final long append(StreamName stream, NewEvent... events) {
        return database.write(tx -> tx.append(stream, List.of(events)));
    }

    /// Appends events that carry these texts, in one transaction.
    final long append(StreamName stream, String... payloads) {
        return database.write(tx -> tx.append(stream, plain(payloads)));
    }

    static List<NewEvent> plain(String... payloads) {
        List<NewEvent> events = new ArrayList<>();
        for (String payload : payloads) {
            events.add(NewEvent.of(payload));
        }
        return events;
    }

    /// An event of a key, which stands before the colon.
    static NewEvent keyed(String text) {
        return NewEvent.keyed(text.substring(0, text.indexOf(':')), Bytes.of(text));
    }

    static NewEvent deletion(String key) {
        return NewEvent.deletion(key, Bytes.EMPTY);
    }

    final List<String> notes() {
        return database.write(tx -> effects().notes(tx));
    }

    final void upkeepUntilDone() {
        int pieces = 0;
        while (database.upkeep()) {
            pieces++;
            if (pieces > 100_000) {
                throw new AssertionError("upkeep has no end");
            }
        }
    }

    /// The texts of a stream's events from an offset on, each as `offset text`.
    final List<String> texts(StreamName stream, long from) {
        List<String> texts = new ArrayList<>();
        long offset = from;
        while (database.read(stream, offset, 1000, Limits.PAGE_BYTES_MAX)
                instanceof Read.Page(List<Event> events, long next, boolean upToDate)) {
            for (Event event : events) {
                String text = event.deletion() ? "-" + event.key() : event.payload().text();
                texts.add(event.offset() + " " + text);
            }
            if (upToDate || next <= offset) {
                return texts;
            }
            offset = next;
        }
        throw new AssertionError("gone while reading");
    }

    final StreamInfo info(StreamName stream) {
        return database.find(stream).orElseThrow();
    }

    static Read.Page page(Read read) {
        return switch (read) {
            case Read.Page page -> page;
            case Read.Gone gone -> throw new AssertionError("gone: " + gone);
        };
    }

    static List<String> payloads(List<Event> events) {
        return events.stream().map(event -> event.payload().text()).toList();
    }

    final void change(Consumer<T> work) {
        database.write(tx -> {
            work.accept(tx);
            return null;
        });
    }
}
