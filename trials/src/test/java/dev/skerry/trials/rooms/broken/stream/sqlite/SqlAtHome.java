package dev.skerry.trials.rooms.broken.stream.sqlite;

import java.sql.Connection;

record SqlAtHome(Connection connection) {}
