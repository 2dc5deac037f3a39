package dev.skerry.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Lends a context's SQL the connection of the transaction that is open. Any thread.
final class Tables {

    private final ScopedValue<Connection> lent = ScopedValue.newInstance();
    private final Jdbi jdbi = Jdbi.create(new Lent(lent));

    /// The connection is somebody else's: it is not closed here.
    private record Lent(ScopedValue<Connection> connection) implements ConnectionFactory {

        @Override
        public Connection openConnection() {
            return connection.get();
        }

        @Override
        public void closeConnection(Connection other) {}
    }

    <R extends @Nullable Object> R with(Connection connection, Function<Handle, R> work) {
        try (Handle handle = ScopedValue.where(lent, connection).call(jdbi::open)) {
            return work.apply(handle);
        }
    }

    /// As above, with the failures of SQL as JDBC tells them.
    <R extends @Nullable Object> R reading(Connection connection, Function<Handle, R> query)
            throws SQLException {
        try {
            return with(connection, query);
        } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw e;
        }
    }
}
