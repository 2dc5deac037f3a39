/// Streams: append-only, ordered, offset-addressed logs that live in a context's own database, and followers that
/// carry their events to a reader, each exactly once.
///
/// To publish is to commit: an event and the state it changes are written in one transaction ([Database#write]).
/// To follow is to commit the cursor with the effects ([Follower]). Nothing here has a thread of its own except a
/// database's writer and announcer, and the [Driver].
@org.jspecify.annotations.NullMarked
package dev.skerry.stream;
