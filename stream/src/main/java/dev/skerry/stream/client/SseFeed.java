package dev.skerry.stream.client;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of a lasting answer, handed over piece by piece: the network may be one piece ahead, and no more, so that a
/// slow reader slows the server and fills no memory. A feed without a sign of life is cut off.
final class SseFeed implements BodySubscriber<byte[]> {

    private final Duration quietMax;
    private final Runnable onNews;
    private final Queue<List<ByteBuffer>> arrived = new ConcurrentLinkedQueue<>();
    private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
    private volatile @Nullable Subscription subscription;
    private volatile boolean over;
    private volatile boolean cancelled;
    private volatile boolean heard;

    SseFeed(Duration quietMax, Runnable onNews) {
        this.quietMax = quietMax;
        this.onNews = onNews;
    }

    /// Takes the body of an event stream; leaves any other answer whole.
    BodyHandler<byte[]> handler(int bytesMax) {
        return info ->
                info.statusCode() == 200
                                && Names.is(
                                        Names.EVENT_STREAM,
                                        info.headers().firstValue(Names.CONTENT_TYPE).orElse(""))
                        ? this
                        : BodySubscribers.limiting(BodySubscribers.ofByteArray(), bytesMax);
    }

    static BodyHandler<byte[]> whole(int bytesMax) {
        return BodyHandlers.limiting(BodyHandlers.ofByteArray(), bytesMax);
    }

    /// The next piece, or null if none is there. For one thread at a time.
    @Nullable ByteBuffer poll() {
        if (pieces.isEmpty()) {
            List<ByteBuffer> next = arrived.poll();
            Subscription open = subscription;
            if (next == null || open == null) {
                return null;
            }
            pieces.addAll(next);
            open.request(1);
        }
        return pieces.poll();
    }

    /// Nothing will come after what [#poll] still gives.
    boolean over() {
        return over;
    }

    void cancel() {
        cancelled = true;
        over = true;
        Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return CompletableFuture.completedFuture(new byte[0]);
    }

    @Override
    public void onSubscribe(Subscription opened) {
        subscription = opened;
        if (cancelled) {
            opened.cancel();
            return;
        }
        opened.request(1);
        listen();
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        heard = true;
        arrived.add(item);
        onNews.run();
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onComplete() {
        end();
    }

    private void end() {
        over = true;
        onNews.run();
    }

    /// Looks again after [#quietMax]: a feed that was silent all the while is dead, though no one has said so.
    private void listen() {
        heard = false;
        Executor later =
                CompletableFuture.delayedExecutor(quietMax.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> {
            if (over) {
                return;
            }
            if (heard || !arrived.isEmpty()) {
                listen();
            } else {
                cancel();
                onNews.run();
            }
        });
    }
}
