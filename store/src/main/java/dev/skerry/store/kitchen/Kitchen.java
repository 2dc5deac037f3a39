package dev.skerry.store.kitchen;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Handle;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.kitchen.KitchenEvent;
import dev.skerry.language.kitchen.KitchenEvent.CourseFired;
import dev.skerry.language.kitchen.KitchenEvent.OrderLapsed;
import dev.skerry.language.kitchen.KitchenEvent.OrderReady;
import dev.skerry.language.kitchen.KitchenEvent.OrderServed;
import dev.skerry.language.kitchen.KitchenEvent.OrderStopped;
import dev.skerry.language.kitchen.KitchenEvent.TicketBumped;
import dev.skerry.language.kitchen.KitchenEvent.TicketRecalled;
import dev.skerry.language.kitchen.KitchenScreenEvent;
import dev.skerry.language.kitchen.KitchenScreenEvent.TicketGone;
import dev.skerry.language.kitchen.KitchenScreenEvent.TicketShown;
import dev.skerry.language.kitchen.Ticket;
import dev.skerry.language.kitchen.Ticket.State;
import dev.skerry.language.kitchen.TicketLine;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.store.kitchen.KitchenResult.Done;
import dev.skerry.store.kitchen.KitchenResult.Refusal;
import dev.skerry.store.kitchen.KitchenResult.Refused;
import dev.skerry.store.kitchen.Rounds.Taken;
import dev.skerry.store.kitchen.Timing.Colour;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the kitchen of a store has to make: commands and queries. Any thread.
public final class Kitchen {

    /// How many open tickets or orders an answer has at most.
    public static final int OPEN_MAX = 500;

    /// How many of the tickets bumped last a station can look at.
    public static final int BUMPED_MAX = 50;

    private static final Comparator<Ticket> LAST_BUMPED_FIRST =
            Comparator.comparing(
                            Ticket::bumpedAt,
                            Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
                    .thenComparing(Ticket::id)
                    .reversed();

    /// How many orders that nobody cared about are taken off the screens with each new one.
    private static final int LAPSED_MAX = 20;

    public static final StreamName SCREENS = StreamName.of(KitchenScreenEvent.STREAM);

    /// What the kitchen asks of the catalogue.
    public interface Goods {

        /// In which course it is served; 1 is the first.
        int course(Sku sku);

        /// Whether it is written on the ticket of the dish it belongs to, if no station makes it: an extra is, a deposit is not.
        boolean concernsKitchen(Sku sku);
    }

    /// What the store has decided.
    ///
    /// @param timing in which colours tickets are shown
    /// @param expo somebody hands orders over and says so; else an order is done when its last ticket is bumped
    /// @param coursed where orders come from whose courses are made one after the other
    /// @param ageMax an order that becomes known later than this makes no tickets, and one about which nobody has done anything for so
    ///     long is taken off the screens
    public record Rules(Timing timing, boolean expo, Set<OrderSource> coursed, Duration ageMax) {
        public Rules {
            requireNonNull(timing, "timing");
            requireNonNull(ageMax, "ageMax");
            coursed = Set.copyOf(coursed);
        }

        public static Rules defaults() {
            return new Rules(
                    Timing.standard(), true, Set.of(OrderSource.TABLE), Duration.ofHours(12));
        }
    }

    /// Who does something.
    ///
    /// @param person empty where nobody is signed on
    public record Cook(String person, String device) {}

    /// A ticket as a screen shows it.
    ///
    /// @param ageSeconds since it was fired; 0 while it is held
    /// @param lateSeconds the age from which on it is late
    /// @param overdueSeconds the age from which on it is overdue
    public record Shown(
            Ticket ticket, long ageSeconds, long lateSeconds, long overdueSeconds, Colour colour) {}

    /// A station, and what it has to do.
    ///
    /// @param fired tickets to be made
    /// @param worst the colour of the oldest of them
    public record Station(String name, int fired, int held, Colour worst) {}

    /// How many of an article a station has to make, over all its tickets.
    ///
    /// @param held of courses that are not fired yet
    public record AllDay(String station, Sku sku, String name, Quantity fired, Quantity held) {}

    /// An order as the one who hands it over sees it.
    ///
    /// @param number told to the guest; null if nobody waits
    /// @param readyAt when all that was fired was made; null if it is not
    /// @param complete it is ready, and nothing of it is held
    public record Passing(
            String order,
            @Nullable String number,
            String name,
            @Nullable Instant readyAt,
            boolean complete,
            List<Ticket> tickets) {
        public Passing {
            tickets = List.copyOf(tickets);
        }
    }

    /// An order as the guest who waits for it sees it.
    ///
    /// @param number null if none was told
    public record Pickup(@Nullable String number, Waiting state) {}

    /// How far an order is for who waits for it.
    public enum Waiting {
        /// Something of it is still to be made.
        PREPARING,
        /// All of it is made, and waits to be collected.
        READY,
        COLLECTED,
        CANCELLED
    }

    private final Book<Object> book;
    private final KitchenFollowers followers;
    private final Rounds rounds;
    private final Rules rules;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    /// @param database with [#tables]
    /// @param store such as `0042`
    public Kitchen(
            SqliteDatabase database,
            String store,
            Rules rules,
            Goods goods,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.rules = requireNonNull(rules, "rules");
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
        this.rounds = new Rounds(goods, rules.coursed());
        this.book =
                new Book<>(
                        database,
                        List.of(
                                new Publication<>(stream(store), KitchenEvent.FORM, false),
                                new Publication<>(SCREENS, KitchenScreenEvent.FORM, true)),
                        new KitchenTables(),
                        clock,
                        ids);
        this.followers =
                new KitchenFollowers(
                        book,
                        new KitchenFollowers.Orders() {
                            @Override
                            public void taken(
                                    Taken taken, Handle tables, Consumer<Object> publish) {
                                take(taken, tables, publish);
                            }

                            @Override
                            public void stopped(
                                    String order,
                                    String reason,
                                    Instant at,
                                    Handle tables,
                                    Consumer<Object> publish) {
                                stop(order, reason, at, tables, publish);
                            }
                        });
        // A machine that has fetched its past from HQ has a local stream to fill.
        book.write((tables, publish) -> {
            KitchenTables.unserved(rules.expo(), OPEN_MAX, tables)
                    .forEach(it -> show(it.order(), tables, publish));
            return true;
        });
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, KitchenTables.MIGRATIONS};
    }

