/// Tests of the bad line, with real sockets.
@NullMarked
package dev.skerry.app.line;

import org.jspecify.annotations.NullMarked;
