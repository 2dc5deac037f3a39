@NullMarked
package dev.skerry.trials.rooms.broken.attic;

import org.jspecify.annotations.NullMarked;
