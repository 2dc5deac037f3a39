@NullMarked
package dev.skerry.trials.rooms.broken.language;

import org.jspecify.annotations.NullMarked;
