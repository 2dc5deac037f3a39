package dev.skerry.trials.simulation;

/// A node's process ends, here and now. An error, so that nothing that handles failures handles it.
final class Crash extends Error {

    private static final long serialVersionUID = 1;

    private final transient Node node;

    Crash(Node node) {
        super(null, null, false, false);
        this.node = node;
    }

    Node node() {
        return node;
    }
}
