@NullMarked
package dev.skerry.trials.rooms.broken.store.orders;

import org.jspecify.annotations.NullMarked;
