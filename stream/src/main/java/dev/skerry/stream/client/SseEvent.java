package dev.skerry.stream.client;

import dev.skerry.stream.Bytes;

/// One server-sent event.
record SseEvent(String type, Bytes data) {}
