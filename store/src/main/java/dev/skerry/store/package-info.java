/// What the contexts of a store share: a context's database with its stream, and how a command becomes facts.
@NullMarked
package dev.skerry.store;

import org.jspecify.annotations.NullMarked;
