package dev.skerry.node.http;

import dev.skerry.node.link.Acceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Where wires come in: a WebSocket (RFC 6455) that carries binary messages.
///
/// @param path such as `/v1/link`
/// @param acceptor told of each wire, by the thread of its connection
/// @param busy asked before each wire; if not empty, it is refused with 503 and told to come back after that long
/// @param unproven whether a wire without TLS may give itself this name (with `Skerry-Guest`); for tests and simulations
public record WireMount(
        String path,
        Acceptor acceptor,
        Supplier<Optional<Duration>> busy,
        Predicate<String> unproven) {

    /// For whoever has a certificate, never too busy.
    public WireMount(String path, Acceptor acceptor) {
        this(path, acceptor, Optional::empty, _ -> false);
    }

    public WireMount busy(Supplier<Optional<Duration>> asked) {
        return new WireMount(path, acceptor, asked, unproven);
    }

    public WireMount unproven(Predicate<String> names) {
        return new WireMount(path, acceptor, busy, names);
    }
}
