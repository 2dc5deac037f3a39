/// Promises that every line of code keeps to its room: what may use what, and what may happen where. [Rooms] has the rules,
/// each with its reason; `broken` is a small house in which each of them is broken once, so that none rots into always
/// passing.
@NullMarked
package dev.skerry.trials.rooms;

import org.jspecify.annotations.NullMarked;
