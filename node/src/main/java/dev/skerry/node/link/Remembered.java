package dev.skerry.node.link;

import dev.skerry.language.JsonObject;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Database;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Transaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a store knows of itself and HQ, across restarts: the newest event of the stream `local/link`. For one thread.
final class Remembered {

    static final StreamName STREAM = StreamName.of(Names.LOCAL + "link");
    private static final String KEY = "state";

    /// @param epoch which machine this is, of those that were this store one after the other
    /// @param known the last start of this server of which HQ is known to know; empty before the first
    /// @param restoring HQ may have streams of this store that this machine lacks: it must not write before it has them
    /// @param fenced why this machine may not write any more; null while it may
    /// @param exported the file with what HQ never got; null if there is none yet
    record State(
            long epoch,
            String known,
            boolean restoring,
            @Nullable String fenced,
            @Nullable String exported) {

        State known(long newEpoch, String boot) {
            return new State(newEpoch, boot, restoring, fenced, exported);
        }

        State restoringNow() {
            return new State(epoch, known, true, fenced, exported);
        }

        State restored() {
            return new State(epoch, known, false, fenced, exported);
        }

        State fencedBecause(String why) {
            return new State(epoch, known, restoring, why, null);
        }

        State exportedTo(String file) {
            return new State(epoch, known, restoring, fenced, file);
        }
    }

    private final Database<?> database;
    private State state;

    /// Reads what was written last.
    ///
    /// @param enrolled as what the store was enrolled last: where that is newer, it holds
    Remembered(Database<?> database, StoreLink.Enrolled enrolled) {
        this.database = database;
        State stored = stored(database).orElse(null);
        State first = new State(enrolled.epoch(), "", enrolled.restores(), null, null);
        this.state = stored == null || stored.epoch < enrolled.epoch() ? first : stored;
    }

    State state() {
        return state;
    }

    /// Durable when this returns.
    void write(State next) {
        if (!next.equals(state)) {
            append(database, next);
            state = next;
        }
    }

    private static <T extends Transaction> void append(Database<T> database, State next) {
        Bytes json =
                Bytes.of(
                        JsonObject.empty()
                                .with("epoch", next.epoch)
                                .with("known", next.known)
                                .with("restoring", next.restoring)
                                .withOptional("fenced", next.fenced)
                                .withOptional("exported", next.exported)
                                .write());
        database.write(tx -> {
            tx.open(STREAM, StreamSettings.compactedByKey());
            return tx.append(STREAM, NewEvent.keyed(KEY, json));
        });
    }

    private static Optional<State> stored(Database<?> database) {
        return database.find(STREAM)
                .filter(info -> info.tail() > 0)
                .map(info -> database.read(STREAM, info.tail() - 1, 1, Long.MAX_VALUE))
                .map(read -> ((Read.Page) read).events().getFirst().payload().copy())
                .map(JsonObject::parse)
                .map(json ->
                        new State(
                                json.number("epoch"),
                                json.text("known"),
                                json.flag("restoring"),
                                json.optionalText("fenced").orElse(null),
                                json.optionalText("exported").orElse(null)));
    }
}
