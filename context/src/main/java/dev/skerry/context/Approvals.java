package dev.skerry.context;

import dev.skerry.node.http.HttpProblem;

/// Lets a second person allow a single action at somebody else's device.
@FunctionalInterface
public interface Approvals {

    /// As below, where neither the device nor the action is known.
    ///
    /// @param person who allows it
    /// @param pin that person's
    /// @return the person, for the record
    /// @throws HttpProblem 403, if that is not the PIN, or the person may not allow such; 429 after too many wrong PINs
    String by(String person, String pin);

    /// @param asking at whose device it is
    /// @param action in words, for the audit, such as `discount 20 % on line 3 of basket 17`
    /// @param person who allows it
    /// @param pin that person's
    /// @return the person, for the record
    /// @throws HttpProblem as above
    default String by(Caller asking, String action, String person, String pin) {
        return by(person, pin);
    }
}
