package dev.skerry.language.customers;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What headquarters knows of a customer. The stream is compacted: the newest event of a [#key] stands for it.
public sealed interface CustomerEvent {

    /// Its stream's name.
    String STREAM = "hq/customers";

    EventForm<CustomerEvent> FORM = new EventForm<>("dev.skerry.customers.", CustomerEvent.class);

    /// The customer's id.
    String customer();

    /// What it is about; the subject of its CloudEvent.
    default String key() {
        return "customer/" + customer();
    }

    /// Whether it ends what it is about.
    default boolean ends() {
        return false;
    }

    /// A customer is new, or something known of them has changed.
    ///
    /// @param cards numbers that a scanner or a cashier gives; all of them count
    /// @param name as printed on a receipt
    /// @param segments whose offers they get
    /// @param email where to send receipts; null if they do not want that
    /// @param since the day they joined; null if it is not known
    /// @param blocked their cards are not taken
    record CustomerChanged(
            String customer,
            List<String> cards,
            String name,
            List<String> segments,
            @Nullable String email,
            @Nullable LocalDate since,
            boolean blocked)
            implements CustomerEvent {
        public CustomerChanged {
            requireNonNull(customer, "customer");
            cards = List.copyOf(cards);
            requireNonNull(name, "name");
            segments = List.copyOf(segments);
        }
    }

    /// A customer's points have been counted. Its own key: balances change daily, customers hardly ever.
    ///
    /// @param points may be below zero, after returns
    /// @param asOf what happened until then is counted
    record PointsCounted(String customer, long points, Instant asOf) implements CustomerEvent {
        public PointsCounted {
            requireNonNull(customer, "customer");
            requireNonNull(asOf, "asOf");
        }

        @Override
        public String key() {
            return "points/" + customer;
        }
    }

    /// A customer is to be forgotten.
    record CustomerRemoved(String customer) implements CustomerEvent {
        public CustomerRemoved {
            requireNonNull(customer, "customer");
        }

        @Override
        public boolean ends() {
            return true;
        }
    }

    /// Nobody counts a customer's points any more; goes with [CustomerRemoved].
    record PointsRemoved(String customer) implements CustomerEvent {
        public PointsRemoved {
            requireNonNull(customer, "customer");
        }

        @Override
        public String key() {
            return "points/" + customer;
        }

        @Override
        public boolean ends() {
            return true;
        }
    }
}
