package dev.skerry.stream;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Steps.Step;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Steps any number of [Steps], each on a virtual thread of its own, so that a faulty one blocks nobody else. Any thread
/// may call.
///
/// | after    | steps again                                                        |
/// |----------|--------------------------------------------------------------------|
/// | Moved    | at once                                                            |
/// | CaughtUp | on news, on [#wake], or after the longest idle time                |
/// | Hindered | after a pause that doubles each time, with jitter; or on [#wake]   |
/// | Stopped  | on [#wake] only; what a step throws counts as this                 |
public final class Driver implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Driver.class.getName());

    private final DriverSettings settings;
    private final Pacer pacer;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Map<String, Run> runs = new TreeMap<>();
    private volatile boolean closed;

    public Driver(
            DriverSettings settings, Pacer pacer, RandomGenerator random, InstantSource clock) {
        this.settings = requireNonNull(settings, "settings");
        this.pacer = requireNonNull(pacer, "pacer");
        this.random = requireNonNull(random, "random");
        this.clock = requireNonNull(clock, "clock");
    }

    /// How something that is driven stands.
    ///
    /// @param last what came of its last step; null before the first
    /// @param since when steps began to come out so
    public record Status(String name, @Nullable Step last, Instant since) {}

    /// Starts to drive.
    ///
    /// @throws IllegalArgumentException if something of this name is driven already
    /// @throws IllegalStateException if the driver has been closed
    public void drive(Steps steps) {
        synchronized (runs) {
            if (closed) {
                throw new IllegalStateException("the driver has been closed");
            }
            if (runs.containsKey(steps.name())) {
                throw new IllegalArgumentException(steps.name() + " is driven already");
            }
            Run run = new Run(steps);
            runs.put(steps.name(), run);
            run.thread = Thread.ofVirtual().name("steps " + steps.name()).start(run);
        }
    }

    /// Steps something again at once, whatever it waits for: after an operator has acted.
    ///
    /// @throws IllegalArgumentException if nothing of this name is driven
    public void wake(String name) {
        Run run;
        synchronized (runs) {
            run = runs.get(name);
        }
        if (run == null) {
            throw new IllegalArgumentException("nothing named " + name + " is driven");
        }
        run.wake();
    }

    /// Stops driving something, after the step in progress; does not wait for it. What is not driven stays so.
    public void dismiss(Steps steps) {
        Run run;
        synchronized (runs) {
            run = runs.get(steps.name());
            if (run == null || !run.steps.equals(steps)) {
                return;
            }
            runs.remove(steps.name());
        }
        run.dismissed = true;
        run.wake();
    }

    /// All that is driven, in order of name.
    public List<Status> status() {
        synchronized (runs) {
            return runs.values().stream().map(run -> run.status).toList();
        }
    }

    /// Ends all, and waits for the steps in progress.
    @Override
    public void close() {
        List<Run> all;
        synchronized (runs) {
            closed = true;
            all = List.copyOf(runs.values());
        }
        all.forEach(Run::wake);
        boolean interrupted = false;
        for (Run run : all) {
            interrupted |= run.join();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private double jitter() {
        synchronized (random) {
            return random.nextDouble(0.5, 1);
        }
    }

    /// One thing that is driven.
    private final class Run implements Runnable {

        private final Steps steps;
        private final Semaphore news = new Semaphore(0);
        private final Semaphore woken = new Semaphore(0);
        private volatile Status status;
        private volatile boolean dismissed;
        private @Nullable Thread thread;
        private int hindrances;
        private @Nullable Throwable thrown;

        /// The trouble that was told last, until it is over: what moves between two hindrances has not got over them.
        private @Nullable Class<? extends Step> told;

        Run(Steps steps) {
            this.steps = steps;
            this.status = new Status(steps.name(), null, clock.instant());
        }

        @Override
        public void run() {
            try (Watch _ = watch()) {
                while (!over()) {
                    // Before the step: what comes during it is for the next one.
                    news.drainPermits();
                    woken.drainPermits();
                    Step step = step();
                    show(step);
                    await(step);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean over() {
            return closed || dismissed;
        }

        private Watch watch() {
            try {
                return steps.watch(() -> signal(news));
            } catch (RuntimeException e) {
                LOG.log(
                        Level.ERROR,
                        "no news name=" + steps.name() + ": only looked after now and then",
                        e);
                return () -> {};
            }
        }

        /// The one place where whatever goes wrong in a step is kept from the others.
        private Step step() {
            try {
                thrown = null;
                return steps.step();
            } catch (Throwable e) {
                thrown = e;
                return new Step.Stopped(String.valueOf(e));
            }
        }

        private void await(Step step) throws InterruptedException {
            hindrances = step instanceof Step.Hindered ? hindrances + 1 : 0;
            if (over()) {
                return;
            }
            switch (step) {
                case Step.Moved _ -> {}
                case Step.CaughtUp _ -> pacer.await(news, settings.idleMax());
                case Step.Hindered _ -> {
                    Duration pause = settings.backOff(hindrances);
                    pacer.await(woken, Duration.ofNanos((long) (pause.toNanos() * jitter())));
                }
                case Step.Stopped _ -> woken.acquire();
            }
        }

        private void show(Step step) {
            Step before = status.last;
            boolean same = before != null && before.getClass() == step.getClass();
            status = new Status(steps.name(), step, same ? status.since : clock.instant());
            tell(step);
        }

        private void tell(Step step) {
            if (step instanceof Step.Moved || step.getClass() == told) {
                return;
            }
            boolean trouble = told != null;
            told = step instanceof Step.CaughtUp ? null : step.getClass();
            String what = " name=" + steps.name() + " why=\"";
            switch (step) {
                case Step.Stopped stopped ->
                        log(
                                Level.ERROR,
                                "stopped"
                                        + what
                                        + stopped.why()
                                        + "\" remedy=\"mend it, or skip; then wake it\"");
                case Step.Hindered hindered ->
                        log(Level.WARNING, "hindered" + what + hindered.why() + "\"");
                case Step.Moved _, Step.CaughtUp _ -> {
                    if (trouble) {
                        log(Level.INFO, "gets on again name=" + steps.name());
                    }
                }
            }
        }

        private void log(Level level, String line) {
            if (thrown == null) {
                LOG.log(level, line);
            } else {
                LOG.log(level, line, thrown);
            }
        }

        void wake() {
            signal(woken);
            signal(news);
        }

        private void signal(Semaphore semaphore) {
            if (semaphore.availablePermits() == 0) {
                semaphore.release();
            }
        }

        /// @return whether the waiting thread was interrupted meanwhile
        boolean join() {
            boolean interrupted = false;
            Thread running = requireNonNull(thread);
            while (running.isAlive()) {
                try {
                    running.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return interrupted;
        }
    }
}
