/// Values and published events of the whole of Skerry, and their JSON form. Pure: no I/O, no threads,
/// no clock and no randomness but those given to a constructor.
@org.jspecify.annotations.NullMarked
package dev.skerry.language;
