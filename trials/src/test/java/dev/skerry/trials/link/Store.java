package dev.skerry.trials.link;

import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A store of the chain, and the machines that are or were its server.
final class Store {

    /// A stream that it writes.
    ///
    /// @param mayDrop its oldest events may be dropped before HQ has them
    record Own(StreamName name, StreamSettings settings, boolean mayDrop) {}

    final String id;
    final String zone;
    final List<Own> streams;

    /// Those that exist; one that was set back or thrown away does not any more.
    final List<Machine> machines = new ArrayList<>();

    /// Disks that somebody has put aside.
    final List<Machine.Image> images = new ArrayList<>();

    /// What was written to files for humans, by the file's name.
    final Map<String, List<String>> exported = new HashMap<>();

    private int lastMachine;
    int lastToken;

    Store(String id, String zone, List<Own> streams) {
        this.id = id;
        this.zone = zone;
        this.streams = streams;
    }

    String nextMachine() {
        return id + (char) ('a' + lastMachine++);
    }

    boolean exports(String text) {
        return exported.values().stream().anyMatch(texts -> texts.contains(text));
    }

    @Override
    public String toString() {
        return "store-" + id;
    }
}
