package dev.skerry.language;

import static dev.skerry.language.CloudEvent.brief;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.language.CloudEvent.Extension;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// The JSON form of a [CloudEvent] (`application/cloudevents+json`), in UTF-8. Every event that is
/// written can be read, and is equal then; `data` goes through both ways to the byte.
///
/// `data_base64` is refused: large or binary content is a blob, named in the event by its digest.
/// How long an event may be is for the caller to limit. Any number of threads may use this.
public final class CloudEventJson {
    /// How many arrays and objects of `data` may lie in each other.
    public static final int DATA_DEPTH_MAX = 500;

    private static final int ENVELOPE_BYTES_USUAL = 512;

    private static final JsonFactory DATA = json(DATA_DEPTH_MAX);
    private static final JsonFactory EVENT = json(DATA_DEPTH_MAX + 1);

    private static final DateTimeFormatter RFC_3339 =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendValue(ChronoField.YEAR, 4, 4, SignStyle.NOT_NEGATIVE)
                    .appendPattern("-MM-dd'T'HH:mm:ss")
                    .optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .optionalEnd()
                    .appendOffset("+HH:MM", "Z")
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private CloudEventJson() {}

    /// One line if `data` is one; `time` in UTC, `data` last.
    ///
    /// @throws IllegalArgumentException if `data` is not the JSON text of one value, or is nested
    ///     deeper than [#DATA_DEPTH_MAX]
    public static byte[] write(CloudEvent event) {
        String data = event.data();
        if (data != null) {
            requireJson(data);
        }
        var bytes =
                new ByteArrayOutputStream(
                        ENVELOPE_BYTES_USUAL + (data == null ? 0 : data.length()));
        try (JsonGenerator json =
                EVENT.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringProperty("specversion", CloudEvent.SPEC_VERSION);
            json.writeStringProperty("id", event.id());
            json.writeStringProperty("source", event.source());
            json.writeStringProperty("type", event.type());
            writeUnlessNull(json, "subject", event.subject());
            json.writeStringProperty("time", event.time().toString());
            writeUnlessNull(json, "datacontenttype", event.dataContentType());
            writeUnlessNull(json, "dataschema", event.dataSchema());
            writeUnlessNull(json, "traceparent", event.traceparent());
            for (Map.Entry<String, Extension> extension : event.extensions().entrySet()) {
                json.writeName(extension.getKey());
                switch (extension.getValue()) {
                    case Extension.Text(String value) -> json.writeString(value);
                    case Extension.Whole(int value) -> json.writeNumber(value);
                    case Extension.Flag(boolean value) -> json.writeBoolean(value);
                }
            }
            if (data != null) {
                json.writeName("data");
                json.writeRawValue(data);
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /// Reads one event, in any layout that CloudEvents allows.
    ///
    /// @throws MalformedEventException if `utf8` is anything but one event, and nothing else
    public static CloudEvent read(byte[] utf8) {
        CharBuffer text = decode(utf8);
        JsonParser json =
                EVENT.createParser(ObjectReadContext.empty(), text.array(), 0, text.length());
        try (json) {
            return read(json, text);
        } catch (JacksonException e) {
            throw new MalformedEventException(
                    e.getOriginalMessage() + at(text, offset(e, json)), e);
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException(String.valueOf(e.getMessage()), e);
        }
    }

    private static CloudEvent read(JsonParser json, CharBuffer text) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedEventException("it is not a JSON object");
        }
        String data = null;
        var attributes = new LinkedHashMap<String, Extension>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken token = json.nextToken();
            int start = (int) json.currentTokenLocation().getCharOffset();
            boolean first = true;
            if (name.equals("data")) {
                first = data == null;
                json.skipChildren();
                json.finishToken();
                int end = (int) json.currentLocation().getCharOffset();
                data = new String(text.array(), start, end - start);
            } else if (name.equals("data_base64")) {
                throw new MalformedEventException(
                        "data_base64 is not supported; let data name a blob by its digest"
                                + at(text, start));
            } else if (token != JsonToken.VALUE_NULL) { // null means not set
                Extension value = attribute(token, json);
                if (value == null) {
                    throw new MalformedEventException(
                            brief(name)
                                    + " must be a string, a boolean or an integer of 32 bits"
                                    + at(text, start));
                }
                first = attributes.put(name, value) == null;
            }
            if (!first) {
                throw new MalformedEventException(
                        brief(name) + " is there twice" + at(text, start));
            }
        }
        if (json.nextToken() != null) {
            throw new MalformedEventException(
                    "more follows after its end"
                            + at(text, json.currentTokenLocation().getCharOffset()));
        }
        String version = required("specversion", attributes);
        if (!version.equals(CloudEvent.SPEC_VERSION)) {
            throw new MalformedEventException(
                    "specversion must be " + CloudEvent.SPEC_VERSION + ", not " + brief(version));
        }
        return new CloudEvent(
                required("id", attributes),
                required("source", attributes),
                required("type", attributes),
                optional("subject", attributes),
                time(required("time", attributes)),
                optional("datacontenttype", attributes),
                optional("dataschema", attributes),
                optional("traceparent", attributes),
                attributes, // what is left
                data);
    }

