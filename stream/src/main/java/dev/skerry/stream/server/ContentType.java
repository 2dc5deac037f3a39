package dev.skerry.stream.server;

import dev.skerry.stream.server.Problem.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a stream's bytes are.
///
/// @param value as the stream's creator wrote it
/// @param media type and subtype in lower case; two content types match if these are equal, whatever their parameters
record ContentType(String value, String media) {

    static final int LENGTH_MAX = 255;

    private static final Pattern FORM =
            Pattern.compile(
                    "([!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*(;[\t -~]*)?");

    static final ContentType JSON = of("application/json");
    static final ContentType BINARY = of("application/octet-stream");

    /// Media types that are compressed already.
    private static final Set<String> DENSE =
            Set.of("application/zip", "application/gzip", "application/zstd", "font/woff2");

    /// @throws Refused if the text is not a content type
    static ContentType of(String text) {
        var form = FORM.matcher(text);
        if (text.length() > LENGTH_MAX || !form.matches()) {
            throw new Refused(
                    Kind.BAD_REQUEST,
                    "Content-Type has the form type/subtype, with at most "
                            + LENGTH_MAX
                            + " characters");
        }
        return new ContentType(text, form.group(1).toLowerCase(Locale.ROOT));
    }

    /// Null where the request does not say.
    static @Nullable ContentType ofHeader(@Nullable String header) {
        return header == null || header.isBlank() ? null : of(header.strip());
    }

    boolean matches(ContentType other) {
        return media.equals(other.media);
    }

    /// Messages are JSON values, and their boundaries are kept.
    boolean json() {
        return media.equals(JSON.media);
    }

    /// Goes into server-sent events as it is; anything else as base64.
    boolean text() {
        return json() || media.startsWith("text/");
    }

    boolean compressible() {
        return !DENSE.contains(media)
                && !media.startsWith("image/")
                && !media.startsWith("audio/")
                && !media.startsWith("video/");
    }

    @Override
    public String toString() {
        return value;
    }
}
