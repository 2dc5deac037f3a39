package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

/// How a promotion stands beside others.
///
/// @param priority class: what the higher class takes off is decided first
/// @param rank the higher wins between two that take off the same
/// @param onOriginal whether a compound percentage is taken of the price before the lane instead of the running price
public record Standing(
        Lane lane, Concurrency concurrency, int priority, int rank, boolean onOriginal) {

    /// Promotions of one lane compete; those of a later lane come on top.
    public enum Lane {
        PRE,
        DEFAULT,
        POST
    }

    /// How a promotion stands beside others of its lane.
    public enum Concurrency {
        /// Looked at first, and alone on what it takes.
        EXCLUSIVE,
        /// One on a unit.
        BEST_PRICE,
        /// Together with other compound ones on a unit.
        COMPOUND
    }

    public static final Standing BEST_PRICE =
            new Standing(Lane.DEFAULT, Concurrency.BEST_PRICE, 0, 0, false);
    public static final Standing EXCLUSIVE =
            new Standing(Lane.DEFAULT, Concurrency.EXCLUSIVE, 0, 0, false);
    public static final Standing COMPOUND =
            new Standing(Lane.DEFAULT, Concurrency.COMPOUND, 0, 0, false);

    public Standing {
        requireNonNull(lane, "lane");
        requireNonNull(concurrency, "concurrency");
    }

    public Standing in(Lane other) {
        return new Standing(other, concurrency, priority, rank, onOriginal);
    }

    public Standing ofPriority(int other) {
        return new Standing(lane, concurrency, other, rank, onOriginal);
    }

    public Standing ofRank(int other) {
        return new Standing(lane, concurrency, priority, other, onOriginal);
    }

    public Standing ofOriginal() {
        return new Standing(lane, concurrency, priority, rank, true);
    }
}
