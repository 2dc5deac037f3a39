package dev.skerry.store.orders;

import dev.skerry.language.orders.Order;

/// What happens to baskets, which only the store needs to know: its stream is `local/baskets`, compacted by the basket's id.
sealed interface BasketEvent {

    /// The basket as it now stands.
    ///
    /// @param change what was done to it, such as `scanned`
    record BasketChanged(Basket basket, String change) implements BasketEvent {}

    /// It is no basket any more.
    ///
    /// @param outcome `paid`, `abandoned`, `joined` or `lost`
    record BasketClosed(String id, String outcome) implements BasketEvent {}

    /// A paid order is to be taken back; its money goes back first.
    record VoidBegun(String order, String device, String cashier, String approvedBy, String reason)
            implements BasketEvent {}

    /// It has been taken back.
    record VoidEnded(String order) implements BasketEvent {}

    /// An order was rehearsed: nothing was sold.
    record OrderRehearsed(Order order) implements BasketEvent {}

    /// It was rehearsed long ago.
    record RehearsalForgotten(String order) implements BasketEvent {}
}