    /// Where a store's kitchen publishes.
    ///
    /// @param store such as `0042`
    public static StreamName stream(String store) {
        return StreamName.of("store-" + store + "/kitchen");
    }

    /// Which streams the database of this context holds.
    public static List<StreamPattern> streams(String store) {
        return List.of(StreamPattern.of(stream(store).value()), StreamPattern.of(SCREENS.value()));
    }

    /// To be driven.
    ///
    /// @param orders of this store
    public Follower<SqliteTransaction> follower(EventSource orders) {
        return followers.orders(orders);
    }

    // ---- orders

    private void take(Taken taken, Handle tables, Consumer<Object> publish) {
        Optional<Progress> progress = KitchenTables.progress(taken.order(), tables);
        if (progress.isPresent() && progress.get().stopped()) {
            return;
        }
        Instant oldest = clock.instant().minus(rules.ageMax());
        List<KitchenEvent> events =
                rounds.decide(
                        taken,
                        KitchenTables.tickets(taken.order(), tables),
                        progress.map(Progress::firedCourse).orElse(0),
                        !taken.at().isBefore(oldest));
        if (!events.isEmpty()) {
            events.forEach(publish);
            advance(taken.order(), tables, publish);
            lapse(oldest, tables, publish);
        }
    }

    private void stop(
            String order, String reason, Instant at, Handle tables, Consumer<Object> publish) {
        Optional<Progress> progress = KitchenTables.progress(order, tables);
        if (progress.isEmpty() || progress.get().isOver(rules.expo())) {
            return;
        }
        publish.accept(new OrderStopped(order, undone(order, tables), reason, at));
        show(order, tables, publish);
    }

    private static List<String> undone(String order, Handle tables) {
        return KitchenTables.tickets(order, tables).stream()
                .filter(it -> it.is(State.HELD) || it.is(State.FIRED))
                .map(Ticket::id)
                .toList();
    }

