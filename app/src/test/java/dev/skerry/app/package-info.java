/// Tests of the command line.
@NullMarked
package dev.skerry.app;

import org.jspecify.annotations.NullMarked;
