package dev.skerry.trials.rooms.broken.store.orders;

import java.sql.Connection;

record OrdersTables(Connection connection) {}
