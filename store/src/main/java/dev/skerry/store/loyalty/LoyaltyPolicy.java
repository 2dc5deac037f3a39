package dev.skerry.store.loyalty;

/// How many points may be spent while HQ cannot be asked, whatever the balance.
///
/// @param offlinePerBasketMax in one basket
/// @param offlinePerCustomerMax by one customer in this store, until HQ has counted it
public record LoyaltyPolicy(long offlinePerBasketMax, long offlinePerCustomerMax) {

    public LoyaltyPolicy {
        if (offlinePerBasketMax < 0 || offlinePerCustomerMax < 0) {
            throw new IllegalArgumentException("caps are 0 or more");
        }
    }

    /// 2,000 and 4,000 points: 20.00 and 40.00 where 100 points are worth 1.00.
    public static LoyaltyPolicy defaults() {
        return new LoyaltyPolicy(2_000, 4_000);
    }
}
