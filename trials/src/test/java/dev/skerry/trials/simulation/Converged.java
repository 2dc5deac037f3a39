package dev.skerry.trials.simulation;

import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.memory.MemoryDatabase;

/// Once all faults are over, and everything has come to rest, everybody has everything.
final class Converged implements Invariant {

    @Override
    public void check(Estate estate) {
        MemoryDatabase hq = estate.hq.database();
        for (Node store : estate.stores) {
            StreamName orders = Estate.orders(store);
            StreamInfo original = store.database().find(orders).orElseThrow();
            Violation.unless(
                    original.tail() == hq.find(orders).map(StreamInfo::tail).orElse(0L),
                    "%s was not mirrored to its end",
                    orders);
            reached(store.database(), Estate.telemetry(store), hq, Estate.gauges(store));
            reached(hq, Estate.CATALOG, store.database(), Estate.LABELS);
        }
        reached(hq, Estate.TOTALS, hq, Estate.REPORT);
        for (String follower : new String[] {Estate.TOTALS_FOLLOWER, Estate.REPORT}) {
            int parked = hq.write(tx -> tx.parked(follower)).size();
            Violation.unless(parked == 0, "%d events of %s are still parked", parked, follower);
        }
        for (Client client : estate.clients) {
            Violation.unless(!client.waits(), "an order at %s has no answer", client.store);
        }
    }

    private static void reached(
            MemoryDatabase source, StreamName stream, MemoryDatabase database, String follower) {
        long tail = source.find(stream).orElseThrow().tail();
        long cursor = database.write(tx -> tx.cursor(follower).orElse(0));
        Violation.unless(
                cursor == tail,
                "%s is at %d of %s, which ends at %d",
                follower,
                cursor,
                stream,
                tail);
    }
}