    private void lapse(Instant before, Handle tables, Consumer<Object> publish) {
        for (String order : KitchenTables.lapsed(before, rules.expo(), LAPSED_MAX, tables)) {
            publish.accept(new OrderLapsed(order, undone(order, tables), clock.instant()));
            show(order, tables, publish);
        }
        for (String ticket : KitchenTables.leftOver(tables)) {
            publish.accept(new TicketGone(ticket));
        }
    }

    /// Says that an order is ready, if it is, and shows its tickets as they are now.
    private void advance(String order, Handle tables, Consumer<Object> publish) {
        Optional<Progress> there = KitchenTables.progress(order, tables);
        if (there.isEmpty()) {
            return;
        }
        Progress progress = there.get();
        List<Ticket> tickets = KitchenTables.tickets(order, tables);
        boolean complete = Progress.isComplete(tickets);
        boolean told = progress.readyAt() != null && progress.complete() == complete;
        if (Progress.isReady(tickets) && !told && !progress.stopped()) {
            publish.accept(
                    new OrderReady(
                            order, progress.number(), progress.name(), complete, clock.instant()));
        }
        show(order, tables, publish);
    }

    private void show(String order, Handle tables, Consumer<Object> publish) {
        Progress progress = KitchenTables.progress(order, tables).orElseThrow();
        for (Ticket ticket : KitchenTables.tickets(order, tables)) {
            Optional<TicketShown> before = KitchenTables.shown(ticket.id(), tables);
            if (progress.shows(ticket, rules.expo())) {
                TicketShown now = screen(ticket);
                if (!before.equals(Optional.of(now))) {
                    publish.accept(now);
                }
            } else if (before.isPresent()) {
                publish.accept(new TicketGone(ticket.id()));
            }
        }
    }

    private TicketShown screen(Ticket ticket) {
        Instant fired = ticket.firedAt();
        return new TicketShown(
                ticket,
                fired == null ? null : rules.timing().lateAt(ticket.station(), fired),
                fired == null ? null : rules.timing().overdueAt(ticket.station(), fired));
    }

    // ---- commands

    /// A station is done with a ticket, or has taken notice that it was cancelled.
    public KitchenResult bump(Command command, String ticket, Cook cook) {
        return deciding(
                command,
                ticket,
                (it, publish) -> {
                    if (it.is(State.HELD)) {
                        return new Refused(
                                Refusal.HELD,
                                "course %d of this order is not fired yet".formatted(it.course()));
                    }
                    if (it.bumpedAt() == null) {
                        publish.accept(
                                new TicketBumped(
                                        it.id(),
                                        it.order(),
                                        clock.instant(),
                                        cook.person(),
                                        cook.device()));
                    }
                    return null;
                });
    }

    /// A ticket was bumped too early: it is to be made again.
    public KitchenResult recall(Command command, String ticket, Cook cook) {
        return deciding(
                command,
                ticket,
                (it, publish) -> {
                    if (it.is(State.CANCELLED)) {
                        return new Refused(
                                Refusal.CANCELLED, "nobody wants what is on this ticket any more");
                    }
                    if (it.is(State.BUMPED)) {
                        publish.accept(
                                new TicketRecalled(
                                        it.id(),
                                        it.order(),
                                        clock.instant(),
                                        cook.person(),
                                        cook.device()));
                    }
                    return null;
                });
    }

    private interface Deciding {
        /// @return null if it is done, now or before
        @Nullable Refused decide(Ticket ticket, Consumer<Object> publish);
    }

    private KitchenResult deciding(Command command, String id, Deciding deciding) {
        return book.<KitchenResult>once(
                        command,
                        (tables, publish) -> {
                            Optional<Ticket> ticket = KitchenTables.ticket(id, tables);
                            if (ticket.isEmpty()) {
                                return noTicket(id);
                            }
                            Refused refused = deciding.decide(ticket.get(), publish);
                            if (refused != null) {
                                return refused;
                            }
                            advance(ticket.get().order(), tables, publish);
                            return done(ticket.get().order(), tables);
                        })
                .orElseGet(() ->
                        book.query(tables ->
                                KitchenTables.ticket(id, tables)
                                        .map(it -> done(it.order(), tables))
                                        .orElseGet(() -> noTicket(id))));
    }

    private static KitchenResult noTicket(String id) {
        return new Refused(Refusal.NO_SUCH_TICKET, "there is no ticket \"%s\"".formatted(id));
    }

