package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Chain.Machine;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemorySettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What went wrong once, or nearly: databases that fail, certificates that nobody knows, answers that come late.
class LinkFaultsTest {

    private static final Duration MOMENT = Duration.ofMillis(500);

    private final Chain chain = new Chain();

    @Test
    void the_link_goes_on_where_its_status_cannot_be_told() {
        Machine store = chain.join("0042", "north", "a");
        chain.run(MOMENT);
        var _ =
                new MemoryDatabase(
                        store.disk, MemorySettings.defaults(), Faults.NONE, () -> chain.now);
        chain.run(Duration.ofSeconds(10));
        store.restart();
        store.sell("one");
        chain.run(MOMENT);
        assertEquals(List.of("one"), Chain.events(chain.hqDatabase, "store-0042/orders"));
    }

    @Test
    void a_copy_that_was_turned_away_does_not_open_because_the_line_breaks() {
        Machine store = chain.join("0042", "north", "a");
        chain.run(MOMENT);
        Machine copy = chain.copy(store);
        store.restart();
        chain.run(MOMENT);
        chain.switchOn(copy);
        chain.run(Duration.ofSeconds(20));
        for (int i = 0; i < 100; i++) {
            chain.now = chain.now.plusMillis(100);
            copy.link.step();
            chain.line.cut();
            chain.line.mend();
            copy.link.step();
            assertInstanceOf(Standing.TurnedAway.class, copy.link.standing());
        }
    }

    @Test
    void an_image_from_before_the_first_contact_is_taken_in_although_the_first_answer_got_lost() {
        Machine store = chain.join("0042", "north", "a");
        Machine image = chain.copy(store);
        store.sell("one");
        chain.run(MOMENT);
        chain.switchOff(store);
        chain.line.cut();
        chain.line.mend();
        chain.switchOn(image);
        while (chain.estate.find("0042").orElseThrow().epoch() == 1) {
            image.link.step();
            chain.line.carry();
            chain.stepSessions();
        }
        // The answer is on the line, and the machine has a power cut.
        chain.line.cut();
        chain.line.mend();
        image.restart();
        chain.run(MOMENT);
        assertTrue(image.open(), () -> image.link.standing().toString());
        assertEquals(List.of("one"), Chain.events(image.database, "store-0042/orders"));
    }

    @Test
    void a_renewal_of_a_machine_that_was_replaced_meanwhile_changes_nothing() {
        Machine old = chain.join("0042", "north", "a");
        chain.run(MOMENT);
        chain.switchOff(old);
        Machine fresh = chain.join("0042", "north", "b");
        assertFalse(chain.estate.renewed(new Guest("store-0042", "a", "nearby"), "a, renewed"));
        chain.run(Duration.ofSeconds(10));
        assertTrue(fresh.open(), () -> fresh.link.standing().toString());
    }

    @Test
    void a_stream_that_hq_has_dropped_in_front_of_a_store_begins_anew_over_the_same_wire() {
        Machine store = chain.join("0042", "north", "a");
        Chain.note(chain.hqDatabase, "hq/signals", "first");
        chain.run(MOMENT);
        int dialled = chain.line.dialled;
        Chain.note(chain.hqDatabase, "hq/signals", "on its way");
        chain.stepSessions();
        for (int i = 0; i < 300; i++) {
            Chain.note(chain.hqDatabase, "hq/signals", "signal " + i);
        }
        while (chain.hqDatabase.upkeep()) {}
        chain.run(MOMENT);
        assertEquals(
                Chain.events(chain.hqDatabase, "hq/signals"),
                Chain.events(store.database, "hq/signals"));
        assertEquals(dialled, chain.line.dialled);
    }

    @Test
    void an_own_stream_of_another_kind_is_never_deleted_to_begin_anew() {
        Machine store = chain.join("0042", "north", "a");
        chain.run(MOMENT);
        Machine image = chain.copy(store);
        Chain.append(store.database, "store-0042/notes", "one");
        Chain.append(store.database, "store-0042/notes", "two");
        chain.run(MOMENT);
        chain.switchOff(store);
        chain.line.cut();
        chain.switchOn(image);
        chain.run(Duration.ofSeconds(5));
        Chain.put(image.database, "store-0042/notes", "key", "of the image");
        chain.line.mend();
        chain.run(Duration.ofSeconds(10));
        assertInstanceOf(Standing.Fenced.class, image.link.standing());
        assertEquals(List.of("store-0042/notes@0 of the image"), image.exported);
    }

    @Test
    void an_hq_with_a_full_disk_is_left_in_peace() {
        Machine store = chain.join("0042", "north", "a");
        store.sell("one");
        chain.run(MOMENT);
        chain.hqTrouble.full = true;
        store.sell("two");
        int dialled = chain.line.dialled;
        chain.run(Duration.ofMinutes(5));
        assertTrue(
                chain.line.dialled - dialled < 20,
                () -> chain.line.dialled + " times in 5 minutes");
        chain.hqTrouble.full = false;
        chain.run(Duration.ofMinutes(2));
        assertEquals(List.of("one", "two"), Chain.events(chain.hqDatabase, "store-0042/orders"));
    }

    @Test
    void a_stores_inbox_takes_all_that_hq_may_have_on_its_way() {
        LinkSettings settings = LinkSettings.defaults();
        Wire.Ears[] ears = new Wire.Ears[1];
        Dialer dialer =
                new Dialer() {
                    @Override
                    public void dial(Caller caller) {
                        ears[0] = caller.opened(new Nowhere());
                    }

                    @Override
                    public void probe(Runnable reached) {}
                };
        new Contact(dialer, settings, new java.util.Random(1), () -> {}).seek(chain.now);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    for (int bytes = 0; bytes <= settings.windowBytes(); bytes += 64 * 1024) {
                        ears[0].received(Bytes.of(new byte[64 * 1024]));
                    }
                });
    }

    private static final class Nowhere implements Wire {
        @Override
        public void send(Bytes message) {}

        @Override
        public void close(String why) {}
    }
}
