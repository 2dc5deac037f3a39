package dev.skerry.context;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.sqlite.Statements;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A context's tables, for as long as they are lent: its SQL is run on the connection of the open transaction, or on one that reads the
/// last commit. Statements stay prepared with the connection, so SQL is made of constants, and values are bound. For one thread.
public final class Handle {

    private final Statements statements;

    /// Statements of which rows are still being read: what is asked again meanwhile gets one of its own.
    private final Set<String> busy = new HashSet<>();

    Handle(Statements statements) {
        this.statements = requireNonNull(statements, "statements");
    }

    /// Reads, with failures of SQL as JDBC tells them.
    static <R extends @Nullable Object> R reading(Statements statements, Function<Handle, R> query)
            throws SQLException {
        try {
            return query.apply(new Handle(statements));
        } catch (SqlFailed e) {
            throw e.sqlCause();
        }
    }

    /// Writes.
    ///
    /// @param values for the `?` in it: text, whole numbers, truths, bytes or null
    /// @return how many rows were changed
    public int execute(String sql, @Nullable Object... values) {
        try {
            PreparedStatement statement = statements.statement(sql);
            for (int i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailed(sql, e);
        }
    }

    /// Asks; what is answered is read by [Query#map] and [Query#mapTo].
    public Query createQuery(String sql) {
        return new Query(this, sql);
    }

    /// What is done with a statement.
    @FunctionalInterface
    interface Use<R extends @Nullable Object> {
        R of(PreparedStatement statement) throws SQLException;
    }

    <R extends @Nullable Object> R with(String sql, Use<R> use) {
        try {
            if (!busy.add(sql)) {
                try (PreparedStatement another = statements.connection().prepareStatement(sql)) {
                    return use.of(another);
                }
            }
            try {
                return use.of(statements.statement(sql));
            } finally {
                busy.remove(sql);
            }
        } catch (SQLException e) {
            throw new SqlFailed(sql, e);
        }
    }

    /// @param position from 1
    static void bind(PreparedStatement statement, int position, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(position, Types.NULL);
            case String text -> statement.setString(position, text);
            case Long number -> statement.setLong(position, number);
            case Integer number -> statement.setInt(position, number);
            case Boolean truth -> statement.setInt(position, truth ? 1 : 0);
            case byte[] bytes -> statement.setBytes(position, bytes);
            default ->
                    throw new IllegalArgumentException(
                            "SQLite has no %s: say what of it is stored"
                                    .formatted(value.getClass().getName()));
        }
    }
}
