package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.server.Problem.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// Cuts a JSON body into its messages: the elements of an array, or the one value that it is. Each message keeps the bytes
/// that it came with; nothing is written anew.
final class JsonMessages {

    static final int NESTING_MAX = 500;

    /// The most messages of one body: each takes some hundred bytes of memory, however small it is.
    static final int MESSAGES_MAX = 100_000;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    // JSON between systems is UTF-8; with detection, UTF-16 would get through.
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(NESTING_MAX)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;

    private JsonMessages() {}

    /// @return slices of the body; none for an empty array
    /// @throws Refused if the body is not exactly one JSON value in UTF-8
    static List<Bytes> split(Bytes body) {
        if (body.length() >= 3
                && body.array()[body.from()] == (byte) 0xEF
                && body.array()[body.from() + 1] == (byte) 0xBB
                && body.array()[body.from() + 2] == (byte) 0xBF) {
            throw new Refused(
                    Kind.BAD_JSON, "the body begins with a byte order mark; leave it out");
        }
        requireUtf8(body);
        try (JsonParser parser =
                JSON.createParser(
                        ObjectReadContext.empty(), body.array(), body.from(), body.length())) {
            List<Bytes> messages = new ArrayList<>();
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new Refused(Kind.BAD_JSON, "the body holds nothing but white space");
            }
            if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (messages.size() == MESSAGES_MAX) {
                        throw new Refused(
                                Kind.BODY_TOO_LARGE,
                                "a body has at most "
                                        + MESSAGES_MAX
                                        + " messages; send them in several requests");
                    }
                    messages.add(value(parser, body));
                }
            } else {
                messages.add(value(parser, body));
            }
            if (parser.nextToken() != null) {
                throw new Refused(Kind.BAD_JSON, "the body goes on after its one JSON value");
            }
            return messages;
        } catch (JacksonException e) {
            String place =
                    e.getLocation() == null
                            ? ""
                            : "at byte " + e.getLocation().getByteOffset() + ": ";
            // What follows in brackets speaks of the parser, not of the body.
            throw new Refused(Kind.BAD_JSON, place + e.getOriginalMessage().split(" [(:]", 2)[0]);
        }
    }

    private static Bytes value(JsonParser parser, Bytes body) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        // The parser looks at one byte more to know that a bare number has ended.
        while (body.array()[body.from() + end - 1] <= ' ') {
            end--;
        }
        return body.slice(start, end - start);
    }

    /// Jackson skips over strings without looking closely at their bytes.
    private static void requireUtf8(Bytes body) {
        int at = body.from();
        int end = body.from() + body.length();
        while (at + 8 <= end && ((long) LONGS.get(body.array(), at) & NOT_ASCII) == 0) {
            at += 8;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body.array(), at, end - at);
        CharBuffer chars = CharBuffer.allocate(4096);
        while (true) {
            var result = decoder.decode(bytes, chars, true);
            if (result.isError()) {
                throw new Refused(
                        Kind.BAD_JSON,
                        "the body is not UTF-8 (at byte " + (bytes.position() - body.from()) + ")");
            }
            if (result.isUnderflow()) {
                return;
            }
            chars.clear();
        }
    }
}
