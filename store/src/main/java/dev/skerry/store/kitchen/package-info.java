/// What the kitchen has to make.
///
/// Decides which station makes what of an order, which course is made when, and when an order is ready.
/// Publishes `store-…/kitchen` (tickets, and what became of them) and `local/kitchen` (the tickets that screens show).
/// Follows the store's orders: what is placed or paid becomes tickets, what is placed and later paid does so once, what is added or
/// taken out in between becomes a supplement or a cut. What a table has sent before it pays is told whole each time it changes; its payment
/// then makes nothing.
/// Promises: an order that is told again makes no ticket again; what is cancelled stays on the screen, as cancelled, until the
/// station has taken notice.
@NullMarked
package dev.skerry.store.kitchen;

import org.jspecify.annotations.NullMarked;
