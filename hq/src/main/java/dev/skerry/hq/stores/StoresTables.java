package dev.skerry.hq.stores;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.language.Json;
import dev.skerry.language.stores.StoreEvent;
import dev.skerry.language.stores.StoreEvent.LineChanged;
import dev.skerry.language.stores.StoreEvent.StoreDescribed;
import dev.skerry.language.stores.StoreProfile;
import dev.skerry.stream.sqlite.Migrations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All SQL of this context.
final class StoresTables implements Book.State<StoreEvent> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "stores",
                    List.of(
                            """
                            CREATE TABLE profile (
                              store TEXT PRIMARY KEY,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE line (
                              store TEXT PRIMARY KEY,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """));

    @Override
    public void apply(Fact<? extends StoreEvent> fact, Handle tables) {
        switch (fact.event()) {
            case StoreDescribed it ->
                    tables.execute(
                            "REPLACE INTO profile (store, body) VALUES (?, ?)",
                            it.store(),
                            Json.write(it.profile()));
            case LineChanged it ->
                    tables.execute(
                            "REPLACE INTO line (store, body) VALUES (?, ?)",
                            it.store(),
                            Json.write(it));
        }
    }

    @Override
    public void clear(Handle tables) {
        tables.execute("DELETE FROM profile");
        tables.execute("DELETE FROM line");
    }

    @Override
    public @Nullable String key(StoreEvent event) {
        return event.store();
    }

    static Map<String, StoreProfile> profiles(Handle tables) {
        Map<String, StoreProfile> all = new TreeMap<>();
        tables.createQuery("SELECT store, body FROM profile")
                .map((row, _) ->
                        all.put(row.getString(1), Json.read(row.getString(2), StoreProfile.class)))
                .list();
        return all;
    }

    static Optional<StoreProfile> profile(String store, Handle tables) {
        return tables.createQuery("SELECT body FROM profile WHERE store = ?")
                .bind(0, store)
                .mapTo(String.class)
                .findOne()
                .map(it -> Json.read(it, StoreProfile.class));
    }

    static Map<String, LineChanged> lines(Handle tables) {
        Map<String, LineChanged> all = new TreeMap<>();
        tables.createQuery("SELECT body FROM line")
                .mapTo(String.class)
                .list()
                .forEach(it -> {
                    LineChanged line = Json.read(it, LineChanged.class);
                    all.put(line.store(), line);
                });
        return all;
    }
}
