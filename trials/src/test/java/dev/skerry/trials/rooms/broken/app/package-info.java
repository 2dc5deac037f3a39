@NullMarked
package dev.skerry.trials.rooms.broken.app;

import org.jspecify.annotations.NullMarked;
