package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a request is answered with.
sealed interface Reply {

    int status();

    /// By name; the endpoint adds those that every answer has.
    Map<String, String> headers();

    /// An answer that is there as a whole. Headers can still be added by the one who made it.
    record Answer(int status, Map<String, String> headers, Bytes body) implements Reply {

        static Answer of(int status) {
            return new Answer(status, new LinkedHashMap<>(), Bytes.EMPTY);
        }

        Answer with(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Answer with(Map<String, String> more) {
            headers.putAll(more);
            return this;
        }

        Answer with(Bytes newBody) {
            return new Answer(status, headers, newBody);
        }

        Answer withStatus(int newStatus) {
            return new Answer(newStatus, headers, body);
        }
    }

    /// An answer that goes on for a while.
    record EventStream(int status, Map<String, String> headers, LiveBody body) implements Reply {}

    /// Writes what happens until it ends; closed in any case, even where nothing was written.
    interface LiveBody extends AutoCloseable {

        /// @throws IOException once the client has gone
        void writeTo(OutputStream out) throws IOException;

        @Override
        void close();
    }
}
