package dev.skerry.trials.rooms.broken.store.orders;

import dev.skerry.trials.rooms.broken.context.Handle;

record AsksTheTables(Handle tables) {
    void ask() {
        tables.execute("DELETE FROM orders");
    }
}
