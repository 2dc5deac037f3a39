package dev.skerry.stream.server;

import dev.skerry.stream.StreamName;
import dev.skerry.stream.server.Problem.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Stream names in URLs.
final class Names {

    /// The first segment of what is not a stream: the protocol's own control API.
    static final String RESERVED = "__ds";

    private Names() {}

    /// @param path percent-encoded, below the mount
    /// @throws Refused if it names no stream
    static StreamName parse(String path) {
        String text = decode(path);
        if (text.equals(RESERVED) || text.startsWith(RESERVED + "/")) {
            throw new Refused(
                    Kind.NOT_SERVED,
                    "names that begin with "
                            + RESERVED
                            + " are for subscriptions, which this version does not serve");
        }
        try {
            return StreamName.of(text);
        } catch (IllegalArgumentException e) {
            throw new Refused(Kind.BAD_STREAM_NAME, String.valueOf(e.getMessage()));
        }
    }

    private static String decode(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int high = i + 1 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw new Refused(Kind.BAD_STREAM_NAME, "the path is not properly percent-encoded");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refused(Kind.BAD_STREAM_NAME, "the path is not UTF-8");
        }
    }
}
