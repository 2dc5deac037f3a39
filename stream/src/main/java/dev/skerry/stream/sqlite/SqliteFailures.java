package dev.skerry.stream.sqlite;

import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Tells a failure of the machine from a mistake in SQL, and says what to do about it.
record SqliteFailures(Path file) {

    /// Whether the whole transaction is lost with this failure, not only the statement.
    static boolean ofMachine(SQLException e) {
        return switch (primary(e)) {
            case SQLITE_FULL,
                    SQLITE_IOERR,
                    SQLITE_CORRUPT,
                    SQLITE_NOTADB,
                    SQLITE_CANTOPEN,
                    SQLITE_READONLY,
                    SQLITE_NOMEM,
                    SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_PROTOCOL ->
                    true;
            default -> false;
        };
    }

    static boolean busy(SQLException e) {
        return primary(e) == SQLiteErrorCode.SQLITE_BUSY;
    }

    /// The failure of this database's machine among an exception's causes, if any. What another database, or a peer, said
    /// is its own affair.
    static @Nullable SQLException ofMachineIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamException) {
                return null;
            }
            if (cause instanceof SQLException e && ofMachine(e)) {
                return e;
            }
        }
        return null;
    }

    StreamException explain(SQLException e) {
        return switch (primary(e)) {
            case SQLITE_FULL ->
                    new StreamException(
                            Kind.DISK_FULL,
                            "no space left for " + file,
                            "free disk space; writing then goes on by itself, nothing accepted is lost",
                            true,
                            e);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                    new StreamException(
                            Kind.CORRUPT,
                            file + " is damaged: " + e.getMessage(),
                            "nothing more is written to it; put it aside and restore it from a copy"
                                    + " or from the other side of the link",
                            false,
                            e);
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                    new StreamException(
                            Kind.IN_USE,
                            file + " is locked by another program",
                            "close the other program (a backup, an SQL shell?)",
                            true,
                            e);
            case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM ->
                    new StreamException(
                            Kind.IO,
                            "cannot open " + file + " for writing: " + e.getMessage(),
                            "check that the folder exists and belongs to the user that runs this",
                            true,
                            e);
            default ->
                    new StreamException(
                            Kind.IO,
                            "cannot read or write " + file + ": " + e.getMessage(),
                            "check the disk and its log; work whose answer was lost may be done or not",
                            true,
                            e);
        };
    }

    StreamException overloaded(int works) {
        return new StreamException(
                Kind.OVERLOADED,
                works + " callers already wait to write to " + file,
                "try again a little later; is the disk slow?",
                true,
                null);
    }

    StreamException closed() {
        return new StreamException(
                Kind.CLOSED,
                "the database " + file + " has been closed",
                "the node is stopping; try again when it is back",
                true,
                null);
    }

    private static SQLiteErrorCode primary(SQLException e) {
        if (e instanceof SQLiteException sqlite) {
            int primary = sqlite.getResultCode().code & 0xFF;
            return SQLiteErrorCode.getErrorCode(primary);
        }
        return SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
