package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Chain.Machine;
import dev.skerry.node.link.LinkStatus.Line;
import dev.skerry.node.link.LinkStatus.OfStream;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.node.link.LinkStatus.State;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole link, HQ and stores, in one thread.
class LinkTest {

    private static final Duration MOMENT = Duration.ofMillis(500);

    private final Chain chain = new Chain();

    @Test
    void a_sale_goes_up() {
        Machine store = chain.join("0042", "north", "a");
        store.sell("one");
        chain.run(MOMENT);
        assertEquals(List.of("one"), Chain.events(chain.hqDatabase, "store-0042/orders"));
        store.sell("two");
        chain.run(MOMENT);
        assertEquals(List.of("one", "two"), Chain.events(chain.hqDatabase, "store-0042/orders"));
        assertEquals(Line.UP, store.link.status().line());
    }

    @Test
    void a_store_cut_off_for_three_days_catches_up() {
        Machine store = chain.join("0042", "north", "a");
        chain.run(MOMENT);
        chain.line.cut();
        for (int day = 0; day < 3; day++) {
            for (int i = 0; i < 500; i++) {
                store.sell("sale " + day + " " + i);
            }
            chain.run(Duration.ofMinutes(1));
            chain.now = chain.now.plus(Duration.ofDays(1));
        }
        assertTrue(store.open());
        chain.line.mend();
        chain.run(MOMENT);
        assertEquals(1500, Chain.events(chain.hqDatabase, "store-0042/orders").size());
    }

    @Test
    void what_hq_writes_comes_down_to_those_it_is_for() {
        Machine north = chain.join("0042", "north", "a");
        Machine south = chain.join("0043", "south", "b");
        Chain.put(chain.hqDatabase, "hq/catalog", "apple", "1.00");
        Chain.put(chain.hqDatabase, "hq/catalog", "apple", "1.10");
        Chain.put(chain.hqDatabase, "hq/zone-north/prices", "apple", "0.90");
        Chain.append(chain.hqDatabase, "hq/store-0043/tasks", "clean");
        chain.run(MOMENT);
        assertEquals(List.of("1.10"), last(Chain.events(north.database, "hq/catalog")));
        assertEquals(List.of("1.10"), last(Chain.events(south.database, "hq/catalog")));
        assertEquals(List.of("0.90"), Chain.events(north.database, "hq/zone-north/prices"));
        assertEquals(List.of(), Chain.events(south.database, "hq/zone-north/prices"));
        assertEquals(List.of("clean"), Chain.events(south.database, "hq/store-0043/tasks"));
        assertEquals(List.of(), Chain.events(north.database, "hq/store-0043/tasks"));
    }

    private static List<String> last(List<String> all) {
        return all.subList(Math.max(0, all.size() - 1), all.size());
    }

    @Test
    void a_new_machine_gets_back_what_the_old_one_sold_before_it_may_sell() {
        Machine old = chain.join("0042", "north", "a");
        IntStream.range(0, 100).forEach(i -> old.sell("sale " + i));
        chain.run(MOMENT);
        chain.switchOff(old);
        chain.line.cut();
        chain.line.mend();
        Machine fresh = chain.join("0042", "north", "b");
        assertFalse(fresh.open());
        chain.run(MOMENT);
        assertTrue(fresh.open());
        assertEquals(
                Chain.events(chain.hqDatabase, "store-0042/orders"),
                Chain.events(fresh.database, "store-0042/orders"));
        fresh.sell("the first on the new machine");
        chain.run(MOMENT);
        assertEquals(101, Chain.events(chain.hqDatabase, "store-0042/orders").size());
    }

