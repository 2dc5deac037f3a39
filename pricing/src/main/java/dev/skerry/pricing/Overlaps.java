package dev.skerry.pricing;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Which promotions may meet on one article, and who wins then: for those who plan them. What may be said of articles that nobody knows
/// is said rather than kept back.
public final class Overlaps {

    private Overlaps() {}

    /// What becomes of two promotions on one unit.
    public enum Outcome {
        /// This one goes first, even if the other would take off more.
        THIS_GOES_FIRST,
        OTHER_GOES_FIRST,
        /// The one that takes off more applies.
        BETTER_ONE_APPLIES,
        /// Both take off what they say.
        BOTH_APPLY
    }

    /// @param other id of the other promotion
    public record Overlap(String other, Outcome outcome) {}

    /// @param others may hold the promotion itself, which is passed over
    /// @param known the articles that are listed by number; empty for one that is not known
    public static List<Overlap> of(
            Promotion promotion,
            Collection<Promotion> others,
            Function<String, Optional<Article>> known) {
        List<Overlap> all = new ArrayList<>();
        for (Promotion other : others) {
            if (!other.id().equals(promotion.id())
                    && meetInTime(promotion.conditions(), other.conditions())
                    && takesOff(promotion.effect())
                    && takesOff(other.effect())
                    && meet(promotion.effect(), other.effect(), known)) {
                all.add(new Overlap(other.id(), outcome(promotion, other)));
            }
        }
        return all;
    }

    private static Outcome outcome(Promotion one, Promotion other) {
        Standing mine = one.standing();
        Standing its = other.standing();
        boolean apart =
                mine.lane() != its.lane()
                        || ofBasket(one.effect()) != ofBasket(other.effect())
                        || one.conditions().coupon().isPresent()
                                != other.conditions().coupon().isPresent();
        if (apart) {
            return Outcome.BOTH_APPLY;
        }
        boolean exclusive = mine.concurrency() == Standing.Concurrency.EXCLUSIVE;
        if (exclusive != (its.concurrency() == Standing.Concurrency.EXCLUSIVE)) {
            return exclusive ? Outcome.THIS_GOES_FIRST : Outcome.OTHER_GOES_FIRST;
        }
        if (mine.priority() != its.priority()) {
            return mine.priority() > its.priority()
                    ? Outcome.THIS_GOES_FIRST
                    : Outcome.OTHER_GOES_FIRST;
        }
        return mine.concurrency() == Standing.Concurrency.COMPOUND
                        && its.concurrency() == Standing.Concurrency.COMPOUND
                ? Outcome.BOTH_APPLY
                : Outcome.BETTER_ONE_APPLIES;
    }

    private static boolean ofBasket(Effect effect) {
        return effect instanceof Effect.SpendThreshold
                || effect instanceof Effect.BasketPercent
                || effect instanceof Effect.Gift;
    }

    private static boolean takesOff(Effect effect) {
        return !(effect instanceof Effect.EarnPoints
                || effect instanceof Effect.MultiplyPoints
                || effect instanceof Effect.Reward);
    }

    private static boolean meetInTime(Conditions one, Conditions other) {
        LocalDateTime from = later(one.from(), other.from());
        LocalDateTime to = earlier(one.to(), other.to());
        return from.isBefore(to);
    }

    private static LocalDateTime later(Optional<LocalDateTime> one, Optional<LocalDateTime> other) {
        LocalDateTime a = one.orElse(LocalDateTime.MIN);
        LocalDateTime b = other.orElse(LocalDateTime.MIN);
        return a.isAfter(b) ? a : b;
    }

    private static LocalDateTime earlier(
            Optional<LocalDateTime> one, Optional<LocalDateTime> other) {
        LocalDateTime a = one.orElse(LocalDateTime.MAX);
        LocalDateTime b = other.orElse(LocalDateTime.MAX);
        return a.isBefore(b) ? a : b;
    }

    private static boolean meet(
            Effect one, Effect other, Function<String, Optional<Article>> known) {
        for (Articles mine : EffectArticles.of(one)) {
            for (Articles its : EffectArticles.of(other)) {
                if (meet(mine, its, known)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean meet(
            Articles one, Articles other, Function<String, Optional<Article>> known) {
        if (onlySkus(one)) {
            return someIn(one.skus(), other, known);
        }
        if (onlySkus(other)) {
            return someIn(other.skus(), one, known);
        }
        Set<String> mine = departments(one);
        Set<String> its = departments(other);
        if (!mine.isEmpty()
                && !its.isEmpty()
                && mine.stream()
                        .noneMatch(it ->
                                its.stream()
                                        .anyMatch(that -> under(it, that) || under(that, it)))) {
            return false;
        }
        return !(onlyBrands(one)
                && onlyBrands(other)
                && Collections.disjoint(one.brands(), other.brands()));
    }

    private static boolean someIn(
            Set<String> skus, Articles articles, Function<String, Optional<Article>> known) {
        return skus.stream()
                .anyMatch(sku ->
                        known.apply(sku)
                                .map(articles::include)
                                .orElse(articles.all() || articles.skus().contains(sku)));
    }

    private static boolean onlySkus(Articles articles) {
        return !articles.skus().isEmpty()
                && articles.departments().isEmpty()
                && articles.brands().isEmpty()
                && articles.tags().isEmpty();
    }

    /// Those in which all of these articles stand; none if that is not known.
    private static Set<String> departments(Articles articles) {
        boolean only =
                !articles.departments().isEmpty()
                        && articles.skus().isEmpty()
                        && articles.brands().isEmpty()
                        && articles.tags().isEmpty();
        return only
                ? articles.departments()
                : articles.within().map(Overlaps::departments).orElse(Set.of());
    }

    private static boolean onlyBrands(Articles articles) {
        return !articles.brands().isEmpty()
                && articles.skus().isEmpty()
                && articles.departments().isEmpty()
                && articles.tags().isEmpty();
    }

    private static boolean under(String path, String above) {
        return path.equals(above) || path.startsWith(above + "/");
    }
}
