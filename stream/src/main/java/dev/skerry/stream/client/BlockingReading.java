package dev.skerry.stream.client;

import dev.skerry.stream.Pacer;
import dev.skerry.stream.Watch;
import dev.skerry.stream.client.StreamReading.Heard;
import java.util.concurrent.Semaphore;

/// A [StreamReading] on the caller's thread: waits until there is something to tell. For one thread at a time.
///
/// ```java
/// try (var reading = new BlockingReading(client.reading(stream, OffsetToken.BEGINNING, Live.SSE), Pacer.REAL)) {
///     while (reading.next() instanceof Heard.Batch batch) {
///         …
///     }
/// }
/// ```
public final class BlockingReading implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(BlockingReading.class.getName());

    private final StreamReading reading;
    private final Pacer pacer;
    private final Semaphore news = new Semaphore(0);

    /// Nobody signals it: a pause is as long as it is.
    private final Semaphore never = new Semaphore(0);

    private final Watch watch;
    private boolean hindered;

    public BlockingReading(StreamReading reading, Pacer pacer) {
        this.reading = reading;
        this.pacer = pacer;
        this.watch = reading.watch(news::release);
    }

    /// Waits for the next batch, or the end. Tries for ever.
    public Heard.Told next() throws InterruptedException {
        while (true) {
            news.drainPermits();
            switch (reading.step()) {
                case Heard.Told told -> {
                    if (hindered) {
                        hindered = false;
                        LOG.log(System.Logger.Level.INFO, "event=reading-resumed");
                    }
                    return told;
                }
                case Heard.Waiting _ -> news.acquire();
                case Heard.Hindered(var why, var pause) -> {
                    if (!hindered) {
                        hindered = true;
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "event=reading-hindered why=\"{0}\" doing=\"trying again\"",
                                why);
                    }
                    pacer.await(never, pause);
                }
            }
        }
    }

    /// Where the next batch begins: what to keep, to read on from later.
    public String offset() {
        return reading.offset();
    }

    @Override
    public void close() {
        watch.close();
        reading.close();
    }
}
