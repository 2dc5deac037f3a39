package dev.skerry.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Steps.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class DriverTest {

    private static final Step MOVED = new Step.Moved(1, 1);
    private static final Step CAUGHT_UP = new Step.CaughtUp(1);
    private static final Step HINDERED = new Step.Hindered("no line");
    private static final Step STOPPED = new Step.Stopped("broken");

    private final MovableClock clock = new MovableClock();
    private final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();

    /// Waits for signals, but never for time: a pause is noted, and over when a permit is given or the test says so.
    private final Semaphore timeIsUp = new Semaphore(0);

    private boolean noWaiting;

    private Driver driver() {
        return new Driver(DriverSettings.defaults(), this::pause, new Random(7), clock);
    }

    private boolean pause(Semaphore signal, Duration atMost) throws InterruptedException {
        pauses.add(atMost);
        while (!noWaiting) {
            if (signal.tryAcquire(1, TimeUnit.MILLISECONDS)) {
                return true;
            }
            if (timeIsUp.tryAcquire()) {
                return false;
            }
        }
        return false;
    }

    /// Does what it is given, step by step, and tells when it has none left.
    private static final class Script implements Steps {
        private final String name;
        private final BlockingQueue<Supplier<Step>> steps = new LinkedBlockingQueue<>();
        private final Semaphore stepped = new Semaphore(0);
        private volatile Runnable onNews = () -> {};

        Script(String name, Step... steps) {
            this.name = name;
            for (Step step : steps) {
                this.steps.add(() -> step);
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Step step() {
            Supplier<Step> next = steps.poll();
            try {
                return next == null ? CAUGHT_UP : next.get();
            } finally {
                stepped.release();
            }
        }

        @Override
        public Watch watch(Runnable news) {
            onNews = news;
            return () -> onNews = () -> {};
        }

        void awaitSteps(int count) throws InterruptedException {
            assertTrue(stepped.tryAcquire(count, 10, TimeUnit.SECONDS), "not stepped");
        }
    }

    private Duration nextPause() throws InterruptedException {
        Duration pause = pauses.poll(10, TimeUnit.SECONDS);
        if (pause == null) {
            throw new AssertionError("no pause");
        }
        return pause;
    }

    private static void awaitState(Driver driver, Class<? extends Step> kind) {
        long deadlineMs = System.currentTimeMillis() + 10_000;
        while (!kind.isInstance(driver.status().getFirst().last())) {
            assertTrue(System.currentTimeMillis() < deadlineMs, driver.status().toString());
            Thread.onSpinWait();
        }
    }

    @Test
    void what_moves_is_stepped_at_once_and_what_is_caught_up_waits_for_news() throws Exception {
        Script script = new Script("a", MOVED, MOVED, CAUGHT_UP, MOVED, CAUGHT_UP);
        try (Driver driver = driver()) {
            driver.drive(script);
            script.awaitSteps(3);
            assertEquals(DriverSettings.defaults().idleMax(), nextPause());
            script.onNews.run();
            script.awaitSteps(2);
            nextPause();
            timeIsUp.release();
            script.awaitSteps(1);
        }
    }

    @Test
    void what_is_hindered_is_stepped_after_pauses_that_grow_and_stay_bounded() throws Exception {
        Step[] steps = new Step[14];
        Arrays.fill(steps, HINDERED);
        steps[12] = MOVED;
        noWaiting = true;
        Script script = new Script("a", steps);
        try (Driver driver = driver()) {
            driver.drive(script);
            double base = 100;
            for (int i = 0; i < 12; i++) {
                long pauseMs = nextPause().toMillis();
                assertTrue(pauseMs >= base / 2 - 1 && pauseMs <= base, i + ": " + pauseMs);
                base = Math.min(base * 2, 30_000);
            }
            assertTrue(nextPause().toMillis() <= 100, "a success starts the pauses over");
        }
    }

    @Test
    void news_do_not_shorten_the_pause_of_what_is_hindered_but_an_operator_does() throws Exception {
        Script script = new Script("a", HINDERED, HINDERED, CAUGHT_UP);
        try (Driver driver = driver()) {
            driver.drive(script);
            nextPause();
            script.awaitSteps(1);
            script.onNews.run();
            timeIsUp.release();
            nextPause();
            script.awaitSteps(1);
            driver.wake("a");
            script.awaitSteps(1);
        }
    }

    @Test
    void what_moves_between_two_hindrances_is_told_once_and_so_is_that_it_is_over()
            throws Exception {
        Logger logger = Logger.getLogger(Driver.class.getName());
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler listening =
                new Handler() {
                    @Override
                    public void publish(LogRecord line) {
                        if (line.getMessage().contains("name=told-once")) {
                            lines.add(line.getMessage());
                        }
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        logger.addHandler(listening);
        noWaiting = true;
        Script script =
                new Script(
                        "told-once", MOVED, HINDERED, MOVED, HINDERED, MOVED, HINDERED, CAUGHT_UP);
        try (Driver driver = driver()) {
            driver.drive(script);
            script.awaitSteps(8);
        } finally {
            logger.removeHandler(listening);
        }
        assertEquals(
                List.of("hindered name=told-once why=\"no line\"", "gets on again name=told-once"),
                lines);
    }

    @Test
    void what_has_stopped_waits_until_it_is_woken() throws Exception {
        Script script = new Script("a", STOPPED, MOVED);
        try (Driver driver = driver()) {
            driver.drive(script);
            script.awaitSteps(1);
            awaitState(driver, Step.Stopped.class);
            script.onNews.run();
            timeIsUp.release();
            assertEquals(0, script.stepped.availablePermits());
            driver.wake("a");
            script.awaitSteps(2);
            assertThrows(IllegalArgumentException.class, () -> driver.wake("b"));
        }
    }

    @Test
    void an_exception_stops_its_own_steps_and_nobody_elses() throws Exception {
        Script broken = new Script("a");
        broken.steps.add(() -> {
            throw new AssertionError("we were wrong");
        });
        Script sound = new Script("b", MOVED, MOVED);
        try (Driver driver = driver()) {
            driver.drive(broken);
            driver.drive(sound);
            broken.awaitSteps(1);
            sound.awaitSteps(3);
            awaitState(driver, Step.Stopped.class);
            Step.Stopped stopped =
                    assertInstanceOf(Step.Stopped.class, driver.status().getFirst().last());
            assertTrue(stopped.why().contains("we were wrong"));
            assertEquals(
                    List.of("a", "b"), driver.status().stream().map(Driver.Status::name).toList());
            driver.wake("a");
            broken.awaitSteps(1);
        }
    }

    @Test
    void closing_waits_for_the_steps_in_progress_and_nothing_is_stepped_after() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Script script = new Script("a");
        script.steps.add(() -> {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new AssertionError("a step is not interrupted", e);
            }
            return MOVED;
        });
        Driver driver = driver();
        driver.drive(script);
        begun.await();
        assertThrows(IllegalArgumentException.class, () -> driver.drive(new Script("a")));
        Thread closing = Thread.ofVirtual().start(driver::close);
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        closing.join();
        assertEquals(1, script.stepped.availablePermits());
        assertThrows(IllegalStateException.class, () -> driver.drive(new Script("b")));
    }
}
