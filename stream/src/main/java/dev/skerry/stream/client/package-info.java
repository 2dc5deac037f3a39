/// A client of Durable Streams servers, Skerry's or others': create, append, read, follow, over HTTP.
///
/// What it promises: [StreamReading] delivers every message once and in order across any cut, and resumes exactly where
/// it was; [IdempotentProducer] appends every message once and in order, or says that it cannot. Both are objects with
/// `step()` that never wait; [BlockingReading] and [ProducerDriver] do the waiting for those who want that. Offsets are
/// opaque here, but for [ClientSource], which reads Skerry's own servers.
@org.jspecify.annotations.NullMarked
package dev.skerry.stream.client;
