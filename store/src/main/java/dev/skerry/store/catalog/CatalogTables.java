package dev.skerry.store.catalog;

import dev.skerry.context.Book.Fact;
import dev.skerry.context.Book.State;
import dev.skerry.context.Handle;
import dev.skerry.context.Query;
import dev.skerry.context.Words;
import dev.skerry.language.Gtin;
import dev.skerry.language.Json;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import dev.skerry.language.catalog.CatalogEvent.LotReleased;
import dev.skerry.language.catalog.CatalogEvent.SectionChanged;
import dev.skerry.language.catalog.CatalogEvent.SectionRemoved;
import dev.skerry.language.catalog.MenuSection;
import dev.skerry.stream.sqlite.Migrations;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All SQL of the catalog. Everything here is built from HQ's stream alone.
final class CatalogTables implements State<CatalogEvent> {

    /// So many articles that fit are ranked; who wants one of more than these has to say another word.
    private static final int RANKED_MAX = 4_000;

    /// A department is stored with a slash at its end, so that it is a prefix of those below it and of no others.
    static final Migrations MIGRATIONS =
            new Migrations(
                    "catalog",
                    List.of(
                            """
                            CREATE TABLE article (
                              id INTEGER PRIMARY KEY,
                              sku TEXT NOT NULL UNIQUE,
                              plu TEXT,
                              department TEXT NOT NULL,
                              name TEXT NOT NULL,
                              content TEXT NOT NULL
                            ) STRICT;
                            CREATE INDEX article_plu ON article (plu) WHERE plu IS NOT NULL;
                            CREATE INDEX article_sku ON article (sku COLLATE NOCASE);
                            CREATE INDEX article_department ON article (department, name);
                            CREATE INDEX article_name ON article (name);
                            CREATE TABLE code (
                              gtin TEXT NOT NULL,
                              article INTEGER NOT NULL,
                              PRIMARY KEY (gtin, article)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX code_article ON code (article);
                            CREATE TABLE recall (
                              gtin TEXT NOT NULL,
                              lot TEXT NOT NULL,
                              expires_to TEXT,
                              reason TEXT NOT NULL,
                              PRIMARY KEY (gtin, lot)
                            ) STRICT, WITHOUT ROWID;
                            CREATE VIRTUAL TABLE word USING fts5(
                              name, brand, tags, department, numbers,
                              content = '', contentless_delete = 1, prefix = '2 3 4',
                              tokenize = 'unicode61 remove_diacritics 2');
                            INSERT INTO word (word, rank) VALUES ('rank', 'bm25(10.0, 6.0, 3.0, 1.0, 10.0)');
                            """,
                            """
                            CREATE INDEX article_menu ON article (name)
                              WHERE json_extract(content, '$.menu') IS NOT NULL;
                            CREATE TABLE section (
                              name TEXT PRIMARY KEY,
                              content TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """));

    // ---- what HQ says

    @Override
    public void apply(Fact<? extends CatalogEvent> fact, Handle tables) {
        throw new IllegalStateException("the catalog publishes nothing: " + fact);
    }

    /// What is here was not built from a stream of the catalog's own.
    @Override
    public void clear(Handle tables) {}

    /// Empties all tables.
    static void startOver(Handle tables) {
        tables.execute("DELETE FROM article");
        tables.execute("DELETE FROM code");
        tables.execute("DELETE FROM recall");
        tables.execute("DELETE FROM section");
        tables.execute("INSERT INTO word (word) VALUES ('delete-all')");
    }

