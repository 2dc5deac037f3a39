@NullMarked
package dev.skerry.trials.rooms.broken.store.catalog;

import org.jspecify.annotations.NullMarked;
