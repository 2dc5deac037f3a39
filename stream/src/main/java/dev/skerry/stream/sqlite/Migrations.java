package dev.skerry.stream.sqlite;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The tables that one component keeps in a database file, as the scripts that made them: script 1 makes version 1,
/// script 2 turns it into version 2, and so on. Scripts are only ever added; there is no way back.
///
/// @param component its name in the file
/// @param scripts each one or more SQL statements, separated by a semicolon at a line's end
public record Migrations(String component, List<String> scripts) {

    public Migrations {
        requireNonNull(component, "component");
        scripts = List.copyOf(scripts);
    }

    /// Brings the component's tables up to date, inside the transaction that is open.
    ///
    /// @throws StreamException if the file is from a newer version of this program
    void apply(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS schema_version"
                            + " (component TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT");
            int version = version(connection);
            if (version > scripts.size()) {
                throw new StreamException(
                        Kind.NEWER_VERSION,
                        "%s has version %d of the tables of '%s', this program knows up to %d"
                                .formatted(file, version, component, scripts.size()),
                        "start the newer version of the program that wrote it; nothing was changed",
                        false,
                        null);
            }
            if (version == scripts.size()) {
                return;
            }
            for (String script : scripts.subList(version, scripts.size())) {
                for (String sql : script.split(";\\s*\n", -1)) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
            }
        }
        try (PreparedStatement write =
                connection.prepareStatement("REPLACE INTO schema_version VALUES (?, ?)")) {
            write.setString(1, component);
            write.setInt(2, scripts.size());
            write.executeUpdate();
        }
    }

    private int version(Connection connection) throws SQLException {
        try (PreparedStatement read =
                connection.prepareStatement(
                        "SELECT version FROM schema_version WHERE component = ?")) {
            read.setString(1, component);
            try (ResultSet rows = read.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }
}
