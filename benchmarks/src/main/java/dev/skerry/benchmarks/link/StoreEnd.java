package dev.skerry.benchmarks.link;

import java.util.List;

/// Where a peer takes sales at the store, by its own client.
interface StoreEnd {

    /// @param events are all durable when this returns
    void take(List<byte[]> events) throws Exception;
}
