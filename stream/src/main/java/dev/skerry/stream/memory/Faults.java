package dev.skerry.stream.memory;

/// Where a [MemoryDatabase] can be made to fail: a method that throws is the failure. Called for every transaction that
/// changes something, also for those that the database makes for itself (followers, upkeep).
public interface Faults {

    /// Nothing fails.
    Faults NONE = new Faults() {};

    /// Just before the commit. Whatever it throws, nothing of the transaction is there afterwards: a full disk, a crash.
    default void beforeCommit() {}

    /// Just after the commit, before the caller is answered. Whatever it throws, all of the transaction is there: an
    /// answer that was lost, a crash.
    default void afterCommit() {}
}
