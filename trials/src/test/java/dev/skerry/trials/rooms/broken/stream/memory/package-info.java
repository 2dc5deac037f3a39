@NullMarked
package dev.skerry.trials.rooms.broken.stream.memory;

import org.jspecify.annotations.NullMarked;
