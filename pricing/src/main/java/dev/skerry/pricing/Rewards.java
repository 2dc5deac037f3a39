package dev.skerry.pricing;

import dev.skerry.language.Money;
import java.util.List;

/// Takes off what the customer redeems points for, in the order asked.
final class Rewards {

    private final Basket basket;
    private final Policies policies;
    private final Verdicts verdicts;

    Rewards(Basket basket, Policies policies, Verdicts verdicts) {
        this.basket = basket;
        this.policies = policies;
        this.verdicts = verdicts;
    }

    /// @return points spent
    long apply(Shelf shelf, List<Candidate> candidates) {
        long spent = 0;
        long taken = 0;
        for (Redemption redemption : basket.redemptions()) {
            for (Candidate candidate : candidates) {
                if (candidate.promotion().id().equals(redemption.promotion())
                        && candidate.promotion().effect() instanceof Effect.Reward reward) {
                    for (int i = 0; i < redemption.times(); i++) {
                        WhyNot whyNot = whyNot(reward, spent, taken);
                        long off =
                                whyNot != null
                                        ? 0
                                        : shelf.share(
                                                reward.off().minor(),
                                                candidate::means,
                                                candidate.source());
                        if (off == 0) {
                            verdicts.not(
                                    candidate.promotion(),
                                    whyNot != null ? whyNot : new WhyNot.NothingToTakeOff());
                            break;
                        }
                        verdicts.applied(candidate.source(), 1);
                        spent += reward.points();
                        taken += off;
                    }
                }
            }
        }
        for (Candidate candidate : candidates) {
            if (candidate.promotion().effect() instanceof Effect.Reward) {
                verdicts.not(candidate.promotion(), new WhyNot.NotAsked());
            }
        }
        return spent;
    }

    private @org.jspecify.annotations.Nullable WhyNot whyNot(
            Effect.Reward reward, long spent, long taken) {
        long more = reward.points() - (basket.customer().points() - spent);
        if (more > 0) {
            return new WhyNot.NeedsPoints(more);
        }
        Money cap = policies.offlineRewardMax();
        if (!basket.lineUp() && taken + reward.off().minor() > cap.minor()) {
            return new WhyNot.AboveOfflineCap(cap);
        }
        return null;
    }
}
