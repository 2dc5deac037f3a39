package dev.skerry.app.contexts;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Forgetting;
import dev.skerry.stream.Driver;
import dev.skerry.stream.Steps;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// The databases of a node's contexts, one a context, and what is done with all of them alike. Is filled by one thread; then any.
public final class Contexts implements AutoCloseable {

    /// Opens a context's database, in a file of this name.
    @FunctionalInterface
    public interface Opening {
        SqliteDatabase open(String file, Migrations... tables);
    }

    private final Opening opening;
    private final Deque<SqliteDatabase> opened = new ArrayDeque<>();
    private final Map<String, SqliteDatabase> byFile = new LinkedHashMap<>();

    public Contexts(Opening opening) {
        this.opening = requireNonNull(opening, "opening");
    }

    /// Opens one more.
    public SqliteDatabase open(String file, Migrations... tables) {
        SqliteDatabase database = opening.open(file, tables);
        opened.push(database);
        byFile.put(file, database);
        return database;
    }

    /// One that was opened.
    public SqliteDatabase of(String file) {
        return requireNonNull(byFile.get(file), file);
    }

    /// By the names of their files.
    public Map<String, SqliteDatabase> all() {
        return Map.copyOf(byFile);
    }

    /// Two contexts may call what they do alike.
    ///
    /// @return the name under which it is driven
    public static String drive(Driver driver, String context, Steps steps) {
        String name = context + ": " + steps.name();
        driver.drive(new Named(name, steps));
        return name;
    }

    /// Of the commands in all that have been opened.
    ///
    /// @param known how long a command is known
    public Forgetting forgetting(Duration known, InstantSource clock) {
        return new Forgetting(opened, known, clock);
    }

    /// One bounded piece of upkeep of each.
    ///
    /// @return whether there may be more to do now
    public boolean upkeep() {
        boolean more = false;
        for (SqliteDatabase database : opened) {
            more |= database.upkeep();
        }
        return more;
    }

    /// The last one first.
    @Override
    public void close() {
        opened.forEach(SqliteDatabase::close);
    }
}
