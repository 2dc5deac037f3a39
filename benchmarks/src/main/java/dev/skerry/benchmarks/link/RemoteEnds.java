package dev.skerry.benchmarks.link;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.FutureTask;

/// Asks the two ends of a peer, each an [EndProcess].
record RemoteEnds(PeerProcess store, PeerProcess hq) {

    /// A reader needs so long until it really waits.
    private static final int ATTACHED_MILLIS = 2_000;

    void take(int first, int count) throws IOException {
        store.ask("take " + first + " " + count);
    }

    long atHq() throws IOException {
        return Long.parseLong(hq.ask("count"));
    }

    Tally readAtHq() throws IOException {
        return Tally.read(hq.ask("read"));
    }

    long[] live(int first, int count, int perSecond) throws Exception {
        FutureTask<long[]> receiving =
                new FutureTask<>(() -> numbers(hq.ask("receive " + first + " " + count)));
        Thread.ofVirtual().start(receiving);
        Thread.sleep(ATTACHED_MILLIS);
        long[] durable = numbers(store.ask("send " + first + " " + count + " " + perSecond));
        long[] readable = receiving.get();
        long[] nanos = new long[count];
        Arrays.setAll(nanos, i -> readable[i] - durable[i]);
        return nanos;
    }

    private static long[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }
}
