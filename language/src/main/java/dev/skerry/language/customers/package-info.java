/// Whom the chain knows by a card, as headquarters tells its stores in the stream `hq/customers`.
@NullMarked
package dev.skerry.language.customers;

import org.jspecify.annotations.NullMarked;
