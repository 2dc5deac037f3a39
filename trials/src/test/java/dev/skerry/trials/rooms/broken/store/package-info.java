@NullMarked
package dev.skerry.trials.rooms.broken.store;

import org.jspecify.annotations.NullMarked;
