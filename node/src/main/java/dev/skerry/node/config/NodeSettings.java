package dev.skerry.node.config;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
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

    /// Rates with the time of day at which each holds.
    private static final Pattern BANDWIDTH =
            Pattern.compile(
                    "unlimited|[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}=[0-9]+[kmg]bit"
                            + "(,[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}=[0-9]+[kmg]bit)*");

    private static final String BANDWIDTH_ALLOWED =
            "`unlimited`, or rates with their time of day, such as"
                    + " `08:00-20:00=2mbit,20:00-08:00=10mbit`";

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

    public static final Setting<String> HTTP_TLS =
            Setting.of(
                    "http.tls",
                    Type.string(Pattern.compile("auto|on|off"), "`auto`, `on` or `off`"),
                    "auto",
                    "Store: whether it speaks HTTPS with its devices. `auto` does unless `http.host` is loopback;"
                            + " `off` lets everybody on the shop's network read along, and pretend to be the store.");

    public static final Setting<String> HTTP_TLS_CERTIFICATE =
            Setting.of(
                    "http.tls-certificate",
                    Type.string(),
                    "own",
                    "Store: what it shows its devices: a file with a chain of certificates in PEM, the store's own first,"
                            + " which is read again when it changes. `own` is a certificate that the store makes and renews"
                            + " itself; its root, for devices to trust, is `store-ca.pem` in the data folder and at"
                            + " `/store-ca.pem`.");

    public static final Setting<String> HTTP_TLS_KEY =
            Setting.of(
                    "http.tls-key",
                    Type.string(),
                    "own",
                    "Store: the file with the key of that certificate, in PEM and not encrypted; `own` where the"
                            + " certificate is.");

    public static final Setting<String> HTTP_TLS_NAMES =
            Setting.of(
                    "http.tls-names",
                    Type.string(
                            Pattern.compile("[A-Za-z0-9_.:-]+(,[A-Za-z0-9_.:-]+)*"),
                            "`none`, or host names and addresses with commas between them"),
                    "none",
                    "Store: names and addresses by which devices call it, such as `pos.example,10.1.0.5`: they go into its"
                            + " own certificate, beside those that the machine knows of itself.");

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

    public static final Setting<Long> DISK_FREE_BYTES_MIN =
            Setting.of(
                    "disk.free-bytes-min",
                    Type.bytes(0, TIB),
                    256 * MIB,
                    "With less room on the disk of its data folder a node says at `/health/ready` that it is"
                            + " not ready; it goes on writing for as long as it can.");

    public static final Setting<String> LINK_HOST =
            Setting.of(
                    "link.host",
                    Type.string(),
                    "127.0.0.1",
                    "HQ: the address on which stores come in, over mutual TLS; `0.0.0.0` listens on all"
                            + " of the machine's.");

    public static final Setting<Integer> LINK_PORT =
            Setting.of(
                    "link.port",
                    Type.port(),
                    4441,
                    "HQ: the TCP port on which stores come in; `0` takes any free one.");

    public static final Setting<Duration> LINK_JOIN_TOKEN_VALID =
            Setting.of(
                    "link.join-token-valid",
                    Type.duration(ofMinutes(1), ofDays(90)),
                    ofDays(7),
                    "HQ: how long a join token is good.");

    public static final Setting<String> LINK_BANDWIDTH_UP =
            Setting.of(
                    "link.bandwidth-up",
                    Type.string(BANDWIDTH, BANDWIDTH_ALLOWED),
                    "unlimited",
                    "Store: how much of its line the link may use for sending, by local time of day."
                            + " Sales do not wait for it, but count.");

    public static final Setting<String> LINK_BANDWIDTH_DOWN =
            Setting.of(
                    "link.bandwidth-down",
                    Type.string(BANDWIDTH, BANDWIDTH_ALLOWED),
                    "unlimited",
                    "Store: the same for receiving.");

    public static final Setting<String> LINK_PROXY =
            Setting.of(
                    "link.proxy",
                    Type.string(
                            Pattern.compile("environment|none|https?://[^\\s/]+/?"),
                            "`environment`, `none`, or a URL"),
                    "environment",
                    "Store: the HTTP proxy on the way to HQ, such as `http://proxy.example:3128`;"
                            + " `environment` asks HTTPS_PROXY and NO_PROXY.");

    public static final Setting<Long> LINK_WINDOW_BYTES_MAX =
            Setting.of(
                    "link.window-bytes-max",
                    Type.bytes(64 * KIB, 64 * MIB),
                    2 * MIB,
                    "The most that may be on its way in one direction of a wire; less on slow lines.");

    public static final Setting<String> HQ_NAME =
            Setting.of("hq.name", Type.string(), "HQ", "HQ: what it is called, for people.");

    public static final Setting<String> SHOP_TIME_ZONE =
            Setting.of(
                    "shop.time-zone",
                    Type.string(
                            Pattern.compile("system|[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*"),
                            "`system`, or a name of the IANA time zone database"),
                    "system",
                    "Store: by which clock prices change and days end, such as `Europe/Berlin`;"
                            + " `system` is the server's own.");

    public static final Setting<String> SHOP_CURRENCY =
            Setting.of(
                    "shop.currency",
                    Type.string(Pattern.compile("[A-Z]{3}"), "a code of ISO 4217"),
                    "EUR",
                    "The currency of prices and tills; at HQ, in which the chain sells.");

    public static final Setting<Integer> SHOP_CASH_STEP =
            Setting.of(
                    "shop.cash-step",
                    Type.integer(1, 1_000_000, "minor units"),
                    1,
                    "Store: what is paid in cash is a multiple of so many minor units of the currency:"
                            + " `5` where there are no coins of 1 and 2.");

    public static final Setting<String> SHOP_TERMINAL =
            Setting.of(
                    "shop.terminal",
                    Type.string(Pattern.compile("none|simulator"), "`none` or `simulator`"),
                    "none",
                    "Store: what takes cards. `simulator` takes no real money: it approves, declines and"
                            + " loses answers by the amount, to try things with.");

    public static final Setting<Boolean> SHOP_LABELS_FIRST =
            Setting.of(
                    "shop.labels-first",
                    Type.bool(),
                    false,
                    "Store: a price goes up at the till only after somebody said that its label hangs.");

    public static final Setting<Boolean> SHOP_KIOSK_PAYS_FIRST =
            Setting.of(
                    "shop.kiosk-pays-first",
                    Type.bool(),
                    true,
                    "Store: what guests order at a kiosk goes to the kitchen when it is paid, also where they pay at"
                            + " the counter. `false`: it is made at once.");

    public static final Setting<Duration> SHOP_REQUESTS_KNOWN =
            Setting.of(
                    "shop.requests-known",
                    Type.duration(ofHours(1), ofDays(366)),
                    ofDays(7),
                    "Store and HQ: how long a request that is sent again with the same id or Idempotency-Key is"
                            + " known, and so carried out once.");

    public static final Setting<String> SHOP_PAIR_ON_LOOPBACK =
            Setting.of(
                    "shop.pair-on-loopback",
                    Type.string(Pattern.compile("first|any|none"), "`first`, `any` or `none`"),
                    "first",
                    "Store: which screens that are opened on the server itself belong to it without a manager's"
                            + " word. `first`: the first one, as long as there is none at which a manager could"
                            + " sign on; `any`: all, as in the demo; `none`.");

    public static final Setting<Boolean> SHOP_GO =
            Setting.of(
                    "shop.go",
                    Type.bool(),
                    false,
                    "Store: whether shoppers in its network may scan with their own telephones, at `/go`."
                            + " Their cameras want HTTPS (`http.tls`).");

    public static final Setting<Integer> SHOP_GO_CHECK =
            Setting.of(
                    "shop.go-check",
                    Type.integer(0, 100, "percent"),
                    10,
                    "Store: of how many trips with a telephone, in percent and by lot, the bag is looked at before"
                            + " it leaves.");

    public static final Setting<String> SHOP_GO_TERMINAL =
            Setting.of(
                    "shop.go-terminal",
                    Type.string(
                            Pattern.compile("none|[a-z0-9][a-z0-9-]{0,30}"),
                            "`none`, or a name such as `exit-1`"),
                    "none",
                    "Store: the device whose card terminal telephones may pay at without a cashier; `none`: they pay"
                            + " at a till.");

    public static final Schema SCHEMA =
            Schema.of(
                    HTTP_HOST,
                    HTTP_PORT,
                    HTTP_TLS,
                    HTTP_TLS_CERTIFICATE,
                    HTTP_TLS_KEY,
                    HTTP_TLS_NAMES,
                    HTTP_BODY_BYTES_MAX,
                    HTTP_LIVE_READERS_MAX,
                    HTTP_LONG_POLL_WAIT,
                    HTTP_SSE_LIFETIME,
                    HTTP_PAGE_BYTES_MAX,
                    HTTP_CORS_ORIGINS,
                    STREAMS_COUNT_MAX,
                    STORE_WRITES_QUEUED_BYTES_MAX,
                    STORE_INTEGRITY_CHECK_BYTES_MAX,
                    DISK_FREE_BYTES_MIN,
                    LINK_HOST,
                    LINK_PORT,
                    LINK_JOIN_TOKEN_VALID,
                    LINK_BANDWIDTH_UP,
                    LINK_BANDWIDTH_DOWN,
                    LINK_PROXY,
                    LINK_WINDOW_BYTES_MAX,
                    HQ_NAME,
                    SHOP_TIME_ZONE,
                    SHOP_CURRENCY,
                    SHOP_CASH_STEP,
                    SHOP_TERMINAL,
                    SHOP_LABELS_FIRST,
                    SHOP_KIOSK_PAYS_FIRST,
                    SHOP_REQUESTS_KNOWN,
                    SHOP_PAIR_ON_LOOPBACK,
                    SHOP_GO,
                    SHOP_GO_CHECK,
                    SHOP_GO_TERMINAL);

    private NodeSettings() {}
}
