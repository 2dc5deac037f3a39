package dev.skerry.store.printing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Handle;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.kitchen.Ticket;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.printing.CodePage;
import dev.skerry.language.printing.KitchenTicket;
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
import dev.skerry.language.printing.Printout;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The printers of a store and what they print: commands and queries. Any thread.
public final class Printing {

    public static final StreamName JOBS = StreamName.of(PrintingEvent.STREAM);

    /// How many jobs are shown at once.
    public static final int JOBS_MAX = 200;

    /// How many jobs are forgotten in one step.
    static final int FORGET_MAX = 100;

    /// How long things take before something else is done.
    ///
    /// @param receiptMax a receipt older than this is not printed by itself; so for the others
    /// @param fallbackAfter another printer takes over when one has not been able to print for so long
    /// @param drawerMax the drawer opens only for a receipt younger than this
    /// @param sendsMax a job is held when it was sent so often and the printer never said that it printed it
    /// @param kept a job that is done is forgotten after this
    public record Policy(
            Duration receiptMax,
            Duration kitchenMax,
            Duration reportMax,
            Duration fallbackAfter,
            Duration drawerMax,
            int sendsMax,
            Duration kept) {

        public static Policy defaults() {
            return new Policy(
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(20),
                    Duration.ofHours(12),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(1),
                    3,
                    Duration.ofDays(3));
        }

        Duration max(Printer.Kind kind) {
            return switch (kind) {
                case RECEIPT -> receiptMax;
                case KITCHEN -> kitchenMax;
                case REPORT -> reportMax;
            };
        }
    }

    // ---- what it needs of others

    /// Knows the orders of the store.
    @FunctionalInterface
    public interface PaidOrders {

        /// @param order its id, or the number of its receipt
        Optional<Paid> find(String order);

        /// @param voided null if it stands
        /// @param training nothing was sold
        record Paid(Order order, @Nullable OrderVoided voided, boolean training) {}
    }

    /// Knows the tickets of the kitchen.
    @FunctionalInterface
    public interface Tickets {

        /// All of an order, as they are now.
        List<Ticket> of(String order);
    }

    /// The way to the printers. Any thread.
    @FunctionalInterface
    public interface Wires {

        /// Connects, and asks the printer how it is. Waits for it, but only so long.
        Answer call(Printer printer);
    }

    /// How long a printer may take.
    ///
    /// @param connect to accept a connection
    /// @param answer to answer a question
    /// @param print to print a document
    public record Patience(Duration connect, Duration answer, Duration print) {
        public static Patience defaults() {
            return new Patience(
                    Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(20));
        }
    }

    /// How a printer is.
    public sealed interface Answer {

        /// It can print. The connection is to be closed.
        record Ready(Connection connection) implements Answer {}

        /// Nothing was sent to it.
        ///
        /// @param why for people, and what to do about it
        record NotReady(Trouble trouble, String why) implements Answer {}
    }

    /// Why a printer cannot print.
    public enum Trouble {
        SILENT,
        NO_PAPER,
        COVER_OPEN,
        OFFLINE,
        FAULT
    }

    /// A connection to a printer that can print. One thread.
    public interface Connection extends AutoCloseable {

        /// Sends a document, and waits until the printer says that it printed it, but only so long.
        Sent send(byte[] document);

        @Override
        void close();
    }

    /// What became of a document.
    public sealed interface Sent {

        record Printed() implements Sent {}

        /// All of it, a part or nothing may be on paper.
        record Unknown(String why) implements Sent {}
    }

    // ---- what it answers

    /// What came of a command about something that is to be printed.
    public sealed interface Result {

        record Done(PrintJob job) implements Result {}

        /// Nothing was queued: no printer is there for this.
        record NoPrinter(String why) implements Result {}

        record NotFound(String what) implements Result {}

        /// As things stand it cannot be done.
        record NotNow(String why) implements Result {}
    }

    /// A printer, and how its line is.
    ///
    /// @param trouble why the first job is not printed yet; null if nothing is wrong
    public record PrinterState(
            Printer printer, long waiting, long held, @Nullable String trouble) {}

    /// The form of a receipt that is not on a printer of ours.
    ///
    /// @param columns characters in a line; of text and ESC/POS
    /// @param language BCP 47
    /// @param codePages of ESC/POS; the preferred one first
    public record Form(int columns, String language, List<CodePage> codePages) {

