package dev.skerry.app.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.stream.Pacer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeedReaderTest {

    private enum Topic implements FeedTopic {
        BASKETS,
        ORDERS,
        STOCK;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Test
    void a_slow_screen_is_told_a_thing_once_however_often_it_changed() throws Exception {
        FeedReader reader = new FeedReader(EnumSet.allOf(Topic.class));
        for (long version = 1; version <= 1000; version++) {
            reader.tell(new Change(Topic.BASKETS, "b1", version));
            reader.tell(Change.of(Topic.ORDERS, "o1"));
        }
        reader.await(Pacer.REAL, Duration.ofMinutes(1));
        assertEquals(
                List.of(new Change(Topic.BASKETS, "b1", 1000L), Change.of(Topic.ORDERS, "o1")),
                reader.take());
        assertEquals(List.of(), reader.take());
    }

    @Test
    void a_very_slow_screen_is_told_to_read_whole_topics() {
        FeedReader reader = new FeedReader(EnumSet.allOf(Topic.class));
        IntStream.rangeClosed(0, FeedReader.WAITING_MAX)
                .forEach(it -> reader.tell(Change.of(Topic.STOCK, "s" + it)));
        reader.tell(Change.of(Topic.STOCK, "one more"));
        assertEquals(List.of(Change.all(Topic.STOCK)), reader.take());
        reader.tell(Change.of(Topic.STOCK, "s1"));
        reader.tell(Change.all(Topic.STOCK));
        assertEquals(List.of(Change.all(Topic.STOCK)), reader.take());
    }
}
