package dev.skerry.store.orders;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What orders ask about a coupon that is shown.
@FunctionalInterface
public interface Coupons {

    /// Why it is not taken, for people; empty if it may take something off.
    ///
    /// @param customer who shows it; null if nobody is known
    Optional<String> refused(String code, @Nullable String customer);
}
