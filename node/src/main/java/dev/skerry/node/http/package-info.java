/// The HTTP host: sockets, threads and HTTP/1.1 for what a node serves. The only place that knows the HTTP server's library.
@NullMarked
package dev.skerry.node.http;

import org.jspecify.annotations.NullMarked;
