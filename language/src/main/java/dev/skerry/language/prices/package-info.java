/// What headquarters asks for what it sells, and takes off: prices (`hq/prices`), promotions (`hq/promotions`), tax rates (`hq/taxes`).
/// All of it is in a store before it begins to be true.
@NullMarked
package dev.skerry.language.prices;

import org.jspecify.annotations.NullMarked;
