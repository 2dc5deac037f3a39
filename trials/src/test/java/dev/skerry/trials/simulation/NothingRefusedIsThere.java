package dev.skerry.trials.simulation;

import dev.skerry.stream.Event;

/// Work that threw has left nothing behind.
final class NothingRefusedIsThere implements Invariant {

    @Override
    public void check(Estate estate) {
        for (Node store : estate.stores) {
            if (store.up() && store.changed) {
                for (Event event : Whole.stream(store.database(), Estate.orders(store))) {
                    Violation.unless(
                            !event.payload().text().equals(Client.REFUSED),
                            "a refused order is at %d of %s",
                            event.offset(),
                            event.stream());
                }
            }
        }
    }
}
