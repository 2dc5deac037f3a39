/// Says what articles cost, what is taken off, and how they are taxed: for the chain, a zone or a store, from a store-local time on.
///
/// Decides which changes of these are right: promotions are read by the pricing library, with all faults at once.
///
/// Publishes `hq/prices`, `hq/promotions` and `hq/taxes` to stores, and `local/prices`, in which stays who did what.
///
/// Follows `store-*/orders`, for the versions of the books that stores sell with.
///
/// Promises: a change is published as a whole or not at all, and only on what its author has seen; what a promotion would have taken off
/// is computed by the engine that tills use.
@NullMarked
package dev.skerry.hq.prices;

import org.jspecify.annotations.NullMarked;
