package dev.skerry.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.skerry.stream.Steps.Step;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import dev.skerry.stream.memory.MemoryTransaction;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryFollowerTest extends FollowerContract<MemoryTransaction> {

    private final MemoryDisk disk = new MemoryDisk();
    private boolean diskFull;
    private boolean answersLost;

    @Override
    protected Database<MemoryTransaction> open(InstantSource clock) {
        return new MemoryDatabase(disk, MemorySettings.defaults(), new FaultsOfThisTest(), clock);
    }

    @Override
    protected Effects<MemoryTransaction> effects() {
        return new MemoryEffects();
    }

    private final class FaultsOfThisTest implements Faults {
        @Override
        public void beforeCommit() {
            if (diskFull) {
                throw new StreamException(Kind.DISK_FULL, "disk full", "free some", true, null);
            }
        }

        @Override
        public void afterCommit() {
            if (answersLost) {
                throw new StreamException(Kind.IO, "answer lost", "look", true, null);
            }
        }
    }

    @Test
    void a_mistake_in_its_source_stops_it_visibly_and_it_can_be_resumed() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a");
        Mistaken source = new Mistaken(database.source(SALES, "f"));
        Follower<MemoryTransaction> follower =
                new Follower<>(
                        "f",
                        source,
                        database,
                        (event, tx) -> effects().note(tx, event.payload().text()),
                        FollowerSettings.inOrder(),
                        InstantSource.system());
        assertInstanceOf(Step.Stopped.class, follower.step());
        assertEquals(Follower.State.STOPPED, follower.status().state());
        source.mended = true;
        follower.resume();
        runUntilCaughtUp(follower);
        assertEquals(List.of("a"), notes());
    }

    private static final class Mistaken implements EventSource {
        private final EventSource real;
        private boolean mended;

        Mistaken(EventSource real) {
            this.real = real;
        }

        @Override
        public String describe() {
            return real.describe();
        }

        @Override
        public Read read(long cursor, int eventsMax) {
            if (!mended) {
                throw new IllegalStateException("a mistake");
            }
            return real.read(cursor, eventsMax);
        }

        @Override
        public void passed(long cursor) {
            real.passed(cursor);
        }

        @Override
        public Watch watch(Runnable onNews) {
            return real.watch(onNews);
        }
    }

    @Test
    void a_full_disk_hinders_until_there_is_space_again() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a", "b");
        Follower<MemoryTransaction> follower = follower(FollowerSettings.inOrder());
        diskFull = true;
        assertInstanceOf(Step.Hindered.class, follower.step());
        assertInstanceOf(Step.Hindered.class, follower.step());
        assertEquals(List.of(), notes());
        diskFull = false;
        runUntilCaughtUp(follower);
        assertEquals(List.of("a", "b"), notes());
    }

    @Test
    void a_commit_whose_answer_was_lost_is_not_done_again() {
        open(SALES, StreamSettings.keepAll());
        append(SALES, "a", "b");
        Follower<MemoryTransaction> follower = follower(FollowerSettings.inOrder());
        answersLost = true;
        assertInstanceOf(Step.Hindered.class, follower.step());
        answersLost = false;
        runUntilCaughtUp(follower);
        assertEquals(List.of("a", "b"), notes());
    }
}
