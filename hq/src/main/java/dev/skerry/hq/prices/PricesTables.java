package dev.skerry.hq.prices;

import dev.skerry.context.Book.Fact;
import dev.skerry.context.Book.State;
import dev.skerry.context.Handle;
import dev.skerry.language.Sku;
import dev.skerry.language.prices.PriceEvent.PriceRemoved;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.stream.sqlite.Migrations;
import java.time.LocalDateTime;
import java.util.List;

/// All SQL of this context: which prices an article has, and what stores sell with. What each price says is kept by its
/// [dev.skerry.context.Changes], in `said`.
final class PricesTables implements State<Object> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "prices",
                    List.of(
                            """
                            CREATE TABLE price (
                              sku TEXT NOT NULL,
                              key TEXT NOT NULL,
                              PRIMARY KEY (sku, key)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE sold_with (
                              store TEXT PRIMARY KEY,
                              prices INTEGER NOT NULL,
                              promotions INTEGER NOT NULL,
                              at TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """));

    @Override
    public void apply(Fact<? extends Object> fact, Handle tables) {
        if (fact.event() instanceof PriceSet set) {
            tables.execute(
                    "INSERT OR IGNORE INTO price (sku, key) VALUES (?, ?)",
                    set.place().sku().value(),
                    set.key());
        } else if (fact.event() instanceof PriceRemoved removed) {
            tables.execute(
                    "DELETE FROM price WHERE sku = ? AND key = ?",
                    removed.place().sku().value(),
                    removed.key());
        }
    }

    /// What stores sell with was not built from a stream of this context's own.
    @Override
    public void clear(Handle tables) {
        tables.execute("DELETE FROM price");
    }

    static List<String> keys(Sku sku, Handle tables) {
        return tables.createQuery("SELECT key FROM price WHERE sku = ? ORDER BY key")
                .bind(0, sku.value())
                .mapTo(String.class)
                .list();
    }

    // ---- what stores sell with

    static void sold(BookVersion version, Handle tables) {
        tables.execute(
                "REPLACE INTO sold_with (store, prices, promotions, at) VALUES (?, ?, ?, ?)",
                version.store(),
                version.prices(),
                version.promotions(),
                version.at().toString());
    }

    static void forgetSold(Handle tables) {
        tables.execute("DELETE FROM sold_with");
    }

    /// By store.
    ///
    /// @param prices where that stream ends
    /// @param promotions where that one does
    static List<BookVersion> sold(long prices, long promotions, Handle tables) {
        return tables.createQuery("SELECT * FROM sold_with ORDER BY store")
                .map((row, _) ->
                        new BookVersion(
                                row.getString("store"),
                                row.getLong("prices"),
                                row.getLong("promotions"),
                                LocalDateTime.parse(row.getString("at")),
                                row.getLong("prices") >= prices
                                        && row.getLong("promotions") >= promotions))
                .list();
    }
}
