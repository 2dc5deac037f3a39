package dev.skerry.trials.rooms.broken.store.orders;

import org.jdbi.v3.core.Handle;

record AsksTheTables(Handle tables) {
    void ask() {
        tables.execute("DELETE FROM orders");
    }
}
