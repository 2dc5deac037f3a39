package dev.skerry.pricing;

/// What kind of thing a line sells. Only goods may be discounted, settled or not; everything else is exempt from every discount there is.
public enum ArticleKind {
    GOODS,
    /// Goods whose price stands, because promotions have had their say before: their check was split since. What a customer or a cashier
    /// adds later still counts for them: coupons, rewards, discounts by hand, points.
    SETTLED,
    /// Goods that the chain never discounts.
    NEVER_DISCOUNTED,
    DEPOSIT,
    BAG_FEE,
    GIFT_CARD,
    BILL_PAYMENT
}
