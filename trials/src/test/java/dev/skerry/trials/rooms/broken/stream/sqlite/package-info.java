@NullMarked
package dev.skerry.trials.rooms.broken.stream.sqlite;

import org.jspecify.annotations.NullMarked;
