package dev.skerry.store.printing;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.kitchen.KitchenEvent;
import dev.skerry.language.kitchen.KitchenEvent.CourseFired;
import dev.skerry.language.kitchen.KitchenEvent.OrderStopped;
import dev.skerry.language.kitchen.KitchenEvent.TicketCut;
import dev.skerry.language.kitchen.KitchenEvent.TicketMade;
import dev.skerry.language.kitchen.Ticket;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.printing.KitchenTicket;
import dev.skerry.language.printing.KitchenTicket.Change;
import dev.skerry.language.printing.PrintJob;
import dev.skerry.language.printing.Printer;
import dev.skerry.language.printing.PrintingEvent;
import dev.skerry.language.printing.PrintingEvent.JobChanged;
import dev.skerry.language.printing.Printout;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Queues the receipts of what the store's orders say was paid or taken back, the tickets of its kitchen, and the slips of its cash
/// office.
final class PrintingFollowers {

    private final Book<PrintingEvent> book;
    private final Printing.Policy policy;
    private final InstantSource clock;

    PrintingFollowers(Book<PrintingEvent> book, Printing.Policy policy, InstantSource clock) {
        this.book = book;
        this.policy = policy;
        this.clock = clock;
    }

    Follower<SqliteTransaction> orders(EventSource source) {
        return following(
                "orders",
                source,
                OrderEvent.FORM,
                (event, envelope, tables, publish) ->
                        queue(event, envelope.time(), tables, publish));
    }

    /// @param time where the store is
    Follower<SqliteTransaction> kitchen(EventSource source, Printing.Tickets tickets, ZoneId time) {
        return following(
                "kitchen",
                source,
                KitchenEvent.FORM,
                (event, envelope, tables, publish) ->
                        papers(event, envelope, tickets, time)
                                .forEach((id, paper) ->
                                        queueAnyway(
                                                id,
                                                new Printout.Ticket(paper),
                                                paper.station(),
                                                envelope.time(),
                                                tables,
                                                publish)));
    }

    /// @param time where the store is
    Follower<SqliteTransaction> cash(EventSource source, ZoneId time) {
        return following(
                "cash",
                source,
                PaymentEvent.FORM,
                (event, envelope, tables, publish) ->
                        CashPaper.of(event, LocalDateTime.ofInstant(envelope.time(), time))
                                .ifPresent(it ->
                                        queueAnyway(
                                                it.id(),
                                                new Printout.Report(it.slip()),
                                                it.device(),
                                                envelope.time(),
                                                tables,
                                                publish)));
    }

    /// What one event of another context puts in the queue.
    @FunctionalInterface
    private interface Queueing<E> {
        void queue(E event, CloudEvent envelope, Handle tables, Consumer<PrintingEvent> publish);
    }

    private <E> Follower<SqliteTransaction> following(
            String name, EventSource source, EventForm<E> form, Queueing<E> queueing) {
        return book.follower(
                name,
                source,
                FollowerSettings.byKey(),
                new Book.Reaction<>() {
                    @Override
                    public void react(Event event, Handle tables, Consumer<PrintingEvent> publish) {
                        CloudEvent envelope = CloudEvents.read(event);
                        form.read(envelope)
                                .ifPresent(it -> queueing.queue(it, envelope, tables, publish));
                    }

                    // What is read again finds its job there, or is too old to have one.
                    @Override
                    public boolean startOver(Handle tables) {
                        return true;
                    }
                });
    }

