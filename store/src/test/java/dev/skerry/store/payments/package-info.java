/// Tests of this package.
@NullMarked
package dev.skerry.store.payments;

import org.jspecify.annotations.NullMarked;
