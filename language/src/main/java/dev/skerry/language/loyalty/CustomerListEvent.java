package dev.skerry.language.loyalty;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import java.time.Instant;

/// What headquarters says of its list of customers as a whole, in the list's own stream, `hq/customers`. Their order among the
/// customers has a meaning, so they are in no stream of their own.
public sealed interface CustomerListEvent {

    EventForm<CustomerListEvent> FORM =
            new EventForm<>("dev.skerry.customers.list.", CustomerListEvent.class);

    /// What it is about; the subject of its CloudEvent.
    String key();

    /// The list stands as it did: nothing has changed until then that is not before this. Published now and then when nothing
    /// else is, so that a store knows how old its list is.
    record ListConfirmed(Instant asOf) implements CustomerListEvent {
        public ListConfirmed {
            requireNonNull(asOf, "asOf");
        }

        @Override
        public String key() {
            return "list";
        }
    }

    /// How much of a store's points is in HQ's counts from this instant on: what the store has booked and HQ had not received
    /// is not in them, however old it is. So a store that was cut off counts nothing twice and forgets nothing.
    ///
    /// Stands after all counts of before `asOf`, and before those as of `asOf` and later; every customer for whom the events
    /// before `upTo` have booked something is counted anew then, if not before.
    ///
    /// @param store such as `store-0042`
    /// @param upTo offset in the store's stream `loyalty`: the events before it are counted, it and what follows are not
    record StoreCounted(String store, long upTo, Instant asOf) implements CustomerListEvent {
        public StoreCounted {
            requireNonNull(store, "store");
            requireNonNull(asOf, "asOf");
        }

        @Override
        public String key() {
            return "counted/" + store;
        }
    }
}