    private static KitchenResult done(String order, Handle tables) {
        return new Done(KitchenTables.tickets(order, tables));
    }

    private static KitchenResult noOrder(String order) {
        return new Refused(
                Refusal.NO_SUCH_ORDER, "the kitchen has nothing of order \"%s\"".formatted(order));
    }

    /// Fires a course of an order, with all before it.
    ///
    /// @param course null for the next that is held
    public KitchenResult fire(Command command, String order, @Nullable Integer course, String by) {
        return book.<KitchenResult>once(
                        command,
                        (tables, publish) -> {
                            Optional<Progress> progress = KitchenTables.progress(order, tables);
                            if (progress.isEmpty()) {
                                return noOrder(order);
                            }
                            List<Ticket> held =
                                    KitchenTables.tickets(order, tables).stream()
                                            .filter(it -> it.is(State.HELD))
                                            .toList();
                            if (course != null && course <= progress.get().firedCourse()) {
                                return done(order, tables);
                            }
                            if (held.isEmpty()) {
                                return new Refused(
                                        Refusal.NOTHING_TO_FIRE, "no course of this order is held");
                            }
                            int next =
                                    course != null
                                            ? course
                                            : held.stream()
                                                    .mapToInt(Ticket::course)
                                                    .min()
                                                    .orElseThrow();
                            List<String> fired =
                                    held.stream()
                                            .filter(it -> it.course() <= next)
                                            .map(Ticket::id)
                                            .toList();
                            if (fired.isEmpty()) {
                                return new Refused(
                                        Refusal.NOTHING_TO_FIRE,
                                        "nothing is held of course %d or before".formatted(next));
                            }
                            publish.accept(
                                    new CourseFired(order, next, fired, clock.instant(), by));
                            advance(order, tables, publish);
                            return done(order, tables);
                        })
                .orElseGet(() -> book.query(tables -> done(order, tables)));
    }

    /// Hands an order over.
    public KitchenResult serve(Command command, String order, String by) {
        return book.<KitchenResult>once(
                        command,
                        (tables, publish) -> {
                            Optional<Progress> progress = KitchenTables.progress(order, tables);
                            if (progress.isEmpty()) {
                                return noOrder(order);
                            }
                            if (progress.get().servedAt() == null) {
                                if (!progress.get().complete()) {
                                    return new Refused(
                                            Refusal.NOT_READY,
                                            "not all stations have bumped this order, or a course of it is held");
                                }
                                publish.accept(
                                        new OrderServed(
                                                order,
                                                progress.get().number(),
                                                clock.instant(),
                                                by));
                                show(order, tables, publish);
                            }
                            return done(order, tables);
                        })
                .orElseGet(() -> book.query(tables -> done(order, tables)));
    }

    // ---- questions

    /// The open tickets of a station, the oldest first, at most [#OPEN_MAX].
    ///
    /// @param station empty for all
    public List<Shown> tickets(String station) {
        Instant now = clock.instant();
        return book.query(tables ->
                KitchenTables.open(station, OPEN_MAX, tables).stream()
                        .map(it -> shown(it, now))
                        .toList());
    }

    /// The tickets that a station bumped last, the last first, at most [#BUMPED_MAX].
    ///
    /// @param station empty for all
    public List<Shown> bumped(String station) {
        Instant now = clock.instant();
        return book.query(tables ->
                (station.isEmpty() ? KitchenTables.stations(tables) : List.of(station))
                        .stream()
                                .flatMap(
                                        it -> KitchenTables.bumped(it, BUMPED_MAX, tables).stream())
                                .sorted(LAST_BUMPED_FIRST)
                                .limit(BUMPED_MAX)
                                .map(it -> shown(it, now))
                                .toList());
    }

    private Shown shown(Ticket ticket, Instant now) {
        Timing timing = rules.timing().of(ticket.station());
        long late = timing.late().toSeconds();
        long overdue = timing.overdue().toSeconds();
        Instant fired = ticket.firedAt();
        if (fired == null) {
            return new Shown(ticket, 0, late, overdue, Colour.NORMAL);
        }
        Instant until = ticket.bumpedAt() == null ? now : ticket.bumpedAt();
        return new Shown(
                ticket,
                Math.max(0, Duration.between(fired, until).toSeconds()),
                late,
                overdue,
                rules.timing().colour(ticket.station(), fired, until));
    }

