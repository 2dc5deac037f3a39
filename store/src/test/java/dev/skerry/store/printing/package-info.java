@NullMarked
package dev.skerry.store.printing;

import org.jspecify.annotations.NullMarked;
