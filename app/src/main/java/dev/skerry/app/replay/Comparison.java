package dev.skerry.app.replay;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Compares what the file says with what a store's own stream, HQ's mirror of it and the closes of the store's days say: to the cent, by
/// business day. Pure.
final class Comparison {

    /// Something that is not as it has to be.
    ///
    /// @param day null where it is of no day
    record Difference(String store, String day, String what) {
        @Override
        public String toString() {
            return (store + " " + day).strip() + ": " + what;
        }
    }

    private Comparison() {}

    /// @param file what could be sold of it
    /// @param file what could be sold of it, without what the store refused, which is listed
    /// @param cash what HQ knows of the tills
    static List<Difference> of(String store, Ledger file, Ledger here, Ledger atHq, Cash cash) {
        List<Difference> all = new ArrayList<>();
        Set<LocalDate> days = new TreeSet<>(file.days().keySet());
        days.addAll(here.days().keySet());
        days.addAll(atHq.days().keySet());
        for (LocalDate day : days) {
            Sum said = file.days().getOrDefault(day, Sum.NONE);
            Sum sold = here.days().getOrDefault(day, Sum.NONE);
            Sum known = atHq.days().getOrDefault(day, Sum.NONE);
            if (!said.equals(sold)) {
                all.add(
                        new Difference(
                                store,
                                day.toString(),
                                "the file says %s, the store %s".formatted(said, sold)));
            }
            if (!sold.equals(known)) {
                all.add(
                        new Difference(
                                store,
                                day.toString(),
                                "the store says %s, HQ %s".formatted(sold, known)));
            }
            Cash.Day taken = cash.days().get(day);
            Cash.Day wanted = new Cash.Day(said.amount(), said.coupon(), 0);
            if (!wanted.equals(taken)) {
                all.add(
                        new Difference(
                                store,
                                day.toString(),
                                "by the file the tills took %s, by the close of the day %s"
                                        .formatted(wanted, taken == null ? "nothing" : taken)));
            }
        }
        others(store, "the store", here, all);
        others(store, "HQ", atHq, all);
        cash.wrongDrawers().forEach(it -> all.add(new Difference(store, "", it)));
        return all;
    }

    private static void others(String store, String who, Ledger ledger, List<Difference> all) {
        if (ledger.others() > 0) {
            all.add(
                    new Difference(
                            store,
                            "",
                            "%s has %d orders that were voided or lost, or are there twice"
                                    .formatted(who, ledger.others())));
        }
        ledger.contradictions()
                .forEach(it ->
                        all.add(
                                new Difference(
                                        store,
                                        "",
                                        "%s: order %s contradicts itself: its total, lines and tenders, or its time and its day"
                                                .formatted(who, it))));
    }
}
