/// A house in which each rule of [dev.skerry.trials.rooms.Rooms] is broken by one small class, and by no other.
@NullMarked
package dev.skerry.trials.rooms.broken;

import org.jspecify.annotations.NullMarked;
