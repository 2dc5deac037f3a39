package dev.skerry.pricing;

/// Says what a basket costs. Holds no state: one engine serves any number of threads.
public final class Engine {

    /// How many combinations are looked at for one basket before the search becomes greedy.
    public static final int NODES_MAX = 200_000;

    private final int nodesMax;

    public Engine() {
        this(NODES_MAX);
    }

    /// @param nodesMax see [#NODES_MAX]; 0 is always greedy
    public Engine(int nodesMax) {
        this.nodesMax = nodesMax;
    }

    /// @throws IllegalArgumentException if a line's tax category is not in the table, or a promotion is in another currency
    public Priced price(Basket basket, PromotionBook book, Policies policies) {
        return new Pricing(basket, book, policies, nodesMax).run();
    }
}
