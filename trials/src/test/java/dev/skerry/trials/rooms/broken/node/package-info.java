@NullMarked
package dev.skerry.trials.rooms.broken.node;

import org.jspecify.annotations.NullMarked;
