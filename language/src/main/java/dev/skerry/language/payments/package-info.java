/// What the payments of a store have come to: the events of its stream `payments`, and the values in them.
@NullMarked
package dev.skerry.language.payments;

import org.jspecify.annotations.NullMarked;
