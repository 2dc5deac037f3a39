package dev.skerry.store.catalog;

import dev.skerry.language.Gtin;
import dev.skerry.language.catalog.Article;
import java.util.Collection;
import java.util.List;

/// Where articles are looked up.
interface Shelf {

    /// All with this code.
    List<Article> byGtin(Gtin gtin);

    /// All that are typed so, if none then the one with this SKU, if none then those whose SKU differs in upper and lower case only.
    List<Article> byNumber(String number);

    List<Recall> recalls(Collection<Gtin> gtins);
}
