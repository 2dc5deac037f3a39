/// What contexts are made of, in a store and at HQ alike: a context's database with its streams, how a command becomes facts, and which
/// operations are served to whom.
@NullMarked
package dev.skerry.context;

import org.jspecify.annotations.NullMarked;
