/// What moves the stock of a store, and what of its articles can be had: the events of its stream `inventory`, those of the local stream
/// `local/availability`, and what headquarters knows of other stores' stock.
@NullMarked
package dev.skerry.language.inventory;

import org.jspecify.annotations.NullMarked;
