package dev.skerry.stream.sqlite;

import dev.skerry.stream.EventSource;
import dev.skerry.stream.Following;
import dev.skerry.stream.Read;

/// What both kinds of source have in common: where the follower is, and whether it has missed something. The table
/// `follower` is the only truth about that; it changes on the writer alone.
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
            if (tx.following(follower, reads) == null) {
                tx.put(known(tx));
            }
            return true;
        });
    }

    /// The lowest cursor above 0 that reads all there is; 0 where this cannot be said.
    abstract long start();

    /// The cursor after the last event.
    abstract long end();

    /// The cursor after the last event that was dropped, as a transaction sees it.
    abstract long droppedUpTo(SqliteTransaction tx);

    /// @param end read no further: what comes after was not yet there when it was asked for
    abstract Read page(long cursor, long end, int eventsMax);

    @Override
    public String describe() {
        return reads;
    }

    @Override
    public Read read(long cursor, int eventsMax) {
        Following known = database.following(follower, reads);
        if (known == null || !known.reads(cursor, 0).equals(known)) {
            known =
                    database.write(tx -> {
                        Following moved = known(tx).reads(cursor, droppedUpTo(tx));
                        tx.put(moved);
                        return moved;
                    });
        }
        long end = end();
        if (known.misses(cursor, start(), end)) {
            return new Read.Gone(0);
        }
        Read read = page(cursor, end, eventsMax);
        // What was dropped while this was read is missing in it; who has missed it is on record
        // with the dropping.
        Following after = database.following(follower, reads);
        return after == null || after.misses(cursor, start(), Long.MAX_VALUE)
                ? new Read.Gone(0)
                : read;
    }

    @Override
    public void passed(long cursor) {
        Following before = database.following(follower, reads);
        if (before != null && before.passed(cursor).equals(before)) {
            return;
        }
        database.write(tx -> {
            tx.put(known(tx).passed(cursor));
            return true;
        });
    }

    private Following known(SqliteTransaction tx) {
        Following stored = tx.following(follower, reads);
        return stored != null
                ? stored
                : Following.begins(follower, reads, pattern, droppedUpTo(tx));
    }
}
