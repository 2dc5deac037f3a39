package dev.skerry.language;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The envelope of every event that a context publishes: CloudEvents 1.0 with the distributed
/// tracing extension. Immutable; [CloudEventJson] reads back equal what it wrote.
///
/// Texts are not empty and hold no control characters, no noncharacters and no half surrogate
/// pairs, as CloudEvents demands. Whether `source` and `dataSchema` are well-formed URIs is not
/// checked.
///
/// @param id with `source`, names this event among all events
/// @param source where it happened, a URI reference: the stream's name, for instance
/// @param type what happened, such as `dev.skerry.orders.OrderPaid`
/// @param subject what it happened to: the event's key in a keyed stream
/// @param time when it happened, in the years 0000 to 9999 (CloudEvents leaves it optional, Skerry
///     does not)
/// @param dataContentType null means `application/json`
/// @param dataSchema a URI, or null
/// @param traceparent W3C trace context; see [#isTraceparent]
/// @param extensions all other attributes, in their order, known to us or not
/// @param data the JSON text of one value, kept to the byte and not looked into (white space around
///     it is not part of it); null means that there is none, `"null"` that it is JSON's null
public record CloudEvent(
        String id,
        String source,
        String type,
        @Nullable String subject,
        Instant time,
        @Nullable String dataContentType,
        @Nullable String dataSchema,
        @Nullable String traceparent,
        SequencedMap<String, Extension> extensions,
        @Nullable String data) {

    public static final String SPEC_VERSION = "1.0";

    private static final Instant TIME_MIN = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant TIME_MAX = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /// Names that CloudEvents, or a component of this record, has taken.
    private static final Set<String> TAKEN =
            Set.of(
                    "specversion",
                    "id",
                    "source",
                    "type",
                    "subject",
                    "time",
                    "datacontenttype",
                    "dataschema",
                    "traceparent",
                    "data");

    /// The value of an extension attribute: one of the CloudEvents types that JSON can tell apart.
    public sealed interface Extension {
        record Text(String value) implements Extension {
            public Text {
                requireNonNull(value, "value");
            }
        }

        record Whole(int value) implements Extension {}

        record Flag(boolean value) implements Extension {}
    }

    /// Checks everything but `data`, which [CloudEventJson#write] checks.
    ///
    /// @throws IllegalArgumentException naming the attribute that breaks a rule of CloudEvents
    public CloudEvent {
        requireText("id", requireNonNull(id, "id"));
        requireText("source", requireNonNull(source, "source"));
        requireText("type", requireNonNull(type, "type"));
        requireText("subject", subject);
        requireNonNull(time, "time");
        if (time.isBefore(TIME_MIN) || time.isAfter(TIME_MAX)) {
            throw new IllegalArgumentException(
                    "time must be in the years 0000 to 9999, not " + time);
        }
        requireText("datacontenttype", dataContentType);
        requireText("dataschema", dataSchema);
        requireText("traceparent", traceparent);
        if (traceparent != null && !isTraceparent(traceparent)) {
            throw new IllegalArgumentException(
                    "traceparent must be a W3C trace context such as"
                            + " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, not "
                            + brief(traceparent));
        }
        extensions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(extensions));
        extensions.forEach(CloudEvent::requireExtension);
        data = data == null ? null : data.trim();
    }

    /// An event of JSON data with the required attributes only; add others with the `with` methods.
    public static CloudEvent of(
            String id, String source, String type, Instant time, @Nullable String data) {
        return new CloudEvent(
                id, source, type, null, time, null, null, null, new LinkedHashMap<>(), data);
    }

    public CloudEvent withSubject(@Nullable String key) {
        return new CloudEvent(
                id,
                source,
                type,
                key,
                time,
                dataContentType,
                dataSchema,
                traceparent,
                extensions,
                data);
    }

    /// `parent` should have passed [#isTraceparent]: a bad trace is no reason to lose an event.
    public CloudEvent withTraceparent(@Nullable String parent) {
        return new CloudEvent(
                id,
                source,
                type,
                subject,
                time,
                dataContentType,
                dataSchema,
                parent,
                extensions,
                data);
    }

    /// Sets or replaces one extension attribute. Names are of `a-z0-9`, at most 20 characters by
    /// CloudEvents' advice.
    public CloudEvent withExtension(String name, Extension value) {
        var more = new LinkedHashMap<>(extensions);
        more.put(name, value);
        return new CloudEvent(
                id,
                source,
                type,
                subject,
                time,
                dataContentType,
                dataSchema,
                traceparent,
                more,
                data);
    }

    /// Whether `text` is a W3C `traceparent` of version 00, or of a later version as far as 00 can
    /// tell.
    public static boolean isTraceparent(String text) {
        return text.length() >= 55
                && isHex(text, 0, 2)
                && text.charAt(2) == '-'
                && isHex(text, 3, 35)
                && text.charAt(35) == '-'
                && isHex(text, 36, 52)
                && text.charAt(52) == '-'
                && isHex(text, 53, 55)
                && !text.startsWith("ff")
                && !isZero(text, 3, 35)
                && !isZero(text, 36, 52)
                && (text.length() == 55 || (text.charAt(55) == '-' && !text.startsWith("00")));
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    /// For messages: values come from anyone, of any length.
    static String brief(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60) + "…";
    }

    private static void requireExtension(String name, Extension value) {
        requireNonNull(name, "extension name");
        requireNonNull(value, name);
        boolean named = !name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            named &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        }
        if (!named) {
            throw new IllegalArgumentException(
                    "an extension's name must be of a-z and 0-9 only, not \"" + brief(name) + '"');
        }
        if (TAKEN.contains(name)) {
            throw new IllegalArgumentException(
                    name + " is no extension: it has a place of its own in the envelope");
        }
        if (value instanceof Extension.Text(String text)) {
            requireCharacters(name, text);
        }
    }

    private static void requireText(String name, @Nullable String text) {
        if (text == null) {
            return;
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        requireCharacters(name, text);
    }

    /// CloudEvents' rule for every string attribute.
    private static void requireCharacters(String name, String text) {
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            boolean control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
            boolean halfPair = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            boolean noncharacter = (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
            if (control || halfPair || noncharacter) {
                throw new IllegalArgumentException(
                        "%s must not hold U+%04X (at character %d)".formatted(name, c, i));
            }
        }
    }
}
