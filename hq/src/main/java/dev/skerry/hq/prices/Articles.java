package dev.skerry.hq.prices;

import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import java.util.Optional;

/// What there is to have a price; a port.
@FunctionalInterface
public interface Articles {

    /// As it is said now; empty if there is none.
    Optional<Article> article(Sku sku);
}