    static void follow(CatalogEvent event, Handle tables) {
        switch (event) {
            case ArticleChanged(Article article) -> change(article, tables);
            case ArticleRemoved(Sku sku) -> remove(sku, tables);
            case LotRecalled it ->
                    tables.execute(
                            "REPLACE INTO recall (gtin, lot, expires_to, reason) VALUES (?, ?, ?, ?)",
                            it.gtin().digits(),
                            lot(it.lot()),
                            it.expiresTo() == null ? null : it.expiresTo().toString(),
                            it.reason());
            case LotReleased(Gtin gtin, String lot) ->
                    tables.execute(
                            "DELETE FROM recall WHERE gtin = ? AND lot = ?",
                            gtin.digits(),
                            lot(lot));
            case SectionChanged(MenuSection section) ->
                    tables.execute(
                            "REPLACE INTO section (name, content) VALUES (?, ?)",
                            section.name(),
                            Json.write(section));
            case SectionRemoved(String name) ->
                    tables.execute("DELETE FROM section WHERE name = ?", name);
        }
    }

    /// A lot has at least one character: none stands for all.
    private static String lot(@Nullable String lot) {
        return lot == null ? "" : lot;
    }

    private static void change(Article article, Handle tables) {
        Optional<Long> known = id(article.sku(), tables);
        String name = Words.fold(article.name());
        long id;
        if (known.isPresent()) {
            id = known.get();
            tables.execute("DELETE FROM code WHERE article = ?", id);
            tables.execute("DELETE FROM word WHERE rowid = ?", id);
            tables.execute(
                    "UPDATE article SET plu = ?, department = ?, name = ?, content = ? WHERE id = ?",
                    article.plu(),
                    path(article.department()),
                    name,
                    Json.write(article),
                    id);
        } else {
            id =
                    tables.createQuery(
                                    "INSERT INTO article (sku, plu, department, name, content)"
                                            + " VALUES (?, ?, ?, ?, ?) RETURNING id")
                            .bind(0, article.sku().value())
                            .bind(1, article.plu())
                            .bind(2, path(article.department()))
                            .bind(3, name)
                            .bind(4, Json.write(article))
                            .mapTo(Long.class)
                            .one();
        }
        for (Article.Code code : article.codes()) {
            tables.execute(
                    "INSERT OR IGNORE INTO code (gtin, article) VALUES (?, ?)",
                    code.gtin().digits(),
                    id);
        }
        tables.execute(
                "INSERT INTO word (rowid, name, brand, tags, department, numbers)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                id,
                name,
                article.brand() == null ? "" : Words.fold(article.brand()),
                Words.fold(String.join(" ", article.tags())),
                Words.fold(String.join(" ", article.department())),
                numbers(article));
    }

    private static void remove(Sku sku, Handle tables) {
        id(sku, tables)
                .ifPresent(id -> {
                    tables.execute("DELETE FROM code WHERE article = ?", id);
                    tables.execute("DELETE FROM word WHERE rowid = ?", id);
                    tables.execute("DELETE FROM article WHERE id = ?", id);
                });
    }

    private static Optional<Long> id(Sku sku, Handle tables) {
        return tables.createQuery("SELECT id FROM article WHERE sku = ?")
                .bind(0, sku.value())
                .mapTo(Long.class)
                .findOne();
    }

    private static String path(List<String> department) {
        return String.join("/", department) + "/";
    }

    /// A GTIN as it is printed, without the zeros that fill it up.
    private static String numbers(Article article) {
        return Words.fold(article.sku().value())
                + " "
                + (article.plu() == null ? "" : article.plu())
                + " "
                + article.codes().stream()
                        .map(it -> it.gtin().digits().replaceFirst("^0+", ""))
                        .collect(Collectors.joining(" "));
    }

    // ---- looking things up

    static Optional<Article> article(Sku sku, Handle tables) {
        return articles(
                        tables.createQuery("SELECT content FROM article WHERE sku = ?")
                                .bind(0, sku.value()))
                .stream()
                .findFirst();
    }

    /// Those of a department and all below it, by name.
    static List<Article> department(List<String> department, int offset, int max, Handle tables) {
        String path = path(department);
        return articles(
                tables.createQuery(
                                "SELECT content FROM article WHERE department >= ? AND department < ?"
                                        + " ORDER BY department, name, sku LIMIT ? OFFSET ?")
                        .bind(0, path)
                        .bind(1, path.substring(0, path.length() - 1) + '0')
                        .bind(2, max)
                        .bind(3, offset));
    }