    @Test
    void a_machine_that_fetches_its_streams_back_knows_what_they_hold() {
        StreamName scans = StreamName.of("store-0042/scans");
        Machine old = chain.join("0042", "north", "a");
        old.contentTypes.put(scans, "text/plain");
        Chain.append(old.database, scans.value(), "4006381333931");
        old.sell("one");
        chain.run(MOMENT);
        chain.switchOff(old);
        chain.line.cut();
        chain.line.mend();
        Machine fresh = chain.join("0042", "north", "b");
        chain.run(MOMENT);
        assertTrue(fresh.open());
        assertEquals("text/plain", fresh.contentTypes.get(scans));
        assertEquals(
                "application/json", fresh.contentTypes.get(StreamName.of("store-0042/orders")));
        Estate restarted = new Estate(chain.hqDatabase, () -> chain.now, new Random(1));
        assertEquals(Optional.of("text/plain"), restarted.contentType(scans));
    }

    @Test
    void a_store_that_moves_to_another_zone_keeps_nothing_of_the_one_before() {
        Machine store = chain.join("0042", "north", "a");
        Chain.put(chain.hqDatabase, "hq/zone-north/prices", "apple", "0.90");
        Chain.put(chain.hqDatabase, "hq/zone-south/prices", "apple", "1.90");
        Chain.put(chain.hqDatabase, "hq/catalog", "apple", "1.00");
        chain.run(MOMENT);
        assertEquals(List.of("0.90"), Chain.events(store.database, "hq/zone-north/prices"));
        store.trouble.full = true;
        Estate.Token token = new Estate.Token("hash", chain.now.plus(Duration.ofDays(1)));
        chain.estate.invite("0042", "Store 0042", "south", token);
        chain.run(MOMENT);
        OfStream left = store.status("hq/zone-north/prices");
        assertEquals(State.PARKED, left.state());
        assertTrue(left.why().contains("could not be deleted"), left.why());
        store.trouble.full = false;
        chain.run(Duration.ofSeconds(10));
        assertEquals(Optional.empty(), store.database.find(StreamName.of("hq/zone-north/prices")));
        assertEquals(List.of("1.90"), Chain.events(store.database, "hq/zone-south/prices"));
        assertEquals(List.of("1.00"), Chain.events(store.database, "hq/catalog"));
        assertEquals(
                List.of("hq/catalog", "hq/zone-south/prices"),
                store.link.status().streams().stream().map(one -> one.name().value()).toList());
    }

    @Test
    @Tag("slow") // Ten thousand streams.
    void ten_thousand_streams_are_no_reason_not_to_talk() {
        Machine old = chain.join("0042", "north", "a");
        old.sell("one");
        chain.run(MOMENT);
        chain.line.cut();
        old.sell("never seen");
        chain.switchOff(old);
        chain.hqDatabase.write(tx -> {
            for (int i = 0; i < 10_000; i++) {
                tx.open(
                        StreamName.of("store-0042/shelves/%05d/what-stands-there".formatted(i)),
                        StreamSettings.keepAll());
            }
            return true;
        });
        String last = "store-0042/shelves/09999/what-stands-there";
        Chain.append(chain.hqDatabase, last, "a box");
        chain.line.mend();
        Machine fresh = chain.join("0042", "north", "b");
        chain.run(MOMENT);
        assertTrue(fresh.open(), () -> fresh.link.standing().toString());
        assertEquals(List.of("a box"), Chain.events(fresh.database, last));
        fresh.sell("two");
        chain.run(MOMENT);
        assertEquals(List.of("one", "two"), Chain.events(chain.hqDatabase, "store-0042/orders"));
        chain.switchOn(old);
        chain.run(Duration.ofSeconds(5));
        assertEquals(List.of("store-0042/orders@1 never seen"), old.exported);
    }

    @Test
    void the_old_machine_is_fenced_and_writes_out_what_hq_never_got() {
        Machine old = chain.join("0042", "north", "a");
        old.sell("seen");
        chain.run(MOMENT);
        chain.line.cut();
        old.sell("never seen");
        chain.run(MOMENT);
        chain.switchOff(old);
        chain.line.mend();
        Machine fresh = chain.join("0042", "north", "b");
        chain.run(MOMENT);
        fresh.sell("new");
        chain.run(MOMENT);
        chain.switchOn(old);
        chain.run(Duration.ofSeconds(10));
        Standing.Fenced fenced = assertInstanceOf(Standing.Fenced.class, old.link.standing());
        assertTrue(fenced.why().contains("epoch 1, and HQ is at 2"), fenced.why());
        assertEquals(List.of("store-0042/orders@1 never seen"), old.exported);
        assertEquals(List.of("seen", "new"), Chain.events(chain.hqDatabase, "store-0042/orders"));
        assertTrue(fresh.open());
    }

