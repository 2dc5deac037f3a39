package dev.skerry.trials.simulation;

import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Reader;
import dev.skerry.stream.Steps;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryTransaction;
import java.time.InstantSource;

/// What can be exchanged for something faulty, to show that the simulation notices.
///
/// @param followers makes every follower of the estate
/// @param clientsDedupe whether a client's repeated request is recognised
record Variation(FollowerMaker followers, boolean clientsDedupe) {

    @FunctionalInterface
    interface FollowerMaker {
        Steps make(
                String name,
                EventSource source,
                MemoryDatabase database,
                Reader<MemoryTransaction> reader,
                FollowerSettings settings,
                InstantSource clock);
    }

    /// What is shipped.
    static Variation sound() {
        return new Variation(Follower<MemoryTransaction>::new, true);
    }
}
