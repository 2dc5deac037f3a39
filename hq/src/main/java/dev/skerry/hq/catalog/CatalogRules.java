package dev.skerry.hq.catalog;

import dev.skerry.context.Changes.Fault;
import dev.skerry.language.Gtin;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.catalog.Article.Option;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether articles fit together: a code and a PLU mean one article, and what an article speaks of is there.
final class CatalogRules {

    /// The articles as they are before a change.
    interface Known {

        boolean has(Sku sku);

        /// Those that have this code.
        List<Sku> withCode(Gtin gtin);

        List<Sku> withPlu(String plu);

        /// Those that speak of this one.
        List<Sku> speakingOf(Sku sku);
    }

    private final Known known;

    /// What a change says; empty of what it removes.
    private final Map<Sku, Optional<Article>> said = new LinkedHashMap<>();

    private final List<Fault> faults = new ArrayList<>();

    private CatalogRules(List<?> events, Known known) {
        this.known = known;
        for (Object event : events) {
            if (event instanceof ArticleChanged(Article article)) {
                said.put(article.sku(), Optional.of(article));
            } else if (event instanceof ArticleRemoved(Sku sku)) {
                said.put(sku, Optional.empty());
            }
        }
    }

    /// @return all that is wrong with the articles after these events
    static List<Fault> faults(List<?> events, Known known) {
        CatalogRules rules = new CatalogRules(events, known);
        rules.check();
        return rules.faults;
    }

    private void check() {
        Map<Gtin, Sku> codes = new HashMap<>();
        Map<String, Sku> plus = new HashMap<>();
        said.forEach((sku, article) -> {
            if (article.isPresent()) {
                check(article.get(), codes, plus);
            } else {
                checkRemoved(sku);
            }
        });
    }

    private void check(Article article, Map<Gtin, Sku> codes, Map<String, Sku> plus) {
        Sku sku = article.sku();
        for (Article.Code code : article.codes()) {
            Sku other = codes.putIfAbsent(code.gtin(), sku);
            if (other != null && !other.equals(sku)) {
                fault(sku, "the code %s is that of %s too".formatted(code.gtin(), other));
            }
            others(sku, known.withCode(code.gtin()))
                    .forEach(it ->
                            fault(sku, "the code %s is that of %s".formatted(code.gtin(), it)));
        }
        String plu = article.plu();
        if (plu != null) {
            Sku other = plus.putIfAbsent(plu, sku);
            if (other != null) {
                fault(sku, "the PLU %s is that of %s too".formatted(plu, other));
            }
            others(sku, known.withPlu(plu))
                    .forEach(it -> fault(sku, "the PLU %s is that of %s".formatted(plu, it)));
        }
        for (Sku of : spokenOf(article)) {
            if (!isThere(of)) {
                fault(sku, "it speaks of %s, which is not there".formatted(of));
            }
        }
    }

    /// Those of which the change says nothing itself.
    private List<Sku> others(Sku sku, List<Sku> all) {
        return all.stream().filter(it -> !it.equals(sku) && !said.containsKey(it)).toList();
    }

    private boolean isThere(Sku sku) {
        Optional<Article> own = said.get(sku);
        return own == null ? known.has(sku) : own.isPresent();
    }

    private void checkRemoved(Sku sku) {
        known.speakingOf(sku).stream()
                .filter(it -> !said.containsKey(it))
                .forEach(it ->
                        fault(
                                sku,
                                "%s speaks of it: change that first, or in the same change"
                                        .formatted(it)));
    }

    private void fault(Sku sku, String problem) {
        faults.add(new Fault(CatalogEvent.key(sku), problem));
    }

    /// What an article is made of, sold with, chosen with, or replaced by.
    static Set<Sku> spokenOf(Article article) {
        Set<Sku> all = new LinkedHashSet<>();
        Article.Deposit deposit = article.deposit();
        if (deposit != null) {
            all.add(deposit.sku());
        }
        for (Ingredient part : article.recipe()) {
            all.add(part.sku());
            Sku credit = part.credit();
            if (credit != null) {
                all.add(credit);
            }
        }
        article.modifiers().forEach(it -> add(it, all));
        all.addAll(article.substitutes());
        all.remove(article.sku());
        return all;
    }

    private static void add(ModifierGroup group, Set<Sku> all) {
        for (Option option : group.options()) {
            Sku sku = option.sku();
            if (sku != null) {
                all.add(sku);
            }
            option.groups().forEach(it -> add(it, all));
        }
    }
}
