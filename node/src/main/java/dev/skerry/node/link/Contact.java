package dev.skerry.node.link;

import dev.skerry.node.link.Dialer.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Gets and keeps a wire to HQ. For one thread, but that wires and answers come from others.
///
/// While the line is down it is only probed, a packet or two a few times a second: that costs HQ nothing, and the line's return is
/// noticed at once however long it was away. A real attempt follows when a probe has come through. HQ that is reached and cannot
/// talk is left in peace for longer and longer, with jitter, so that stores that come back together do not trample it.
final class Contact {

    /// An attempt that has led nowhere for so long gets company, and is given up after so long.
    private static final Duration SECOND_TRY_AFTER = Duration.ofSeconds(2);

    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(15);
    private static final int TRIES_MAX = 3;

    /// The longest pause where nobody answered at all.
    private static final Duration UNREACHED_MAX = Duration.ofSeconds(5);

    /// What HQ may send besides what the window counts: answers, announcements, one run each of urgent streams.
    private static final long INBOX_MORE_BYTES = 1024 * 1024;

    /// A wire that is open, and what comes over it.
    record Opened(Wire wire, Inbox inbox) {}

    private final Dialer dialer;
    private final LinkSettings settings;
    private final RandomGenerator random;
    private final Runnable onNews;

    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private @Nullable Opened opened;

    /// When attempts under way began; those that have answered are gone.
    private final List<Instant> tries = new ArrayList<>();

    private boolean everTried;
    private boolean reachable;
    private boolean failedOnce;
    private int failures;
    private Instant nextTry = Instant.MIN;
    private Instant nextProbe = Instant.MIN;
    private String why = "not tried yet";

    Contact(Dialer dialer, LinkSettings settings, RandomGenerator random, Runnable onNews) {
        this.dialer = dialer;
        this.settings = settings;
        this.random = random;
        this.onNews = onNews;
    }

    /// Looks for a wire.
    ///
    /// @return one that has opened since the last time
    @Nullable Opened seek(Instant now) {
        takeNews();
        if (opened != null) {
            return taken();
        }
        tries.removeIf(begun -> olderThan(begun, GIVE_UP_AFTER, now));
        if (!everTried || (reachable && due(nextTry, now) && mayTry(now))) {
            everTried = true;
            reachable = false;
            tries.add(now);
            dialer.dial(new Try(now));
        } else if (due(nextProbe, now)) {
            nextProbe = now.plus(jittered(settings.probeEvery()));
            dialer.probe(() -> tell(() -> reachable = true));
        }
        takeNews();
        return taken();
    }

    /// Nothing has happened that [#seek] would see.
    boolean quiet() {
        return news.isEmpty();
    }

    /// A wire is there: another one that opens meanwhile is not wanted.
    void settled() {
        takeNews();
        Opened spare = taken();
        if (spare != null) {
            spare.inbox().close();
            spare.wire().close("another one was faster");
        }
    }

    private boolean mayTry(Instant now) {
        return tries.isEmpty()
                || (tries.size() < TRIES_MAX
                        && olderThan(
                                tries.getLast(), SECOND_TRY_AFTER.multipliedBy(tries.size()), now));
    }

    /// A moment, unless the clock was set back so far that it would never come.
    private boolean due(Instant moment, Instant now) {
        return !now.isBefore(moment)
                || moment.isAfter(now.plus(settings.backOffMax().multipliedBy(2)));
    }

    private static boolean olderThan(Instant begun, Duration age, Instant now) {
        return now.isAfter(begun.plus(age)) || now.isBefore(begun.minus(age));
    }

    private @Nullable Opened taken() {
        Opened found = opened;
        opened = null;
        return found;
    }

    private void takeNews() {
        Runnable one = news.poll();
        while (one != null) {
            one.run();
            one = news.poll();
        }
    }

    private void tell(Runnable what) {
        news.add(what);
        onNews.run();
    }

    /// The wire led to a talk: whatever goes wrong from now on is not HQ's overload.
    void welcomed() {
        failures = 0;
        tries.clear();
    }

    /// A wire has ended; after a pause if HQ was unable or unwilling to talk.
    ///
    /// @param pause null: try again at once
    void lost(String because, @Nullable Duration pause, Instant now) {
        why = because;
        reachable = false;
        nextProbe = Instant.MIN;
        if (pause == null) {
            nextTry = Instant.MIN;
        } else {
            nextTry = now.plus(jittered(pause));
        }
    }

    /// HQ was reached and would not talk: the pauses grow.
    void turnedAway(String because, @Nullable Duration comeBackAfter, Instant now) {
        failures++;
        lost(because, comeBackAfter != null ? comeBackAfter : settings.backOff(failures - 1), now);
    }

    /// Whether HQ has turned out not to be there, or not to talk, since the start.
    boolean failedOnce() {
        return failedOnce;
    }

    /// Why there is no wire.
    String why() {
        return why;
    }

    private Duration jittered(Duration pause) {
        return Duration.ofNanos((long) (pause.toNanos() * random.nextDouble(0.6, 1.2)));
    }

    /// One attempt.
    private final class Try implements Dialer.Caller {

        private final Instant begun;

        Try(Instant begun) {
            this.begun = begun;
        }

        @Override
        public Wire.Ears opened(Wire wire) {
            Inbox inbox = new Inbox(onNews, settings.windowBytes() + INBOX_MORE_BYTES);
            tell(() -> {
                tries.remove(begun);
                if (opened == null) {
                    opened = new Opened(wire, inbox);
                } else {
                    inbox.close();
                    wire.close("another one was faster");
                }
            });
            return inbox;
        }

        @Override
        public void failed(Failure failure) {
            tell(() -> {
                tries.remove(begun);
                failures++;
                failedOnce = true;
                why = failure.why();
                Duration pause =
                        failure.comeBackAfter() != null
                                ? failure.comeBackAfter()
                                : settings.backOff(
                                        failures - 1,
                                        failure.reached() ? settings.backOffMax() : UNREACHED_MAX);
                nextTry = begun.plus(jittered(pause));
            });
        }
    }
}
