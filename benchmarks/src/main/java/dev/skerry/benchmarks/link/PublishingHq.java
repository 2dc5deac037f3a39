package dev.skerry.benchmarks.link;

import dev.skerry.app.HqServer;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Source;
import dev.skerry.stream.Batch;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A process that is HQ, as `./skerry` runs it, with a catalog in it that publishes articles as a context does.
final class PublishingHq {

    static final StreamName CATALOG = StreamName.of("hq/trial/catalog");
    private static final int BATCH_EVENTS = 1000;

    private final SqliteDatabase streams;

    /// @param arguments `FOLDER PORT LINK-PORT`
    public static void main(String[] arguments) throws Exception {
        HqServer hq =
                HqServer.start(
                        Path.of(arguments[0]),
                        Configuration.load(
                                NodeSettings.SCHEMA,
                                List.of(
                                        Source.options(
                                                Map.of(
                                                        "http.port",
                                                        arguments[1],
                                                        "link.port",
                                                        arguments[2])))));
        PublishingHq publishing = new PublishingHq(hq.streams());
        EndProcess.answer((word, numbers) ->
                switch (word) {
                    case "publish" -> publishing.publish(numbers[0], numbers[1]);
                    case "heap" -> EndProcess.text(heapBytes());
                    default -> throw new IllegalArgumentException(word);
                });
    }

    private PublishingHq(SqliteDatabase streams) {
        this.streams = streams;
    }

    /// Changes articles.
    ///
    /// @return when it began, by `System.nanoTime()`, when the last was durable, and the stream's tail then
    private String publish(int first, int count) {
        long begin = System.nanoTime();
        long tail = 0;
        for (int from = first; from < first + count; from += BATCH_EVENTS) {
            int to = Math.min(first + count, from + BATCH_EVENTS);
            List<NewEvent> changes = new ArrayList<>();
            for (int number = from; number < to; number++) {
                changes.add(Articles.change(number));
            }
            Batch batch = streams.prepare(changes);
            tail =
                    streams.write(tx -> {
                        tx.open(CATALOG, StreamSettings.compactedByKey());
                        tx.append(CATALOG, batch);
                        return tx.end(CATALOG).offset();
                    });
        }
        return EndProcess.text(begin, System.nanoTime(), tail);
    }

    /// What is left of it after a collection.
    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
