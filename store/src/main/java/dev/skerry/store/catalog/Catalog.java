package dev.skerry.store.catalog;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.context.Words;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.MenuSection;
import dev.skerry.language.gs1.InStoreLayouts;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What is sold: finds the article behind whatever was scanned, typed or searched for. Needs no line. Any thread.
public final class Catalog {

    /// What its database is to be opened with, beside [Book#TABLES].
    public static final Migrations TABLES = CatalogTables.MIGRATIONS;

    /// The most articles that one question is answered with.
    public static final int RESULTS_MAX = 200;

    /// So many more are looked at than are wanted, because some will not be in sale.
    private static final int SPARE = 3;

    /// With fewer letters too many articles fit to be worth ranking.
    private static final int RANKED_LENGTH_MIN = 3;

    private static final Comparator<MenuSection> IN_ORDER =
            Comparator.comparingInt(MenuSection::place).thenComparing(MenuSection::name);

    private final Book<CatalogEvent> book;
    private final InStoreLayouts layouts;
    private final Currency currency;
    private final ZoneId zone;
    private final InstantSource clock;

    /// @param database of the catalog alone, with [#TABLES] and [Book#TABLES]
    /// @param layouts of the barcodes that this chain's scales and counters make
    /// @param currency of the prices in those
    /// @param zone of the store
    public Catalog(
            SqliteDatabase database,
            InStoreLayouts layouts,
            Currency currency,
            ZoneId zone,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.book = new Book<>(database, List.of(), new CatalogTables(), clock, ids);
        this.layouts = requireNonNull(layouts, "layouts");
        this.currency = requireNonNull(currency, "currency");
        this.zone = requireNonNull(zone, "zone");
        this.clock = requireNonNull(clock, "clock");
    }

    /// For those who follow.
    Book<CatalogEvent> book() {
        return book;
    }

    /// The store's own time.
    public LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), zone);
    }

    /// Which article was scanned or typed, and whether it may be sold.
    ///
    /// @param scanned as the scanner sends it; see [dev.skerry.language.gs1.Scan#read]
    /// @param at store-local
    public Identified identify(String scanned, LocalDateTime at) {
        return book.query(tables ->
                new Identification(CatalogTables.shelf(tables), layouts, currency, at)
                        .identify(scanned));
    }

    public Optional<Article> article(Sku sku) {
        return book.query(tables -> CatalogTables.article(sku, tables));
    }

    /// Those in sale that fit all words, the best first: by name, brand, department, tag, SKU, PLU and GTIN. The last word need not
    /// be finished; if nothing fits, none of them need be.
    ///
    /// @param at store-local
    /// @param max 1 to [#RESULTS_MAX]
    public List<Article> search(String words, LocalDateTime at, int max) {
        requireMax(max);
        List<String> all = Words.of(words);
        if (all.isEmpty()) {
            return List.of();
        }
        return book.query(tables -> {
            int some = max * SPARE;
            List<Article> found = first(search(all, some, tables), at, max);
            return found.isEmpty() && all.size() > 1
                    ? first(CatalogTables.search(Words.allOpen(all), some, tables), at, max)
                    : found;
        });
    }

    /// One or two letters fit a large part of all articles: those whose names begin so come first, and few others.
    private static List<Article> search(List<String> words, int max, Handle tables) {
        String only = words.getFirst();
        if (words.size() > 1 || only.length() >= RANKED_LENGTH_MIN) {
            return CatalogTables.search(Words.lastOpen(words), max, tables);
        }
        Map<Sku, Article> found = new LinkedHashMap<>();
        Stream.concat(
                        CatalogTables.search("\"" + only + "\"", max, tables).stream(),
                        CatalogTables.beginning(only, max, tables).stream())
                .forEach(it -> found.putIfAbsent(it.sku(), it));
        return List.copyOf(found.values());
    }

    private static List<Article> first(List<Article> found, LocalDateTime at, int max) {
        return found.stream().filter(inSale(at)).limit(max).toList();
    }

    private static Predicate<Article> inSale(LocalDateTime at) {
        return it -> it.isActive(at);
    }

    /// A section of the menu, and what is in sale of it.
    ///
    /// @param served now: else its hours are others
    public record MenuPart(MenuSection section, boolean served, List<Article> articles) {
        public MenuPart {
            articles = List.copyOf(articles);
        }
    }

    /// Is another whenever articles or sections may be, but by the clock.
    public String version() {
        return book.version();
    }

    /// The menu of the café as it is now: all sections that have something in sale, in their order.
    public List<MenuPart> menu() {
        Instant now = clock.instant();
        LocalDateTime at = LocalDateTime.ofInstant(now, zone);
        return book.query(tables -> {
            Map<String, MenuSection> sections = new HashMap<>();
            CatalogTables.sections(tables).forEach(it -> sections.put(it.name(), it));
            Map<MenuSection, List<Article>> all = new TreeMap<>(IN_ORDER);
            for (Article article : CatalogTables.onMenu(tables)) {
                String name = article.menu();
                if (name != null && article.isActive(at)) {
                    all.computeIfAbsent(
                                    sections.computeIfAbsent(name, MenuSection::unsaid),
                                    _ -> new ArrayList<>())
                            .add(article);
                }
            }
            List<MenuPart> parts = new ArrayList<>();
            all.forEach((section, articles) ->
                    parts.add(new MenuPart(section, section.isServed(now, zone), articles)));
            return parts;
        });
    }

    /// Those of a department and all below it, in sale or not, by department and name.
    ///
    /// @param path from the largest to the smallest
    /// @param offset how many to leave out
    /// @param max 1 to [#RESULTS_MAX]
    public List<Article> department(List<String> path, int offset, int max) {
        requireMax(max);
        return book.query(tables -> CatalogTables.department(path, offset, max, tables));
    }

    /// All departments that have articles of their own.
    public List<Department> departments() {
        return book.query(CatalogTables::departments);
    }

    private static void requireMax(int max) {
        if (max < 1 || max > RESULTS_MAX) {
            throw new IllegalArgumentException("max is 1 to " + RESULTS_MAX + ", not " + max);
        }
    }
}