    private static @Nullable Extension attribute(JsonToken token, JsonParser json) {
        return switch (token) {
            case VALUE_STRING -> new Extension.Text(json.getString());
            case VALUE_TRUE -> new Extension.Flag(true);
            case VALUE_FALSE -> new Extension.Flag(false);
            case VALUE_NUMBER_INT -> {
                try {
                    yield new Extension.Whole(Integer.parseInt(json.getString()));
                } catch (NumberFormatException e) {
                    yield null;
                }
            }
            default -> null;
        };
    }

    private static String required(String name, Map<String, Extension> attributes) {
        String text = optional(name, attributes);
        if (text == null) {
            throw new MalformedEventException(name + " is missing");
        }
        return text;
    }

    private static @Nullable String optional(String name, Map<String, Extension> attributes) {
        return switch (attributes.remove(name)) {
            case null -> null;
            case Extension.Text(String text) -> text;
            case Extension.Whole _, Extension.Flag _ ->
                    throw new MalformedEventException(name + " must be a string");
        };
    }

    private static Instant time(String text) {
        try {
            return RFC_3339.parse(text, Instant::from);
        } catch (DateTimeException e) {
            throw new MalformedEventException(
                    "time must be an RFC 3339 timestamp of at most nine decimals, not "
                            + brief(text),
                    e);
        }
    }

    /// Strict, unlike `new String(bytes, UTF_8)`, which would quietly alter data that is not UTF-8.
    private static CharBuffer decode(byte[] utf8) {
        ByteBuffer bytes = ByteBuffer.wrap(utf8);
        CharBuffer text = CharBuffer.allocate(utf8.length);
        if (UTF_8.newDecoder().decode(bytes, text, true).isError()) {
            throw new MalformedEventException("it is not UTF-8, at byte " + bytes.position());
        }
        return text.flip();
    }

    private static long offset(JacksonException e, JsonParser json) {
        @Nullable TokenStreamLocation location = e.getLocation(); // none if nested too deep
        return (location == null ? json.currentTokenLocation() : location).getCharOffset();
    }

    private static String at(CharBuffer text, long offset) {
        int end = Math.clamp(offset, 0, text.length());
        return ", at byte " + new String(text.array(), 0, end).getBytes(UTF_8).length;
    }

    private static void requireJson(String data) {
        // The generator lets some halves of surrogate pairs pass, as bytes that are not UTF-8.
        for (int i = 0; i < data.length(); i++) {
            if (Character.isSurrogate(data.charAt(i))
                    && !Character.isSupplementaryCodePoint(data.codePointAt(i++))) {
                throw new IllegalArgumentException(
                        "data holds half a surrogate pair at character " + (i - 1));
            }
        }
        JsonParser json = DATA.createParser(ObjectReadContext.empty(), data);
        try (json) {
            if (json.nextToken() == null) {
                throw new IllegalArgumentException("data is empty; null says that there is none");
            }
            json.skipChildren();
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("data is more than one JSON value");
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "data is not JSON: %s, at character %d"
                            .formatted(e.getOriginalMessage(), offset(e, json)),
                    e);
        }
    }

    private static void writeUnlessNull(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    /// Nothing but the depth is limited here: the bytes of an event are in memory already.
    private static JsonFactory json(int depthMax) {
        return JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(depthMax)
                                .maxNumberLength(Integer.MAX_VALUE)
                                .maxStringLength(Integer.MAX_VALUE)
                                .maxNameLength(Integer.MAX_VALUE)
                                .build())
                .build();
    }
}
