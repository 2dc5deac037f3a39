/// Tests of the HTTP host over real sockets.
@NullMarked
package dev.skerry.node.http;

import org.jspecify.annotations.NullMarked;
