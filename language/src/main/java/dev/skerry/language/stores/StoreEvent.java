package dev.skerry.language.stores;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What happened to a store, as HQ sees it.
public sealed interface StoreEvent {

    /// Its id, such as `0042`.
    String store();

    /// What people said of a store; its stream is `local/store-profiles`.
    sealed interface Profile extends StoreEvent {
        EventForm<Profile> FORM = new EventForm<>("dev.skerry.stores.", Profile.class);
    }

    /// How the line to a store is; its stream is `local/store-lines`, which is compacted: the newest event of a store stands for it.
    sealed interface Line extends StoreEvent {
        EventForm<Line> FORM = new EventForm<>("dev.skerry.stores.", Line.class);
    }

    /// @param by who said so
    record StoreDescribed(String store, StoreProfile profile, String by) implements Profile {
        public StoreDescribed {
            requireNonNull(store, "store");
            requireNonNull(profile, "profile");
            requireNonNull(by, "by");
        }
    }

    /// The line came or went.
    ///
    /// @param since when, by HQ's clock
    /// @param lastContact when the store was last heard of; null if that is not known
    /// @param software of the store's server; null if it is not known
    record LineChanged(
            String store,
            boolean up,
            Instant since,
            @Nullable Instant lastContact,
            @Nullable String software)
            implements Line {
        public LineChanged {
            requireNonNull(store, "store");
            requireNonNull(since, "since");
        }
    }
}
