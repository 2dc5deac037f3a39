package dev.skerry.node.http;

import dev.skerry.language.JsonObject;
import dev.skerry.stream.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/// Ends the handling of a request with an answer that says, as RFC 9457 asks, what was wrong and what to do about it.
public final class HttpProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String kind;
    private final String title;
    private final transient Map<String, String> headers;

    /// What a program may want to know beside that.
    private final transient JsonObject more;

    /// @param status from 400 to 599
    /// @param kind what a program may rely on, such as `no-such-store`: lower case, with dashes
    /// @param title the same in words, always the same for a kind
    /// @param detail for people: what was wrong with this request, and the way out
    public HttpProblem(int status, String kind, String title, String detail) {
        this(status, kind, title, detail, Map.of());
    }

    /// @param headers such as `Retry-After`
    public HttpProblem(
            int status, String kind, String title, String detail, Map<String, String> headers) {
        this(status, kind, title, detail, headers, JsonObject.empty());
    }

    private HttpProblem(
            int status,
            String kind,
            String title,
            String detail,
            Map<String, String> headers,
            JsonObject more) {
        super(detail, null, false, false);
        this.status = status;
        this.kind = kind;
        this.title = title;
        this.headers = Map.copyOf(headers);
        this.more = more;
    }

    /// @param field an extension member, as RFC 9457 calls it
    /// @return the same, saying that too
    public HttpProblem with(String field, String value) {
        return saying(more.with(field, value));
    }

    /// @param field an extension member, as RFC 9457 calls it
    /// @return the same, saying that too
    public HttpProblem with(String field, long value) {
        return saying(more.with(field, value));
    }

    private HttpProblem saying(JsonObject all) {
        return new HttpProblem(status, kind, title, getMessage(), headers, all);
    }

    public int status() {
        return status;
    }

    public String kind() {
        return kind;
    }

    String title() {
        return title;
    }

    Map<String, String> headers() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/problem+json");
        all.put("Cache-Control", "no-store");
        return all;
    }

    Bytes body() {
        String said = HttpHost.problem("urn:skerry:problem:" + kind, status, title, getMessage());
        String fields = more.toString();
        return Bytes.of(
                fields.equals("{}")
                        ? said
                        : said.substring(0, said.length() - 1) + "," + fields.substring(1));
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
