/// What a basket costs: promotions, proration, tax, and why. Pure: no I/O, no clock, no threads.
@NullMarked
package dev.skerry.pricing;

import org.jspecify.annotations.NullMarked;
