package dev.skerry.benchmarks.link;

import dev.skerry.app.line.BadLine;
import java.io.IOException;

/// A store and HQ of one make, each in processes of its own with a disk of its own, and the line between them. Both are durable:
/// what a method here calls taken or there has been through fsync. Events are `Sales.numbered`, so all have different numbers.
///
/// The calls about the store may run beside those about HQ; of each, one at a time.
public interface Pair extends AutoCloseable {

    /// The only way from the store to HQ.
    BadLine line();

    /// Has the store take sales.
    ///
    /// @throws IOException if the store has gone meanwhile; nobody knows which of them it has
    void take(int first, int count) throws IOException;

    /// How many events HQ has; one that it has twice counts twice.
    long atHq() throws IOException;

    /// Reads everything that HQ has.
    Tally readAtHq() throws IOException;

    /// Takes sales one by one, at a steady rate, while a reader at HQ waits for them.
    ///
    /// @return for each, the nanoseconds from durable at the store to readable at HQ
    long[] live(int first, int count, int perSecond) throws Exception;

    /// Of all processes at the store that carry events, since they were started.
    double storeCpuSeconds();

    double hqCpuSeconds();

    /// `kill -9` of all processes at the store, as a power cut would; and starts them again.
    void killStore() throws Exception;

    void killHq() throws Exception;

    @Override
    void close();
}
