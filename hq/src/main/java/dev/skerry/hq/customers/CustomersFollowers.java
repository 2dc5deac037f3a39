package dev.skerry.hq.customers;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book.Reaction;
import dev.skerry.context.Handle;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.loyalty.LoyaltyEvent;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// What moves customers besides people at HQ: what stores book, and the time at which points are counted. All are to be driven.
public final class CustomersFollowers {

    private final Customers customers;

    public CustomersFollowers(Customers customers) {
        this.customers = requireNonNull(customers, "customers");
    }

    /// @param source of `store-*/loyalty`
    public Steps loyalty(EventSource source) {
        return customers
                .book()
                .follower(
                        "loyalty",
                        source,
                        FollowerSettings.byKey(),
                        new Reaction<>() {
                            @Override
                            public void react(
                                    Event event, Handle tables, Consumer<Object> publish) {
                                CloudEvent envelope = CloudEvents.read(event);
                                LoyaltyEvent.FORM
                                        .read(envelope)
                                        .ifPresent(it ->
                                                customers.heard(
                                                        it,
                                                        envelope.time(),
                                                        event.stream(),
                                                        event.offset(),
                                                        tables,
                                                        publish));
                                CustomersTables.read(
                                        Customers.store(event.stream()),
                                        event.offset() + 1,
                                        tables);
                            }

                            @Override
                            public boolean startOver(Handle tables) {
                                CustomersTables.forgetLoyalty(tables);
                                return true;
                            }
                        });
    }

    /// @param source of `store-*/payments`
    public Steps payments(EventSource source) {
        return customers
                .book()
                .follower(
                        "payments",
                        source,
                        FollowerSettings.byKey(),
                        new Reaction<>() {
                            @Override
                            public void react(
                                    Event event, Handle tables, Consumer<Object> publish) {
                                CloudEvent envelope = CloudEvents.read(event);
                                PaymentEvent.FORM
                                        .read(envelope)
                                        .ifPresent(it ->
                                                customers.heard(
                                                        it,
                                                        envelope.time(),
                                                        event.stream(),
                                                        event.offset(),
                                                        tables,
                                                        publish));
                            }

                            @Override
                            public boolean startOver(Handle tables) {
                                CustomersTables.forgetPayments(tables);
                                return true;
                            }
                        });
    }

    /// Counts points, every so often.
    public Steps counting(Duration every) {
        return new Counting(customers, every);
    }

    private static final class Counting implements Steps {

        private final Customers customers;
        private final Duration every;
        private Instant last = Instant.MIN;

        Counting(Customers customers, Duration every) {
            this.customers = customers;
            this.every = every;
        }

        @Override
        public String name() {
            return "counting points";
        }

        @Override
        public Step step() {
            Instant now = customers.book().clock().instant();
            if (last.equals(Instant.MIN) || !now.isBefore(last.plus(every))) {
                customers.count();
                last = now;
            }
            return new Step.CaughtUp(0);
        }

        /// Looks for itself, once in a while.
        @Override
        public Watch watch(Runnable onNews) {
            return () -> {};
        }
    }
}
