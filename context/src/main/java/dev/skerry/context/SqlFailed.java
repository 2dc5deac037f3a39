package dev.skerry.context;

import java.io.Serial;
import java.sql.SQLException;

/// A statement of a context failed: because the machine did, or because it was wrong. The database that runs it tells these apart by
/// the cause.
final class SqlFailed extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    private final SQLException sqlCause;

    SqlFailed(String sql, SQLException cause) {
        super(cause.getMessage() + " in: " + sql, cause);
        this.sqlCause = cause;
    }

    SQLException sqlCause() {
        return sqlCause;
    }
}
