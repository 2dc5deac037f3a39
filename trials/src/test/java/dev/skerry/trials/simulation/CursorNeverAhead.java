package dev.skerry.trials.simulation;

import dev.skerry.stream.EventSource;
import dev.skerry.stream.Read;
import dev.skerry.stream.Streams.KnownFollower;
import dev.skerry.stream.Transaction.Resolution;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryTransaction;
import java.util.Map;
import java.util.TreeMap;

/// A cursor is never ahead of what the follower has done, nor behind it: every event before it took effect, is parked, or
/// was skipped on record, and none after it. And no source believes that more was passed.
final class CursorNeverAhead implements Invariant {

    /// How many orders headquarters has taken before a position.
    private final TreeMap<Long, Integer> ordersBefore = new TreeMap<>();

    private long audited;

    @Override
    public void check(Estate estate) {
        if (!estate.hq.up() || !estate.hq.changed) {
            return;
        }
        MemoryDatabase hq = estate.hq.database();
        audit(hq);
        hq.write(tx -> {
            checkAllAccountedFor(tx);
            estate.stores.forEach(store -> checkStore(store, tx));
            return true;
        });
        checkPassed(hq, hq, Estate.TOTALS_FOLLOWER, Estate.TOTALS_FOLLOWER);
        checkPassed(hq, hq, Estate.REPORT, Estate.REPORT);
        for (Node store : estate.stores) {
            if (store.up()) {
                checkPassed(store.database(), hq, Estate.mirror(store), Estate.mirror(store));
                checkPassed(hq, store.database(), Estate.LABELS + " " + store, Estate.LABELS);
            }
        }
    }

    private void audit(MemoryDatabase hq) {
        EventSource orders = hq.source(Estate.ALL_ORDERS, Estate.AUDITOR);
        while (orders.read(audited, 1) instanceof Read.Page page && page.next() > audited) {
            int before = ordersBefore.isEmpty() ? 0 : ordersBefore.lastEntry().getValue();
            ordersBefore.put(page.next(), before + page.events().size());
            audited = page.next();
        }
    }

    private void checkAllAccountedFor(MemoryTransaction tx) {
        long totals = tx.cursor(Estate.TOTALS_FOLLOWER).orElse(0);
        Map.Entry<Long, Integer> before = ordersBefore.floorEntry(totals);
        checkAccounts(tx, Estate.TOTALS_FOLLOWER, before == null ? 0 : before.getValue());
        checkAccounts(tx, Estate.REPORT, tx.cursor(Estate.REPORT).orElse(0));
    }

    private static void checkAccounts(MemoryTransaction tx, String follower, long eventsBefore) {
        int effects = new Journal(follower).size(tx);
        int parked = tx.parked(follower).size();
        long skipped =
                tx.resolved(follower).stream()
                        .filter(resolved -> resolved.resolution() == Resolution.SKIPPED)
                        .count();
        Violation.unless(
                effects + parked + skipped == eventsBefore,
                "%s has %d events before its cursor, but %d took effect, %d are parked and %d"
                        + " skipped",
                follower,
                eventsBefore,
                effects,
                parked,
                skipped);
    }

    private static void checkStore(Node store, MemoryTransaction tx) {
        long cursor = tx.cursor(Estate.mirror(store)).orElse(0);
        long tail = tx.exists(Estate.orders(store)) ? tx.tail(Estate.orders(store)) : 0;
        Violation.unless(
                cursor == tail,
                "the mirror of %s ends at %d, its follower's cursor is %d",
                store,
                tail,
                cursor);
        Journal gauges = new Journal(Estate.gauges(store));
        long gaugesCursor = tx.cursor(gauges.follower()).orElse(0);
        int size = gauges.size(tx);
        if (size > 0) {
            long last = gauges.since(tx, size - 1).getFirst().offset();
            Violation.unless(
                    last < gaugesCursor,
                    "%s has read offset %d, and its cursor is %d",
                    gauges.follower(),
                    last,
                    gaugesCursor);
        }
    }

    private static void checkPassed(
            MemoryDatabase source, MemoryDatabase database, String knownAs, String follower) {
        long cursor = database.write(tx -> tx.cursor(follower).orElse(0));
        for (KnownFollower known : source.followers()) {
            if (known.follower().equals(knownAs)) {
                Violation.unless(
                        known.passed() <= cursor,
                        "%s is said to have passed %d, but its cursor is %d",
                        knownAs,
                        known.passed(),
                        cursor);
            }
        }
    }
}
