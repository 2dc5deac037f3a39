/// What the chain sells.
///
/// Decides and publishes nothing. Follows the orders and payments of all stores, each with one cursor, and adds each order to the figures of
/// its store and business day, once. Promises: figures of a day agree to the cent with the store's receipts, so with its Z; a sale that comes
/// late changes its own day, and the day says so; what was built can be built again from the stores' streams, whichever of them come first.
@NullMarked
package dev.skerry.hq.sales;

import org.jspecify.annotations.NullMarked;
