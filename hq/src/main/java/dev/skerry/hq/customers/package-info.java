/// Says who the chain's customers are, how many points they have, what they are offered, and what is on gift cards.
///
/// Decides what counts: points and codes of all stores together, and which gift card was overdrawn.
///
/// Publishes `hq/customers`, `hq/offers` and `hq/gift-cards` to stores; `local/customers`, in which stays who did what, and `local/ledger`, with
/// what HQ itself has put on gift cards and counted.
///
/// Follows `store-*/loyalty` and `store-*/payments`.
///
/// Promises: a booking of a store counts once; a code that was good once and was used twice is found, and so is a gift card that did not
/// have what a store took while it could not ask.
@NullMarked
package dev.skerry.hq.customers;

import org.jspecify.annotations.NullMarked;
