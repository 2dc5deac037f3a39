package dev.skerry.node.link;

import dev.skerry.stream.Copied;
import dev.skerry.stream.Database;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.stream.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A database of this node whose streams take part in the link. Any thread.
///
/// @param <T> the transaction of that kind of database
public final class Home<T extends Transaction> {

    /// What the database's owner has to do when a stream begins in it that came over the link; in the same transaction.
    @FunctionalInterface
    public interface Opening<T extends Transaction> {
        void opened(T tx, StreamName stream, String contentType);
    }

    /// A last look before something is written, in the same transaction; throws if it may not be.
    @FunctionalInterface
    interface Guard {
        Guard NONE = _ -> {};

        void check(Transaction tx);

        /// Both, one after the other.
        default Guard and(Guard other) {
            return tx -> {
                check(tx);
                other.check(tx);
            };
        }
    }

    /// A proven run for a stream of this database.
    ///
    /// @param dropped deletions before this offset may be missing in it
    record Arrival(StreamName stream, Copied run, long dropped) {}

    private final Database<T> database;
    private final Opening<T> opening;
    private final Function<StreamName, String> contentTypes;

    /// @param contentTypes what a stream of the database holds, as a media type
    public Home(
            Database<T> database, Opening<T> opening, Function<StreamName, String> contentTypes) {
        this.database = database;
        this.opening = opening;
        this.contentTypes = contentTypes;
    }

    Database<T> database() {
        return database;
    }

    Streams streams() {
        return database;
    }

    String contentType(StreamName stream) {
        return contentTypes.apply(stream);
    }

    /// Where a stream ends. One that is not there yet begins.
    ///
    /// @param start where it begins then
    Checkpoint opened(
            StreamName stream,
            boolean compacted,
            String contentType,
            Checkpoint start,
            Guard guard) {
        return database.write(tx -> {
            guard.check(tx);
            if (!tx.exists(stream)) {
                open(tx, stream, compacted, contentType, start);
            }
            return tx.end(stream);
        });
    }

    /// The offset before which deletions are known to be missing in a stream that exists.
    long dropped(StreamName stream) {
        return database.write(tx -> tx.dropped(stream));
    }

    /// Deletes a mirror.
    void delete(StreamName stream) {
        database.write(tx -> {
            tx.delete(stream);
            return true;
        });
    }

    /// Deletes a mirror and begins it anew.
    void startOver(StreamName stream, boolean compacted, String contentType, Checkpoint start) {
        database.write(tx -> {
            tx.delete(stream);
            open(tx, stream, compacted, contentType, start);
            return true;
        });
    }

    private void open(
            T tx, StreamName stream, boolean compacted, String contentType, Checkpoint start) {
        tx.openAt(
                stream,
                compacted ? StreamSettings.compactedByKey() : StreamSettings.keepAll(),
                start.offset(),
                start.checksum());
        opening.opened(tx, stream, contentType);
    }

    /// Appends runs, all in one transaction: all of them, or none.
    ///
    /// @throws IllegalStateException if one does not begin where its stream ends
    void land(List<Arrival> arrivals, Guard guard) {
        database.write(tx -> {
            guard.check(tx);
            for (Arrival arrival : arrivals) {
                tx.append(arrival.stream(), arrival.run());
                if (arrival.dropped() > 0) {
                    tx.dropped(arrival.stream(), arrival.dropped());
                }
            }
            return true;
        });
    }

    /// Lands runs for several databases, in the order of the databases.
    static void landAll(Homes homes, List<Arrival> arrivals, Guard guard) {
        List<Home<?>> touched = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            Home<?> home = homes.of(arrival.stream());
            if (!touched.contains(home)) {
                touched.add(home);
            }
        }
        for (Home<?> home : touched) {
            home.land(
                    arrivals.stream().filter(one -> homes.of(one.stream()) == home).toList(),
                    guard);
        }
    }
}
