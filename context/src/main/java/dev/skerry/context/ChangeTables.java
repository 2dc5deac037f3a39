package dev.skerry.context;

import dev.skerry.context.Book.Fact;
import dev.skerry.context.Change.Difference;
import dev.skerry.context.Change.State;
import dev.skerry.context.ChangeEvent.Before;
import dev.skerry.context.ChangeEvent.ChangeProposed;
import dev.skerry.context.ChangeEvent.ChangePublished;
import dev.skerry.context.ChangeEvent.ChangeRejected;
import dev.skerry.context.ChangeEvent.RuleChanged;
import dev.skerry.context.ChangeEvent.Statement;
import dev.skerry.stream.sqlite.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is said now, and every change to it: all SQL of that, and the state of a context that is made of changes.
///
/// `said` follows from the reference streams alone, the other tables from the stream of changes alone: in which order the streams are
/// read makes no difference.
final class ChangeTables implements Book.State<Object> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "changes",
                    List.of(
                            """
                            CREATE TABLE said (
                              stream TEXT NOT NULL,
                              key TEXT NOT NULL,
                              type TEXT NOT NULL,
                              data TEXT NOT NULL,
                              offset INTEGER NOT NULL,
                              PRIMARY KEY (stream, key)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE change (
                              id TEXT PRIMARY KEY,
                              place INTEGER NOT NULL UNIQUE,
                              title TEXT NOT NULL,
                              part_of TEXT,
                              state TEXT NOT NULL,
                              statements INTEGER NOT NULL,
                              by TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              decided_by TEXT,
                              decided_at INTEGER,
                              reason TEXT,
                              undoes TEXT,
                              undone_by TEXT
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX change_state ON change (state, place);
                            CREATE INDEX change_part ON change (part_of, place) WHERE part_of IS NOT NULL;
                            CREATE TABLE statement (
                              change TEXT NOT NULL,
                              place INTEGER NOT NULL,
                              stream TEXT NOT NULL,
                              key TEXT NOT NULL,
                              type TEXT NOT NULL,
                              data TEXT NOT NULL,
                              seen INTEGER NOT NULL,
                              before_type TEXT,
                              before_data TEXT,
                              PRIMARY KEY (change, place)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX statement_key ON statement (stream, key, change);
                            CREATE TABLE rule (
                              four_eyes INTEGER NOT NULL
                            ) STRICT;
                            """));

    private final List<Reference<?>> references;
    private final Book.State<Object> own;

    /// @param own what the context keeps besides
    ChangeTables(List<Reference<?>> references, Book.State<Object> own) {
        this.references = List.copyOf(references);
        this.own = own;
    }

    /// Which of the streams an event belongs to.
    Optional<Reference<?>> reference(Object event) {
        for (Reference<?> one : references) {
            if (one.holds(event)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    Reference<?> reference(String stream) {
        for (Reference<?> one : references) {
            if (one.stream().value().equals(stream)) {
                return one;
            }
        }
        throw new IllegalStateException("nothing is said here in " + stream);
    }

    // ---- what has happened

    @Override
    public void apply(Fact<? extends Object> fact, Handle tables) {
        if (fact.event() instanceof ChangeEvent event) {
            apply(event, fact.at(), fact.offset(), tables);
        } else {
            reference(fact.event()).ifPresent(it -> say(it, fact, tables));
        }
        own.apply(fact, tables);
    }

    private static void say(Reference<?> reference, Fact<?> fact, Handle tables) {
        String stream = reference.stream().value();
        String key = reference.keyOf(fact.event());
        if (reference.isEnd(fact.event())) {
            tables.execute("DELETE FROM said WHERE stream = ? AND key = ?", stream, key);
        } else {
            tables.execute(
                    "REPLACE INTO said (stream, key, type, data, offset) VALUES (?, ?, ?, ?, ?)",
                    stream,
                    key,
                    reference.typeOf(fact.event()),
                    reference.dataOf(fact.event()),
                    fact.offset());
        }
    }

    private static void apply(ChangeEvent event, Instant at, long offset, Handle tables) {
        switch (event) {
            case ChangeProposed proposed -> propose(proposed, at, offset, tables);
            case ChangePublished(String change, String by, List<Before> before) -> {
                decide(change, State.PUBLISHED, by, at, null, tables);
                for (int place = 0; place < before.size(); place++) {
                    tables.execute(
                            "UPDATE statement SET before_type = ?, before_data = ?"
                                    + " WHERE change = ? AND place = ?",
                            before.get(place).type(),
                            before.get(place).data(),
                            change,
                            place);
                }
                tables.execute(
                        "UPDATE change SET undone_by = ?"
                                + " WHERE id = (SELECT undoes FROM change WHERE id = ?)",
                        change,
                        change);
            }
            case ChangeRejected(String change, String by, String reason) ->
                    decide(change, State.REJECTED, by, at, reason, tables);
            case RuleChanged(boolean fourEyes, _) -> {
                tables.execute("DELETE FROM rule");
                tables.execute("INSERT INTO rule (four_eyes) VALUES (?)", fourEyes);
            }
        }
    }

    private static void propose(ChangeProposed proposed, Instant at, long offset, Handle tables) {
        tables.execute(
                "INSERT INTO change (id, place, title, part_of, state, statements, by, at, undoes)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                proposed.change(),
                offset,
                proposed.title(),
                proposed.group(),
                State.WAITING.name(),
                proposed.statements().size(),
                proposed.by(),
                at.toEpochMilli(),
                proposed.undoes());
        int place = 0;
        for (Statement it : proposed.statements()) {
            tables.execute(
                    "INSERT INTO statement (change, place, stream, key, type, data, seen)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    proposed.change(),
                    place++,
                    it.stream(),
                    it.key(),
                    it.type(),
                    it.data(),
                    it.seen());
        }
    }

    private static void decide(
            String change,
            State state,
            String by,
            Instant at,
            @Nullable String reason,
            Handle tables) {
        tables.execute(
                "UPDATE change SET state = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ?",
                state.name(),
                by,
                at.toEpochMilli(),
                reason,
                change);
    }

    @Override
    public void clear(Handle tables) {
        tables.execute("DELETE FROM said");
        tables.execute("DELETE FROM change");
        tables.execute("DELETE FROM statement");
        tables.execute("DELETE FROM rule");
        own.clear(tables);
    }

    @Override
    public @Nullable String key(Object event) {
        return reference(event).map(it -> it.keyOf(event)).orElseGet(() -> own.key(event));
    }

    @Override
    public boolean isDeletion(Object event) {
        return reference(event).map(it -> it.isEnd(event)).orElseGet(() -> own.isDeletion(event));
    }

    // ---- looking things up

    /// What stands for a key.
    ///
    /// @param version one more than its offset
    record Said(String type, String data, long version) {}

    static Optional<Said> said(String stream, String key, Handle tables) {
        return tables.createQuery(
                        "SELECT type, data, offset FROM said WHERE stream = ? AND key = ?")
                .bind(0, stream)
                .bind(1, key)
                .map((row, _) ->
                        new Said(
                                row.getString("type"),
                                row.getString("data"),
                                row.getLong("offset") + 1))
                .findOne();
    }

    /// What is said of the keys that begin so, by key.
    ///
    /// @param after leaves out what stands before and at this key; null for none
    static List<Said> beginning(
            String stream, String prefix, @Nullable String after, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT type, data, offset FROM said"
                                + " WHERE stream = ? AND key > ? AND key >= ? AND key < ?"
                                + " ORDER BY key LIMIT ?")
                .bind(0, stream)
                .bind(1, after == null ? "" : after)
                .bind(2, prefix)
                .bind(3, prefix + Character.MAX_VALUE)
                .bind(4, max)
                .map((row, _) ->
                        new Said(
                                row.getString("type"),
                                row.getString("data"),
                                row.getLong("offset") + 1))
                .list();
    }

    static boolean fourEyes(Handle tables) {
        return tables.createQuery("SELECT four_eyes FROM rule")
                .mapTo(Integer.class)
                .findOne()
                .map(it -> it == 1)
                .orElse(false);
    }

    static Optional<Change> change(String id, Handle tables) {
        return tables.createQuery("SELECT * FROM change WHERE id = ?")
                .bind(0, id)
                .map(ChangeTables::change)
                .findOne();
    }

    /// The newest first.
    ///
    /// @param state null for all
    /// @param group null for all
    /// @param before older than this one; null for the newest
    static List<Change> changes(
            @Nullable State state,
            @Nullable String group,
            @Nullable String before,
            int max,
            Handle tables) {
        return tables.createQuery(
                        """
                        SELECT * FROM change
                        WHERE (:state IS NULL OR state = :state)
                          AND (:part IS NULL OR part_of = :part)
                          AND (:before IS NULL OR place < (SELECT place FROM change WHERE id = :before))
                        ORDER BY place DESC LIMIT :max
                        """)
                .bind("state", state == null ? null : state.name())
                .bind("part", group)
                .bind("before", before)
                .bind("max", max)
                .map(ChangeTables::change)
                .list();
    }

    private static Change change(ResultSet row, int number) throws SQLException {
        String decidedBy = row.getString("decided_by");
        return new Change(
                row.getString("id"),
                row.getString("title"),
                row.getString("part_of"),
                State.valueOf(row.getString("state")),
                row.getInt("statements"),
                row.getString("by"),
                Instant.ofEpochMilli(row.getLong("at")),
                decidedBy,
                decidedBy == null ? null : Instant.ofEpochMilli(row.getLong("decided_at")),
                row.getString("reason"),
                row.getString("undoes"),
                row.getString("undone_by"));
    }

    static List<Statement> statements(String change, Handle tables) {
        return tables.createQuery(
                        "SELECT stream, key, type, data, seen FROM statement WHERE change = ? ORDER BY place")
                .bind(0, change)
                .map((row, _) ->
                        new Statement(
                                row.getString("stream"),
                                row.getString("key"),
                                row.getString("type"),
                                row.getString("data"),
                                row.getLong("seen")))
                .list();
    }

    /// What was said before each statement of a change that was published, in their order.
    static List<Before> before(String change, Handle tables) {
        return tables.createQuery(
                        "SELECT before_type, before_data FROM statement WHERE change = ? ORDER BY place")
                .bind(0, change)
                .map((row, _) ->
                        new Before(row.getString("before_type"), row.getString("before_data")))
                .list();
    }

    /// @param state of the change
    List<Difference> differences(String change, State state, int offset, int max, Handle tables) {
        return tables.createQuery(
                        """
                        SELECT stream, key, type, data,
                          CASE WHEN :waits THEN (SELECT said.type FROM said
                            WHERE said.stream = statement.stream AND said.key = statement.key)
                            ELSE before_type END AS old_type,
                          CASE WHEN :waits THEN (SELECT said.data FROM said
                            WHERE said.stream = statement.stream AND said.key = statement.key)
                            ELSE before_data END AS old_data
                        FROM statement WHERE change = :change ORDER BY place LIMIT :max OFFSET :offset
                        """)
                .bind("waits", state == State.WAITING)
                .bind("change", change)
                .bind("max", max)
                .bind("offset", offset)
                .map(this::difference)
                .list();
    }

    private Difference difference(ResultSet row, int number) throws SQLException {
        Reference<?> reference = reference(row.getString("stream"));
        String oldType = row.getString("old_type");
        Object after = reference.read(row.getString("type"), row.getString("data"));
        return new Difference(
                row.getString("stream"),
                row.getString("key"),
                oldType == null ? null : reference.read(oldType, row.getString("old_data")),
                reference.isEnd(after) ? null : after);
    }

    /// A change, and what it says of a key.
    record KeyStep(String change, Difference difference) {}

    /// What has been published about a key, the newest first.
    List<KeyStep> history(String stream, String key, int max, Handle tables) {
        return tables.createQuery(
                        """
                        SELECT statement.stream, key, type, data, before_type AS old_type,
                          before_data AS old_data, change.id
                        FROM statement JOIN change ON change.id = statement.change
                        WHERE stream = ? AND key = ? AND state = 'PUBLISHED'
                        ORDER BY change.decided_at DESC, change.place DESC LIMIT ?
                        """)
                .bind(0, stream)
                .bind(1, key)
                .bind(2, max)
                .map((row, number) -> new KeyStep(row.getString("id"), difference(row, number)))
                .list();
    }
}
