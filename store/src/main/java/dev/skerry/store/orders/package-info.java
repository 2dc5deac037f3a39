/// Baskets and orders. A basket lives on the server: devices lease it and never own it, so it is suspended on one till and recalled on
/// another, and survives a restart.
///
/// Decides what may be done to a basket and what belongs to a dish, prices it after each change, splits and joins the checks of a table,
/// and numbers receipts without a gap per till and business day, and the orders that guests wait for per day.
/// Publishes `store-…/orders` (what is placed, sent to the kitchen, paid, voided) and `local/baskets` (each basket as it stands).
/// Follows the store's payments: an order is paid when they say so, in the transaction that notes it, so exactly once.
/// Promises: a command that is repeated, by whoever and however often, is carried out once; what is paid never changes.
@NullMarked
package dev.skerry.store.orders;

import org.jspecify.annotations.NullMarked;
