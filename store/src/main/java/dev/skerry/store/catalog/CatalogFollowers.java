package dev.skerry.store.catalog;

import dev.skerry.context.Book.Reaction;
import dev.skerry.context.Handle;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.util.function.Consumer;

/// Keeps the catalog as HQ says it is.
public final class CatalogFollowers {

    private CatalogFollowers() {}

    /// To be driven. An article that cannot be read is put aside, and keeps no other from the store.
    ///
    /// @param source `hq/catalog`, or a mirror of it
    public static Follower<SqliteTransaction> hq(Catalog catalog, EventSource source) {
        return catalog.book()
                .follower(
                        "catalog",
                        source,
                        FollowerSettings.byKey(),
                        new Reaction<>() {

                            @Override
                            public void react(
                                    Event event, Handle tables, Consumer<CatalogEvent> publish) {
                                CatalogEvent.FORM
                                        .read(CloudEvents.read(event))
                                        .ifPresent(it -> CatalogTables.follow(it, tables));
                            }

                            @Override
                            public boolean startOver(Handle tables) {
                                CatalogTables.startOver(tables);
                                return true;
                            }
                        });
    }
}
