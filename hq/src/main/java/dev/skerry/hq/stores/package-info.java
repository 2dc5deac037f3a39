/// The stores of the chain, for people at HQ.
///
/// Decides what may be said of a store (where it is, when it is open), and which stores somebody should look after. Publishes
/// `local/store-profiles` and `local/store-lines`, which go to no store. Follows nothing: which stores there are and which are connected it is
/// told by a port, the register of the link. Promises that a list of some thousand stores is answered in pages at once.
@NullMarked
package dev.skerry.hq.stores;

import org.jspecify.annotations.NullMarked;
