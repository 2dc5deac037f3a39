package dev.skerry.app.shop;

import dev.skerry.store.loyalty.CouponState;
import dev.skerry.store.loyalty.Loyalty;
import dev.skerry.store.orders.Coupons;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers what `orders` asks about coupons from what `loyalty` knows. Any thread.
record LoyaltyCoupons(Loyalty loyalty, InstantSource clock) implements Coupons {

    @Override
    public Optional<String> refused(String code, @Nullable String customer) {
        return why(loyalty.coupon(code, customer, clock.instant()).status());
    }

    /// Empty if it may take something off.
    static Optional<String> why(CouponState.Status status) {
        return switch (status) {
            case FREE, UNKNOWN -> Optional.empty();
            case RESERVED -> Optional.of("another basket that is being paid has this coupon");
            case USED -> Optional.of("this coupon has been used");
            case NOT_YET -> Optional.of("this coupon is not good yet");
            case OVER -> Optional.of("this coupon is not good any more");
            case OF_ANOTHER -> Optional.of("this coupon is for another customer");
        };
    }
}