    /// Each department that has articles of its own, with how many.
    static List<Department> departments(Handle tables) {
        return tables.createQuery(
                        "SELECT department, count(*) AS articles FROM article GROUP BY department"
                                + " ORDER BY department")
                .map((row, _) -> {
                    String path = row.getString("department");
                    return new Department(
                            List.of(path.substring(0, path.length() - 1).split("/", -1)),
                            row.getInt("articles"));
                })
                .list();
    }

    /// Those that a menu shows, by name.
    static List<Article> onMenu(Handle tables) {
        return articles(
                tables.createQuery(
                        "SELECT content FROM article"
                                + " WHERE json_extract(content, '$.menu') IS NOT NULL"
                                + " ORDER BY name, sku"));
    }

    static List<MenuSection> sections(Handle tables) {
        return tables.createQuery("SELECT content FROM section ORDER BY name")
                .mapTo(String.class)
                .map(it -> Json.read(it, MenuSection.class))
                .list();
    }

    /// Those whose name begins so, by name.
    static List<Article> beginning(String folded, int max, Handle tables) {
        return articles(
                tables.createQuery(
                                "SELECT content FROM article WHERE name >= ? AND name < ?"
                                        + " ORDER BY name, sku LIMIT ?")
                        .bind(0, folded)
                        .bind(1, folded + Character.MAX_VALUE)
                        .bind(2, max));
    }

    /// The best first; where very many fit, the best of some of them.
    ///
    /// @param expression of FTS5
    static List<Article> search(String expression, int max, Handle tables) {
        return articles(
                tables.createQuery(
                                """
                                SELECT content FROM (
                                  SELECT id, fit FROM (
                                    SELECT rowid AS id, rank AS fit FROM word WHERE word MATCH ? LIMIT ?)
                                  ORDER BY fit LIMIT ?) AS found
                                JOIN article ON article.id = found.id
                                ORDER BY found.fit, length(article.name), article.sku
                                """)
                        .bind(0, expression)
                        .bind(1, RANKED_MAX)
                        .bind(2, max));
    }

    static Shelf shelf(Handle tables) {
        return new Shelf() {

            @Override
            public List<Article> byGtin(Gtin gtin) {
                return articles(
                        tables.createQuery(
                                        "SELECT content FROM code JOIN article ON article.id = code.article"
                                                + " WHERE gtin = ?")
                                .bind(0, gtin.digits()));
            }

            @Override
            public List<Article> byNumber(String number) {
                for (String sql :
                        List.of(
                                "SELECT content FROM article WHERE plu = ?",
                                "SELECT content FROM article WHERE sku = ?",
                                "SELECT content FROM article WHERE sku = ? COLLATE NOCASE")) {
                    List<Article> found = articles(tables.createQuery(sql).bind(0, number));
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
                return List.of();
            }

            @Override
            public List<Recall> recalls(Collection<Gtin> gtins) {
                List<Recall> recalls = new ArrayList<>();
                for (Gtin gtin : gtins) {
                    tables.createQuery(
                                    "SELECT lot, expires_to, reason FROM recall WHERE gtin = ? ORDER BY lot")
                            .bind(0, gtin.digits())
                            .map((row, _) -> {
                                String lot = row.getString("lot");
                                String expiresTo = row.getString("expires_to");
                                return new Recall(
                                        gtin,
                                        lot.isEmpty() ? null : lot,
                                        expiresTo == null ? null : LocalDate.parse(expiresTo),
                                        row.getString("reason"));
                            })
                            .forEach(recalls::add);
                }
                return recalls;
            }
        };
    }

    private static List<Article> articles(Query query) {
        return query.mapTo(String.class).map(it -> Json.read(it, Article.class)).list();
    }
}
