package dev.skerry.app.replay;

import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.io.IOException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Replays one store after the other, as long as there are any. For one thread.
final class Lane implements Steps {

    private final int number;
    private final Queue<StoreRun> waiting;
    private final Ends ends;
    private @Nullable StoreRun now;
    private long steps;

    /// Is told what comes to its end. Any thread.
    interface Ends {
        /// @param why it did not come to its proper end; null if it did
        void ended(StoreRun run, @Nullable String why);
    }

    Lane(int number, Queue<StoreRun> waiting, Ends ends) {
        this.number = number;
        this.waiting = waiting;
        this.ends = ends;
    }

    @Override
    public String name() {
        return "replay lane %03d".formatted(number);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }

    @Override
    public Step step() {
        if (now == null) {
            now = waiting.poll();
        }
        StoreRun run = now;
        if (run == null) {
            return new Step.CaughtUp(steps);
        }
        try {
            boolean more = run.step();
            if (run.isDone()) {
                end(run, null);
                more = true;
            }
            steps++;
            return more ? new Step.Moved(steps, 1) : new Step.CaughtUp(steps);
        } catch (IOException | Servers.StartFailed e) {
            return new Step.Hindered(run.site().node() + ": " + e.getMessage());
        } catch (ReplayException e) {
            end(run, String.valueOf(e.getMessage()));
            return new Step.Moved(steps, 1);
        }
    }

    private void end(StoreRun run, @Nullable String why) {
        run.end();
        now = null;
        ends.ended(run, why);
    }
}
