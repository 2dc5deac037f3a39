@NullMarked
package dev.skerry.pricing;

import org.jspecify.annotations.NullMarked;
