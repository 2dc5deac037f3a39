package dev.skerry.node.http;

import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All connections, each HTTP/1.1 over a [Line], with TLS or without. A step looks at each of them, and is to be made about once a second.
final class Lines implements ServerConnectionSelector, Steps {

    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private final Http1ConnectionSelector http;

    private final @Nullable Encryption encryption;
    private final Strangers strangers;
    private final Secured.Turns turns = new Secured.Turns();

    /// @param encryption null for none
    Lines(
            Http1Config config,
            WireUpgrader wires,
            @Nullable Encryption encryption,
            Strangers strangers) {
        this.http = Http1ConnectionSelector.builder().config(config).addUpgrader(wires).build();
        this.encryption = encryption;
        this.strangers = strangers;
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        HelidonSocket socket = new WideSocket(context.serverSocket());
        return new Open(
                new Line(
                        context,
                        encryption == null
                                ? socket
                                : new Secured(socket, encryption, turns, strangers),
                        http));
    }

    /// Is known for as long as it is handled.
    private final class Open implements ServerConnection, InterruptableTask<Void> {
        private final Line line;

        Open(Line line) {
            this.line = line;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            open.add(line);
            try {
                line.open();
                line.http().handle(limit);
                line.leave();
            } catch (CloseConnectionException e) {
                line.leave();
                throw e;
            } finally {
                open.remove(line);
            }
        }

        @Override
        public boolean canInterrupt() {
            return line.betweenRequests();
        }

        @Override
        public Duration idleTime() {
            return line.http().idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            line.http().close(interrupt);
        }
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    // ---- steps

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public Step step() {
        open.forEach(Line::look);
        return new Step.CaughtUp(0);
    }

    /// Looks for itself, once a second.
    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }
}
