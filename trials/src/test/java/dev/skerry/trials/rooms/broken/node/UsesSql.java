package dev.skerry.trials.rooms.broken.node;

import java.sql.Connection;

record UsesSql(Connection connection) {}
