package dev.skerry.trials.simulation;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A machine: a disk that stays, and a process with a database and followers that comes and goes.
final class Node implements Faults {

    /// What its next commit will meet.
    enum Doom {
        NONE,
        CRASH_BEFORE_COMMIT,
        CRASH_AFTER_COMMIT,
        ANSWER_LOST
    }

    private static final MemorySettings SETTINGS = new MemorySettings(Duration.ofDays(1), 5);

    final String name;
    private final MemoryDisk disk = new MemoryDisk();
    private final InstantSource clock;
    private final BiConsumer<Node, List<Steps>> startFollowers;
    private final List<Steps> followers = new ArrayList<>();
    private @Nullable MemoryDatabase database;

    boolean diskFull;
    boolean cutOff;
    Doom doom = Doom.NONE;

    /// Something was committed since the invariants were last checked.
    boolean changed = true;

    Node(String name, InstantSource clock, BiConsumer<Node, List<Steps>> startFollowers) {
        this.name = name;
        this.clock = clock;
        this.startFollowers = startFollowers;
    }

    void start() {
        database = new MemoryDatabase(disk, SETTINGS, this, clock);
        startFollowers.accept(this, followers);
        changed = true;
    }

    void crash() {
        database = null;
        followers.clear();
        doom = Doom.NONE;
    }

    boolean up() {
        return database != null;
    }

    MemoryDatabase database() {
        return requireNonNull(database, () -> name + " is down");
    }

    List<Steps> followers() {
        return followers;
    }

    @Override
    public void beforeCommit() {
        if (diskFull) {
            throw new StreamException(Kind.DISK_FULL, "disk full", "free some", true, null);
        }
        if (doom == Doom.CRASH_BEFORE_COMMIT) {
            throw new Crash(this);
        }
    }

    @Override
    public void afterCommit() {
        changed = true;
        Doom now = doom;
        doom = Doom.NONE;
        if (now == Doom.CRASH_AFTER_COMMIT) {
            throw new Crash(this);
        }
        if (now == Doom.ANSWER_LOST) {
            throw new StreamException(Kind.IO, "answer lost, outcome unknown", "look", true, null);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
