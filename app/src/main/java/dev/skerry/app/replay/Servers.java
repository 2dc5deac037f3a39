package dev.skerry.app.replay;

import dev.skerry.app.chain.ReferencePlace;
import dev.skerry.language.CloudEvent;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Starts the servers through which baskets are replayed; they are the same as in production. Any thread.
public interface Servers {

    /// The HQ on a data folder: the one that runs there, else one in this process.
    Hq hq(Path data);

    /// @param clock of the shop
    /// @param joining needed at the first start on this folder; null later
    /// @throws StartFailed if it cannot be started now
    Store store(Site site, Path data, InstantSource clock, @Nullable Joining joining);

    /// On which port of this machine a store looks for its HQ; empty if it has not joined yet.
    Optional<Integer> line(Path data);

    /// The events of a stream of a store that does not run, from the beginning.
    ///
    /// @param file of its database
    void read(Path data, String file, String stream, Consumer<CloudEvent> events);

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
    record Joining(URI hq, String token) {}

    /// HQ while it runs.
    interface Hq extends AutoCloseable {
        int port();

        /// Where stores come in.
        int linkPort();

        /// Where its articles and people are published.
        ReferencePlace reference();

        /// @return a join token
        String invite(Site site);

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
