package dev.skerry.trials.link;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A computer: a disk that stays, a clock of its own, and a process with a database that comes and goes.
abstract class Server implements Faults {

    /// What its next commit will meet.
    enum Doom {
        NONE,
        CRASH_BEFORE_COMMIT,
        CRASH_AFTER_COMMIT,
        ANSWER_LOST
    }

    private static final MemorySettings SETTINGS = new MemorySettings(Duration.ofDays(1), 5);

    final Chain chain;
    final String name;
    final Time.Clock clock;
    private MemoryDisk disk;
    private @Nullable MemoryDatabase database;
    private boolean up;

    boolean diskFull;
    private Doom doom = Doom.NONE;
    private int commitsToDoom;

    Server(Chain chain, String name, MemoryDisk disk) {
        this.chain = chain;
        this.name = name;
        this.disk = disk;
        this.clock = chain.time.new Clock();
    }

    final boolean up() {
        return up;
    }

    /// Starts its process, if its disk lets it.
    ///
    /// @throws StreamException if it does not
    final void start() {
        database = new MemoryDatabase(disk, SETTINGS, this, clock);
        chain.changed(this);
        begin(database);
        up = true;
    }

    /// Makes what runs in its process.
    abstract void begin(MemoryDatabase on);

    /// Its process ends. What others hear of that is up to the network.
    void crash() {
        up = false;
        doom = Doom.NONE;
    }

    /// The database; also of a server that is down, to see what is on its disk.
    final MemoryDatabase database() {
        return requireNonNull(database, () -> name + " was never up");
    }

    final MemoryDisk disk() {
        return disk;
    }

    /// @param after so many commits
    final void arm(Doom next, int after) {
        doom = next;
        commitsToDoom = after;
    }

    /// Whether upkeep may run.
    boolean mayTidy() {
        return true;
    }

    /// The disk loses what it said that it had.
    final void replaceDisk(MemoryDisk by) {
        disk = by;
        database = new MemoryDatabase(disk, SETTINGS, this, clock);
        chain.changed(this);
    }

    /// A step of something that runs here. Whatever is thrown out of one would stop it until an operator comes.
    static Steps.Step soundly(Steps steps) {
        Steps.Step step;
        try {
            step = steps.step();
        } catch (RuntimeException e) {
            throw new AssertionError("%s was stopped by %s".formatted(steps.name(), e), e);
        }
        if (step instanceof Steps.Step.Stopped stopped) {
            throw new AssertionError("%s has stopped: %s".formatted(steps.name(), stopped.why()));
        }
        return step;
    }

    @Override
    public void beforeCommit() {
        if (diskFull) {
            throw new StreamException(Kind.DISK_FULL, "disk full", "free some", true, null);
        }
        if (doom == Doom.CRASH_BEFORE_COMMIT && commitsToDoom == 0) {
            throw new Crashed(this);
        }
    }

    @Override
    public void afterCommit() {
        chain.changed(this);
        if (commitsToDoom > 0) {
            commitsToDoom--;
            return;
        }
        Doom now = doom;
        doom = Doom.NONE;
        if (now == Doom.CRASH_AFTER_COMMIT) {
            throw new Crashed(this);
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
