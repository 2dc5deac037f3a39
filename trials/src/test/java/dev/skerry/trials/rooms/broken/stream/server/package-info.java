@NullMarked
package dev.skerry.trials.rooms.broken.stream.server;

import org.jspecify.annotations.NullMarked;
