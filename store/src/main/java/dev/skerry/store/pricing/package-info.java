/// What articles cost in this store: HQ's prices, promotions and taxes as they are in force at a store-local time, under the
/// store's own markdown campaigns.
///
/// Decides about campaigns and labels. Publishes them to `store-…/pricing`, so that HQ knows. Follows HQ's `hq/prices`,
/// `hq/promotions` and `hq/taxes`, which are in the store before they come into force: what changes at midnight needs no line.
/// Promises: prices are chosen by the clock of the store when it is asked, never by when something arrived; each answer says by
/// which versions it was given.
@NullMarked
package dev.skerry.store.pricing;

import org.jspecify.annotations.NullMarked;
