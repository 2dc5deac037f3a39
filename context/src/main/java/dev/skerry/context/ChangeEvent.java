package dev.skerry.context;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who has changed what is told to stores, and what it was before. Stays at HQ.
public sealed interface ChangeEvent {

    /// Somebody wants something to be said.
    ///
    /// @param change its id
    /// @param group what it is a part of, such as an import; null if it stands alone
    /// @param undoes the change whose opposite this is; null if it is none
    record ChangeProposed(
            String change,
            String title,
            String by,
            @Nullable String group,
            @Nullable String undoes,
            List<Statement> statements)
            implements ChangeEvent {
        public ChangeProposed {
            requireNonNull(change, "change");
            requireNonNull(title, "title");
            requireNonNull(by, "by");
            statements = List.copyOf(statements);
        }
    }

    /// It is said now, all of it.
    ///
    /// @param by who has allowed it
    /// @param before what was said of each key until then, in the order of the statements
    record ChangePublished(String change, String by, List<Before> before) implements ChangeEvent {
        public ChangePublished {
            requireNonNull(change, "change");
            requireNonNull(by, "by");
            before = List.copyOf(before);
        }
    }

    /// It will not be said.
    record ChangeRejected(String change, String by, String reason) implements ChangeEvent {
        public ChangeRejected {
            requireNonNull(change, "change");
            requireNonNull(by, "by");
            requireNonNull(reason, "reason");
        }
    }

    /// From now on a change needs a second person, or does not.
    record RuleChanged(boolean fourEyes, String by) implements ChangeEvent {
        public RuleChanged {
            requireNonNull(by, "by");
        }
    }

    /// One event of a reference stream.
    ///
    /// @param type of the event
    /// @param data of the event, JSON
    /// @param seen one more than the offset of what was said of the key when it was proposed; 0 if nothing was
    record Statement(String stream, String key, String type, String data, long seen) {
        public Statement {
            requireNonNull(stream, "stream");
            requireNonNull(key, "key");
            requireNonNull(type, "type");
            requireNonNull(data, "data");
        }
    }

    /// @param type of the event that said it; null if nothing was said
    /// @param data of that event; null if nothing was said
    record Before(@Nullable String type, @Nullable String data) {}
}
