/// Customers, their points, and what they are offered, as this store knows it: with the line cut, too.
///
/// Decides who is signed up, which points and which codes that are good once may be spent now, and what an order books.
/// Publishes `store-…/loyalty` (sign-ups, points, used codes), for HQ to count, and `local/loyalty` (what baskets that are being
/// paid have reserved). Follows HQ's `hq/customers` and `hq/offers`, and the store's own orders.
/// Promises: each order books once, whatever breaks; two tills never spend the same points, nor the same code, in one store;
/// points are earned always, and without HQ spent up to a cap. What two stores without a line spend twice, HQ sees from
/// what each of them had seen.
@NullMarked
package dev.skerry.store.loyalty;

import org.jspecify.annotations.NullMarked;
