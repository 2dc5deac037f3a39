package dev.skerry.store.catalog;

import dev.skerry.language.Gtin;
import dev.skerry.language.Money;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.gs1.ElementString;
import dev.skerry.language.gs1.InStoreCode;
import dev.skerry.language.gs1.InStoreLayouts;
import dev.skerry.language.gs1.Scan;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what a code means, and whether it may be sold. Has no I/O: looks things up on a [Shelf].
///
/// @param at store-local
record Identification(Shelf shelf, InStoreLayouts layouts, Currency currency, LocalDateTime at) {

    /// A label that says what cannot be.
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String why) {
            super(why, null, false, false);
        }
    }

    Identified identify(String code) {
        try {
            return switch (Scan.read(code, at.toLocalDate())) {
                case Scan.Plain(List<Gtin> gtins) -> number(code.strip(), gtins);
                case Scan.Elements(ElementString content) -> elements(code.strip(), content);
                case Scan.Text(String text) ->
                        judged(shelf.byNumber(text), Label.ofOne(null))
                                .orElseGet(() -> unknown(text));
                case Scan.Unreadable(String why) -> new Identified.Unreadable(code, why);
            };
        } catch (Wrong e) {
            return new Identified.Unreadable(code, String.valueOf(e.getMessage()));
        }
    }

    /// A number that looks wrong as a GTIN may still be somebody's SKU.
    private static Identified unknown(String text) {
        int length = text.length();
        boolean likeGtin =
                (length == 8 || (length >= 12 && length <= 14))
                        && text.chars().allMatch(it -> it >= '0' && it <= '9');
        return likeGtin
                ? new Identified.Unreadable(text, "its check digit is wrong")
                : new Identified.Unknown(text, null);
    }

    private Identified number(String code, List<Gtin> gtins) {
        for (Gtin gtin : gtins) {
            Optional<Identified> found = judged(shelf.byGtin(gtin), Label.ofOne(gtin));
            if (found.isPresent()) {
                return found.get();
            }
        }
        for (Gtin gtin : gtins) {
            Optional<Identified> found =
                    layouts.read(gtin).flatMap(inStore -> inStore(code, inStore));
            if (found.isPresent()) {
                return found.get();
            }
        }
        return judged(shelf.byNumber(code), Label.ofOne(null))
                .orElseGet(() -> new Identified.Unknown(code, gtins.getFirst()));
    }

    private Optional<Identified> inStore(String code, InStoreCode inStore) {
        return switch (inStore) {
            case InStoreCode.Misread(String why) ->
                    Optional.of(new Identified.Unreadable(code, why));
            case InStoreCode.Weighed it ->
                    judged(
                            inStore(it.item(), it.blank()),
                            new Label(1, it.weight(), null, null, null, null, null, null));
            case InStoreCode.Priced it ->
                    judged(
                            inStore(it.item(), it.blank()),
                            new Label(
                                    1,
                                    null,
                                    money(it.price(currency.getDefaultFractionDigits())),
                                    null,
                                    null,
                                    null,
                                    null,
                                    null));
        };
    }

    private List<Article> inStore(String item, Gtin blank) {
        List<Article> listed = shelf.byGtin(blank);
        if (!listed.isEmpty()) {
            return listed;
        }
        String number = item.replaceFirst("^0+(?=.)", "");
        List<Article> typed = shelf.byNumber(number);
        return typed.isEmpty() && !number.equals(item) ? shelf.byNumber(item) : typed;
    }

    private Identified elements(String code, ElementString content) {
        Optional<Gtin> gtin = content.gtin();
        if (gtin.isEmpty()) {
            return new Identified.Unknown(code, null);
        }
        ElementString.Measure measure = content.measure().orElse(null);
        List<Article> articles = shelf.byGtin(gtin.get());
        Label label =
                new Label(
                        content.count().orElse(1),
                        measure == null ? null : measure.quantity(),
                        content.price().map(this::money).orElse(null),
                        gtin.get(),
                        content.lot().orElse(null),
                        content.serial().orElse(null),
                        content.bestBefore().orElse(null),
                        content.sellBefore().orElse(null));
        List<Article> measured =
                measure == null
                        ? articles
                        : articles.stream().filter(it -> it.unit() == measure.unit()).toList();
        return judged(measured.isEmpty() ? articles : measured, label)
                .orElseGet(() -> new Identified.Unknown(code, gtin.get()));
    }

    private Money money(ElementString.Price price) {
        Currency its = price.currency();
        if (its != null && !its.equals(currency)) {
            throw new Wrong("its price is in " + its);
        }
        return money(price.amount());
    }

    private Money money(BigDecimal amount) {
        try {
            return Money.of(amount, currency);
        } catch (IllegalArgumentException e) {
            throw new Wrong("its price " + amount + " cannot be paid in " + currency);
        }
    }

    /// Which of several articles is meant: one that is in sale rather than one that is not, then the lower SKU.
    private Optional<Identified> judged(List<Article> articles, Label label) {
        return articles.stream()
                .min(
                        Comparator.comparing((Article it) -> !it.isActive(at))
                                .thenComparing(Article::sku))
                .map(article -> judged(article, label));
    }

    private Identified judged(Article article, Label scanned) {
        Label label = of(article, scanned);
        List<Recall> beware = new ArrayList<>();
        for (Recall recall : shelf.recalls(gtins(article, label.gtin()))) {
            switch (recall.means(label)) {
                case YES -> {
                    // Without a GTIN it may be another package of the article.
                    if (label.gtin() != null || article.codes().size() == 1) {
                        return new Identified.Recalled(article, label, recall);
                    }
                    beware.add(recall);
                }
                case UNSAID -> beware.add(recall);
                case NO -> {}
            }
        }
        LocalDateTime sellBefore = label.sellBefore();
        if (sellBefore != null && !at.isBefore(sellBefore)) {
            return new Identified.Expired(article, label, sellBefore);
        }
        if (!article.isActive(at)) {
            return new Identified.NotInSale(article, label);
        }
        Integer ageMin = article.ageMin();
        return new Identified.Found(
                article,
                label,
                article.weighed() && label.quantity() == null && label.price() == null,
                ageMin == null ? null : at.toLocalDate().minusYears(ageMin),
                beware);
    }

    private static Set<Gtin> gtins(Article article, @Nullable Gtin scanned) {
        if (scanned != null) {
            return Set.of(scanned);
        }
        Set<Gtin> all = new LinkedHashSet<>();
        article.codes().forEach(it -> all.add(it.gtin()));
        return all;
    }

    /// The label as it counts for this article: with its pack, and a weight only where it is sold by weight.
    private static Label of(Article article, Label label) {
        long units = label.units();
        for (Article.Code code : article.codes()) {
            if (code.gtin().equals(label.gtin())) {
                units = Math.multiplyExact(units, (long) code.units());
            }
        }
        if (units > Label.UNITS_MAX) {
            throw new Wrong("it says there are " + units + " in it");
        }
        return new Label(
                Math.toIntExact(units),
                article.weighed() ? label.quantity() : null,
                label.price(),
                label.gtin(),
                label.lot(),
                label.serial(),
                label.bestBefore(),
                label.sellBefore());
    }
}
