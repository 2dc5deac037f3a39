package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Chain.Machine;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.node.link.Message.Coding;
import dev.skerry.stream.Checksum;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the simulation has found, each as short as it can be told.
class LinkFindingsTest {

    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final Duration A_WHILE = Duration.ofSeconds(40);

    private final Chain chain = new Chain();

    @Test
    void a_store_starts_with_a_full_disk_and_goes_on_when_there_is_room() {
        Machine store = chain.join("0042", "north", "a");
        chain.line.cut();
        store.sell("one");
        store.trouble.full = true;
        store.restart();
        chain.line.mend();
        chain.run(A_WHILE);
        store.trouble.full = false;
        chain.run(A_WHILE);
        assertEquals(List.of("one"), Chain.events(chain.hqDatabase, "store-0042/orders"));
    }

    @Test
    void a_wire_that_died_is_noticed_although_the_clock_was_set_back() {
        Machine store = chain.join("0042", "north", "a");
        chain.run(MOMENT);
        chain.line.forget();
        chain.now = chain.now.minus(Duration.ofDays(1));
        store.sell("one");
        chain.run(A_WHILE);
        assertEquals(List.of("one"), Chain.events(chain.hqDatabase, "store-0042/orders"));
    }

    @Test
    void a_stream_of_which_hq_has_only_the_beginning_is_fetched_back_at_once() {
        chain.hqDatabase.write(tx -> {
            tx.openAt(
                    StreamName.of("store-0042/telemetry"),
                    StreamSettings.keepAll(),
                    12,
                    new Checksum(1, 2));
            return true;
        });
        Machine store = chain.join("0042", "north", "a");
        chain.run(MOMENT);
        assertTrue(store.open(), () -> store.link.status().toString());
    }

    @Test
    void a_machine_that_differs_in_two_streams_is_fenced_once_and_writes_out_both() {
        Machine store = chain.join("0042", "north", "a");
        Machine image = chain.copy(store);
        store.restart();
        for (String stream : List.of("store-0042/orders", "store-0042/payments")) {
            Chain.append(store.database, stream, "here");
            Chain.append(store.database, stream, "here too");
            Chain.append(image.database, stream, "there");
        }
        chain.run(MOMENT);
        chain.switchOff(store);
        chain.line.cut();
        chain.line.mend();
        chain.switchOn(image);
        chain.run(A_WHILE);
        assertInstanceOf(Standing.Fenced.class, image.link.standing());
        assertEquals(
                List.of("store-0042/orders@0 there", "store-0042/payments@0 there"),
                image.exported);
    }

    @Test
    void a_fork_that_compaction_at_hq_hides_is_not_merged() {
        Machine store = chain.join("0042", "north", "a");
        Machine image = chain.copy(store);
        store.restart();
        for (int i = 0; i < 200; i++) {
            Chain.put(store.database, "store-0042/settings", "light", "here " + i);
        }
        chain.run(MOMENT);
        while (chain.hqDatabase.upkeep()) {}
        assertEquals(1, Chain.events(chain.hqDatabase, "store-0042/settings").size());
        chain.switchOff(store);
        chain.line.cut();
        Chain.put(image.database, "store-0042/settings", "door", "there");
        chain.line.mend();
        chain.switchOn(image);
        chain.run(A_WHILE);
        assertInstanceOf(Standing.Fenced.class, image.link.standing());
        assertEquals(List.of("store-0042/settings@0 there"), image.exported);
    }

    @Test
    void a_compacted_stream_is_fetched_back_whole_by_a_machine_that_has_nothing_of_it() {
        Machine store = chain.join("0042", "north", "a");
        for (int i = 0; i < 200; i++) {
            Chain.put(store.database, "store-0042/settings", "light", "value " + i);
        }
        chain.run(MOMENT);
        while (chain.hqDatabase.upkeep()) {}
        chain.switchOff(store);
        chain.line.cut();
        chain.line.mend();
        Machine fresh = chain.join("0042", "north", "b");
        chain.run(MOMENT);
        assertTrue(fresh.open(), () -> fresh.link.status().toString());
        assertEquals(List.of("value 199"), Chain.events(fresh.database, "store-0042/settings"));
    }

    @Test
    void after_a_sound_wire_runs_are_coded_as_if_nothing_had_ever_been_wrong() {
        Machine store = chain.join("0042", "north", "a");
        Chain.append(chain.hqDatabase, "hq/notices", "one");
        chain.run(MOMENT);
        // Somebody writes to a mirror: the wire breaks.
        Chain.append(store.database, "hq/notices", "not HQ's");
        Chain.append(chain.hqDatabase, "hq/notices", "two");
        chain.run(A_WHILE);
        assertFalse(codingsOfManySales(store).contains(Coding.COLUMNS));
        chain.run(Duration.ofMinutes(6));
        assertTrue(codingsOfManySales(store).contains(Coding.COLUMNS));
    }

    /// How a store says what it sold while the line was cut.
    private Set<Coding> codingsOfManySales(Machine store) {
        chain.line.cut();
        for (int i = 0; i < 300; i++) {
            store.sell(
                    "{\"till\":\"till-%d\",\"receipt\":%d,\"total\":\"9.%02d\"}"
                            .formatted(i % 3, i, i % 100));
        }
        chain.line.codings.clear();
        chain.line.mend();
        chain.run(MOMENT);
        return Set.copyOf(chain.line.codings);
    }

    @Test
    void hq_refuses_also_while_its_disk_is_full() {
        Machine old = chain.join("0042", "north", "a");
        old.sell("one");
        chain.run(MOMENT);
        chain.join("0042", "north", "b");
        chain.hqTrouble.full = true;
        old.sell("two");
        chain.run(MOMENT);
        chain.hqTrouble.full = false;
        chain.run(A_WHILE);
        assertInstanceOf(Standing.Fenced.class, old.link.standing());
        assertEquals(List.of("one"), Chain.events(chain.hqDatabase, "store-0042/orders"));
    }

    @Test
    void hq_looks_again_where_it_does_not_know_what_became_of_a_commit() {
        Machine old = chain.join("0042", "north", "a");
        chain.run(MOMENT);
        Estate.Token token = new Estate.Token("hash", chain.now.plus(Duration.ofDays(1)));
        chain.estate.invite("0042", "Main Street", "north", token);
        chain.hqTrouble.unsure = true;
        assertThrows(
                StreamException.class, () -> chain.estate.join("0042", "hash", "key", "other"));
        chain.hqTrouble.unsure = false;
        old.sell("one");
        chain.run(A_WHILE);
        assertInstanceOf(Standing.Fenced.class, old.link.standing());
        assertEquals(List.of("store-0042/orders@0 one"), old.exported);
    }
}
