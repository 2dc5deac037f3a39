package dev.skerry.stream.sqlite;

import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Watch;
import java.util.List;

/// One stream of a database, which need not exist yet, for one follower. Its cursor is an offset.
final class StreamSource extends Source {

    private final StreamName name;

    StreamSource(SqliteDatabase database, StreamName name, String follower) {
        super(database, name.value(), false, follower);
        this.name = name;
    }

    @Override
    long start() {
        return database.find(name).map(info -> info.start()).orElse(0L);
    }

    @Override
    long end() {
        return database.find(name).map(info -> info.tail()).orElse(0L);
    }

    @Override
    long droppedUpTo(SqliteTransaction tx) {
        StoredStream stream = tx.stored(name);
        return stream == null ? 0 : stream.droppedOffset;
    }

    @Override
    Read page(long cursor, long end, int eventsMax) {
        Read read = database.readIfThere(name, cursor, eventsMax, Limits.PAGE_BYTES_MAX);
        return read != null ? read : new Read.Page(List.of(), cursor, true);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return database.watch(name, onNews);
    }
}
