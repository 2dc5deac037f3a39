@NullMarked
package dev.skerry.hq.reconciliation;

import org.jspecify.annotations.NullMarked;
