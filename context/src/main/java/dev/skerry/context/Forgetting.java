package dev.skerry.context;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/// Forgets, once a day, the commands that nobody repeats any more: until then a request repeated with the same id is carried out once.
/// One thread at a time.
public final class Forgetting {

    /// How long a writer is kept at most, in commands.
    private static final int PIECE_COMMANDS_MAX = 1000;

    private static final Duration EVERY = Duration.ofDays(1);

    private final List<SqliteDatabase> books;
    private final Duration known;
    private final InstantSource clock;

    /// Which of the books is next in this round; as many as there are between two rounds.
    private int next;

    private Instant begun = Instant.MIN;

    /// @param books databases with [Book#TABLES]
    /// @param known how long a command is known
    public Forgetting(Collection<SqliteDatabase> books, Duration known, InstantSource clock) {
        this.books = List.copyOf(books);
        this.known = requireNonNull(known, "known");
        this.clock = requireNonNull(clock, "clock");
        this.next = this.books.size();
    }

    /// One bounded piece.
    ///
    /// @return whether there is more to do now
    public boolean step() {
        Instant now = clock.instant();
        if (next == books.size()) {
            if (now.isBefore(begun.plus(EVERY))) {
                return false;
            }
            begun = now;
            next = 0;
        }
        if (next < books.size() && !forgotten(books.get(next), now.minus(known))) {
            next++;
        }
        return next < books.size();
    }

    /// @return whether there may be more of it
    private boolean forgotten(SqliteDatabase book, Instant before) {
        // Found by a reader, which takes its time, so that the writer is not kept from selling.
        List<String> old =
                book.queryPrepared(statements ->
                        Handle.reading(
                                statements,
                                tables ->
                                        tables.createQuery(
                                                        "SELECT id FROM command WHERE at < ? LIMIT ?")
                                                .bind(0, before.toEpochMilli())
                                                .bind(1, PIECE_COMMANDS_MAX)
                                                .mapTo(String.class)
                                                .list()));
        if (!old.isEmpty()) {
            book.write(tx -> {
                Handle tables = new Handle(tx.statements());
                old.forEach(id -> tables.execute("DELETE FROM command WHERE id = ?", id));
                return true;
            });
        }
        return old.size() == PIECE_COMMANDS_MAX;
    }
}
