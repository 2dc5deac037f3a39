package dev.skerry.stream.client;

/// The protocol's headers and media types.
final class Names {

    static final String NEXT_OFFSET = "Stream-Next-Offset";
    static final String UP_TO_DATE = "Stream-Up-To-Date";
    static final String CLOSED = "Stream-Closed";
    static final String CURSOR = "Stream-Cursor";
    static final String TTL = "Stream-TTL";
    static final String EXPIRES_AT = "Stream-Expires-At";
    static final String FORKED_FROM = "Stream-Forked-From";
    static final String FORK_OFFSET = "Stream-Fork-Offset";
    static final String FORK_SUB_OFFSET = "Stream-Fork-Sub-Offset";
    static final String SSE_ENCODING = "Stream-SSE-Data-Encoding";
    static final String PRODUCER_ID = "Producer-Id";
    static final String PRODUCER_EPOCH = "Producer-Epoch";
    static final String PRODUCER_SEQ = "Producer-Seq";
    static final String PRODUCER_EXPECTED_SEQ = "Producer-Expected-Seq";

    static final String CONTENT_TYPE = "Content-Type";
    static final String CONTENT_ENCODING = "Content-Encoding";
    static final String ACCEPT_ENCODING = "Accept-Encoding";
    static final String RETRY_AFTER = "Retry-After";

    static final String JSON = "application/json";
    static final String EVENT_STREAM = "text/event-stream";

    private Names() {}

    /// Whether a content type, with or without parameters, is this media type.
    static boolean is(String mediaType, String contentType) {
        int semicolon = contentType.indexOf(';');
        String bare = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return bare.strip().equalsIgnoreCase(mediaType);
    }
}
