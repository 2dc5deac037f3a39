package dev.skerry.stream.server;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.server.Reply.Answer;
import java.io.StringWriter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Why a request was not done, and what to do about it; answered as RFC 9457 says, with a type that stays the same.
///
/// @param detail for people: what was wrong with this request, and the way out
record Problem(Kind kind, String detail) {

    private static final JsonFactory JSON = JsonFactory.builder().build();

    /// The kinds of problems; their names, in lower case with dashes, are what clients may rely on.
    enum Kind {
        BAD_REQUEST(400, "The request is malformed"),
        BAD_STREAM_NAME(400, "Not a stream name"),
        BAD_OFFSET(400, "Not an offset of this stream"),
        BAD_JSON(400, "The body is not JSON"),
        EMPTY_BODY(400, "The body is empty"),
        FORK_BEYOND_SOURCE(400, "The fork begins beyond its source"),
        NEW_EPOCH_NOT_AT_ZERO(400, "A new epoch starts at sequence 0"),
        STALE_EPOCH(403, "A newer epoch of this producer has written"),
        NOT_YOURS(403, "This stream is not written here"),
        FOREIGN_ORIGIN(403, "Web pages of this origin may not write here"),
        NO_SUCH_STREAM(404, "There is no such stream"),
        NO_SUCH_SOURCE(404, "There is no such stream to fork"),
        READ_ONLY(405, "This stream is written by its owner only"),
        METHOD_NOT_ALLOWED(405, "Streams do not know this method"),
        STREAM_EXISTS(409, "The stream exists with another configuration"),
        STREAM_CLOSED(409, "The stream is closed"),
        OTHER_CONTENT_TYPE(409, "The stream has another content type"),
        SEQUENCE_GAP(409, "A batch of this producer is missing"),
        SEQUENCE_REGRESSION(409, "Stream-Seq has not moved on"),
        SOURCE_DELETED(409, "The stream to fork is deleted"),
        STREAM_DELETED(410, "The stream is deleted, forks still read it"),
        EVENTS_DROPPED(410, "Events at this offset have been dropped"),
        BODY_TOO_LARGE(413, "The body is too large"),
        UNKNOWN_ENCODING(415, "The body's encoding is not known"),
        TOO_MANY_LIVE_READERS(429, "Too many readers wait already"),
        TOO_MANY_WRITES(429, "Too many writes wait already"),
        INTERNAL(500, "The server failed"),
        NOT_SERVED(501, "Not served by this version"),
        NOT_NOW(503, "This node does not write now"),
        STOPPING(503, "The server is stopping"),
        TOO_MANY_STREAMS(507, "No more streams fit"),
        DISK_FULL(507, "The disk is full");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }

        /// A URI that stands for this kind for ever.
        String type() {
            return "urn:skerry:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What the database's failure means to a client.
    static Problem of(StreamException failure) {
        Kind kind =
                switch (failure.kind()) {
                    case NO_STREAM -> Kind.NO_SUCH_STREAM;
                    case OVERLOADED -> Kind.TOO_MANY_WRITES;
                    case CLOSED -> Kind.STOPPING;
                    case DISK_FULL -> Kind.DISK_FULL;
                    case IO, CORRUPT, IN_USE, NEWER_VERSION, UNREACHABLE, REFUSED, PEER_FAULTY ->
                            Kind.INTERNAL;
                };
        return new Problem(kind, sentence(failure));
    }

    private static String sentence(StreamException failure) {
        return failure.getMessage() == null ? failure.remedy() : failure.getMessage();
    }

    Answer answer() {
        Answer answer =
                Answer.of(kind.status)
                        .with("Content-Type", "application/problem+json")
                        .with("Cache-Control", "no-store")
                        .with(Bytes.of(json()));
        return switch (kind.status) {
            case 429, 503 -> answer.with("Retry-After", "1");
            default -> answer;
        };
    }

    private String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("type", kind.type());
            json.writeStringProperty("title", kind.title);
            json.writeNumberProperty("status", kind.status);
            json.writeStringProperty("detail", detail);
            json.writeEndObject();
        }
        return text.toString();
    }
}