    @Test
    void a_machine_set_back_to_an_older_image_fetches_what_it_lacks_before_it_writes() {
        Machine store = chain.join("0042", "north", "a");
        store.sell("monday");
        chain.run(MOMENT);
        Machine image = chain.copy(store);
        store.restart();
        store.sell("tuesday");
        chain.run(MOMENT);
        chain.switchOff(store);
        chain.line.cut();
        chain.line.mend();
        chain.switchOn(image);
        chain.run(MOMENT);
        assertTrue(image.open(), () -> image.link.status().toString());
        assertEquals(
                List.of("monday", "tuesday"), Chain.events(image.database, "store-0042/orders"));
        assertEquals(2, image.link.status().epoch());
        // The other one, should it wake, is fenced, although it has all that HQ has.
        chain.switchOn(store);
        chain.run(Duration.ofSeconds(10));
        assertInstanceOf(Standing.Fenced.class, store.link.standing());
    }

    @Test
    void a_copy_is_turned_away_while_the_original_is_connected() {
        Machine store = chain.join("0042", "north", "a");
        store.sell("one");
        chain.run(MOMENT);
        Machine copy = chain.copy(store);
        store.restart();
        chain.run(MOMENT);
        chain.switchOn(copy);
        chain.run(Duration.ofSeconds(20));
        assertInstanceOf(Standing.TurnedAway.class, copy.link.standing());
        assertTrue(store.open());
    }

    @Test
    void a_machine_that_wrote_something_else_at_the_same_offsets_is_fenced() {
        Machine store = chain.join("0042", "north", "a");
        IntStream.range(0, 10).forEach(i -> store.sell("sale " + i));
        chain.run(MOMENT);
        Machine image = chain.copy(store);
        store.sell("here");
        chain.run(MOMENT);
        chain.switchOff(store);
        chain.line.cut();
        chain.switchOn(image);
        chain.run(Duration.ofSeconds(5));
        assertTrue(image.open());
        image.sell("there");
        chain.line.mend();
        chain.run(Duration.ofSeconds(5));
        assertInstanceOf(Standing.Fenced.class, image.link.standing());
        assertEquals(List.of("store-0042/orders@10 there"), image.exported);
        assertEquals(11, Chain.events(chain.hqDatabase, "store-0042/orders").size());
    }

    @Test
    void a_store_away_for_longer_than_deletions_are_kept_forgets_what_was_deleted() {
        Machine store = chain.join("0042", "north", "a");
        Chain.put(chain.hqDatabase, "hq/catalog", "apple", "1.00");
        Chain.put(chain.hqDatabase, "hq/catalog", "pear", "2.00");
        chain.run(MOMENT);
        chain.line.cut();
        chain.run(MOMENT);
        Chain.delete(chain.hqDatabase, "hq/catalog", "apple");
        Chain.put(chain.hqDatabase, "hq/catalog", "plum", "3.00");
        chain.now = chain.now.plus(Duration.ofDays(100));
        while (chain.hqDatabase.upkeep()) {}
        chain.line.mend();
        chain.run(Duration.ofSeconds(90));
        assertEquals(List.of("2.00", "3.00"), Chain.events(store.database, "hq/catalog"));
    }

    @Test
    void telemetry_that_a_store_had_to_drop_is_a_gap_at_hq_and_the_rest_arrives() {
        Machine store = chain.join("0042", "north", "a");
        chain.line.cut();
        for (int i = 0; i < 200; i++) {
            Chain.note(store.database, "store-0042/telemetry", "reading " + i);
        }
        while (store.database.upkeep()) {}
        chain.line.mend();
        chain.run(MOMENT);
        List<String> arrived = Chain.events(chain.hqDatabase, "store-0042/telemetry");
        assertEquals(Chain.events(store.database, "store-0042/telemetry"), arrived);
        assertTrue(arrived.size() < 200);
        assertEquals("reading 199", arrived.getLast());
    }

