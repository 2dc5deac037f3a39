/// The stock of all stores, and what is on its way between them.
///
/// Decides what of a store's stock other stores are told, and when a transfer is lost or is not what was sent.
/// Publishes `hq/stock`, which stores follow for what can be had elsewhere, and `local/stock` (what people decided about transfers).
/// Follows `store-*/inventory`, and `hq/catalog` for names.
/// Promises: a figure is the store's own as of the time that stands beside it; a sending and its arrival find each other in whatever
/// order they become known.
@NullMarked
package dev.skerry.hq.stock;

import org.jspecify.annotations.NullMarked;
