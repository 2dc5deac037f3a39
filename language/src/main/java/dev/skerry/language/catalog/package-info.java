/// What a chain sells, as headquarters tells its stores in the stream `hq/catalog`: articles with all that is true of them whatever
/// they cost, and recalled lots. Prices are in [dev.skerry.language.prices].
@NullMarked
package dev.skerry.language.catalog;

import org.jspecify.annotations.NullMarked;
