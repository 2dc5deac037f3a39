package dev.skerry.store.printing;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.printing.PrintJob;
import dev.skerry.language.printing.Printer;
import dev.skerry.language.printing.PrintingEvent;
import dev.skerry.language.printing.PrintingEvent.JobChanged;
import dev.skerry.language.printing.Printout;
import dev.skerry.store.Book;
import dev.skerry.store.Handle;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Queues the receipts of what the store's orders say was paid or taken back.
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
        return book.follower(
                "orders",
                source,
                FollowerSettings.byKey(),
                new Book.Reaction<>() {
                    @Override
                    public void react(Event event, Handle tables, Consumer<PrintingEvent> publish) {
                        CloudEvent envelope = CloudEvents.read(event);
                        OrderEvent.FORM
                                .read(envelope)
                                .ifPresent(it -> queue(it, envelope.time(), tables, publish));
                    }

                    // What is read again finds its job there, or is too old to have one.
                    @Override
                    public boolean startOver(Handle tables) {
                        return true;
                    }
                });
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
                    OrderEvent.BasketAbandoned _ -> {}
        }
    }

    private static String receiptOf(String order) {
        return "receipt-" + order;
    }

    private void queue(
            String id,
            Printout what,
            String device,
            Instant at,
            Handle tables,
            Consumer<PrintingEvent> publish) {
        if (at.plus(policy.kept()).isBefore(clock.instant())
                || PrintingTables.job(id, tables).isPresent()) {
            return;
        }
        Optional<Printer> printer =
                Routing.of(PrintingTables.printers(tables), what.sort(), device)
                        .filter(Printer::automatic);
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
