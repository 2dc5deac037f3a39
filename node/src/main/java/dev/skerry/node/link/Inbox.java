package dev.skerry.node.link;

import dev.skerry.stream.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came over a wire and has not been looked at yet. The wire's thread puts in, and waits while it is full; the session
/// takes out.
final class Inbox implements Wire.Ears {

    /// So much lies at HQ at most for one store, and one message more; the rest waits in the line.
    static final long BYTES_MAX = 512 * 1024;

    private final Runnable onNews;
    private final long bytesMax;
    private final Deque<Bytes> messages = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private @Nullable String end;

    /// @param onNews called after something came
    /// @param bytesMax so much lies here at most, and one message more. One of the two sides must hold all that the other has on
    ///     its way: else both could wait for ever, each with a full line to the other, and neither would read
    Inbox(Runnable onNews, long bytesMax) {
        this.onNews = onNews;
        this.bytesMax = bytesMax;
    }

    @Override
    public void received(Bytes message) {
        synchronized (messages) {
            boolean interrupted = false;
            while (bytes > bytesMax && !closed) {
                try {
                    messages.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                    closed = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (closed) {
                return;
            }
            messages.addLast(message);
            bytes += message.length();
        }
        onNews.run();
    }

    @Override
    public void ended(String why) {
        synchronized (messages) {
            end = why;
        }
        onNews.run();
    }

    /// All that came since the last time.
    List<Bytes> take() {
        synchronized (messages) {
            List<Bytes> all = new ArrayList<>(messages);
            messages.clear();
            bytes = 0;
            messages.notifyAll();
            return all;
        }
    }

    /// Why the wire has ended; null while it has not, or while there are messages left.
    @Nullable String end() {
        synchronized (messages) {
            return messages.isEmpty() ? end : null;
        }
    }

    /// Nothing that comes matters any more.
    void close() {
        synchronized (messages) {
            closed = true;
            messages.clear();
            bytes = 0;
            messages.notifyAll();
        }
    }
}
