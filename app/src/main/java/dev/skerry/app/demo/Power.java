package dev.skerry.app.demo;

import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether a store's server has power. Switches it off in the middle of whatever it does, and some seconds later on again.
///
/// This is as hard a stop as there is inside a process: its connections end, requests in progress are left without an answer, and it
/// starts anew from what is in its files. The process itself goes on, so it is no `kill -9` and no dead disk.
final class Power implements Steps {

    private final String name;
    private final Supplier<Nodes.Store> start;
    private final Duration off;
    private final InstantSource clock;
    private volatile Optional<Nodes.Store> node = Optional.empty();
    private volatile boolean cut;
    private Instant onAt;

    /// @param start starts the server; waits until it runs
    /// @param off how long it is off each time
    Power(String store, Supplier<Nodes.Store> start, Duration off, InstantSource clock) {
        this.name = "power of " + store;
        this.start = start;
        this.off = off;
        this.clock = clock;
        this.onAt = clock.instant();
    }

    /// Cuts it, unless it is off. Any thread.
    void cut() {
        cut = node.isPresent();
    }

    /// The server while it runs. Any thread.
    Optional<Nodes.Store> node() {
        return node;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }

    @Override
    public Step step() {
        if (cut) {
            switchOff();
        } else if (node.isEmpty() && !clock.instant().isBefore(onAt)) {
            try {
                node = Optional.of(start.get());
            } catch (Nodes.StartFailed e) {
                return new Step.Hindered(String.valueOf(e.getMessage()));
            }
        }
        return new Step.CaughtUp(0);
    }

    private void switchOff() {
        Optional<Nodes.Store> there = node;
        node = Optional.empty();
        cut = false;
        there.ifPresent(Nodes.Store::close);
        onAt = clock.instant().plus(off);
    }

    /// For good. When nobody steps it any more.
    void end() {
        node.ifPresent(Nodes.Store::close);
        node = Optional.empty();
    }
}
