package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/// The window finds out what a line carries: simulated lines, in microseconds.
class WindowTest {

    private static final int MAX = 4 * 1024 * 1024;

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");

    /// A line that carries so much, after a delay there and back.
    private final class Line {
        private final double bytesPerSecond;
        private final Duration delay;
        private final Deque<Window.Sent> sent = new ArrayDeque<>();
        private final Deque<Instant> due = new ArrayDeque<>();
        private Instant free = now;
        private long carried;

        Line(double bytesPerSecond, Duration delay) {
            this.bytesPerSecond = bytesPerSecond;
            this.delay = delay;
        }

        void send(Window window, int bytes) {
            free =
                    (free.isBefore(now) ? now : free)
                            .plusNanos((long) (bytes * 1e9 / bytesPerSecond));
            sent.addLast(window.sent(bytes, now));
            due.addLast(free.plus(delay));
        }

        /// As much as the window allows, for so long.
        void fill(Window window, Duration time) {
            Instant end = now.plus(time);
            while (now.isBefore(end)) {
                while (window.open()) {
                    send(window, window.pieceBytes());
                }
                now = due.getFirst().isAfter(now) ? due.removeFirst() : now;
                if (due.size() == sent.size()) {
                    due.removeFirst();
                }
                Window.Sent one = sent.removeFirst();
                carried += one.bytes();
                window.answered(one, now);
            }
        }
    }

    @Test
    void a_line_of_ten_megabits_and_80_ms_is_filled() {
        Window window = new Window(MAX);
        Line line = new Line(1_250_000, Duration.ofMillis(80));
        line.fill(window, Duration.ofSeconds(1));
        line.carried = 0;
        line.fill(window, Duration.ofSeconds(5));
        assertTrue(line.carried > 5 * 1_250_000 * 0.95, line.carried + " bytes");
        assertTrue(window.bytes() < 400_000, window.bytes() + " bytes on their way");
    }

    @Test
    void on_a_slow_line_little_is_on_its_way() {
        Window window = new Window(MAX);
        new Line(8_000, Duration.ofMillis(200)).fill(window, Duration.ofMinutes(2));
        assertTrue(window.bytes() <= 8_000, window.bytes() + " bytes");
        assertTrue(window.pieceBytes() <= 2_000);
    }

    @Test
    void a_line_that_gets_better_is_filled_again() {
        Window window = new Window(MAX);
        new Line(8_000, Duration.ofMillis(200)).fill(window, Duration.ofMinutes(2));
        Line better = new Line(1_250_000, Duration.ofMillis(20));
        better.fill(window, Duration.ofSeconds(3));
        better.carried = 0;
        better.fill(window, Duration.ofSeconds(2));
        assertTrue(better.carried > 2 * 1_250_000 * 0.9, better.carried + " bytes");
    }

    @Test
    void single_events_do_not_make_the_window_smaller() {
        Window window = new Window(MAX);
        Line line = new Line(1_250_000, Duration.ofMillis(20));
        for (int i = 0; i < 100; i++) {
            line.send(window, 200);
            now = line.due.removeFirst();
            window.answered(line.sent.removeFirst(), now);
        }
        assertEquals(64 * 1024, window.bytes());
    }

    @Test
    void a_clock_that_was_set_back_measures_nothing() {
        Window window = new Window(MAX);
        Window.Sent sent = window.sent(1000, now);
        window.answered(sent, now.minusSeconds(3600));
        assertEquals(64 * 1024, window.bytes());
        assertTrue(window.idle());
        Window.Sent next = window.sent(1000, now.minusSeconds(3600));
        window.answered(next, now.minusSeconds(3599));
        assertNotNull(window.delay());
    }
}
