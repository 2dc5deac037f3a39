/// A bad line on demand: a TCP proxy between a store and HQ that can be slow, silent, flapping or cut, for trials,
/// benchmarks and trying things out by hand. Opens no port but on loopback, and looks at no byte.
@NullMarked
package dev.skerry.app.line;

import org.jspecify.annotations.NullMarked;
