package dev.skerry.node.link;

import dev.skerry.node.link.Home.Arrival;
import dev.skerry.node.link.Home.Guard;
import dev.skerry.node.link.Message.Data;
import dev.skerry.node.link.Message.Part;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes in the streams that the other side of a wire sends, and writes what has come in together. For one thread.
final class Receiver {

    /// So many streams one side of a wire may speak of.
    static final int STREAMS_MAX = 100_000;

    /// So much of runs of which parts are missing yet is kept for one wire: one run of the largest size.
    static final long PARTS_BYTES_MAX = Chunk.BYTES_MAX;

    /// What has been written of a stream.
    ///
    /// @param tail all before it is durable
    /// @param bytes how much it was on the wire
    record Landed(int stream, long tail, long bytes) {}

    private final Homes homes;
    private final long landedBytes;
    private final Map<Integer, Incoming> streams = new HashMap<>();

    /// Put aside: what still comes of these is passed over.
    private final Map<Integer, StreamName> aside = new HashMap<>();

    /// Come in, not written yet; and by number where each stream ends with them.
    private final List<Arrival> arrivals = new ArrayList<>();

    private long partsBytes;

    private final Map<Integer, Landed> due = new LinkedHashMap<>();
    private long arrivedBytes;

    /// @param landedBytes so much that has come in is written in one transaction
    Receiver(Homes homes, long landedBytes) {
        this.homes = homes;
        this.landedBytes = landedBytes;
    }

    /// Replaces what came under the same number.
    ///
    /// @throws LinkException if there are too many
    void put(int number, Incoming stream) {
        if (!knows(number) && streams.size() + aside.size() >= STREAMS_MAX) {
            throw LinkException.broken("more than %d streams".formatted(STREAMS_MAX));
        }
        Incoming before = streams.put(number, stream);
        partsBytes -= before == null ? 0 : before.partsBytes();
    }

    boolean knows(int number) {
        return streams.containsKey(number) || aside.containsKey(number);
    }

    /// Takes nothing more of a stream that somebody has spoken of. What has come in of it before is good, and is to be written first.
    ///
    /// @return its name; null if that has been done before
    @Nullable StreamName aside(int number) {
        if (passesOver(number)) {
            return null;
        }
        Incoming gone = of(number);
        streams.remove(number);
        partsBytes -= gone.partsBytes();
        aside.put(number, gone.name);
        return gone.name;
    }

    /// Whether what comes of a stream does not matter any more.
    boolean passesOver(int number) {
        return aside.containsKey(number);
    }

    /// Takes a [Data] or [Part] of a stream.
    ///
    /// @return null if parts are missing yet
    /// @throws LinkException if it does not continue what has come in
    /// @throws StreamException if it is not what it says
    @Nullable Arrival take(int number, Message message) {
        Incoming stream = of(number);
        int before = stream.partsBytes();
        Arrival arrival;
        try {
            arrival =
                    switch (message) {
                        case Data data -> stream.take(data);
                        case Part part -> stream.take(part);
                        default -> throw new IllegalArgumentException("no data: " + message);
                    };
        } finally {
            partsBytes += stream.partsBytes() - before;
        }
        if (partsBytes > PARTS_BYTES_MAX) {
            throw new StreamException(
                    StreamException.Kind.PEER_FAULTY,
                    "of several large runs that came at the same time, one of %s was too much"
                            .formatted(stream.name),
                    "nothing of it was taken; it is tried again",
                    true,
                    null);
        }
        return arrival;
    }

    /// @throws LinkException if nobody has spoken of it
    Incoming of(int number) {
        Incoming stream = streams.get(number);
        if (stream == null) {
            throw LinkException.broken("about a stream that nobody has spoken of: " + number);
        }
        return stream;
    }

    /// A run has come in whole.
    ///
    /// @param bytes of its last message
    /// @return whether there is so much now that it is to be written
    boolean arrived(int number, Arrival arrival, long bytes) {
        arrivals.add(arrival);
        Landed before = due.get(number);
        due.put(
                number,
                new Landed(
                        number,
                        arrival.run().chunk().next(),
                        bytes + (before == null ? 0 : before.bytes)));
        arrivedBytes += arrival.run().entries().length();
        return arrivedBytes > landedBytes;
    }

    /// Writes what has come in.
    ///
    /// @return what the other side may be told; empty if nothing had come in
    /// @throws LinkException if somebody else has written to one of the streams
    List<Landed> land(Guard guard) {
        if (arrivals.isEmpty()) {
            return List.of();
        }
        try {
            Home.landAll(homes, arrivals, guard);
        } catch (IllegalStateException e) {
            throw LinkException.broken(
                    "a mirror has been written by somebody else: " + e.getMessage());
        }
        List<Landed> landed = List.copyOf(due.values());
        due.clear();
        arrivals.clear();
        arrivedBytes = 0;
        return landed;
    }
}
