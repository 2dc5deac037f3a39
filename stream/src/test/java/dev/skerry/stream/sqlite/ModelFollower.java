package dev.skerry.stream.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.sqlite.NaiveLog.NaiveStream;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Follows a stream, or a pattern, and holds the database to its word: an event is left out only if the follower was told,
/// and it is told only if something was lost.
final class ModelFollower {

    /// Where a stream begins that was there before this follower, and has dropped its oldest, cannot be said.
    private static final long ANYWHERE = -1;

    private final StreamPattern reads;
    private final boolean pattern;
    private long cursor;
    private int lossesSeen;

    /// By a stream's life: the offset that must come next; of compacted streams, what the follower has built.
    private final Map<Long, Long> next = new HashMap<>();

    private final Map<Long, Map<String, NewEvent>> built = new HashMap<>();

    ModelFollower(String reads) {
        this.reads = StreamPattern.of(reads);
        this.pattern = reads.contains("*");
    }

    EventSource source(SqliteDatabase database) {
        return pattern
                ? database.source(reads, "model")
                : database.source(StreamName.of(reads.value()), "model");
    }

    /// Reads one page.
    ///
    /// @param losses how often something may have been lost so far
    /// @return what became of it, for people
    String step(EventSource source, NaiveLog log, int losses, RandomGenerator random) {
        if (cursor == 0) {
            startOver(log);
        }
        Read read = source.read(cursor, 1 + random.nextInt(2000));
        switch (read) {
            case Read.Gone gone -> {
                assertNotEquals(0, cursor, "a follower that starts over was told " + gone);
                assertTrue(
                        losses > lossesSeen,
                        reads + " was told that it missed something, but nothing was lost");
                cursor = gone.earliest();
                assertEquals(0, cursor);
            }
            case Read.Page page -> {
                assertTrue(page.next() >= cursor, reads + " was sent back");
                page.events().forEach(event -> take(event, log));
                cursor = page.next();
                if (page.upToDate()) {
                    hasEverything(log);
                }
                if (random.nextInt(3) > 0) {
                    source.passed(cursor);
                }
            }
        }
        lossesSeen = losses;
        return read instanceof Read.Gone ? "a follower is told to start over" : "a follower reads";
    }

    private void startOver(NaiveLog log) {
        next.clear();
        built.clear();
        log.streams
                .values()
                .forEach(stream -> {
                    if (stream.settings.keepBytesMax() > 0) {
                        next.put(stream.life, ANYWHERE);
                    }
                });
    }

    private void take(Event event, NaiveLog log) {
        NaiveStream stream = log.streams.get(event.stream());
        if (stream == null) {
            throw new AssertionError("of a deleted stream: " + event);
        }
        assertEquals(stream.at(event.offset()), event.content());
        long expected = next.getOrDefault(stream.life, stream.base);
        if (stream.settings.compacted()) {
            assertTrue(event.offset() >= expected, event + " came after " + expected);
            NaiveLog.apply(
                    built.computeIfAbsent(stream.life, life -> new HashMap<>()), event.content());
        } else {
            assertTrue(
                    expected == ANYWHERE || event.offset() == expected,
                    () -> "%s came instead of %d".formatted(event, expected));
        }
        next.put(stream.life, event.offset() + 1);
    }

    private void hasEverything(NaiveLog log) {
        log.streams.forEach((name, stream) -> {
            if (!reads.matches(name)) {
                return;
            }
            if (stream.settings.compacted()) {
                assertEquals(stream.newest(), built.getOrDefault(stream.life, Map.of()));
            } else {
                long expected = next.getOrDefault(stream.life, stream.base);
                assertEquals(
                        stream.tail(),
                        expected == ANYWHERE ? stream.start : expected,
                        reads + " believes that it has all of " + name);
            }
        });
    }
}
