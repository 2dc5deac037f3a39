package dev.skerry.stream.sqlite;

import dev.skerry.stream.EventSource;
import dev.skerry.stream.Following;
import dev.skerry.stream.Read;
import java.util.Objects;

/// What both kinds of source have in common: where the follower is, and whether it has missed something.
abstract class Source implements EventSource {

    final SqliteDatabase database;
    private final String reads;
    private final boolean pattern;
    private final String follower;

    Source(SqliteDatabase database, String reads, boolean pattern, String follower) {
        this.database = database;
        this.reads = reads;
        this.pattern = pattern;
        this.follower = follower;
    }

    /// Makes the follower known, if it is not yet.
    void register() {
        database.write(tx -> {
            if (database.following(follower, reads) == null) {
                tx.put(known());
            }
            return null;
        });
    }

    /// The lowest cursor above 0 that reads all there is; 0 where this cannot be said.
    abstract long start();

    /// The cursor after the last event.
    abstract long end();

    /// The cursor after the last event that was dropped.
    abstract long droppedUpTo();

    abstract Read page(long cursor, int eventsMax);

    @Override
    public String describe() {
        return reads;
    }

    @Override
    public Read read(long cursor, int eventsMax) {
        Following before = known();
        Following now = before.reads(cursor, droppedUpTo());
        if (!now.equals(before)) {
            put(now);
        }
        Read read = now.misses(cursor, start(), end()) ? new Read.Gone(0) : page(cursor, eventsMax);
        // What was dropped while this was read is missing in it.
        return known().misses(cursor, start(), Long.MAX_VALUE) ? new Read.Gone(0) : read;
    }

    @Override
    public void passed(long cursor) {
        Following before = known();
        Following now = before.passed(cursor);
        if (!now.equals(before)) {
            put(now);
        }
    }

    private Following known() {
        return Objects.requireNonNullElseGet(
                database.following(follower, reads),
                () -> Following.begins(follower, reads, pattern, droppedUpTo()));
    }

    private void put(Following following) {
        database.write(tx -> {
            tx.put(following);
            return null;
        });
    }
}
