/// Tests of this package.
@NullMarked
package dev.skerry.language.payments;

import org.jspecify.annotations.NullMarked;
