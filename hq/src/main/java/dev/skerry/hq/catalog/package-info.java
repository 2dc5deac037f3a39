/// Says what the chain sells: articles, sections of the menu, recalled lots.
///
/// Decides which changes of these fit what is there (no code and no PLU twice, nothing sold that is not said), who has to look at one, and
/// what is undone.
///
/// Publishes `hq/catalog` ([dev.skerry.language.catalog.CatalogEvent]) to stores, and `local/catalog`, in which stays who did what.
///
/// Follows nothing.
///
/// Promises: a change is published as a whole or not at all, and only on what its author has seen; what was said before it is known.
@NullMarked
package dev.skerry.hq.catalog;

import org.jspecify.annotations.NullMarked;
