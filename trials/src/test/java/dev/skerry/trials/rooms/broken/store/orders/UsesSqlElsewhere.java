package dev.skerry.trials.rooms.broken.store.orders;

import java.sql.Connection;

record UsesSqlElsewhere(Connection connection) {}
