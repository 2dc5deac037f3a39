package dev.skerry.language.staff;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who works in a store, and may do what. The stream is compacted: the newest event of a [#key] stands for it.
public sealed interface StaffEvent {

    /// Its stream's name.
    String STREAM = "hq/staff";

    EventForm<StaffEvent> FORM = new EventForm<>("dev.skerry.staff.", StaffEvent.class);

    /// The person's id, which is typed to sign on.
    String person();

    /// What it is about; the subject of its CloudEvent.
    default String key() {
        return person();
    }

    /// Whether it ends what it is about.
    default boolean ends() {
        return false;
    }

    /// A person is new, or is not as before: a name, a role, a PIN.
    ///
    /// @param name as on a name tag and a receipt
    /// @param roles lower case: cashier, supervisor, manager
    /// @param stores such as `store-0042`; null for all of the chain
    /// @param pin null for who cannot sign on at a till
    record PersonChanged(
            String person,
            String name,
            List<String> roles,
            @Nullable List<String> stores,
            @Nullable PinHash pin)
            implements StaffEvent {
        public PersonChanged {
            requireNonNull(person, "person");
            requireNonNull(name, "name");
            roles = List.copyOf(roles);
            stores = stores == null ? null : List.copyOf(stores);
        }
    }

    /// A person has left.
    record PersonRemoved(String person) implements StaffEvent {
        public PersonRemoved {
            requireNonNull(person, "person");
        }

        @Override
        public boolean ends() {
            return true;
        }
    }
}
