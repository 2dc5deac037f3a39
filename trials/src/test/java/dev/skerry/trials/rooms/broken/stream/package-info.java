@NullMarked
package dev.skerry.trials.rooms.broken.stream;

import org.jspecify.annotations.NullMarked;
