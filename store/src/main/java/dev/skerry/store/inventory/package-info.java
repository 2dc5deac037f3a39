/// The stock of a store, and what can be had of its articles.
///
/// Decides what a sale takes from the stock (recipes, returns), when an article has run out, and what that does to all that needs it.
/// Publishes `store-…/inventory` (each movement, count, and what ran out) and `local/availability` (what cannot be had, or not as
/// always). Follows `hq/catalog` for recipes, `hq/stock` for the stock of other stores, and the store's orders.
/// Promises: an order moves the stock once, however often it is told; a count holds for the moment at which the shelf was looked
/// at, in whatever order sales become known; stock may be below zero, and nothing is ever refused for that.
@NullMarked
package dev.skerry.store.inventory;

import org.jspecify.annotations.NullMarked;
