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
    long droppedUpTo() {
        return database.droppedOffset(name);
    }

    @Override
    Read page(long cursor, int eventsMax) {
        return database.find(name).isEmpty()
                ? new Read.Page(List.of(), cursor, true)
                : database.read(name, cursor, eventsMax, Limits.PAGE_BYTES_MAX);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return database.watch(name, onNews);
    }
}
