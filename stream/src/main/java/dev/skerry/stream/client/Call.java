package dev.skerry.stream.client;

import dev.skerry.stream.StreamException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// One request on its way, and its answer once it is there.
final class Call {

    private final String what;
    private final CompletableFuture<HttpResponse<byte[]>> sent;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    /// @param onNews called once the answer or a failure is there, from any thread
    Call(
            HttpClient http,
            HttpRequest request,
            BodyHandler<byte[]> bodies,
            Duration timeout,
            int bytesMax,
            Runnable onNews) {
        what = request.method() + " " + request.uri();
        sent = http.sendAsync(request, bodies);
        var _ =
                sent.handle((response, failure) -> {
                    if (failure == null) {
                        settle(response, bytesMax);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                    return null;
                });
        var _ =
                answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .handle((result, failure) -> {
                            if (failure != null) {
                                sent.cancel(true);
                            }
                            onNews.run();
                            return null;
                        });
    }

    boolean done() {
        return answer.isDone();
    }

    /// @throws StreamException if there is none
    /// @throws IllegalStateException if the call is not [#done]
    Answer answer() {
        if (answer.state() == Future.State.SUCCESS) {
            return answer.resultNow();
        }
        throw lost(answer.exceptionNow());
    }

    /// Waits for the answer.
    Answer await() {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new StreamException(
                    StreamException.Kind.CLOSED,
                    what + ": interrupted",
                    "whether it took effect is unknown",
                    false,
                    e);
        } catch (ExecutionException e) {
            throw lost(e.getCause() == null ? e : e.getCause());
        }
    }

    void cancel() {
        answer.cancel(true);
        sent.cancel(true);
    }

    private void settle(HttpResponse<byte[]> response, int bytesMax) {
        String coding =
                response.headers()
                        .firstValue(Names.CONTENT_ENCODING)
                        .orElse("")
                        .strip()
                        .toLowerCase(Locale.ROOT);
        try {
            byte[] body = response.body();
            answer.complete(
                    new Answer(
                            response.statusCode(),
                            response.headers(),
                            body.length == 0 ? body : Codings.decode(body, coding, bytesMax)));
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
    }

    private StreamException lost(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        String reason =
                switch (cause) {
                    case java.util.concurrent.TimeoutException _ -> "no answer in time";
                    case CancellationException _ -> "given up";
                    default ->
                            cause.getMessage() == null
                                    ? cause.getClass().getSimpleName()
                                    : cause.getMessage();
                };
        return new StreamException(
                StreamException.Kind.UNREACHABLE,
                what + ": " + reason,
                "try again; if it stays so, look at the line and the server",
                true,
                cause);
    }
}
