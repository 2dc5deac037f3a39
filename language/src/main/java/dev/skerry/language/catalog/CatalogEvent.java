package dev.skerry.language.catalog;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import dev.skerry.language.Gtin;
import dev.skerry.language.Sku;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What headquarters says about what is sold. The stream is compacted: the newest event of a [#key] stands for it.
public sealed interface CatalogEvent {

    /// Its stream's name.
    String STREAM = "hq/catalog";

    EventForm<CatalogEvent> FORM = new EventForm<>("dev.skerry.catalog.", CatalogEvent.class);

    /// What it is about; the subject of its CloudEvent.
    String key();

    /// Whether it ends what it is about.
    default boolean ends() {
        return false;
    }

    /// The key of an article.
    static String key(Sku sku) {
        return "article/" + sku;
    }

    /// The key of a recall.
    static String key(Gtin gtin, @Nullable String lot) {
        return "lot/" + gtin + "/" + (lot == null ? "" : lot);
    }

    /// The key of a section of the menu.
    static String section(String name) {
        return "section/" + name;
    }

    /// An article is new, or is not as it was.
    record ArticleChanged(Article article) implements CatalogEvent {
        public ArticleChanged {
            requireNonNull(article, "article");
        }

        @Override
        public String key() {
            return CatalogEvent.key(article.sku());
        }
    }

    /// An article is not sold any more, by anybody. What ends on a date says so by [Article#activeTo] instead.
    record ArticleRemoved(Sku sku) implements CatalogEvent {
        public ArticleRemoved {
            requireNonNull(sku, "sku");
        }

        @Override
        public String key() {
            return CatalogEvent.key(sku);
        }

        @Override
        public boolean ends() {
            return true;
        }
    }

    /// Goods must not be sold, whatever their price.
    ///
    /// @param lot as in the code on the package (GS1 AI 10); null for all of this GTIN
    /// @param expiresTo narrows it to packages whose date is this or earlier, as far as a code tells it
    /// @param reason for the cashier
    record LotRecalled(
            Gtin gtin, @Nullable String lot, @Nullable LocalDate expiresTo, String reason)
            implements CatalogEvent {

        /// As GS1 has it for AI 10.
        public static final int LOT_LENGTH_MAX = 20;

        public LotRecalled {
            requireNonNull(gtin, "gtin");
            requireNonNull(reason, "reason");
            if (lot != null && (lot.isEmpty() || lot.length() > LOT_LENGTH_MAX)) {
                throw new IllegalArgumentException(
                        "a lot has 1 to " + LOT_LENGTH_MAX + " characters");
            }
        }

        @Override
        public String key() {
            return CatalogEvent.key(gtin, lot);
        }
    }

    /// A recall is over.
    record LotReleased(Gtin gtin, @Nullable String lot) implements CatalogEvent {
        public LotReleased {
            requireNonNull(gtin, "gtin");
        }

        @Override
        public String key() {
            return CatalogEvent.key(gtin, lot);
        }

        @Override
        public boolean ends() {
            return true;
        }
    }

    /// A section of the menu is new, or is not as it was.
    record SectionChanged(MenuSection section) implements CatalogEvent {
        public SectionChanged {
            requireNonNull(section, "section");
        }

        @Override
        public String key() {
            return CatalogEvent.section(section.name());
        }
    }

    /// Nothing is said of a section any more. What is in it is shown always, and after all else.
    record SectionRemoved(String name) implements CatalogEvent {
        public SectionRemoved {
            requireNonNull(name, "name");
        }

        @Override
        public String key() {
            return CatalogEvent.section(name);
        }

        @Override
        public boolean ends() {
            return true;
        }
    }
}
