package dev.skerry.trials.rooms.broken.store.orders;

import java.sql.Connection;
import org.jdbi.v3.core.Handle;

record OrdersTables(Connection connection) {
    static void ask(Handle tables) {
        tables.execute("DELETE FROM orders");
    }
}
