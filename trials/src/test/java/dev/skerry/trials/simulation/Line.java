package dev.skerry.trials.simulation;

import dev.skerry.stream.EventSource;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.Watch;
import dev.skerry.stream.memory.MemoryDatabase;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A source at a node, as seen from a node: out of reach while either is cut off or the other is down.
final class Line implements EventSource {

    private final Node from;
    private final Node to;
    private final String describe;
    private final Function<MemoryDatabase, EventSource> open;
    private @Nullable MemoryDatabase opened;
    private @Nullable EventSource source;

    Line(Node from, Node to, String describe, Function<MemoryDatabase, EventSource> open) {
        this.from = from;
        this.to = to;
        this.describe = describe;
        this.open = open;
    }

    @Override
    public String describe() {
        return describe;
    }

    @Override
    public Read read(long cursor, int eventsMax) {
        return over(source -> source.read(cursor, eventsMax));
    }

    @Override
    public void passed(long cursor) {
        over(source -> {
            source.passed(cursor);
            return true;
        });
    }

    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }

    private <R> R over(Function<EventSource, R> call) {
        boolean remote = !from.equals(to);
        if (remote && (from.cutOff || to.cutOff || !from.up())) {
            throw unreachable();
        }
        try {
            return call.apply(source());
        } catch (Crash crash) {
            if (remote && crash.node().equals(from)) {
                from.crash();
                throw unreachable();
            }
            throw crash;
        }
    }

    private EventSource source() {
        EventSource known = source;
        if (known == null || !from.database().equals(opened)) {
            known = open.apply(from.database());
            opened = from.database();
            source = known;
        }
        return known;
    }

    private StreamException unreachable() {
        return new StreamException(
                Kind.UNREACHABLE, from + " is out of reach", "wait for the line", true, null);
    }
}
