@NullMarked
package dev.skerry.trials.rooms.broken.stream.client;

import org.jspecify.annotations.NullMarked;
