@NullMarked
package dev.skerry.hq.prices;

import org.jspecify.annotations.NullMarked;
