package dev.skerry.app.demo;

import dev.skerry.app.chain.ReferencePlace;
import dev.skerry.app.chain.Shops.Shop;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Starts the servers that the demo shows; they are the same as in production. Any thread.
public interface Nodes {

    /// @param data a folder of its own
    Hq startHq(Path data);

    /// @param port where it listens on loopback; 0 for any free one
    /// @param joining needed at the first start on this folder; null later
    /// @throws StartFailed if it cannot be started now
    Store startStore(Path data, int port, @Nullable Joining joining);

    /// A server could not be started; it may start later.
    final class StartFailed extends RuntimeException {

        private static final long serialVersionUID = 1;

        public StartFailed(Exception why) {
            super(why.getMessage(), why);
        }
    }

    /// How a store joins.
    ///
    /// @param hq where stores come in, or a line that leads there
    /// @param token from [Hq#invite]
    record Joining(URI hq, String token) {}

    /// HQ while it runs.
    interface Hq extends AutoCloseable {
        int port();

        /// Where stores come in.
        int linkPort();

        /// Where its catalogue, prices and so on are published.
        ReferencePlace reference();

        /// Registers it, with what is to be known of it.
        ///
        /// @return a join token
        String invite(Shop shop);

        /// Lets somebody in who may do everything.
        void letIn(String person, String password);

        @Override
        void close();
    }

    /// A store while it runs.
    interface Store extends AutoCloseable {
        int port();

        /// Lets a device in; one that was let in under this name before is out.
        ///
        /// @param kind such as `TILL`
        /// @return its token; empty while the store asks HQ whether it is the store
        Optional<String> addDevice(String name, String kind);

        @Override
        void close();
    }
}
