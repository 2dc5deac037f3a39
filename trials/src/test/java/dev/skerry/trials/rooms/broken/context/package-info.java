@NullMarked
package dev.skerry.trials.rooms.broken.context;

import org.jspecify.annotations.NullMarked;
