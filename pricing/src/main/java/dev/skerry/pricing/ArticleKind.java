package dev.skerry.pricing;

/// What kind of thing a line sells. Only goods may be discounted; everything else is exempt from every discount there is.
public enum ArticleKind {
    GOODS,
    /// Goods that the chain never discounts.
    NEVER_DISCOUNTED,
    DEPOSIT,
    BAG_FEE,
    GIFT_CARD,
    BILL_PAYMENT
}
