package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Chain.Machine;
import dev.skerry.node.link.LinkStatus.OfStream;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.node.link.LinkStatus.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One stream is faulty: everything else goes on, and it does itself once it is mended.
class AsideTest {

    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofMinutes(20);

    private final Chain chain = new Chain();
    private final Machine store = chain.join("0042", "north", "a");

    private void requireOthersGoOn() {
        int before = Chain.events(chain.hqDatabase, "store-0042/orders").size();
        store.sell("meanwhile");
        Chain.append(chain.hqDatabase, "hq/notices", "meanwhile");
        chain.run(MOMENT);
        assertEquals(before + 1, Chain.events(chain.hqDatabase, "store-0042/orders").size());
        assertEquals(
                Chain.events(chain.hqDatabase, "hq/notices"),
                Chain.events(store.database, "hq/notices"));
    }

    private void requireParked(String stream, String why) {
        OfStream status = store.status(stream);
        assertEquals(State.PARKED, status.state(), status::toString);
        assertTrue(status.why().contains(why), status.why());
    }

    @Test
    void a_damaged_run_of_hqs_deletes_no_mirror_and_delays_no_sale() {
        Chain.put(chain.hqDatabase, "hq/catalog", "apple", "1.00");
        chain.run(MOMENT);
        chain.hqDamage.flip("hq/catalog");
        Chain.put(chain.hqDatabase, "hq/catalog", "apple", "1.10");
        int dialled = chain.line.dialled;
        chain.run(MOMENT);
        requireOthersGoOn();
        assertEquals(dialled, chain.line.dialled);
        assertEquals(List.of("1.00"), Chain.events(store.database, "hq/catalog"));
        requireParked("hq/catalog", "checksum");
    }

    @Test
    void what_is_damaged_at_hq_is_tried_again_ever_more_seldom_and_goes_on_once_it_is_mended() {
        chain.hqDamage.flip("hq/catalog");
        Chain.put(chain.hqDatabase, "hq/catalog", "apple", "1.00");
        chain.run(LONG);
        assertTrue(chain.line.dialled < 15, () -> chain.line.dialled + " wires");
        assertTrue(chain.line.dialled > 5, () -> chain.line.dialled + " wires");
        requireOthersGoOn();
        chain.hqDamage.mend();
        chain.line.cut();
        chain.line.mend();
        // HQ made the run before, and keeps it for those who want it next.
        Chain.put(chain.hqDatabase, "hq/catalog", "apple", "1.10");
        chain.run(LONG);
        assertEquals(
                Chain.events(chain.hqDatabase, "hq/catalog"),
                Chain.events(store.database, "hq/catalog"));
        assertEquals(State.UP_TO_DATE, store.status("hq/catalog").state());
    }

    @Test
    void a_stream_that_hq_cannot_read_is_said_to_be_one() {
        Chain.append(chain.hqDatabase, "hq/tasks", "one");
        chain.run(MOMENT);
        chain.hqDamage.tear("hq/tasks");
        Chain.append(chain.hqDatabase, "hq/tasks", "two");
        int dialled = chain.line.dialled;
        chain.run(MOMENT);
        requireOthersGoOn();
        assertEquals(dialled, chain.line.dialled);
        requireParked("hq/tasks", "a bad sector");
        chain.hqDamage.mend();
        chain.run(Duration.ofSeconds(20));
        assertEquals(List.of("one", "two"), Chain.events(store.database, "hq/tasks"));
        assertEquals(State.UP_TO_DATE, store.status("hq/tasks").state());
    }

    @Test
    void a_damaged_stream_of_the_stores_own_stops_no_other() {
        store.damage.flip("store-0042/waste");
        Chain.append(store.database, "store-0042/waste", "one");
        chain.run(MOMENT);
        int dialled = chain.line.dialled;
        requireOthersGoOn();
        assertEquals(dialled, chain.line.dialled);
        requireParked("store-0042/waste", "checksum");
        store.damage.mend();
        chain.run(Duration.ofSeconds(20));
        assertEquals(List.of("one"), Chain.events(chain.hqDatabase, "store-0042/waste"));
        assertEquals(State.UP_TO_DATE, store.status("store-0042/waste").state());
    }

    @Test
    void a_stream_of_its_own_that_the_store_cannot_read_stops_no_other() {
        Chain.append(store.database, "store-0042/waste", "one");
        store.damage.tear("store-0042/waste");
        chain.run(MOMENT);
        int dialled = chain.line.dialled;
        requireOthersGoOn();
        assertEquals(dialled, chain.line.dialled);
        requireParked("store-0042/waste", "a bad sector");
        store.damage.mend();
        chain.run(Duration.ofSeconds(20));
        assertEquals(List.of("one"), Chain.events(chain.hqDatabase, "store-0042/waste"));
    }

    @Test
    void what_is_put_aside_waits_for_its_pause_also_over_a_new_wire() {
        store.damage.tear("store-0042/waste");
        Chain.append(store.database, "store-0042/waste", "one");
        chain.run(Duration.ofMinutes(20));
        int copies = store.damage.copies;
        for (int i = 0; i < 10; i++) {
            chain.line.cut();
            chain.line.mend();
            chain.run(Duration.ofSeconds(6));
        }
        assertTrue(store.damage.copies <= copies + 1, store.damage.copies + " tries");
        requireParked("store-0042/waste", "a bad sector");
        requireOthersGoOn();
    }

    @Test
    void a_machine_that_cannot_get_one_of_its_streams_back_gets_the_others_and_stays_closed() {
        store.sell("one");
        Chain.append(store.database, "store-0042/waste", "rotten");
        chain.run(MOMENT);
        chain.switchOff(store);
        chain.line.cut();
        chain.line.mend();
        chain.hqDamage.flip("store-0042/waste");
        Machine fresh = chain.join("0042", "north", "b");
        chain.run(MOMENT);
        assertEquals(List.of("one"), Chain.events(fresh.database, "store-0042/orders"));
        assertInstanceOf(Standing.Restoring.class, fresh.link.standing());
        assertEquals(State.PARKED, fresh.status("store-0042/waste").state());
        chain.hqDamage.mend();
        Chain.append(chain.hqDatabase, "hq/notices", "mended");
        chain.run(Duration.ofSeconds(20));
        assertTrue(fresh.open(), () -> fresh.link.status().toString());
        assertEquals(List.of("rotten"), Chain.events(fresh.database, "store-0042/waste"));
    }
}
