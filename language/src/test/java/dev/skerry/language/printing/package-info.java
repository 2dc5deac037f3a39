@NullMarked
package dev.skerry.language.printing;

import org.jspecify.annotations.NullMarked;
