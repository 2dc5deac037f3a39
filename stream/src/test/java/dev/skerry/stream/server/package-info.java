/// Tests of the endpoint, without sockets and without waiting.
@NullMarked
package dev.skerry.stream.server;

import org.jspecify.annotations.NullMarked;
