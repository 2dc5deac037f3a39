package dev.skerry.node.http;

import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.server.Exchange;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// A request for a route, and its answer. For the thread that handles it.
public interface Request extends Exchange {

    /// What stands in the path where the route has `{name}`, decoded; never empty.
    ///
    /// @throws IllegalArgumentException if the route has no such name
    String parameter(String name);

    /// Who asks, if a client certificate proves it.
    Optional<Guest> guest();

    /// The certificate that proves it; TLS has checked who signed it and that it is in time.
    Optional<X509Certificate> certificate();

    /// Whether it was sent on this very machine: over loopback, to a name or address of loopback, and handed on by no proxy that says
    /// so. A page from elsewhere that a browser on this machine shows does not come through as such.
    boolean fromThisMachine();

    /// The whole body.
    ///
    /// @throws HttpProblem 413, if it is larger
    /// @throws IOException if the client has gone
    Bytes body(int bytesMax) throws IOException;

    /// Answers with JSON.
    ///
    /// @throws IOException if the client has gone
    default void answerJson(int status, String json) throws IOException {
        answer(status, java.util.Map.of("Content-Type", "application/json"), Bytes.of(json));
    }

    /// What is done about a request for a route.
    @FunctionalInterface
    interface Handler {

        /// Answers it.
        ///
        /// @throws HttpProblem to answer with that instead
        /// @throws IOException if the client has gone
        /// @throws InterruptedException if the thread is to end
        void handle(Request request) throws IOException, InterruptedException;
    }
}
