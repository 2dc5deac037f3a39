package dev.skerry.store.catalog;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.skerry.language.Gtin;
import dev.skerry.language.catalog.Article;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of looking for the article behind a code.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
public sealed interface Identified {

    /// It may be sold.
    ///
    /// @param weigh it is sold by weight, and the code says neither weight nor price
    /// @param bornBy the latest birthday of who may buy it; null if anybody may
    /// @param beware recalls that may mean this package: the code does not say its lot or date, and somebody has to look
    record Found(
            Article article,
            Label label,
            boolean weigh,
            @Nullable LocalDate bornBy,
            List<Recall> beware)
            implements Identified {
        public Found {
            beware = List.copyOf(beware);
        }
    }

    /// It must not be sold.
    record Recalled(Article article, Label label, Recall recall) implements Identified {}

    /// It must not be sold any more.
    ///
    /// @param since store-local
    record Expired(Article article, Label label, LocalDateTime since) implements Identified {}

    /// It is not sold yet, or not any more: see [Article#activeFrom] and [Article#activeTo].
    record NotInSale(Article article, Label label) implements Identified {}

    /// No article has this code. It may be somebody else's: a customer's card, a coupon, a receipt.
    ///
    /// @param gtin if it is one
    record Unknown(String code, @Nullable Gtin gtin) implements Identified {}

    /// It is a code of articles, but what it says cannot be: it was misread, or is badly printed.
    ///
    /// @param why for people
    record Unreadable(String code, String why) implements Identified {}
}
