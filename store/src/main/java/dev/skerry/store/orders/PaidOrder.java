package dev.skerry.store.orders;

import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import org.jspecify.annotations.Nullable;

/// A paid order, and what has become of it.
///
/// @param voided null if it stands
public record PaidOrder(Order order, @Nullable OrderVoided voided) {}
