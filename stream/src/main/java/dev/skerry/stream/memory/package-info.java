/// A database in memory that keeps every promise of [dev.skerry.stream.Database] but one: it lasts as long as its
/// [MemoryDisk]. It has no threads and no clock of its own, and fails where it is told to, so that tests and the
/// simulation can crash it between any two steps and inside any commit.
@NullMarked
package dev.skerry.stream.memory;

import org.jspecify.annotations.NullMarked;