    @Test
    void an_event_larger_than_a_message_arrives_in_parts() {
        Machine store = chain.join("0042", "north", "a");
        String large =
                IntStream.range(0, 300_000)
                        .mapToObj(Integer::toHexString)
                        .collect(Collectors.joining());
        store.sell(large);
        store.sell("small");
        chain.run(Duration.ofSeconds(3));
        assertEquals(List.of(large, "small"), Chain.events(chain.hqDatabase, "store-0042/orders"));
    }

    @Test
    void a_large_event_of_which_compression_leaves_nearly_nothing_arrives() {
        Machine store = chain.join("0042", "north", "a");
        String large = "0".repeat(3_000_000);
        store.sell(large);
        Chain.append(chain.hqDatabase, "hq/tasks", large);
        chain.run(Duration.ofSeconds(3));
        assertEquals(List.of(large), Chain.events(chain.hqDatabase, "store-0042/orders"));
        assertEquals(List.of(large), Chain.events(store.database, "hq/tasks"));
    }

    @Test
    void a_mirror_that_somebody_has_damaged_is_made_anew() {
        Machine store = chain.join("0042", "north", "a");
        Chain.put(chain.hqDatabase, "hq/catalog", "apple", "1.00");
        chain.run(MOMENT);
        chain.line.cut();
        Chain.put(store.database, "hq/catalog", "apple", "0.01");
        Chain.put(chain.hqDatabase, "hq/catalog", "apple", "1.10");
        Chain.put(chain.hqDatabase, "hq/catalog", "apple", "1.20");
        chain.line.mend();
        chain.run(Duration.ofSeconds(90));
        assertEquals(
                Chain.events(chain.hqDatabase, "hq/catalog"),
                Chain.events(store.database, "hq/catalog"));
    }

    @Test
    void a_certificate_of_another_store_opens_nothing() {
        chain.join("0042", "north", "a");
        Machine thief = chain.stranger("0042", "0043", "b");
        thief.sell("stolen");
        chain.run(Duration.ofSeconds(2));
        assertEquals(List.of(), Chain.events(chain.hqDatabase, "store-0042/orders"));
        assertTrue(
                Chain.events(chain.hqDatabase, "local/audit").stream()
                        .anyMatch(event -> event.contains("StoreRefused")));
    }

    @Test
    void runs_in_parts_one_after_the_other_arrive_over_one_wire() {
        Machine store = chain.join("0042", "north", "a");
        Random random = new Random(3);
        List<String> sales = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[3_000];
            random.nextBytes(noise);
            sales.add(HexFormat.of().formatHex(noise));
            store.sell(sales.getLast());
        }
        chain.run(Duration.ofSeconds(5));
        assertEquals(sales, Chain.events(chain.hqDatabase, "store-0042/orders"));
        assertEquals(1, chain.line.dialled);
    }

    @Test
    void what_a_copy_wrote_is_not_hidden_by_compaction() {
        Machine store = chain.join("0042", "north", "a");
        chain.run(MOMENT);
        Machine image = chain.copy(store);
        Chain.put(store.database, "store-0042/settings", "light", "here");
        chain.run(MOMENT);
        chain.switchOff(store);
        chain.line.cut();
        chain.switchOn(image);
        chain.run(Duration.ofSeconds(2));
        for (String written : List.of("there 0", "there 1", "there 2")) {
            Chain.put(image.database, "store-0042/settings", "light", written);
        }
        chain.run(MOMENT);
        assertFalse(image.link.mayCompact());
        // Even if it were compacted, it would be noticed.
        while (image.database.upkeep()) {}
        chain.line.mend();
        chain.run(Duration.ofSeconds(5));
        assertInstanceOf(Standing.Fenced.class, image.link.standing());
        assertEquals(List.of("here"), Chain.events(chain.hqDatabase, "store-0042/settings"));
    }
}
