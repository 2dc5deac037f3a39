package dev.skerry.trials.simulation;

import dev.skerry.stream.Comparison;
import dev.skerry.stream.Comparison.Copy;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.memory.MemoryDatabase;

/// A mirror is equal to its original up to its own tail, and a compacted stream to its history, by their checksums.
final class ChecksumsAgree implements Invariant {

    @Override
    public void check(Estate estate) {
        if (!estate.hq.up()) {
            return;
        }
        MemoryDatabase hq = estate.hq.database();
        if (estate.hq.changed) {
            check(hq, Estate.CATALOG, hq, Estate.CATALOG_HISTORY);
        }
        for (Node store : estate.stores) {
            StreamName orders = Estate.orders(store);
            if (store.up() && (store.changed || estate.hq.changed)) {
                if (hq.find(orders).isPresent()) {
                    check(hq, orders, store.database(), orders);
                }
            }
        }
    }

    private static void check(
            MemoryDatabase oneDatabase,
            StreamName one,
            MemoryDatabase otherDatabase,
            StreamName other) {
        StreamInfo info = oneDatabase.find(one).orElseThrow();
        Comparison.Result result =
                new Comparison(Copy.of(oneDatabase, one), Copy.of(otherDatabase, other))
                        .upTo(info.tail());
        Violation.unless(
                result.equals(new Comparison.Result.Equal(info.tail())),
                "%s up to %d against %s: %s",
                one,
                info.tail(),
                other,
                result);
    }
}
