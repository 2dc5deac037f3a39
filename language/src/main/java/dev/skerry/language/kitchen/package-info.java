/// What a kitchen has to make and has made: the events of a store's stream `kitchen`, and those of the local stream `local/kitchen` for
/// its screens.
@NullMarked
package dev.skerry.language.kitchen;

import org.jspecify.annotations.NullMarked;
