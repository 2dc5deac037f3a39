/// Payments and the cash office.
///
/// Decides what may be taken for an order and what goes back, when an order is paid, what is taken while the line is down, and what each
/// till, shift and business day has taken. Publishes `store-…/payments`. Follows `hq/gift-cards`: blocked cards, and what HQ booked.
/// Asks, through ports, the card terminals and HQ's gift cards.
/// Promises: money is asked for only after that was written down, so a crash or a lost answer charges nobody twice and pays no order that
/// is not paid; a command that is repeated is carried out once; a Z never changes; reports and Z are sums over the same entries.
@NullMarked
package dev.skerry.store.payments;

import org.jspecify.annotations.NullMarked;
