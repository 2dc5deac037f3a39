package dev.skerry.trials.link;

/// Something that holds after every step. Looks only at what has changed in it; also at the disks of servers that are down.
interface Invariant {

    /// @throws dev.skerry.trials.simulation.Violation if it does not hold
    void check(Chain chain);
}
