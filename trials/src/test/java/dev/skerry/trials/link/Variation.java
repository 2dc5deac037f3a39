package dev.skerry.trials.link;

import dev.skerry.stream.Database;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Reader;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Transaction;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryTransaction;
import java.time.InstantSource;
import java.util.function.Function;

/// What can be exchanged for something faulty, to show that the simulation notices.
///
/// @param followers makes the follower at HQ
/// @param hqDatabase what the link at HQ sees of its database
/// @param hqForgets HQ's disk says that it has what it will have only a few commits later
/// @param storesMax 1 to 50
record Variation(
        FollowerMaker followers,
        Function<MemoryDatabase, Database<? extends Transaction>> hqDatabase,
        boolean hqForgets,
        int storesMax) {

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
        return new Variation(Follower<MemoryTransaction>::new, database -> database, false, 50);
    }

    Variation withFollowers(FollowerMaker others) {
        return new Variation(others, hqDatabase, hqForgets, storesMax);
    }

    Variation withHqDatabase(Function<MemoryDatabase, Database<? extends Transaction>> other) {
        return new Variation(followers, other, hqForgets, storesMax);
    }

    Variation withForgetfulHq() {
        return new Variation(followers, hqDatabase, true, storesMax);
    }

    Variation withStoresMax(int fewer) {
        return new Variation(followers, hqDatabase, hqForgets, fewer);
    }
}
