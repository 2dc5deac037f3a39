package dev.skerry.store.printing;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.language.printing.Letterhead;
import dev.skerry.language.printing.PrintJob;
import dev.skerry.language.printing.PrintJob.State;
import dev.skerry.language.printing.Printer;
import dev.skerry.language.printing.PrintingEvent;
import dev.skerry.language.printing.PrintingEvent.JobChanged;
import dev.skerry.store.printing.Printing.Answer;
import dev.skerry.store.printing.Printing.Connection;
import dev.skerry.store.printing.Printing.Policy;
import dev.skerry.store.printing.Printing.Sent;
import dev.skerry.store.printing.Printing.Wires;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.Watch;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Prints what is queued at a printer, the first first. That a job is being sent is durable before its first byte leaves; so whoever
/// finds it so after a crash knows that it may be on paper, and the next one says so. A step sends at most one job. One thread at a
/// time steps it.
final class PrintLane implements Steps {

    private final String id;
    private final Book<PrintingEvent> book;
    private final SqliteDatabase database;
    private final Wires wires;
    private final Policy policy;
    private final InstantSource clock;

    /// Since when the printer has not been able to print; null while it can, as far as is known.
    private @Nullable Instant troubledSince;

    private long printed;

    PrintLane(
            String id,
            Book<PrintingEvent> book,
            SqliteDatabase database,
            Wires wires,
            Policy policy,
            InstantSource clock) {
        this.id = id;
        this.book = book;
        this.database = database;
        this.wires = wires;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "printer " + id;
    }

    @Override
    public Watch watch(Runnable onNews) {
        return database.watch(Printing.JOBS, onNews);
    }

    /// What is to be done next, as the tables say.
    private record Work(
            Printer printer, PrintJob job, @Nullable String insteadOf, Letterhead head) {}

    @Override
    public Step step() {
        try {
            Optional<Work> work = book.query(this::work);
            return work.isEmpty() ? new Step.CaughtUp(printed) : step(work.get());
        } catch (StreamException e) {
            if (!e.retryable()) {
                throw e;
            }
            return new Step.Hindered(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Work> work(Handle tables) {
        return PrintingTables.printer(id, tables)
                .flatMap(printer ->
                        PrintingTables.next(id, tables)
                                .map(job ->
                                        new Work(
                                                printer,
                                                job,
                                                otherName(job, tables),
                                                PrintingTables.letterhead(tables)
                                                        .orElseGet(PrintLane::noHead))));
    }

    private static Letterhead noHead() {
        return new Letterhead("", List.of(), "", List.of(), null);
    }

    private static @Nullable String otherName(PrintJob job, Handle tables) {
        String other = job.insteadOf();
        return other == null || other.equals(job.printer())
                ? null
                : PrintingTables.printer(other, tables).map(Printer::name).orElse(other);
    }

    private Step step(Work work) {
        PrintJob job = work.job();
        if (job.state() == State.SENDING) {
            // This lane alone sends, and does not now: the process ended in between.
            change(job, job.doubtful("the server stopped while it was sent"), "found half-sent");
            return moved();
        }
        if (job.starts() >= policy.sendsMax()) {
            change(
                    job,
                    job.held(
                            "sent %d times, and the printer never said that it had printed it; if it never does, set reports to false"
                                    .formatted(job.starts())),
                    "held");
            return moved();
        }
        Duration max = policy.max(job.what().sort());
        if (!job.released() && job.queuedAt().plus(max).isBefore(clock.instant())) {
            change(
                    job,
                    job.held(
                            "older than %d minutes: print it or discard it"
                                    .formatted(max.toMinutes())),
                    "held");
            return moved();
        }
        return switch (wires.call(work.printer())) {
            case Answer.Ready(Connection connection) -> {
                try (connection) {
                    yield send(work, connection);
                }
            }
            case Answer.NotReady(_, String why) -> troubled(work.printer(), job, why);
        };
    }

    private Step send(Work work, Connection connection) {
        PrintJob job = work.job();
        PrintJob sending = job.sending();
        if (!change(job, sending, "sending")) {
            // Somebody discarded or moved it meanwhile.
            return moved();
        }
        return switch (connection.send(bytes(work))) {
            case Sent.Printed() -> {
                change(sending, sending.printed(clock.instant()), "printed");
                troubledSince = null;
                printed++;
                yield moved();
            }
            case Sent.Unknown(String why) -> {
                PrintJob doubtful = sending.doubtful(why);
                change(sending, doubtful, "not confirmed");
                yield troubled(work.printer(), doubtful, why);
            }
        };
    }

    private byte[] bytes(Work work) {
        PrintJob job = work.job();
        // A drawer that opens late opens before the wrong person.
        boolean drawer =
                work.printer().drawer()
                        && !job.duplicate()
                        && !job.uncertain()
                        && job.insteadOf() == null
                        && !job.queuedAt().plus(policy.drawerMax()).isBefore(clock.instant());
        Marks marks = new Marks(job.duplicate(), job.uncertain(), work.insteadOf(), drawer);
        return EscPos.of(
                Documents.of(job.what(), work.head(), work.printer().language(), marks),
                work.printer().columns(),
                work.printer().codePages());
    }

    private Step troubled(Printer printer, PrintJob job, String why) {
        Instant now = clock.instant();
        Instant since = troubledSince == null ? now : troubledSince;
        troubledSince = since;
        if (!since.plus(policy.fallbackAfter()).isAfter(now) && takenOver(printer, job)) {
            return moved();
        }
        if (!why.equals(job.trouble())) {
            change(job, job.troubled(why), "waits");
        }
        return new Step.Hindered(why);
    }

    /// Once only: a job that went round between two dead printers would be on nobody's mind.
    private boolean takenOver(Printer printer, PrintJob job) {
        String fallback = printer.fallback();
        if (fallback == null || job.insteadOf() != null) {
            return false;
        }
        return book.write((tables, publish) -> {
            boolean can =
                    PrintingTables.printer(fallback, tables).isPresent()
                            && PrintingTables.job(job.id(), tables).filter(job::equals).isPresent();
            if (can) {
                PrintJob moved = job.moved(fallback, PrintingTables.lastPlace(tables));
                publish.accept(new JobChanged(moved, "taken over"));
            }
            return can;
        });
    }

    /// @return false if the job is not as it was any more; nothing is done then
    private boolean change(PrintJob from, PrintJob to, String done) {
        return book.write((tables, publish) -> {
            boolean same = PrintingTables.job(from.id(), tables).filter(from::equals).isPresent();
            if (same) {
                publish.accept(new JobChanged(to, done));
            }
            return same;
        });
    }

    private Step moved() {
        return new Step.Moved(printed, 1);
    }
}
