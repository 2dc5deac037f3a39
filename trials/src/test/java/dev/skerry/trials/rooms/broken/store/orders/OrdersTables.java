package dev.skerry.trials.rooms.broken.store.orders;

import dev.skerry.trials.rooms.broken.context.Handle;
import java.sql.Connection;

record OrdersTables(Connection connection) {
    static void ask(Handle tables) {
        tables.execute("DELETE FROM orders");
    }
}
