package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request and its answer, as the HTTP host sees them. For the thread that handles it.
public interface Exchange {

    /// Upper case, such as `GET`.
    String method();

    /// The path below the mount, percent-encoded as it came, without a leading slash.
    String path();

    /// What follows the `?`, percent-encoded as it came; empty where there is none.
    String query();

    /// The value of a header, whatever the case of its name; several of one name are joined by a comma.
    @Nullable String header(String name);

    /// The absolute URL that was asked for, percent-encoded as it came, without its query.
    String url();

    /// The body as it came. Reading it may block.
    InputStream body();

    /// Answers, once.
    ///
    /// @param body empty for none
    /// @throws IOException if the client has gone
    void answer(int status, Map<String, String> headers, Bytes body) throws IOException;

    /// Answers with a body that is written bit by bit. Each flush reaches the client at once; closing the stream ends the
    /// answer. Its methods throw IOException once the client has gone.
    OutputStream startStreaming(int status, Map<String, String> headers) throws IOException;
}
