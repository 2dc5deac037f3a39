package dev.skerry.store.payments;

import dev.skerry.store.payments.PaymentsTables.Numbered;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Goes round what is outstanding, so that a tender that does not get on keeps none of the others, and is itself tried after pauses
/// that grow. Moved only by what got on: a cut line is one long hindrance to whoever drives this. One thread at a time.
final class Errands implements Steps {

    /// What came of one errand.
    sealed interface Errand {
        record GotOn() implements Errand {}

        /// Not now, and for no fault: somebody else is at it.
        record NotDue() implements Errand {}

        /// @param nobodyAnswers who was asked: what he would be asked about next need not be tried either
        record Hindered(boolean nobodyAnswers, String why) implements Errand {}
    }

    /// The pause after the first hindrance; doubled with each further one. Whoever drives this adds the jitter.
    static final Duration PAUSE_MIN = Duration.ofMillis(500);

    static final Duration PAUSE_MAX = Duration.ofSeconds(30);

    /// Each may be a wait for an answer that does not come, and a step is waited for when the server stops.
    private static final int HINDRANCES_PER_STEP_MAX = 10;

    /// @param times that it was hindered in a row
    /// @param until then nobody is asked
    private record Pause(int times, Instant until, String why) {}

    private final String name;
    private final LongFunction<List<Numbered>> outstanding;
    private final Function<Tender, Errand> errand;
    private final Function<Tender, String> asked;
    private final Function<Runnable, Watch> watch;
    private final InstantSource clock;

    private long after = -1;
    private long done;

    /// By what is left in peace: a tender, or who is asked about it.
    private final Map<String, Pause> pauses = new HashMap<>();

    /// Of [#pauses], those that hold something up in this round.
    private final Set<String> met = new HashSet<>();

    /// @param outstanding what has a number above this, in order; empty if nothing has
    /// @param errand must be able to bear that it is done already
    /// @param asked who is asked about a tender
    Errands(
            String name,
            LongFunction<List<Numbered>> outstanding,
            Function<Tender, Errand> errand,
            Function<Tender, String> asked,
            Function<Runnable, Watch> watch,
            InstantSource clock) {
        this.name = name;
        this.outstanding = outstanding;
        this.errand = errand;
        this.asked = asked;
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Step step() {
        int hindrances = 0;
        List<Numbered> page = outstanding.apply(after);
        while (!page.isEmpty()) {
            for (Numbered next : page) {
                after = next.seq();
                String who = "asking " + asked.apply(next.tender());
                String which = "tender " + next.tender().id();
                if (isPaused(who) || isPaused(which)) {
                    continue;
                }
                switch (errand.apply(next.tender())) {
                    case Errand.GotOn() -> {
                        pauses.remove(who);
                        pauses.remove(which);
                        return new Step.Moved(++done, 1);
                    }
                    case Errand.NotDue() -> {}
                    case Errand.Hindered(boolean nobodyAnswers, String why) -> {
                        pause(nobodyAnswers ? who : which, why);
                        if (++hindrances == HINDRANCES_PER_STEP_MAX) {
                            return new Step.Hindered(why);
                        }
                    }
                }
            }
            page = outstanding.apply(after);
        }
        after = -1;
        pauses.keySet().retainAll(met);
        met.clear();
        return pauses.values().stream()
                .max((a, b) -> Integer.compare(a.times(), b.times()))
                .<Step>map(it -> new Step.Hindered(it.why()))
                .orElseGet(() -> new Step.CaughtUp(done));
    }

    private boolean isPaused(String what) {
        Pause pause = pauses.get(what);
        boolean paused = pause != null && clock.instant().isBefore(pause.until());
        if (paused) {
            met.add(what);
        }
        return paused;
    }

    private void pause(String what, String why) {
        @Nullable Pause before = pauses.get(what);
        int times = before == null ? 1 : before.times() + 1;
        Duration pause = PAUSE_MIN.multipliedBy(1L << Math.min(times - 1, 10));
        Instant until = clock.instant().plus(pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX);
        pauses.put(what, new Pause(times, until, why));
        met.add(what);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return watch.apply(onNews);
    }
}
