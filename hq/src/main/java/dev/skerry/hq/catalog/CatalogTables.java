package dev.skerry.hq.catalog;

import dev.skerry.context.Book.Fact;
import dev.skerry.context.Book.State;
import dev.skerry.context.Handle;
import dev.skerry.context.Query;
import dev.skerry.context.Words;
import dev.skerry.language.Gtin;
import dev.skerry.language.Json;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.stream.sqlite.Migrations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// All SQL of this context: how articles are found. What is said of each is kept by its [dev.skerry.context.Changes], in `said`.
final class CatalogTables implements State<Object> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "catalog",
                    List.of(
                            """
                            CREATE TABLE article (
                              sku TEXT PRIMARY KEY,
                              department TEXT NOT NULL,
                              name TEXT NOT NULL,
                              words TEXT NOT NULL,
                              plu TEXT
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX article_name ON article (name, sku);
                            CREATE INDEX article_department ON article (department, name, sku);
                            CREATE INDEX article_plu ON article (plu) WHERE plu IS NOT NULL;
                            CREATE TABLE code (
                              gtin TEXT NOT NULL,
                              sku TEXT NOT NULL,
                              PRIMARY KEY (gtin, sku)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX code_sku ON code (sku);
                            CREATE TABLE spoken_of (
                              sku TEXT NOT NULL,
                              by TEXT NOT NULL,
                              PRIMARY KEY (sku, by)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX spoken_of_by ON spoken_of (by);
                            """));

    private static final String CONTENT =
            "(SELECT json_extract(data, '$.article') FROM said"
                    + " WHERE stream = 'hq/catalog' AND key = 'article/' || article.sku) AS content";

    // ---- what is said

    @Override
    public void apply(Fact<? extends Object> fact, Handle tables) {
        if (fact.event() instanceof ArticleChanged(Article article)) {
            remove(article.sku(), tables);
            add(article, tables);
        } else if (fact.event() instanceof ArticleRemoved(Sku sku)) {
            remove(sku, tables);
        }
    }

    private static void add(Article article, Handle tables) {
        String sku = article.sku().value();
        tables.execute(
                "INSERT INTO article (sku, department, name, words, plu) VALUES (?, ?, ?, ?, ?)",
                sku,
                path(article.department()),
                Words.fold(article.name()),
                words(article),
                article.plu());
        for (Article.Code code : article.codes()) {
            tables.execute(
                    "INSERT OR IGNORE INTO code (gtin, sku) VALUES (?, ?)",
                    code.gtin().digits(),
                    sku);
        }
        for (Sku of : CatalogRules.spokenOf(article)) {
            tables.execute("INSERT INTO spoken_of (sku, by) VALUES (?, ?)", of.value(), sku);
        }
    }

    private static void remove(Sku sku, Handle tables) {
        tables.execute("DELETE FROM article WHERE sku = ?", sku.value());
        tables.execute("DELETE FROM code WHERE sku = ?", sku.value());
        tables.execute("DELETE FROM spoken_of WHERE by = ?", sku.value());
    }

    /// All by which an article is found, folded.
    private static String words(Article article) {
        return Words.fold(
                String.join(
                        " ",
                        article.name(),
                        article.brand() == null ? "" : article.brand(),
                        String.join(" ", article.tags()),
                        String.join(" ", article.department()),
                        article.sku().value(),
                        article.plu() == null ? "" : article.plu(),
                        article.codes().stream()
                                .map(it -> it.gtin().digits())
                                .collect(Collectors.joining(" "))));
    }

    /// With a slash at its end, so that it is a prefix of those below it and of no others.
    private static String path(List<String> department) {
        return String.join("/", department) + "/";
    }

    @Override
    public void clear(Handle tables) {
        tables.execute("DELETE FROM article");
        tables.execute("DELETE FROM code");
        tables.execute("DELETE FROM spoken_of");
    }

    // ---- looking things up

    static Optional<Article> article(Sku sku, Handle tables) {
        return articles(
                        tables.createQuery("SELECT " + CONTENT + " FROM article WHERE sku = ?")
                                .bind(0, sku.value()))
                .stream()
                .findFirst();
    }

    /// By SKU.
    ///
    /// @param after leaves out what stands before and at this one; empty for none
    static List<Article> after(String after, int max, Handle tables) {
        return articles(
                tables.createQuery(
                                "SELECT "
                                        + CONTENT
                                        + " FROM article WHERE sku > ? ORDER BY sku LIMIT ?")
                        .bind(0, after)
                        .bind(1, max));
    }

    /// Those in which all words stand, by name.
    ///
    /// @param words folded, without any of LIKE's signs
    /// @param department from the largest to the smallest; empty for all
    static List<Article> search(
            List<String> words, List<String> department, int offset, int max, Handle tables) {
        return articles(
                tables.createQuery(
                                "SELECT "
                                        + CONTENT
                                        + " FROM article WHERE department >= ? AND department < ?"
                                        + " AND words LIKE ? AND words LIKE ? AND words LIKE ?"
                                        + " ORDER BY name, sku LIMIT ? OFFSET ?")
                        .bind(0, department.isEmpty() ? "" : path(department))
                        .bind(1, department.isEmpty() ? "\uffff" : end(department))
                        .bind(2, like(words, 0))
                        .bind(3, like(words, 1))
                        .bind(4, like(words, 2))
                        .bind(5, max)
                        .bind(6, offset));
    }

    private static String end(List<String> department) {
        String path = path(department);
        return path.substring(0, path.length() - 1) + '0';
    }

    private static String like(List<String> words, int place) {
        return place < words.size() ? "%" + words.get(place) + "%" : "%";
    }

    private static List<Article> articles(Query query) {
        return query.mapTo(String.class).map(it -> Json.read(it, Article.class)).list();
    }

    static long count(Handle tables) {
        return tables.createQuery("SELECT count(*) FROM article").mapTo(Long.class).one();
    }

    static CatalogRules.Known known(Handle tables) {
        return new CatalogRules.Known() {

            @Override
            public boolean has(Sku sku) {
                return !skus("SELECT sku FROM article WHERE sku = ?", sku.value()).isEmpty();
            }

            @Override
            public List<Sku> withCode(Gtin gtin) {
                return skus("SELECT sku FROM code WHERE gtin = ?", gtin.digits());
            }

            @Override
            public List<Sku> withPlu(String plu) {
                return skus("SELECT sku FROM article WHERE plu = ?", plu);
            }

            @Override
            public List<Sku> speakingOf(Sku sku) {
                return skus("SELECT by FROM spoken_of WHERE sku = ?", sku.value());
            }

            private List<Sku> skus(String sql, String value) {
                return tables.createQuery(sql)
                        .bind(0, value)
                        .mapTo(String.class)
                        .map(Sku::new)
                        .list();
            }
        };
    }
}
