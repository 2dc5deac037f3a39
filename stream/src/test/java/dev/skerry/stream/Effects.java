package dev.skerry.stream;

import java.util.List;

/// What the contract suites need of a kind of database beyond its API: a list of lines as state that is changed with
/// everything else in a transaction, and a look at the record of parked events.
public interface Effects<T extends Transaction> {

    void note(T tx, String line);

    /// In the order in which they were noted.
    List<String> notes(T tx);

    void forgetNotes(T tx);

    /// Parked events of a follower that have been resolved, in the order in which they were parked, each as
    /// `SKIPPED sales@3 by anna: reason`.
    List<String> resolutions(T tx, String follower);
}
