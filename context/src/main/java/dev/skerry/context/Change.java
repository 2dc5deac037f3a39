package dev.skerry.context;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A change to what stores are told: who wants it, and what became of it.
///
/// @param group what it is a part of, such as an import; null if it stands alone
/// @param statements of how many keys it speaks
/// @param decidedBy who has published or rejected it; null while it waits
/// @param reason why it was rejected; else null
/// @param undoes the change whose opposite it is; null if it is none
/// @param undoneBy the change that took it back; null if none did
public record Change(
        String id,
        String title,
        @Nullable String group,
        State state,
        int statements,
        String by,
        Instant at,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String reason,
        @Nullable String undoes,
        @Nullable String undoneBy) {

    public enum State {
        /// For a second person.
        WAITING,
        PUBLISHED,
        REJECTED
    }

    /// One key of a change.
    ///
    /// @param before what was said of it when the change was published, or is said now if it waits; null if nothing
    /// @param after what the change says; null if it ends what was said
    public record Difference(
            String stream, String key, @Nullable Object before, @Nullable Object after) {}

    /// What a change did to one key.
    public record Step(Change change, Difference difference) {}
}
