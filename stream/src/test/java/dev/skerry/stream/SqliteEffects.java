package dev.skerry.stream;

import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// [Effects] in a table of the database.
final class SqliteEffects implements Effects<SqliteTransaction> {

    static final Migrations TABLES =
            new Migrations(
                    "effects",
                    List.of(
                            "CREATE TABLE note (id INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT"));

    @Override
    public void note(SqliteTransaction tx, String line) {
        run(tx.connection(), "INSERT INTO note (line) VALUES (?)", line);
    }

    @Override
    public List<String> notes(SqliteTransaction tx) {
        return lines(tx.connection(), "SELECT line FROM note ORDER BY id");
    }

    @Override
    public void forgetNotes(SqliteTransaction tx) {
        run(tx.connection(), "DELETE FROM note");
    }

    @Override
    public List<String> resolutions(SqliteTransaction tx, String follower) {
        return lines(
                tx.connection(),
                """
                SELECT resolution || ' ' || stream || '@' || offset || ' by ' || resolved_by || ': ' || resolved_why
                FROM parked WHERE resolution IS NOT NULL AND follower = ? ORDER BY id\
                """,
                follower);
    }

    private static void run(Connection connection, String sql, String... values) {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> lines(Connection connection, String sql, String... values) {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, String... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }
}
