/// Serves streams over HTTP as the open Durable Streams protocol asks: create, append, idempotent producers, close, fork,
/// expire, delete; read by catch-up, long-poll and server-sent events. [StreamsEndpoint] is the front; it knows no sockets.
///
/// Promises: an append is answered once it is on the disk, and a retried one takes effect once; a reader is never told
/// that a stream is closed before it has got its last event; what one request may take of memory has a limit.
@NullMarked
package dev.skerry.stream.server;

import org.jspecify.annotations.NullMarked;
