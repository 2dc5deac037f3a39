package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// An endpoint without sockets, whose time stands still until somebody waits or moves it.
final class TestServer implements AutoCloseable, InstantSource {

    static final int STREAMS_MAX = 30;

    private final Path file;
    private final EndpointSettings settings;
    private final List<Streams> contexts;
    private SqliteDatabase database;
    private StreamsEndpoint endpoint;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    ServedStreams served;

    /// What happens when a reader waits, one after the other; after that, only time passes.
    final Deque<Runnable> meanwhile = new ArrayDeque<>();

    TestServer(Path folder) {
        this(folder, EndpointSettings.defaults());
    }

    TestServer(Path folder, EndpointSettings settings, Streams... contexts) {
        this.file = folder(folder).resolve("streams.db");
        this.settings = settings;
        this.contexts = List.of(contexts);
        database = openDatabase();
        served = new ServedStreams(database, this, STREAMS_MAX);
        endpoint = openEndpoint();
    }

    static SqliteDatabase context(Path file, InstantSource clock) {
        return SqliteDatabase.open(
                file, SqliteSettings.defaults(), clock, new Migrations("none", List.of()));
    }

    private static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SqliteDatabase openDatabase() {
        return SqliteDatabase.open(file, SqliteSettings.defaults(), this, ServedStreams.MIGRATIONS);
    }

    private StreamsEndpoint openEndpoint() {
        Pacer pacer =
                (signal, atMost) -> {
                    Runnable next = meanwhile.poll();
                    if (next == null) {
                        now = now.plus(atMost);
                    } else {
                        next.run();
                    }
                    return signal.tryAcquire();
                };
        return new StreamsEndpoint(settings, served, contexts, pacer, this, new Random(1));
    }

    /// As after a crash: what was only in memory is gone.
    void restart() {
        database.close();
        database = openDatabase();
        served = new ServedStreams(database, this, STREAMS_MAX);
        endpoint = openEndpoint();
    }

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    StreamsEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        database.close();
    }

    // ---- requests

    Request put(String path) {
        return new Request("PUT", path);
    }

    Request post(String path, String body) {
        return new Request("POST", path).body(body);
    }

    Request get(String path) {
        return new Request("GET", path);
    }

    Request head(String path) {
        return new Request("HEAD", path);
    }

    Request delete(String path) {
        return new Request("DELETE", path);
    }

    Request request(String method, String path) {
        return new Request(method, path);
    }

    /// What is known of a stream that is there.
    Served known(String name) {
        return ((ServedStreams.Found.Live) served.find(StreamName.of(name))).stream();
    }

    Answer putJson(String path) {
        return put(path).with("Content-Type", "application/json").send();
    }

    Answer putText(String path) {
        return put(path).with("Content-Type", "text/plain").send();
    }

    Answer postJson(String path, String body) {
        return post(path, body).with("Content-Type", "application/json").send();
    }

    Answer postText(String path, String body) {
        return post(path, body).with("Content-Type", "text/plain").send();
    }

    /// What came back.
    record Answer(int status, Map<String, String> headers, Bytes body) {

        @Nullable String header(String name) {
            return headers.get(name);
        }

        String next() {
            return String.valueOf(header("Stream-Next-Offset"));
        }

        boolean upToDate() {
            return "true".equals(header("Stream-Up-To-Date"));
        }

        boolean closed() {
            return "true".equals(header("Stream-Closed"));
        }

        String text() {
            return body.text();
        }

        /// The type of the problem, without its prefix.
        String problem() {
            return text().replaceAll(".*urn:skerry:problem:([a-z-]*).*", "$1");
        }
    }

    /// A request in the making.
    final class Request implements Exchange {
        private final String method;
        private final String path;
        private final String query;
        private final Map<String, String> headers = new HashMap<>();
        private InputStream body = InputStream.nullInputStream();
        private @Nullable Answer answer;
        private @Nullable ByteArrayOutputStream streamed;
        private int writesUntilGone = Integer.MAX_VALUE;

        Request(String method, String target) {
            this.method = method;
            int mark = target.indexOf('?');
            this.path = mark < 0 ? target : target.substring(0, mark);
            this.query = mark < 0 ? "" : target.substring(mark + 1);
        }

        Request with(String name, String value) {
            headers.put(name.toLowerCase(Locale.ROOT), value);
            return this;
        }

        Request producer(String id, long epoch, long seq) {
            return with("Producer-Id", id)
                    .with("Producer-Epoch", Long.toString(epoch))
                    .with("Producer-Seq", Long.toString(seq));
        }

        Request body(String text) {
            return body(text.getBytes(StandardCharsets.UTF_8));
        }

        Request body(byte[] bytes) {
            return body(new ByteArrayInputStream(bytes))
                    .with("Content-Length", Integer.toString(bytes.length));
        }

        Request body(InputStream bytes) {
            body = bytes;
            return this;
        }

        Request goneAfter(int writes) {
            writesUntilGone = writes;
            return this;
        }

        Answer send() {
            try {
                endpoint.handle(this);
            } catch (IOException e) {
                return new Answer(0, Map.of(), Bytes.EMPTY);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (answer == null) {
                throw new IllegalStateException("not answered");
            }
            return streamed == null
                    ? answer
                    : new Answer(answer.status, answer.headers, Bytes.of(streamed.toByteArray()));
        }

        @Override
        public String method() {
            return method;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public String query() {
            return query;
        }

        @Override
        public @Nullable String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public String url() {
            return "http://localhost/v1/stream/" + path;
        }

        @Override
        public InputStream body() {
            return body;
        }

        @Override
        public void answer(int status, Map<String, String> answerHeaders, Bytes answerBody) {
            answer = new Answer(status, Map.copyOf(answerHeaders), answerBody);
        }

        @Override
        public OutputStream startStreaming(int status, Map<String, String> answerHeaders) {
            answer = new Answer(status, Map.copyOf(answerHeaders), Bytes.EMPTY);
            ByteArrayOutputStream out =
                    new ByteArrayOutputStream() {
                        @Override
                        public void flush() throws IOException {
                            if (--writesUntilGone < 0) {
                                throw new IOException("gone");
                            }
                        }
                    };
            streamed = out;
            return out;
        }
    }
}
