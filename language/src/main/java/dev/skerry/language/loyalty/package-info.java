/// What stores book for their customers, and what headquarters offers them: the events of the streams `store-…/loyalty` and
/// `hq/offers`, and what stands between the customers in `hq/customers`.
@NullMarked
package dev.skerry.language.loyalty;

import org.jspecify.annotations.NullMarked;
