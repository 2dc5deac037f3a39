@NullMarked
package dev.skerry.app.printer;

import org.jspecify.annotations.NullMarked;