    /// Those that ever had a ticket, and those with times of their own, by name.
    public List<Station> stations() {
        Set<String> names = new TreeSet<>(rules.timing().stations().keySet());
        names.addAll(book.query(KitchenTables::stations));
        List<Station> all = new ArrayList<>();
        for (String name : names) {
            List<Shown> tickets = tickets(name);
            all.add(
                    new Station(
                            name,
                            count(tickets, State.FIRED),
                            count(tickets, State.HELD),
                            tickets.stream()
                                    .filter(it -> it.ticket().is(State.FIRED))
                                    .map(Shown::colour)
                                    .max(Comparator.naturalOrder())
                                    .orElse(Colour.NORMAL)));
        }
        return all;
    }

    private static int count(List<Shown> tickets, State state) {
        return (int) tickets.stream().filter(it -> it.ticket().is(state)).count();
    }

    /// How many of each article are to be made, by station and SKU.
    ///
    /// @param station empty for all
    public List<AllDay> allDay(String station) {
        Map<String, AllDay> all = new TreeMap<>();
        for (Shown shown : tickets(station)) {
            Ticket ticket = shown.ticket();
            for (TicketLine line : ticket.lines()) {
                Quantity wanted = line.wanted();
                if (wanted.isPositive() && !ticket.is(State.CANCELLED)) {
                    boolean held = ticket.is(State.HELD);
                    all.merge(
                            ticket.station() + "\0" + line.sku(),
                            new AllDay(
                                    ticket.station(),
                                    line.sku(),
                                    line.name(),
                                    held ? Quantity.ZERO : wanted,
                                    held ? wanted : Quantity.ZERO),
                            (a, b) ->
                                    new AllDay(
                                            a.station(),
                                            a.sku(),
                                            a.name(),
                                            a.fired().plus(b.fired()),
                                            a.held().plus(b.held())));
                }
            }
        }
        return List.copyOf(all.values());
    }

    /// The orders that are made or wait to be handed over, the oldest first, at most [#OPEN_MAX].
    public List<Passing> expo() {
        return book.query(tables ->
                KitchenTables.unserved(rules.expo(), OPEN_MAX, tables).stream()
                        .map(it ->
                                new Passing(
                                        it.order(),
                                        it.number(),
                                        it.name(),
                                        it.readyAt(),
                                        it.complete(),
                                        KitchenTables.tickets(it.order(), tables)))
                        .filter(it ->
                                it.tickets().stream()
                                        .anyMatch(ticket -> !ticket.is(State.CANCELLED)))
                        .toList());
    }

    /// The orders with a number that are made or wait to be collected, the oldest first, at most [#OPEN_MAX].
    public List<Pickup> pickups() {
        return expo().stream()
                .filter(it -> it.number() != null)
                .map(it ->
                        new Pickup(it.number(), it.complete() ? Waiting.READY : Waiting.PREPARING))
                .toList();
    }

    /// How far an order is; empty if the kitchen has nothing of it.
    public Optional<Pickup> pickup(String order) {
        return book.query(tables ->
                KitchenTables.progress(order, tables)
                        .map(it ->
                                new Pickup(
                                        it.number(),
                                        waiting(it, KitchenTables.tickets(order, tables)))));
    }

    private static Waiting waiting(Progress progress, List<Ticket> tickets) {
        if (progress.servedAt() != null) {
            return Waiting.COLLECTED;
        }
        if (progress.stopped() || tickets.stream().allMatch(it -> it.is(State.CANCELLED))) {
            return Waiting.CANCELLED;
        }
        return progress.complete() ? Waiting.READY : Waiting.PREPARING;
    }

    /// All tickets of an order, in the order in which they were made.
    public List<Ticket> order(String order) {
        return book.query(tables -> KitchenTables.tickets(order, tables));
    }

    /// For a command that need not be told from a repetition of itself.
    String newId() {
        return ids.next().toString();
    }

    /// For tests and repairs: makes all tables anew from the streams. Nobody else may use this meanwhile.
    void rebuild() {
        book.rebuild();
    }
}
