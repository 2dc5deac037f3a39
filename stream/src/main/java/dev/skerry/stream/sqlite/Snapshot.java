package dev.skerry.stream.sqlite;

import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Copies several databases as they were at one instant, also while a node uses them. Followers' cursors and the streams they
/// follow lie in different files: copied one after the other, a cursor could point behind its stream's end.
public final class Snapshot {

    private static final Logger LOG = System.getLogger(Snapshot.class.getName());

    private static final int LOCK_WAIT_MS = 200;
    private static final int TRIES_MAX = 50;

    private Snapshot() {}

    /// Copies each database to a file of its name in a folder, and checks the copy. Whoever writes to one of them waits meanwhile for
    /// some milliseconds, not for as long as the copying takes.
    ///
    /// @param databases files of databases; their names differ
    /// @param folder exists, and holds none of these names
    /// @throws StreamException if a file cannot be read or written, is damaged, or is written to without pause
    public static void take(List<Path> databases, Path folder) {
        try (Sources sources = new Sources()) {
            sources.begin(databases);
            for (Source source : sources.all) {
                source.copy(folder.resolve(source.file.getFileName()));
            }
        }
    }

    /// One database, read as of an instant.
    private record Source(Path file, Connection connection) {

        void copy(Path to) {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("backup to '" + to.toString().replace("'", "''") + "'");
            } catch (SQLException e) {
                throw new SqliteFailures(to).explain(e);
            }
            check(to);
        }
    }

    private static void check(Path file) {
        try (Connection connection = connect(file)) {
            String verdict = SqliteDatabase.verdict(connection);
            if (!verdict.equals("ok")) {
                throw new StreamException(
                        Kind.CORRUPT,
                        "the copy " + file + " is damaged: " + verdict,
                        "check the disk it is on, and the database it was copied from",
                        false,
                        null);
            }
        } catch (SQLException e) {
            throw new SqliteFailures(file).explain(e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + LOCK_WAIT_MS);
        }
        return connection;
    }

    /// Connections to all databases, each in a transaction that began while nobody wrote to any of them.
    private static final class Sources implements AutoCloseable {

        final List<Source> all = new ArrayList<>();

        private static Source open(Path file) {
            try {
                return new Source(file, connect(file));
            } catch (SQLException e) {
                throw new SqliteFailures(file).explain(e);
            }
        }

        void begin(List<Path> files) {
            for (Path file : files) {
                all.add(open(file));
            }
            for (int tries = 1; !beginTogether(tries == TRIES_MAX); tries++) {}
        }

        /// @param last whether to say why it did not work
        private boolean beginTogether(boolean last) {
            Deque<Connection> locks = new ArrayDeque<>();
            Path at = all.getFirst().file;
            try {
                for (Source source : all) {
                    at = source.file;
                    Connection lock = connect(at);
                    locks.push(lock);
                    run(lock, "BEGIN IMMEDIATE");
                }
                for (Source source : all) {
                    at = source.file;
                    run(source.connection, "BEGIN");
                    // The transaction begins with the first look.
                    run(source.connection, "SELECT count(*) FROM sqlite_schema");
                }
                return true;
            } catch (SQLException e) {
                // Whoever holds one may wait for another that is held here: all are let go before
                // the next try.
                if (last || !SqliteFailures.busy(e)) {
                    throw new SqliteFailures(at).explain(e);
                }
                return false;
            } finally {
                closeAll(locks);
            }
        }

        private static void run(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() {
            closeAll(all.stream().map(Source::connection).toList());
        }

        /// What a connection had begun ends with it.
        private static void closeAll(Iterable<Connection> connections) {
            for (Connection connection : connections) {
                try {
                    connection.close();
                } catch (SQLException e) {
                    LOG.log(Level.DEBUG, "file=\"left open\" why=\"%s\"".formatted(e));
                }
            }
        }
    }
}
