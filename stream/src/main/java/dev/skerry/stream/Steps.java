package dev.skerry.stream;

/// Something that gets on by steps and never waits: driven by a [Driver] in production and by the simulation in tests.
public interface Steps {

    String name();

    /// Does at most one bounded piece of work.
    Step step();

    /// Calls `onNews` when a step may have work again.
    Watch watch(Runnable onNews);

    /// What came of a step.
    sealed interface Step {
        /// Got on; step again at once.
        record Moved(long cursor, int events) implements Step {}

        /// Nothing to do until there is news.
        record CaughtUp(long cursor) implements Step {}

        /// Could not get on, but may later by itself: step again after a pause.
        record Hindered(String why) implements Step {}

        /// Will not get on until an operator has acted.
        record Stopped(String why) implements Step {}
    }
}
