package dev.skerry.store.payments;

import dev.skerry.store.payments.PaymentsTables.Numbered;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Goes round what is outstanding, one tender a step, so that one that does not get on keeps none of the others. One thread at a time.
final class Errands implements Steps {

    /// What came of one errand.
    sealed interface Errand {
        record GotOn() implements Errand {}

        /// Not now, and for no fault: somebody else is at it.
        record NotDue() implements Errand {}

        /// @param nobodyAnswers who was asked: what he would be asked about next need not be tried in this round
        record Hindered(boolean nobodyAnswers, String why) implements Errand {}
    }

    private final String name;
    private final LongFunction<List<Numbered>> outstanding;
    private final Function<Tender, Errand> errand;
    private final Function<Tender, String> asked;
    private final Function<Runnable, Watch> watch;

    private long after = -1;
    private long done;
    private @Nullable String hindered;
    private final Set<String> silent = new HashSet<>();

    /// @param outstanding what has a number above this, in order; empty if nothing has
    /// @param errand must be able to bear that it is done already
    /// @param asked who is asked about a tender
    Errands(
            String name,
            LongFunction<List<Numbered>> outstanding,
            Function<Tender, Errand> errand,
            Function<Tender, String> asked,
            Function<Runnable, Watch> watch) {
        this.name = name;
        this.outstanding = outstanding;
        this.errand = errand;
        this.asked = asked;
        this.watch = watch;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Step step() {
        for (Numbered next : outstanding.apply(after)) {
            after = next.seq();
            if (!silent.contains(asked.apply(next.tender()))) {
                switch (errand.apply(next.tender())) {
                    case Errand.GotOn() -> {
                        return new Step.Moved(++done, 1);
                    }
                    case Errand.NotDue() -> {}
                    case Errand.Hindered(boolean nobodyAnswers, String why) -> {
                        hindered = why;
                        if (nobodyAnswers) {
                            silent.add(asked.apply(next.tender()));
                        }
                        // The rest of the round is for the next steps: each asks somebody at most
                        // once.
                        return new Step.Moved(done, 0);
                    }
                }
            }
        }
        String why = hindered;
        boolean whole = outstanding.apply(after).isEmpty();
        if (!whole) {
            return new Step.Moved(done, 0);
        }
        after = -1;
        hindered = null;
        silent.clear();
        return why == null ? new Step.CaughtUp(done) : new Step.Hindered(why);
    }

    @Override
    public Watch watch(Runnable onNews) {
        return watch.apply(onNews);
    }
}
