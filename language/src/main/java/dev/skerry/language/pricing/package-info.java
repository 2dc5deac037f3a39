/// What a store does to prices by itself: its own markdown campaigns, and the labels at its shelves.
@NullMarked
package dev.skerry.language.pricing;

import org.jspecify.annotations.NullMarked;
