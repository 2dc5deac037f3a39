package dev.skerry.pricing;

/// Says what a basket costs. Holds no state: one engine serves any number of threads.
///
/// The best combination of promotions is searched for within a budget. A budget in milliseconds would make a basket cost one
/// thing on a fast machine and another on a slow one, so it is counted in steps of the search: putting units of one price into
/// one place of a set. A step took 0.13 to 0.17 µs where this was measured, so the budget is not quite 20 ms.
public final class Engine {

    /// How many steps are taken for one basket before the search becomes greedy.
    public static final int STEPS_MAX = 100_000;

    private final int stepsMax;

    public Engine() {
        this(STEPS_MAX);
    }

    /// @param stepsMax see [#STEPS_MAX]; 0 is always greedy
    public Engine(int stepsMax) {
        this.stepsMax = stepsMax;
    }

    /// @throws IllegalArgumentException if a line's tax category is not in the table, or a promotion is in another currency
    public Priced price(Basket basket, PromotionBook book, Policies policies) {
        return new Pricing(basket, book, policies, stepsMax).run();
    }
}
