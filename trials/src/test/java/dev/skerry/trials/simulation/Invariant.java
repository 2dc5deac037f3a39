package dev.skerry.trials.simulation;

/// Something that holds after every step. Looks only at nodes that are up, and at those that have changed.
interface Invariant {

    /// @throws Violation if it does not hold
    void check(Estate estate);
}
