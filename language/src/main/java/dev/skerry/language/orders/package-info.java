/// What the orders of a store have come to: the events of its stream `orders`, and the values in them.
@NullMarked
package dev.skerry.language.orders;

import org.jspecify.annotations.NullMarked;
