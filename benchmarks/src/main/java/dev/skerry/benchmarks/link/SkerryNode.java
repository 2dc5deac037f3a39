package dev.skerry.benchmarks.link;

import dev.skerry.app.HqServer;
import dev.skerry.app.StoreServer;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Source;
import dev.skerry.node.identity.JoinToken;
import dev.skerry.stream.Batch;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Watch;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A process that is a store, or HQ, as `./skerry` runs them; the sales are written and read inside it, as a context does.
final class SkerryNode {

    private static final StreamName SALES = StreamName.of("store-0042/sales");

    private SkerryNode() {}

    /// @param arguments `hq FOLDER PORT LINK-PORT`, or `store FOLDER HQ TOKEN`
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("hq")) {
            HqServer hq =
                    HqServer.start(
                            folder,
                            settings(Map.of("http.port", arguments[2], "link.port", arguments[3])));
            EndProcess.serve(new Hq(hq.mirrors()));
        } else {
            StoreServer store =
                    StoreServer.start(
                            folder,
                            settings(Map.of("http.port", "0")),
                            new StoreServer.Invitation(
                                    URI.create(arguments[2]), JoinToken.parse(arguments[3])),
                            Map.of());
            EndProcess.serve(new Store(store.streams()));
        }
    }

    private static Configuration settings(Map<String, String> values) {
        return Configuration.load(NodeSettings.SCHEMA, List.of(Source.options(values)));
    }

    /// Batches of a thousand, as the peers' clients make them.
    private record Store(SqliteDatabase database) implements StoreEnd {

        private static final int BATCH_EVENTS = 1000;

        @Override
        public void take(List<byte[]> events) {
            for (int from = 0; from < events.size(); from += BATCH_EVENTS) {
                int to = Math.min(events.size(), from + BATCH_EVENTS);
                Batch batch =
                        database.prepare(
                                events.subList(from, to).stream()
                                        .map(event -> NewEvent.of(Bytes.of(event)))
                                        .toList());
                database.write(tx -> {
                    tx.open(SALES, StreamSettings.keepAll());
                    return tx.append(SALES, batch);
                });
            }
        }
    }

    private record Hq(Streams mirrors) implements HqEnd {

        @Override
        public long count() {
            return mirrors.find(SALES).map(info -> info.tail()).orElse(0L);
        }

        @Override
        public void read(Consumer<byte[]> reader) {
            long at = 0;
            while (at < count()) {
                Read.Page page = page(at);
                page.events().forEach(event -> reader.accept(event.payload().copy()));
                at = page.next();
            }
        }

        @Override
        public void follow(Predicate<byte[]> reader) throws InterruptedException {
            Semaphore news = new Semaphore(0);
            try (Watch _ = mirrors.watch(SALES, news::release)) {
                long at = count();
                while (true) {
                    Read.Page page = page(at);
                    for (Event event : page.events()) {
                        if (!reader.test(event.payload().copy())) {
                            return;
                        }
                    }
                    at = page.next();
                    if (page.upToDate()) {
                        news.acquire();
                        news.drainPermits();
                    }
                }
            }
        }

        private Read.Page page(long from) {
            return (Read.Page) mirrors.read(SALES, from, 1000, Long.MAX_VALUE);
        }
    }
}
