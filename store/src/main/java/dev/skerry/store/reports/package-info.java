/// How a day went: what was sold by hour, department, cashier, source, tax, discount and tender; and what was out of the ordinary in it.
///
/// Decides and publishes nothing. Follows the store's orders and adds each to the figures of its business day, once; an order that is
/// taken back is taken out of them. Follows orders, payments and staff for exceptions. Promises: figures of a day agree to the cent with
/// its receipts, so with its Z; a sale that comes late changes its own day; each void, return, discount, approval and move of a drawer is
/// among the exceptions once; what was built can be built again from the streams.
@NullMarked
package dev.skerry.store.reports;

import org.jspecify.annotations.NullMarked;
