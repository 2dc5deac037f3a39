package dev.skerry.store;

import dev.skerry.node.http.HttpProblem;

/// Lets a second person allow a single action at somebody else's device.
@FunctionalInterface
public interface Approvals {

    /// @param person who allows it
    /// @param pin that person's
    /// @return the person, for the record
    /// @throws HttpProblem 403, if that is not the PIN, or the person may not allow such
    String by(String person, String pin);
}
