/// A database of streams in one SQLite file: one writer with group commit, readers on connections of their own.
///
/// The only place that knows JDBC. Nothing is answered before it is on the disk (`synchronous=FULL`).
@org.jspecify.annotations.NullMarked
package dev.skerry.stream.sqlite;
