package dev.skerry.node.link;

import dev.skerry.node.link.Message.Coding;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Codes what HQ lacks while the line is down, so that it only has to be sent when the line is back. Keeps it in memory and
/// nowhere else: a store that starts anew begins anew with it. For one thread.
///
/// Runs of a stream follow each other from where HQ's copy was seen to end. HQ may turn out to have a little more; who sends
/// what comes before ends it where a run begins that is ready ([#nextAfter]).
final class Ahead {

    /// So much is kept ready: half a million sales.
    static final long BYTES_MAX = 32L * 1024 * 1024;

    private final Packing packing;
    private final int runBytesMin;
    private final long bytesMax;
    private final Map<StreamName, NavigableMap<Long, Run>> ready = new HashMap<>();

    /// What was looked at and too little for a run is looked at again when there is this part more of it: so each event is read a few
    /// times, and not each time another one comes.
    private static final int MORE_BY = 4;

    /// Up to where a stream was found to have too little for a run.
    private final Map<StreamName, Long> looked = new HashMap<>();

    /// Cannot be coded ahead until the next outage.
    private final Set<StreamName> unfit = new HashSet<>();

    private long bytes;

    /// @param runBytesMin so long, before compression, small chunks must be together
    /// @param bytesMax so much is kept ready, and one run more
    Ahead(Codecs codecs, int runBytesMin, long bytesMax) {
        this.packing = Packing.ahead(codecs);
        this.runBytesMin = runBytesMin;
        this.bytesMax = bytesMax;
    }

    /// The line has gone: what could not be coded may be tried again.
    void begin() {
        looked.clear();
        unfit.clear();
    }

    /// Codes one run of a stream.
    ///
    /// @param acked where HQ's copy ends, as far as is known
    /// @return whether there may be more to do
    boolean step(Streams streams, StreamInfo stream, long acked) {
        StreamName name = stream.name();
        acked(name, acked);
        NavigableMap<Long, Run> runs = ready.get(name);
        long from = runs == null ? acked : runs.lastEntry().getValue().next();
        if (bytes >= bytesMax
                // What is compacted away must not be sent.
                || stream.settings().compacted()
                || unfit.contains(name)
                || stream.tail() <= Math.max(from, lookedEnough(name, from))) {
            return false;
        }
        Run run = code(streams, name, from);
        if (run == null) {
            looked.put(name, stream.tail());
            return false;
        }
        ready.computeIfAbsent(name, _ -> new TreeMap<>()).put(from, run);
        bytes += run.data().length();
        return true;
    }

    private long lookedEnough(StreamName name, long from) {
        long seen = Math.max(from, looked.getOrDefault(name, 0L));
        return seen + (seen - from) / MORE_BY;
    }

    private @Nullable Run code(Streams streams, StreamName name, long from) {
        try {
            return packing.full(streams, name, from, runBytesMin);
        } catch (StreamException | IllegalStateException e) {
            // Who sends it meets the same, and says so.
            unfit.add(name);
            return null;
        }
    }

    /// HQ has all before an offset.
    void acked(StreamName name, long offset) {
        NavigableMap<Long, Run> runs = ready.get(name);
        while (runs != null && !runs.isEmpty() && runs.firstEntry().getValue().next() <= offset) {
            bytes -= runs.pollFirstEntry().getValue().data().length();
        }
        if (runs != null && runs.isEmpty()) {
            ready.remove(name);
        }
    }

    /// The run that is ready at an offset; null if none is.
    @Nullable Run at(StreamName name, long offset) {
        NavigableMap<Long, Run> runs = ready.get(name);
        return runs == null ? null : runs.get(offset);
    }

    /// Where the next run begins that is ready; the largest number if none is.
    long nextAfter(StreamName name, long offset) {
        NavigableMap<Long, Run> runs = ready.get(name);
        Long next = runs == null ? null : runs.higherKey(offset);
        return next == null ? Long.MAX_VALUE : next;
    }

    /// Makes the runs of a stream that goes up: what is ready, and what its packing makes besides.
    Run.Maker maker(Packing otherwise) {
        return (streams, stream, offset, history) -> {
            Run run = at(stream, offset);
            if (run == null) {
                return otherwise.run(streams, stream, offset, nextAfter(stream, offset), history);
            }
            if (run.coding() == Coding.RAW) {
                history.add(run.data());
            }
            return run;
        };
    }
}
