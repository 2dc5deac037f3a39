package dev.skerry.node.config;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.skerry.stream.Limits;
import java.time.Duration;
import java.util.regex.Pattern;

/// What can be configured on every node.
public final class NodeSettings {

    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;

    /// As browsers write it.
    private static final String ORIGIN = "[a-z][a-z0-9+.-]*://[^,/\\s]+";

    public static final Setting<String> HTTP_HOST =
            Setting.of(
                    "http.host",
                    Type.string(),
                    "127.0.0.1",
                    "The address to listen on; `0.0.0.0` listens on all of the machine's.");

    public static final Setting<Integer> HTTP_PORT =
            Setting.of(
                    "http.port",
                    Type.port(),
                    4437,
                    "The TCP port to listen on; `0` takes any free one.");

    public static final Setting<Long> HTTP_BODY_BYTES_MAX =
            Setting.of(
                    "http.body-bytes-max",
                    Type.bytes(KIB, Limits.EVENT_BYTES_MAX),
                    16 * MIB,
                    "The largest request body, after decompression; a larger one is answered 413.");

    public static final Setting<Integer> HTTP_LIVE_READERS_MAX =
            Setting.of(
                    "http.live-readers-max",
                    Type.integer(1, 1_000_000, "readers"),
                    20_000,
                    "How many long-polls and SSE connections may wait at once;"
                            + " one more is answered 429.");

    /// Short by default: the public conformance suite gives a test that waits in vain five seconds.
    public static final Setting<Duration> HTTP_LONG_POLL_WAIT =
            Setting.of(
                    "http.long-poll-wait",
                    Type.duration(ofSeconds(1), ofMinutes(10)),
                    ofSeconds(4),
                    "How long a long-poll waits for something new before it is answered 204. One"
                            + " that asks for timeout=SECONDS waits that long instead, at most"
                            + " 60.");

    public static final Setting<Duration> HTTP_SSE_LIFETIME =
            Setting.of(
                    "http.sse-lifetime",
                    Type.duration(ofSeconds(1), ofDays(1)),
                    ofSeconds(60),
                    "How long an SSE connection stays open before the server ends it and the"
                            + " reader comes back.");

    public static final Setting<Long> HTTP_PAGE_BYTES_MAX =
            Setting.of(
                    "http.page-bytes-max",
                    Type.bytes(4 * KIB, 64 * MIB),
                    MIB,
                    "The most that one read answers; the reader asks again for the rest.");

    public static final Setting<String> HTTP_CORS_ORIGINS =
            Setting.of(
                    "http.cors-origins",
                    Type.string(
                            Pattern.compile("none|\\*|" + ORIGIN + "(," + ORIGIN + ")*"),
                            "`none`, `*`, or origins with commas between them"),
                    "none",
                    "Whose web pages may use streams, beside the node's own:"
                            + " `https://pos.example,https://hq.example`, or `*` for every page"
                            + " that anybody opens who reaches this node.");

    public static final Setting<Integer> STREAMS_COUNT_MAX =
            Setting.of(
                    "streams.count-max",
                    Type.integer(1, 100_000_000, "streams"),
                    1_000_000,
                    "How many streams a node holds; creating one more is refused.");

    public static final Setting<Long> STORE_WRITES_QUEUED_BYTES_MAX =
            Setting.of(
                    "store.writes-queued-bytes-max",
                    Type.bytes(MIB, 16 * GIB),
                    64 * MIB,
                    "How much may wait to be written; beyond it writers are answered 429 with"
                            + " Retry-After.");

    public static final Setting<Long> STORE_INTEGRITY_CHECK_BYTES_MAX =
            Setting.of(
                    "store.integrity-check-bytes-max",
                    Type.bytes(0, TIB),
                    256 * MIB,
                    "Up to this size a database is checked before the start after an unclean stop;"
                            + " a larger one is checked in the background.");

    public static final Schema SCHEMA =
            Schema.of(
                    HTTP_HOST,
                    HTTP_PORT,
                    HTTP_BODY_BYTES_MAX,
                    HTTP_LIVE_READERS_MAX,
                    HTTP_LONG_POLL_WAIT,
                    HTTP_SSE_LIFETIME,
                    HTTP_PAGE_BYTES_MAX,
                    HTTP_CORS_ORIGINS,
                    STREAMS_COUNT_MAX,
                    STORE_WRITES_QUEUED_BYTES_MAX,
                    STORE_INTEGRITY_CHECK_BYTES_MAX);

    private NodeSettings() {}
}
