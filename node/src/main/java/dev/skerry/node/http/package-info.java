/// HTTP, at both ends: the host (sockets, threads and HTTP/1.1 for what a node serves), and a store's way to HQ. Wires of the link
/// are WebSockets here. The only place that knows the HTTP server's library.
@NullMarked
package dev.skerry.node.http;

import org.jspecify.annotations.NullMarked;
