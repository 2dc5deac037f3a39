package dev.skerry.hq.prices;

import dev.skerry.language.orders.Order;
import java.time.LocalDate;
import java.util.Set;

/// What stores have sold; a port.
@FunctionalInterface
public interface PastSales {

    /// Takes one sale after the other.
    @FunctionalInterface
    interface Taking {

        /// @param store such as `store-0042`
        /// @return whether more is wanted
        boolean take(String store, Order order);
    }

    /// Hands over what was paid on these business days, as far as headquarters have it; each store's in its order.
    ///
    /// @param to the last day
    /// @param stores such as `store-0042`; empty for all
    void read(LocalDate from, LocalDate to, Set<String> stores, Taking taking);
}