    /// By the ids of their jobs.
    private static Map<String, KitchenTicket> papers(
            KitchenEvent event, CloudEvent envelope, Printing.Tickets tickets, ZoneId time) {
        LocalDateTime at = LocalDateTime.ofInstant(envelope.time(), time);
        Map<String, KitchenTicket> all = new LinkedHashMap<>();
        switch (event) {
            case TicketMade(Ticket ticket) -> {
                if (ticket.is(Ticket.State.FIRED)) {
                    all.put("ticket-" + ticket.id(), KitchenPaper.of(ticket, Change.NEW, at));
                }
            }
            case CourseFired fired ->
                    of(fired.order(), tickets)
                            .filter(it -> fired.tickets().contains(it.id()))
                            .filter(it -> !it.is(Ticket.State.CANCELLED))
                            .forEach(it ->
                                    all.put(
                                            "ticket-" + it.id(),
                                            KitchenPaper.of(it, Change.NEW, at)));
            case TicketCut cut ->
                    of(cut.order(), tickets)
                            .filter(it -> it.id().equals(cut.ticket()))
                            .forEach(it -> all.putAll(changed(it, envelope, at)));
            case OrderStopped stopped ->
                    of(stopped.order(), tickets)
                            .filter(it -> stopped.tickets().contains(it.id()))
                            .forEach(it -> all.putAll(changed(it, envelope, at)));
            default -> {}
        }
        return all;
    }

    private static Stream<Ticket> of(String order, Printing.Tickets tickets) {
        return tickets.of(order).stream();
    }

    /// What was never to be made, or is made already, needs no paper that says so.
    private static Map<String, KitchenTicket> changed(
            Ticket ticket, CloudEvent envelope, LocalDateTime at) {
        if (ticket.firedAt() == null || ticket.is(Ticket.State.BUMPED)) {
            return Map.of();
        }
        Change change = ticket.is(Ticket.State.CANCELLED) ? Change.CANCELLED : Change.CHANGED;
        return Map.of(
                "ticket-%s-%s".formatted(ticket.id(), envelope.id()),
                KitchenPaper.of(ticket, change, at));
    }

    private void queue(
            OrderEvent event, Instant at, Handle tables, Consumer<PrintingEvent> publish) {
        switch (event) {
            case OrderPaid(Order order) ->
                    queue(
                            receiptOf(order.id()),
                            Printout.Receipt.of(order),
                            order.device(),
                            at,
                            tables,
                            publish);
            case OrderVoided voided -> {
                @Nullable Order order =
                        PrintingTables.job(receiptOf(voided.order()), tables)
                                .map(PrintJob::what)
                                .filter(Printout.Receipt.class::isInstance)
                                .map(it -> ((Printout.Receipt) it).order())
                                .orElse(null);
                queue(
                        "void-" + voided.order(),
                        new Printout.VoidReceipt(voided, order),
                        voided.receipt().till(),
                        at,
                        tables,
                        publish);
            }
            case OrderEvent.OrderPlaced _,
                    OrderEvent.OrderSent _,
                    OrderEvent.OrderCancelled _,
                    OrderEvent.OrderLost _,
                    OrderEvent.OrderLeft _,
                    OrderEvent.BasketAbandoned _ -> {}
        }
    }

    private static String receiptOf(String order) {
        return "receipt-" + order;
    }

    /// Also where receipts come only when somebody asks for them. Where no printer is there for it, it is on a screen only; what is too
    /// old for paper, too.
    private void queueAnyway(
            String id,
            Printout what,
            String device,
            Instant at,
            Handle tables,
            Consumer<PrintingEvent> publish) {
        if (!at.plus(policy.max(what.sort())).isBefore(clock.instant())) {
            queue(id, what, device, at, false, tables, publish);
        }
    }

    private void queue(
            String id,
            Printout what,
            String device,
            Instant at,
            Handle tables,
            Consumer<PrintingEvent> publish) {
        queue(id, what, device, at, true, tables, publish);
    }

    private void queue(
            String id,
            Printout what,
            String device,
            Instant at,
            boolean automatic,
            Handle tables,
            Consumer<PrintingEvent> publish) {
        if (at.plus(policy.kept()).isBefore(clock.instant())
                || PrintingTables.job(id, tables).isPresent()) {
            return;
        }
        Optional<Printer> printer =
                Routing.of(PrintingTables.printers(tables), what.sort(), device)
                        .filter(it -> it.automatic() || !automatic);
        printer.ifPresent(it ->
                publish.accept(
                        new JobChanged(
                                PrintJob.waiting(
                                        id,
                                        what,
                                        device,
                                        it.id(),
                                        at,
                                        PrintingTables.lastPlace(tables),
                                        false),
                                "queued")));
    }
}
