@NullMarked
package dev.skerry.hq.catalog;

import org.jspecify.annotations.NullMarked;
