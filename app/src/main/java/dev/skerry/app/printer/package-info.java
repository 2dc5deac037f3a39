/// A receipt printer without paper: takes what a real one takes over the network, draws what would be on the paper, and can be told
/// to have no paper, to be offline, to be slow. For the demo, for tests, and for trying things out by hand. Listens on loopback only.
@NullMarked
package dev.skerry.app.printer;

import org.jspecify.annotations.NullMarked;
