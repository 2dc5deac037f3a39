package dev.skerry.trials.simulation;

import dev.skerry.stream.Event;
import java.util.HashSet;
import java.util.Set;

/// However often a client had to repeat an order, the store has it once.
final class NoOrderTwice implements Invariant {

    @Override
    public void check(Estate estate) {
        for (Node store : estate.stores) {
            if (store.up() && store.changed) {
                Set<String> seen = new HashSet<>();
                for (Event event : Whole.stream(store.database(), Estate.orders(store))) {
                    String order = event.payload().text();
                    Violation.unless(
                            seen.add(order), "order %s is twice in %s", order, event.stream());
                }
            }
        }
    }
}
