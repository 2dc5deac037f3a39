@NullMarked
package dev.skerry.hq.stock;

import org.jspecify.annotations.NullMarked;
