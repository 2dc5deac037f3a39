package dev.skerry.app.chain;

import dev.skerry.language.catalog.Article;

/// An article and what it costs everywhere in the chain where nothing else is said.
///
/// @param cents for one unit
/// @param steady its price is the same in all stores, and does not change: deposits, gift cards
record Ware(Article article, long cents, boolean steady) {

    /// A price that shops like: just below a round one.
    static long charming(long cents) {
        if (cents < 1_000) {
            return Math.max(9, (cents + 5) / 10 * 10 - 1);
        }
        return cents < 3_000 ? (cents + 25) / 50 * 50 - 1 : (cents + 50) / 100 * 100 - 1;
    }
}
