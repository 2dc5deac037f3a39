package dev.skerry.pricing;

import dev.skerry.language.Money;
import dev.skerry.pricing.Standing.Lane;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Promotions on the basket, lane after lane. Whether a threshold is reached is seen on what lines cost after the promotions
/// on lines, once; what is taken off is taken of what they cost when the lane begins.
final class BasketStage {

    private final Basket basket;
    private final List<Lot> afterLines;
    private final Verdicts verdicts;
    private final Budget budget;
    private final List<Priced.MissingGift> missing = new ArrayList<>();

    /// @param afterLines what lines cost after the promotions on lines
    BasketStage(Basket basket, List<Lot> afterLines, Verdicts verdicts, Budget budget) {
        this.basket = basket;
        this.afterLines = afterLines;
        this.verdicts = verdicts;
        this.budget = budget;
    }

    void apply(Shelf shelf, List<Candidate> candidates) {
        List<Candidate> onBasket =
                candidates.stream()
                        .filter(it -> it.promotion().effect() instanceof Effect.OnBasket)
                        .filter(it -> !(it.promotion().effect() instanceof Effect.Reward))
                        .toList();
        for (Lane lane : Lane.values()) {
            List<BasketOffer> offers = new ArrayList<>();
            for (Candidate candidate : onBasket) {
                if (candidate.standing().lane() == lane) {
                    BasketOffer offer = offer(candidate, shelf);
                    if (offer != null) {
                        offers.add(offer);
                    }
                }
            }
            if (!offers.isEmpty()) {
                apply(shelf, offers, new BasketChoice(shelf, offers, budget).choose(offers));
            }
        }
    }

    private void apply(Shelf shelf, List<BasketOffer> offers, List<BasketOffer> chosen) {
        List<String> ids = new ArrayList<>();
        for (BasketOffer offer : chosen) {
            if (offer.take(shelf) > 0) {
                verdicts.applied(offer.candidate().source(), 1);
                ids.add(offer.candidate().promotion().id());
            }
        }
        ids.sort(null);
        for (BasketOffer offer : offers) {
            verdicts.not(
                    offer.candidate().promotion(),
                    chosen.contains(offer) || ids.isEmpty()
                            ? new WhyNot.NothingToTakeOff()
                            : new WhyNot.BeatenBy(ids));
        }
    }

    /// @return null if it is not due
    private @Nullable BasketOffer offer(Candidate candidate, Shelf shelf) {
        return switch (candidate.promotion().effect()) {
            case Effect.SpendThreshold it -> threshold(candidate, it, shelf);
            case Effect.BasketPercent it ->
                    BasketOffer.of(
                            candidate,
                            new Reduction.ByPercent(it.percent()),
                            it.max().map(Money::minor),
                            shelf);
            case Effect.Gift it -> gift(candidate, it, shelf);
            default -> null;
        };
    }

    private @Nullable BasketOffer threshold(
            Candidate candidate, Effect.SpendThreshold threshold, Shelf shelf) {
        long spent = spent(candidate);
        Effect.SpendStep reached = null;
        for (Effect.SpendStep step : threshold.steps()) {
            if (step.spend().minor() <= spent) {
                reached = step;
            }
        }
        if (reached == null) {
            needs(candidate, threshold.steps().getFirst().spend().minor() - spent);
            return null;
        }
        return BasketOffer.of(candidate, reached.off(), Optional.empty(), shelf);
    }

    /// The dearest units with which enough is spent on others.
    private @Nullable BasketOffer gift(Candidate candidate, Effect.Gift gift, Shelf shelf) {
        List<Lot> possible =
                afterLines.stream()
                        .filter(lot -> candidate.means(1, lot.goods()) && !lot.goods().measured())
                        .sorted(
                                Comparator.comparingLong(Lot::net)
                                        .reversed()
                                        .thenComparingInt(lot -> lot.goods().index()))
                        .toList();
        TreeMap<Integer, Long> units = new TreeMap<>();
        long spent = spent(candidate);
        int due = gift.units();
        for (Lot lot : possible) {
            long counted = candidate.means(0, lot.goods()) ? lot.net() : 0;
            for (long i = 0;
                    i < lot.units() && due > 0 && spent - counted >= gift.spend().minor();
                    i++) {
                units.merge(lot.goods().index(), 1L, Long::sum);
                spent -= counted;
                due--;
            }
        }
        long itself =
                possible.isEmpty() || !candidate.means(0, possible.getLast().goods())
                        ? 0
                        : possible.getLast().net();
        long more = gift.spend().minor() - spent + itself;
        if (due > 0 && more <= 0 && possible.stream().mapToLong(Lot::units).sum() < gift.units()) {
            missing.add(
                    new Priced.MissingGift(
                            candidate.promotion().id(),
                            candidate.promotion().name(),
                            gift.gift(),
                            due));
        }
        if (units.isEmpty()) {
            if (more > 0) {
                needs(candidate, more);
            } else {
                verdicts.not(candidate.promotion(), new WhyNot.GiftMissing());
            }
            return null;
        }
        BitSet goods = new BitSet();
        units.keySet().forEach(goods::set);
        return BasketOffer.gift(candidate, goods, List.copyOf(units.values()), shelf);
    }

    private void needs(Candidate candidate, long more) {
        verdicts.not(
                candidate.promotion(), new WhyNot.NeedsSpend(new Money(more, basket.currency())));
    }

    private long spent(Candidate candidate) {
        long spent = 0;
        for (Lot lot : afterLines) {
            spent += candidate.means(0, lot.goods()) ? lot.extended() : 0;
        }
        return spent;
    }

    List<Priced.MissingGift> missingGifts() {
        return missing;
    }
}
