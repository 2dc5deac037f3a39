package dev.skerry.pricing;

import java.util.List;

/// Points for what lines cost after all discounts.
final class Points {

    private final Verdicts verdicts;

    Points(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    long earned(List<Receipt.Row> rows, List<Candidate> candidates) {
        long earned = 0;
        List<Candidate> multipliers =
                candidates.stream()
                        .filter(it -> it.promotion().effect() instanceof Effect.MultiplyPoints)
                        .toList();
        for (Candidate candidate : candidates) {
            if (candidate.promotion().effect() instanceof Effect.EarnPoints earn) {
                long net = 0;
                for (Receipt.Row row : rows) {
                    net += candidate.means(row.goods) ? row.net() : 0;
                }
                long points = net / earn.per().minor() * earn.points();
                if (points > 0) {
                    verdicts.applied(candidate.source(), 1);
                }
                earned += points + more(earn, candidate, multipliers, rows);
            }
        }
        for (Candidate candidate : candidates) {
            if (candidate.promotion().effect() instanceof Effect.OnPoints) {
                verdicts.not(candidate.promotion(), new WhyNot.NothingToTakeOff());
            }
        }
        return earned;
    }

    /// The best multiplier counts alone, unless multipliers are compound: those add up.
    private long more(
            Effect.EarnPoints earn,
            Candidate candidate,
            List<Candidate> multipliers,
            List<Receipt.Row> rows) {
        long most = 0;
        Candidate best = null;
        long together = 0;
        for (Candidate multiplier : multipliers) {
            long net = 0;
            for (Receipt.Row row : rows) {
                net += candidate.means(row.goods) && multiplier.means(row.goods) ? row.net() : 0;
            }
            int times = ((Effect.MultiplyPoints) multiplier.promotion().effect()).times();
            long more = net / earn.per().minor() * earn.points() * (times - 1);
            if (multiplier.standing().concurrency() == Standing.Concurrency.COMPOUND) {
                together += more;
            } else if (more > most) {
                most = more;
                best = multiplier;
            }
        }
        if (best != null && most >= together) {
            verdicts.applied(best.source(), 1);
            return most;
        }
        for (Candidate multiplier : multipliers) {
            if (together > 0
                    && multiplier.standing().concurrency() == Standing.Concurrency.COMPOUND) {
                verdicts.applied(multiplier.source(), 1);
            }
        }
        return together;
    }
}
