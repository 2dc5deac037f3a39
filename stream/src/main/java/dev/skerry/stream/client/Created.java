package dev.skerry.stream.client;

/// A stream that is there now.
///
/// @param fresh it was not there before
/// @param tail the offset of what is appended next
public record Created(boolean fresh, String contentType, String tail, boolean closed) {}
