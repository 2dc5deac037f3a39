package dev.skerry.node.link;

import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes runs once for all stores that follow the same streams: reads and compresses each once, however many want it. Any thread.
///
/// Runs made here never use the history of a wire, so they are the same for all.
final class SharedRuns implements Run.Maker {

    /// How much is kept of what may be wanted again.
    private static final long BYTES_MAX = 64L * 1024 * 1024;

    private record Place(StreamName stream, long offset) {}

    /// A run that is being made or has been.
    private static final class Slot {
        private @Nullable Run run;
    }

    private final Packing packing;

    /// In the order in which they were last wanted.
    private final Map<Place, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<StreamName, Long> dropped = new HashMap<>();
    private long bytes;
    private long made;

    SharedRuns(Packing packing) {
        this.packing = packing;
    }

    @Override
    public @Nullable Run run(Streams streams, StreamName stream, long offset, History history) {
        Place place = new Place(stream, offset);
        Slot slot;
        synchronized (slots) {
            slot = slots.computeIfAbsent(place, _ -> new Slot());
        }
        // Only those who want this very run wait for each other.
        synchronized (slot) {
            Run known = slot.run;
            if (known != null && known.dropped() >= dropped(stream)) {
                return known;
            }
            Run run = null;
            try {
                run = packing.run(streams, stream, offset, new History());
            } finally {
                keep(place, slot, run);
            }
            return run;
        }
    }

    /// What was made before more deletions were dropped must not be mixed with what was made after.
    private long dropped(StreamName stream) {
        synchronized (slots) {
            return dropped.getOrDefault(stream, 0L);
        }
    }

    private void keep(Place place, Slot slot, @Nullable Run run) {
        synchronized (slots) {
            if (run == null) {
                slots.remove(place, slot);
                return;
            }
            if (slots.get(place) != slot) {
                // Forgotten meanwhile, or evicted.
                return;
            }
            bytes -= slot.run == null ? 0 : slot.run.data().length();
            dropped.merge(place.stream, run.dropped(), Math::max);
            slot.run = run;
            made++;
            bytes += run.data().length();
            var eldest = slots.entrySet().iterator();
            while (bytes > BYTES_MAX && eldest.hasNext()) {
                Map.Entry<Place, Slot> old = eldest.next();
                Run held = old.getValue().run;
                if (held != null && !old.getKey().equals(place)) {
                    bytes -= held.data().length();
                    eldest.remove();
                }
            }
        }
    }

    /// What was made of a stream was refused by somebody: it is made anew for whoever wants it next.
    void forget(StreamName stream) {
        synchronized (slots) {
            slots.entrySet()
                    .removeIf(one -> {
                        Run held = one.getValue().run;
                        boolean goes = one.getKey().stream.equals(stream) && held != null;
                        bytes -= goes && held != null ? held.data().length() : 0;
                        return goes;
                    });
        }
    }

    /// How many runs have been read and compressed so far.
    long made() {
        synchronized (slots) {
            return made;
        }
    }
}
