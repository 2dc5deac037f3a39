/// What a basket costs: prices, promotions, tax, and why. Pure: no I/O, no clock, no threads, no randomness; the same basket
/// with the same books costs the same on every machine and for ever.
///
/// [Engine] prices a [Basket] with a [PromotionBook] under [Policies] and answers a [Priced]. [PriceChoice] finds the base
/// price before, [CashRounding] rounds what is paid in cash, [Refunds] says what comes back. Promotions are data:
/// [PromotionFile] reads them.
@NullMarked
package dev.skerry.pricing;

import org.jspecify.annotations.NullMarked;
