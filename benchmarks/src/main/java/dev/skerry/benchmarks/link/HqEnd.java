package dev.skerry.benchmarks.link;

import java.util.function.Consumer;
import java.util.function.Predicate;

/// Where a peer shows at HQ what has come, by its own client.
interface HqEnd {

    long count() throws Exception;

    /// Reads everything from the beginning, and leaves it there.
    void read(Consumer<byte[]> reader) throws Exception;

    /// Reads what comes from now on, at once; perhaps after what is there already.
    ///
    /// @param reader whether it wants more
    void follow(Predicate<byte[]> reader) throws Exception;
}
