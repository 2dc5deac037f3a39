package dev.skerry.store.kitchen;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.BasketAbandoned;
import dev.skerry.language.orders.OrderEvent.OrderCancelled;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderPlaced;
import dev.skerry.language.orders.OrderEvent.OrderSent;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.store.kitchen.Rounds.Taken;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings the store's orders to its kitchen.
final class KitchenFollowers {

    /// What the kitchen does about orders.
    interface Orders {

        /// An order wants this now, whether it was known before or not.
        void taken(Taken taken, Handle tables, Consumer<Object> publish);

        /// Nobody wants an order any more.
        void stopped(
                String order, String reason, Instant at, Handle tables, Consumer<Object> publish);
    }

    private final Book<Object> book;
    private final Orders orders;

    KitchenFollowers(Book<Object> book, Orders orders) {
        this.book = book;
        this.orders = orders;
    }

    Follower<SqliteTransaction> orders(EventSource source) {
        return book.follower("kitchen orders", source, FollowerSettings.byKey(), this::react);
    }

    private void react(Event event, Handle tables, Consumer<Object> publish) {
        CloudEvent envelope = CloudEvents.read(event);
        Optional<OrderEvent> known = OrderEvent.FORM.read(envelope);
        if (known.isEmpty()) {
            return;
        }
        Instant at = envelope.time();
        switch (known.get()) {
            case OrderPlaced placed when placed.waitsForPayment() -> {}
            case OrderPlaced placed ->
                    orders.taken(
                            new Taken(
                                    placed.order(),
                                    placed.number(),
                                    placed.name(),
                                    placed.source(),
                                    placed.lines(),
                                    at),
                            tables,
                            publish);
            case OrderSent sent -> {
                String table = sent.table();
                orders.taken(
                        new Taken(
                                sent.order(),
                                sent.number(),
                                sent.name().isEmpty() && table != null ? table : sent.name(),
                                sent.source(),
                                sent.lines(),
                                at),
                        tables,
                        publish);
            }
            case OrderPaid(Order paid) when paid.wasSent() -> {}
            case OrderPaid(Order paid) -> {
                String name = paid.name();
                orders.taken(
                        new Taken(
                                paid.id(),
                                paid.number(),
                                name == null ? "" : name,
                                paid.source(),
                                paid.lines(),
                                at),
                        tables,
                        publish);
            }
            case OrderVoided voided -> {
                if (voided.sent() == null) {
                    orders.stopped(voided.order(), voided.reason(), at, tables, publish);
                }
            }
            case OrderCancelled cancelled -> {
                if (cancelled.sent() == null) {
                    orders.stopped(cancelled.order(), cancelled.reason(), at, tables, publish);
                }
            }
            case OrderEvent.OrderLost _, OrderEvent.OrderLeft _, BasketAbandoned _ -> {}
        }
    }
}
