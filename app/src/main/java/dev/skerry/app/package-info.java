/// The program: command line, wiring, and what people see of it.
@NullMarked
package dev.skerry.app;

import org.jspecify.annotations.NullMarked;
