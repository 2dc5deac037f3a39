package dev.skerry.stream;

/// What a follower's events do. Runs inside the transaction that also moves the cursor.
@FunctionalInterface
public interface Reader<T extends Transaction> {

    /// Applies one event. An exception undoes it.
    void apply(Event event, T tx);

    /// Forgets all that was built from the stream, so that it can be read again from its beginning, after events were dropped
    /// that this reader had not seen.
    ///
    /// @return false (the default) if it cannot; the follower then stops until an operator acts
    default boolean startOver(T tx) {
        return false;
    }
}
