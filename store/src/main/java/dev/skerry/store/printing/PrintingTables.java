package dev.skerry.store.printing;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.language.Json;
import dev.skerry.language.printing.Letterhead;
import dev.skerry.language.printing.PrintJob;
import dev.skerry.language.printing.PrintJob.State;
import dev.skerry.language.printing.Printer;
import dev.skerry.language.printing.PrintingEvent;
import dev.skerry.language.printing.PrintingEvent.JobChanged;
import dev.skerry.language.printing.PrintingEvent.JobForgotten;
import dev.skerry.language.printing.PrintingEvent.LetterheadChanged;
import dev.skerry.language.printing.PrintingEvent.PrinterChanged;
import dev.skerry.language.printing.PrintingEvent.PrinterRemoved;
import dev.skerry.stream.sqlite.Migrations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All SQL of this context. What is searched for has a column; the rest is in the JSON beside it.
final class PrintingTables implements Book.State<PrintingEvent> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "printing",
                    List.of(
                            """
                            CREATE TABLE printer (
                              id TEXT PRIMARY KEY,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE letterhead (
                              one INTEGER PRIMARY KEY CHECK (one = 1),
                              body TEXT NOT NULL
                            ) STRICT;
                            CREATE TABLE job (
                              id TEXT PRIMARY KEY,
                              printer TEXT NOT NULL,
                              state TEXT NOT NULL,
                              place INTEGER NOT NULL,
                              queued_at INTEGER NOT NULL,
                              done_at INTEGER,
                              body TEXT NOT NULL
                            ) STRICT;
                            CREATE INDEX job_in_line ON job (printer, state, place);
                            CREATE INDEX job_by_place ON job (place);
                            CREATE INDEX job_done ON job (done_at) WHERE done_at IS NOT NULL;
                            """));

    static final List<String> NAMES = List.of("printer", "letterhead", "job");

    // ---- the state, from events

    @Override
    public void apply(Fact<? extends PrintingEvent> fact, Handle tables) {
        switch (fact.event()) {
            case PrinterChanged(Printer printer) ->
                    tables.execute(
                            "REPLACE INTO printer (id, body) VALUES (?, ?)",
                            printer.id(),
                            Json.write(printer));
            case PrinterRemoved(String id) ->
                    tables.execute("DELETE FROM printer WHERE id = ?", id);
            case LetterheadChanged(Letterhead letterhead) ->
                    tables.execute(
                            "REPLACE INTO letterhead (one, body) VALUES (1, ?)",
                            Json.write(letterhead));
            case JobChanged(PrintJob job, _) -> {
                Instant done = job.doneAt();
                tables.execute(
                        "REPLACE INTO job (id, printer, state, place, queued_at, done_at, body)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        job.id(),
                        job.printer(),
                        job.state().name(),
                        job.place(),
                        job.queuedAt().toEpochMilli(),
                        done == null ? null : done.toEpochMilli(),
                        Json.write(job));
            }
            case JobForgotten(String id) -> tables.execute("DELETE FROM job WHERE id = ?", id);
        }
    }

    @Override
    public void clear(Handle tables) {
        NAMES.forEach(table -> tables.execute("DELETE FROM " + table));
    }

    @Override
    public String key(PrintingEvent event) {
        return event.key();
    }

    @Override
    public boolean isDeletion(PrintingEvent event) {
        return event instanceof PrinterRemoved || event instanceof JobForgotten;
    }

    // ---- questions

    static Optional<Printer> printer(String id, Handle tables) {
        return tables.createQuery("SELECT body FROM printer WHERE id = ?")
                .bind(0, id)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, Printer.class));
    }

    /// In order of id.
    static List<Printer> printers(Handle tables) {
        return tables.createQuery("SELECT body FROM printer ORDER BY id")
                .mapTo(String.class)
                .map(body -> Json.read(body, Printer.class))
                .list();
    }

    static Optional<Letterhead> letterhead(Handle tables) {
        return tables.createQuery("SELECT body FROM letterhead")
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, Letterhead.class));
    }

    static Optional<PrintJob> job(String id, Handle tables) {
        return tables.createQuery("SELECT body FROM job WHERE id = ?")
                .bind(0, id)
                .mapTo(String.class)
                .findOne()
                .map(PrintingTables::job);
    }

    private static PrintJob job(String body) {
        return Json.read(body, PrintJob.class);
    }

    /// What is next at a printer: what was being sent, else what waits.
    static Optional<PrintJob> next(String printer, Handle tables) {
        return tables.createQuery(
                        "SELECT body FROM job WHERE printer = ? AND state IN ('SENDING', 'WAITING')"
                                + " ORDER BY state, place LIMIT 1")
                .bind(0, printer)
                .mapTo(String.class)
                .findOne()
                .map(PrintingTables::job);
    }

    /// The last first.
    ///
    /// @param printer null for all
    /// @param state null for all
    static List<PrintJob> jobs(
            @Nullable String printer, @Nullable State state, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT body FROM job WHERE (? IS NULL OR printer = ?)"
                                + " AND (? IS NULL OR state = ?)"
                                + " ORDER BY place DESC, id DESC LIMIT ?")
                .bind(0, printer)
                .bind(1, printer)
                .bind(2, state == null ? null : state.name())
                .bind(3, state == null ? null : state.name())
                .bind(4, max)
                .mapTo(String.class)
                .map(PrintingTables::job)
                .list();
    }

    static long count(String printer, State state, Handle tables) {
        return tables.createQuery("SELECT count(*) FROM job WHERE printer = ? AND state = ?")
                .bind(0, printer)
                .bind(1, state.name())
                .mapTo(Long.class)
                .one();
    }

    /// Behind all others.
    static long lastPlace(Handle tables) {
        return tables.createQuery("SELECT coalesce(max(place), 0) FROM job").mapTo(Long.class).one()
                + 1;
    }

    static List<String> doneBefore(Instant before, int max, Handle tables) {
        return tables.createQuery("SELECT id FROM job WHERE done_at < ? ORDER BY done_at LIMIT ?")
                .bind(0, before.toEpochMilli())
                .bind(1, max)
                .mapTo(String.class)
                .list();
    }
}