        public Form {
            if (columns < Printer.COLUMNS_MIN || columns > Printer.COLUMNS_MAX) {
                throw new IllegalArgumentException(
                        "a line has %d to %d characters, not %d"
                                .formatted(Printer.COLUMNS_MIN, Printer.COLUMNS_MAX, columns));
            }
            codePages = List.copyOf(codePages);
        }

        public static Form of(Printer printer) {
            return new Form(printer.columns(), printer.language(), printer.codePages());
        }

        /// 42 columns, for a printer of western Europe.
        public static Form of(String language) {
            return new Form(42, language, List.of(CodePage.PC858));
        }
    }

    private final Book<PrintingEvent> book;
    private final SqliteDatabase database;
    private final PaidOrders orders;
    private final Wires wires;
    private final Policy policy;
    private final InstantSource clock;
    private final PrintingFollowers followers;

    /// @param database of this context alone, with [#tables]
    public Printing(
            SqliteDatabase database,
            PaidOrders orders,
            Wires wires,
            Policy policy,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.database = requireNonNull(database, "database");
        this.orders = requireNonNull(orders, "orders");
        this.wires = requireNonNull(wires, "wires");
        this.policy = requireNonNull(policy, "policy");
        this.clock = requireNonNull(clock, "clock");
        this.book =
                new Book<>(
                        database,
                        List.of(new Publication<>(JOBS, PrintingEvent.FORM, true)),
                        new PrintingTables(),
                        clock,
                        ids);
        this.followers = new PrintingFollowers(book, policy, clock);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, PrintingTables.MIGRATIONS};
    }

    /// Which streams the database of this context holds.
    public static List<StreamPattern> streams() {
        return List.of(StreamPattern.of(JOBS.value()));
    }

    /// The printers in the store's network, over TCP.
    public static Wires overTcp(Patience patience) {
        return new TcpWires(patience);
    }

    // ---- printers

    /// Adds a printer, or changes it.
    public Printer set(Command command, Printer printer) {
        book.once(
                command,
                (_, publish) -> {
                    publish.accept(new PrinterChanged(printer));
                    return true;
                });
        return printer(printer.id()).orElse(printer);
    }

    /// What waits for it is held, for a person to say where it is to be printed.
    ///
    /// @return whether there is, or was, such a printer
    public boolean remove(Command command, String id) {
        if (printer(id).isEmpty()) {
            return book.isDone(command);
        }
        book.once(
                command,
                (tables, publish) -> {
                    for (State state : List.of(State.WAITING, State.SENDING)) {
                        PrintingTables.jobs(id, state, Integer.MAX_VALUE, tables)
                                .forEach(job ->
                                        publish.accept(new JobChanged(orphaned(job), "held")));
                    }
                    publish.accept(new PrinterRemoved(id));
                    return true;
                });
        return true;
    }

    private static PrintJob orphaned(PrintJob job) {
        PrintJob its = job.state() == State.SENDING ? job.doubtful("") : job;
        return its.held("the printer %s is not there any more".formatted(job.printer()));
    }

    public Optional<Printer> printer(String id) {
        return book.query(tables -> PrintingTables.printer(id, tables));
    }

    /// In order of id.
    public List<PrinterState> printers() {
        return book.query(tables ->
                PrintingTables.printers(tables).stream().map(it -> state(it, tables)).toList());
    }

    private static PrinterState state(Printer printer, Handle tables) {
        String id = printer.id();
        return new PrinterState(
                printer,
                PrintingTables.count(id, State.WAITING, tables)
                        + PrintingTables.count(id, State.SENDING, tables),
                PrintingTables.count(id, State.HELD, tables),
                PrintingTables.next(id, tables).map(PrintJob::trouble).orElse(null));
    }

    public Letterhead set(Command command, Letterhead letterhead) {
        book.once(
                command,
                (_, publish) -> {
                    publish.accept(new LetterheadChanged(letterhead));
                    return true;
                });
        return letterhead();
    }

    public Letterhead letterhead() {
        return book.query(PrintingTables::letterhead)
                .orElseGet(() -> new Letterhead("", List.of(), "", List.of(), null));
    }

    // ---- jobs

    /// Queues something for the printer of a device.
    ///
    /// @param device a till or another device; its own printer is looked for first
    public Result print(Command command, Printout what, String device) {
        return queue(command, what, device, null, false);
    }

    /// Queues a ticket for the printer of its station.
    public Result ticket(Command command, KitchenTicket ticket) {
        return print(command, new Printout.Ticket(ticket), ticket.station());
    }

    /// Queues a page that shows what a printer can do.
    public Result test(Command command, String printer) {
        return queue(command, new Printout.TestPage(printer), "", printer, false);
    }

    /// Prints the receipt of a paid order once more, and says so on it; or a gift receipt.
    ///
    /// @param order its id, or the number of its receipt
    /// @param device who asks
    /// @param printer null for that of the device
    /// @param gift without prices; is no duplicate of anything
    public Result receipt(
            Command command, String order, String device, @Nullable String printer, boolean gift) {
        Optional<PaidOrders.Paid> paid = orders.find(order);
        if (paid.isEmpty()) {
            return new Result.NotFound("no paid order " + order);
        }
        return queue(command, receipt(paid.get(), gift), device, printer, !gift);
    }

    private static Printout.Receipt receipt(PaidOrders.Paid paid, boolean gift) {
        return new Printout.Receipt(paid.order(), gift, paid.training(), paid.voided() != null);
    }

    /// Prints what was printed once more, and says so on it.
    public Result reprint(Command command, String job) {
        Optional<PrintJob> there = job(job);
        if (there.isEmpty()) {
            return notFound(job);
        }
        PrintJob first = there.get();
        if (first.state() != State.PRINTED && first.state() != State.DISCARDED) {
            return new Result.NotNow("it is still to be printed: " + first.state());
        }
        return queue(command, first.what(), first.device(), first.printer(), true);
    }

    private Result queue(
            Command command,
            Printout what,
            String device,
            @Nullable String printer,
            boolean duplicate) {
        // The same command leads to the same job, also when it is repeated.
        String id = UUID.nameUUIDFromBytes(("print " + command.id()).getBytes(UTF_8)).toString();
        if (!book.isDone(command)) {
            Optional<Printer> where =
                    book.query(tables ->
                            printer == null
                                    ? Routing.of(
                                            PrintingTables.printers(tables), what.sort(), device)
                                    : PrintingTables.printer(printer, tables));
            if (where.isEmpty()) {
                return new Result.NoPrinter(
                        printer == null
                                ? "no printer prints %s for %s".formatted(what.sort(), device)
                                : "no printer " + printer);
            }
            Instant now = clock.instant();
            book.once(
                    command,
                    (tables, publish) -> {
                        publish.accept(
                                new JobChanged(
                                        PrintJob.waiting(
                                                id,
                                                what,
                                                device,
                                                where.get().id(),
                                                now,
                                                PrintingTables.lastPlace(tables),
                                                duplicate),
                                        "queued"));
                        return true;
                    });
        }
        return found(id);
    }

    /// A person has looked at a job that was held, and wants it printed.
    ///
    /// @param printer where; null for where it is
    public Result release(Command command, String job, @Nullable String printer) {
        if (printer != null && printer(printer).isEmpty()) {
            return new Result.NoPrinter("no printer " + printer);
        }
        return changing(
                command,
                job,
                (it, tables) -> {
                    if (it.state() != State.HELD && it.state() != State.WAITING) {
                        return null;
                    }
                    PrintJob released = it.releasedNow();
                    return printer == null || printer.equals(it.printer())
                            ? released
                            : released.moved(printer, PrintingTables.lastPlace(tables));
                },
                "released");
    }

    /// Nobody wants it any more.
    public Result discard(Command command, String job, String reason) {
        return changing(
                command,
                job,
                (it, _) ->
                        it.state() == State.HELD || it.state() == State.WAITING
                                ? it.discarded(clock.instant(), reason)
                                : null,
                "discarded");
    }

    private interface Change {
        @Nullable PrintJob of(PrintJob job, Handle tables);
    }

    private Result changing(Command command, String id, Change change, String done) {
        Result before = found(id);
        if (!(before instanceof Result.Done)) {
            return before;
        }
        Optional<Boolean> changed =
                book.once(
                        command,
                        (tables, publish) -> {
                            PrintJob job = PrintingTables.job(id, tables).orElseThrow();
                            PrintJob after = change.of(job, tables);
                            if (after != null) {
                                publish.accept(new JobChanged(after, done));
                            }
                            return after != null;
                        });
        return found(id) instanceof Result.Done(PrintJob job) && !changed.orElse(true)
                ? new Result.NotNow("it is " + job.state())
                : found(id);
    }

    private Result found(String id) {
        return job(id).<Result>map(Result.Done::new).orElseGet(() -> notFound(id));
    }

    private static Result notFound(String id) {
        return new Result.NotFound("no print job " + id);
    }

    public Optional<PrintJob> job(String id) {
        return book.query(tables -> PrintingTables.job(id, tables));
    }

    /// The last first, at most [#JOBS_MAX].
    ///
    /// @param printer null for all
    /// @param state null for all
    public List<PrintJob> jobs(@Nullable String printer, @Nullable State state) {
        return book.query(tables -> PrintingTables.jobs(printer, state, JOBS_MAX, tables));
    }

    // ---- receipts on a screen

    /// The receipt of a paid order as text.
    ///
    /// @param order its id, or the number of its receipt
    public Optional<String> text(String order, Form form, boolean gift) {
        return document(order, form, gift, Marks.NONE).map(it -> PlainText.of(it, form.columns()));
    }

    /// The receipt of a paid order as a page.
    public Optional<String> html(String order, Form form, boolean gift) {
        return orders.find(order)
                .map(paid ->
                        HtmlPage.of(
                                document(paid, form, gift, Marks.NONE),
                                paid.order().receipt().toString()));
    }

    /// The receipt of a paid order for a printer that is not one of the store's. Says that it is a duplicate: the first one is
    /// printed by the store.
    public Optional<byte[]> escPos(String order, Form form, boolean gift) {
        return document(order, form, gift, gift ? Marks.NONE : Marks.DUPLICATE)
                .map(it -> EscPos.of(it, form.columns(), form.codePages()));
    }

    private Optional<Document> document(String order, Form form, boolean gift, Marks marks) {
        return orders.find(order).map(paid -> document(paid, form, gift, marks));
    }

    private Document document(PaidOrders.Paid paid, Form form, boolean gift, Marks marks) {
        return Documents.of(receipt(paid, gift), letterhead(), form.language(), marks);
    }

    // ---- what is driven

    /// Queues the receipt of each order that is paid.
    ///
    /// @param source the store's orders
    public Follower<SqliteTransaction> orders(EventSource source) {
        return followers.orders(source);
    }

    /// Queues each ticket that a station is to make, and what is changed about it, where the station has a printer.
    ///
    /// @param source the store's kitchen
    /// @param time where the store is
    public Follower<SqliteTransaction> kitchen(EventSource source, Tickets tickets, ZoneId time) {
        return followers.kitchen(source, tickets, time);
    }

    /// Queues the slips of the cash office: Z, picked up, paid in and out.
    ///
    /// @param source the store's payments
    /// @param time where the store is
    public Follower<SqliteTransaction> cash(EventSource source, ZoneId time) {
        return followers.cash(source, time);
    }

    /// Prints what is queued at a printer, one after the other. One of a printer.
    public Steps lane(String printer) {
        return new PrintLane(printer, book, database, wires, policy, clock);
    }

    /// Starts a lane for each printer, also for those that are added later, and forgets what was done long ago.
    ///
    /// @param drive drives a lane
    public Steps lanes(Consumer<Steps> drive) {
        return new PrintLanes(this, database, drive);
    }

    /// @return whether there may be more
    boolean forgetOld() {
        Instant before = clock.instant().minus(policy.kept());
        List<String> old =
                book.query(tables -> PrintingTables.doneBefore(before, FORGET_MAX, tables));
        if (!old.isEmpty()) {
            book.write((_, publish) -> {
                old.forEach(id -> publish.accept(new JobForgotten(id)));
                return true;
            });
        }
        return old.size() == FORGET_MAX;
    }

    /// Makes the tables anew from the stream. Nobody else may use this meanwhile.
    void rebuild() {
        book.rebuild();
    }
}
