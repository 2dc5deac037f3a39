package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Chain.Machine;
import dev.skerry.node.link.Message.Aside;
import dev.skerry.node.link.Message.Coding;
import dev.skerry.node.link.Message.Data;
import dev.skerry.node.link.Message.Forked;
import dev.skerry.node.link.Message.Hello;
import dev.skerry.node.link.Message.Offer;
import dev.skerry.node.link.Message.Part;
import dev.skerry.node.link.Message.Ping;
import dev.skerry.node.link.Message.Ready;
import dev.skerry.node.link.Message.Refused;
import dev.skerry.node.link.Message.Welcome;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.Compressor;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Somebody who has a store's certificate and does not keep to the protocol.
class HostileStoreTest {

    private static final Duration MOMENT = Duration.ofMillis(500);

    /// A wire of which this test is the store.
    private final class Hostile implements Wire {
        private final List<Message> heard = new ArrayList<>();
        private final Wire.Ears hq;
        private @Nullable String closed;

        Hostile(String store, String fingerprint) {
            hq = chain.hq.accept(new Guest("store-" + store, fingerprint, "nearby"), this);
        }

        void say(Message message) {
            hq.received(Messages.write(message));
            chain.run(Duration.ofMillis(100));
        }

        @Override
        public void send(Bytes message) {
            heard.add(Messages.read(message));
        }

        @Override
        public void close(String why) {
            closed = why;
        }
    }

    private final Chain chain = new Chain();

    private Hello hello(String store, long epoch, int windowBytes) {
        return new Hello(
                List.of(Messages.VERSION),
                "hostile",
                store,
                epoch,
                "a start",
                "",
                chain.now,
                windowBytes);
    }

    /// Makes store 0042 known, without a machine of its own.
    private void register() {
        Estate.Token token = new Estate.Token("hash", chain.now.plus(Duration.ofDays(1)));
        chain.estate.invite("0042", "Main Street", "north", token);
        chain.estate.join("0042", "hash", "key", "a");
    }

    private Hostile talking() {
        register();
        Hostile store = new Hostile("0042", "a");
        store.say(hello("0042", 1, 65_536));
        store.say(new Ready());
        return store;
    }

    private int audited() {
        return Chain.events(chain.hqDatabase, Estate.AUDIT.value()).size();
    }

    @Test
    void who_only_pings_does_not_keep_others_from_being_greeted() {
        Hostile silent = new Hostile("0042", "a");
        for (int i = 0; i < 5; i++) {
            silent.say(new Ping(chain.now));
            chain.run(Duration.ofSeconds(20));
        }
        assertNotNull(silent.closed);
    }

    @Test
    void who_was_refused_says_hello_no_more() {
        register();
        Hostile refused = new Hostile("0042", "nobody's");
        refused.say(hello("0043", 1, 65_536));
        assertInstanceOf(Refused.class, refused.heard.getFirst());
        refused.say(hello("0044", 1, 65_536));
        assertNotNull(refused.closed);
        assertEquals(Optional.empty(), chain.hq.busy());
    }

    @Test
    void a_fork_is_on_record_once() {
        Hostile store = talking();
        int before = audited();
        for (int i = 0; i < 20; i++) {
            store.say(new Forked(StreamName.of("store-0042/orders"), i));
        }
        assertTrue(audited() <= before + 2);
    }

    @Test
    void strangers_that_try_to_join_fill_no_disk() {
        for (int i = 0; i < 50; i++) {
            chain.estate.join("s" + i, "a guess", "", "");
        }
        assertEquals(1, audited());
    }

    @Test
    void refusals_on_record_are_limited() {
        for (int i = 0; i < 10_500; i++) {
            chain.estate.refused("0042", "why not " + i);
        }
        assertEquals(10_000, audited());
        chain.now = chain.now.plus(Duration.ofHours(2));
        chain.estate.refused("0042", "once more");
        assertEquals(10_001, audited());
    }

    @Test
    void a_certificate_that_does_not_hold_changes_nothing_in_the_register() {
        Machine store = chain.join("0042", "north", "a");
        chain.run(MOMENT);
        new Hostile("0042", "an old one").say(hello("0042", 99, 65_536));
        assertEquals(1, chain.estate.find("0042").orElseThrow().epoch());
        store.sell("one");
        chain.run(MOMENT);
        assertTrue(store.open());
        assertEquals(List.of("one"), Chain.events(chain.hqDatabase, "store-0042/orders"));
    }

    @Test
    void a_stream_that_begins_before_its_beginning_ends_the_wire() {
        Hostile store = talking();
        Checkpoint before = new Checkpoint(-1, Checksum.START);
        store.say(new Offer(1, StreamName.of("store-0042/x"), false, "text/plain", before));
        assertNotNull(store.closed);
    }

    @Test
    void numbers_that_are_too_large_break_the_protocol() {
        Hostile store = new Hostile("0042", "a");
        store.hq.received(Bytes.of("\1{\"versions\":[99999999999]}"));
        chain.run(MOMENT);
        assertNotNull(store.closed);
    }

    /// An offer of a stream of the store's own, under a number.
    private static Offer offer(int number) {
        return new Offer(
                number,
                StreamName.of("store-0042/x" + number),
                false,
                "text/plain",
                Checkpoint.START);
    }

    @Test
    void a_few_bytes_that_are_said_to_become_many_cost_no_memory() {
        Hostile store = talking();
        store.say(offer(1));
        byte[] zeros = new byte[64 << 20];
        Bytes bomb = new Compressor(19, 1).compress(Bytes.of(zeros)).data();
        store.say(new Data(1, 0, 1, 0, Coding.ZSTD, zeros.length, false, bomb));
        Aside aside = assertInstanceOf(Aside.class, store.heard.getLast());
        assertTrue(aside.why().contains("is said to be of 67108864 bytes"), aside.why());
        assertNull(store.closed);
    }

    @Test
    void of_runs_in_parts_one_wire_makes_hq_keep_no_more_than_one() {
        Hostile store = talking();
        Bytes piece = Bytes.of(new byte[1 << 19]);
        int streams = 30;
        for (int i = 1; i <= streams; i++) {
            store.say(offer(i));
            store.say(new Data(i, 0, 1, 0, Coding.RAW, 64 << 20, true, piece));
            for (int part = 0; part < 8; part++) {
                store.say(new Part(i, true, piece));
            }
        }
        long refused = store.heard.stream().filter(Aside.class::isInstance).count();
        assertTrue(refused >= streams - 65 * 2 / 9 - 1, refused + " of " + streams);
        assertTrue(refused < streams, "one wire may keep some");
    }

    @Test
    void a_content_type_is_no_book() {
        Hostile store = talking();
        store.say(
                new Offer(
                        1,
                        StreamName.of("store-0042/x"),
                        false,
                        "x".repeat(300),
                        Checkpoint.START));
        assertNotNull(store.closed);
    }

    @Test
    void a_window_of_nothing_is_a_small_one() {
        Chain.append(chain.hqDatabase, "hq/loyalty", "points");
        register();
        Hostile store = new Hostile("0042", "a");
        store.say(hello("0042", 1, 0));
        store.say(new Ready());
        Message.Announce announced = (Message.Announce) store.heard.getLast();
        store.say(new Message.Follow(announced.stream(), new Checkpoint(0, Checksum.START)));
        store.say(new Message.Ack(announced.stream(), 1));
        assertInstanceOf(Welcome.class, store.heard.getFirst());
        assertNull(store.closed);
    }
}
