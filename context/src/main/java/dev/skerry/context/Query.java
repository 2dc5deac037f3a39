package dev.skerry.context;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A question to a context's tables, and the values that are bound to it. For one thread.
public final class Query {

    private static final Pattern NAME = Pattern.compile(":([a-z_]+)");

    private final Handle handle;
    private final String sql;
    private final List<@Nullable Object> values = new ArrayList<>();
    private @Nullable List<String> names;

    Query(Handle handle, String sql) {
        this.handle = handle;
        this.sql = sql;
    }

    /// Makes something of a row.
    @FunctionalInterface
    public interface RowMapper<T extends @Nullable Object> {

        /// @param row stands on it
        /// @param number of the row, from 0
        T map(ResultSet row, int number) throws SQLException;
    }

    /// @param position of the `?`, from 0
    /// @param value as in [Handle#execute]
    public Query bind(int position, @Nullable Object value) {
        while (values.size() <= position) {
            values.add(null);
        }
        values.set(position, value);
        return this;
    }

    /// @param name which stands in the SQL as `:name`, once or more often, and never in a text
    /// @param value as above
    public Query bind(String name, @Nullable Object value) {
        int position = names().indexOf(name);
        if (position < 0) {
            throw new IllegalArgumentException("no :" + name + " in: " + sql);
        }
        return bind(position, value);
    }

    /// As SQLite numbers them: each once, in the order in which they first stand there.
    private List<String> names() {
        List<String> known = names;
        if (known == null) {
            Set<String> all = new LinkedHashSet<>();
            Matcher found = NAME.matcher(sql);
            while (found.find()) {
                all.add(found.group(1));
            }
            known = List.copyOf(all);
            names = known;
        }
        return known;
    }

    public <T extends @Nullable Object> Rows<T> map(RowMapper<T> mapper) {
        return new Rows<>(this, mapper);
    }

    /// The first column. Who asks for what may be null asks by [Rows#findOne].
    ///
    /// @param type text, or a whole number
    // What a column holds is known to the SQL alone.
    @SuppressWarnings("NullAway")
    public <T> Rows<T> mapTo(Class<T> type) {
        return new Rows<>(this, (row, _) -> type.cast(value(row, type)));
    }

    private static @Nullable Object value(ResultSet row, Class<?> type) throws SQLException {
        Object value;
        if (type == String.class) {
            value = row.getString(1);
        } else if (type == Long.class) {
            value = row.getLong(1);
        } else if (type == Integer.class) {
            value = row.getInt(1);
        } else {
            throw new IllegalArgumentException("a column is no " + type.getName());
        }
        return row.wasNull() ? null : value;
    }

    /// What a query answers: asked anew by each of these methods, and read to its end before they return.
    public static final class Rows<T extends @Nullable Object> {

        private final Query query;
        private final RowMapper<T> mapper;

        Rows(Query query, RowMapper<T> mapper) {
            this.query = query;
            this.mapper = mapper;
        }

        /// What is made of what is made of a row.
        public <R extends @Nullable Object> Rows<R> map(Function<? super T, ? extends R> next) {
            return new Rows<>(query, (row, number) -> next.apply(mapper.map(row, number)));
        }

        public List<T> list() {
            return upTo(Integer.MAX_VALUE);
        }

        private List<T> upTo(int max) {
            return query.handle.with(
                    query.sql,
                    statement -> {
                        for (int i = 0; i < query.values.size(); i++) {
                            Handle.bind(statement, i + 1, query.values.get(i));
                        }
                        try (ResultSet rows = statement.executeQuery()) {
                            List<T> all = new ArrayList<>();
                            while (all.size() < max && rows.next()) {
                                all.add(mapper.map(rows, all.size()));
                            }
                            return all;
                        }
                    });
        }

        public Stream<T> stream() {
            return list().stream();
        }

        public <R, A> R collect(Collector<? super T, A, R> collector) {
            return stream().collect(collector);
        }

        public void forEach(Consumer<? super T> consumer) {
            list().forEach(consumer);
        }

        /// The only row.
        ///
        /// @throws IllegalStateException if there is none, or another
        public T one() {
            List<T> found = upTo(2);
            if (found.size() != 1) {
                throw new IllegalStateException(
                        "not one row, but %s: %s"
                                .formatted(found.isEmpty() ? "none" : "more", query.sql));
            }
            return found.getFirst();
        }

        /// The only row, if there is one, and it is not null.
        ///
        /// @throws IllegalStateException if there are more
        public Optional<T> findOne() {
            List<T> found = upTo(2);
            if (found.size() > 1) {
                throw new IllegalStateException("not one row, but more: " + query.sql);
            }
            return found.isEmpty() ? Optional.empty() : Optional.ofNullable(found.getFirst());
        }
    }
}
