/// Says what is sold: finds the article behind whatever was scanned, typed or searched for.
///
/// Decides which article a code means, and whether this package of it may be sold: not if its lot was recalled, or its date has passed.
///
/// Publishes nothing: what is sold is HQ's to say.
///
/// Follows `hq/catalog` ([dev.skerry.language.catalog.CatalogEvent]).
///
/// Promises: needs no line; the same code at the same time means the same; no code is an error of ours. Prices it does not know.
@NullMarked
package dev.skerry.store.catalog;

import org.jspecify.annotations.NullMarked;
