package dev.skerry.trials.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// What has happened so far: the last lines to show, and a hash of all of them to compare two runs.
public final class Trace {

    private static final int LINES_MAX = 40;

    private final Consumer<String> listener;
    private final Deque<String> last = new ArrayDeque<>();
    private long hash = 17;
    private int lines;

    /// @param listener is told every line at once
    public Trace(Consumer<String> listener) {
        this.listener = listener;
    }

    public void add(String line) {
        lines++;
        hash = hash * 31 + line.hashCode();
        listener.accept(line);
        last.addLast(lines + " " + line);
        if (last.size() > LINES_MAX) {
            last.removeFirst();
        }
    }

    public long hash() {
        return hash;
    }

    public String lastLines() {
        return String.join("\n", last);
    }
}
