package dev.skerry.app.chain;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.CloudEvent;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.Limits;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// HQ's reference streams in the database that holds them. Any thread.
public final class DatabasePlace implements ReferencePlace {

    private final SqliteDatabase database;
    private final BiConsumer<SqliteTransaction, StreamName> began;

    /// @param began is told of each stream that begins, in the transaction in which it does
    public DatabasePlace(SqliteDatabase database, BiConsumer<SqliteTransaction, StreamName> began) {
        this.database = requireNonNull(database, "database");
        this.began = requireNonNull(began, "began");
    }

    @Override
    public Page read(ReferenceStream<?> stream, long offset) {
        if (database.find(stream.name()).isEmpty()) {
            return new Page(List.of(), offset, true);
        }
        return switch (database.read(
                stream.name(), offset, Limits.PAGE_EVENTS_MAX, Limits.PAGE_BYTES_MAX)) {
            case Read.Gone(long earliest) -> new Page(List.of(), earliest, false);
            case Read.Page(List<Event> events, long next, boolean upToDate) ->
                    new Page(events.stream().map(DatabasePlace::entry).toList(), next, upToDate);
        };
    }

    private static Entry entry(Event event) {
        return new Entry(
                String.valueOf(event.key()), Digest.of(CloudEvents.read(event)), event.deletion());
    }

    @Override
    public void append(ReferenceStream<?> stream, List<CloudEvent> events) {
        if (events.size() > BATCH_EVENTS_MAX) {
            throw new IllegalArgumentException("at most " + BATCH_EVENTS_MAX + " events at once");
        }
        List<NewEvent> checked = new ArrayList<>(events.size());
        for (CloudEvent event : events) {
            checked.add(stream.checked(event));
        }
        var batch = database.prepare(checked);
        database.write(tx -> {
            if (!tx.exists(stream.name())) {
                tx.open(stream.name(), StreamSettings.compactedByKey());
                began.accept(tx, stream.name());
            }
            return tx.append(stream.name(), batch);
        });
    }
}
