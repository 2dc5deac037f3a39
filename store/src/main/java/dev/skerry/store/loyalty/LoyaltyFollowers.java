package dev.skerry.store.loyalty;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.customers.CustomerEvent.CustomerRemoved;
import dev.skerry.language.loyalty.CustomerListEvent;
import dev.skerry.language.loyalty.CustomerListEvent.ListConfirmed;
import dev.skerry.language.loyalty.CustomerListEvent.StoreCounted;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerForgotten;
import dev.skerry.language.loyalty.OfferEvent;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.BasketAbandoned;
import dev.skerry.language.orders.OrderEvent.OrderCancelled;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderPlaced;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Steps;
import java.time.Instant;
import java.util.function.Consumer;

/// What moves loyalty besides the tills: HQ's customers and offers, and the store's own orders. All are to be driven.
public final class LoyaltyFollowers {

    private final Loyalty loyalty;
    private final String store;

    public LoyaltyFollowers(Loyalty loyalty) {
        this.loyalty = requireNonNull(loyalty, "loyalty");
        this.store = loyalty.store();
    }

    private abstract static class Rebuilding implements Book.Reaction<Object> {

        @Override
        public final boolean startOver(Handle tables) {
            empty(tables);
            return true;
        }

        abstract void empty(Handle tables);
    }

    /// @param source of the store's mirror of [CustomerEvent#STREAM]
    public Steps customers(EventSource source) {
        return loyalty.book()
                .follower(
                        "customers",
                        source,
                        FollowerSettings.byKey(),
                        new Rebuilding() {
                            @Override
                            public void react(
                                    Event event, Handle tables, Consumer<Object> publish) {
                                CloudEvent envelope = CloudEvents.read(event);
                                LoyaltyTables.heard(envelope.time(), tables);
                                CustomerEvent.FORM
                                        .read(envelope)
                                        .ifPresent(it -> customer(it, tables, publish));
                                CustomerListEvent.FORM
                                        .read(envelope)
                                        .ifPresent(it -> list(it, tables));
                            }

                            @Override
                            void empty(Handle tables) {
                                LoyaltyTables.forgetCustomers(tables);
                            }
                        });
    }

    private static void customer(CustomerEvent event, Handle tables, Consumer<Object> publish) {
        LoyaltyTables.follow(event, tables);
        if (event instanceof CustomerRemoved(String customer)
                && LoyaltyTables.isSignedUp(customer, tables)) {
            publish.accept(new CustomerForgotten(customer));
        }
    }

    private void list(CustomerListEvent event, Handle tables) {
        switch (event) {
            case ListConfirmed(Instant asOf) -> LoyaltyTables.heard(asOf, tables);
            case StoreCounted counted -> {
                if (counted.store().equals(store)) {
                    LoyaltyTables.follow(counted, tables);
                }
            }
        }
    }

    /// @param source of the store's mirror of [OfferEvent#STREAM]
    public Steps offers(EventSource source) {
        return loyalty.book()
                .follower(
                        "offers",
                        source,
                        FollowerSettings.byKey(),
                        new Rebuilding() {
                            @Override
                            public void react(
                                    Event event, Handle tables, Consumer<Object> publish) {
                                OfferEvent.FORM
                                        .read(CloudEvents.read(event))
                                        .ifPresent(it -> LoyaltyTables.follow(it, tables));
                            }

                            @Override
                            void empty(Handle tables) {
                                LoyaltyTables.forgetOffers(tables);
                            }
                        });
    }

    /// Books orders, each once: what it has booked is looked up, too, because a machine that replaces another has that from HQ and
    /// begins to follow anew.
    ///
    /// @param source of the store's orders
    public Steps orders(EventSource source) {
        return loyalty.book()
                .follower(
                        "orders",
                        source,
                        FollowerSettings.byKey(),
                        new Rebuilding() {
                            @Override
                            public void react(
                                    Event event, Handle tables, Consumer<Object> publish) {
                                CloudEvent envelope = CloudEvents.read(event);
                                OrderEvent.FORM
                                        .read(envelope)
                                        .ifPresent(
                                                it -> order(it, envelope.time(), tables, publish));
                            }

                            @Override
                            void empty(Handle tables) {
                                // What orders have led to is in the store's own events, and stays.
                            }
                        });
    }

    private void order(OrderEvent event, Instant at, Handle tables, Consumer<Object> publish) {
        switch (event) {
            case OrderPaid(var order) -> loyalty.paid(order, at, tables, publish);
            case OrderVoided voided -> loyalty.voided(voided.order(), at, tables, publish);
            case OrderCancelled cancelled ->
                    Loyalty.ended(cancelled.order(), "released", tables, publish);
            case BasketAbandoned abandoned ->
                    Loyalty.ended(abandoned.order(), "released", tables, publish);
            case OrderPlaced _,
                    OrderEvent.OrderSent _,
                    OrderEvent.OrderLost _,
                    OrderEvent.OrderLeft _ -> {}
        }
    }
}
