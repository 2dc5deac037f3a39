package dev.skerry.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// A small JSON object read or written field by field: a greeting on the link, a line of a registry, a request to an API.
/// Immutable; fields keep their order; those that nobody asks for are ignored, so that what is newer can still be read.
public final class JsonObject {

    private static final int DEPTH_MAX = 20;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private static final JsonObject EMPTY = new JsonObject(Map.of());

    /// String, Long, BigDecimal, Boolean, JsonObject, or List of these.
    private final Map<String, Object> fields;

    private JsonObject(Map<String, Object> fields) {
        this.fields = fields;
    }

    public static JsonObject empty() {
        return EMPTY;
    }

    // ---- writing

    public JsonObject with(String name, String value) {
        return and(name, value);
    }

    public JsonObject with(String name, long value) {
        return and(name, value);
    }

    public JsonObject with(String name, BigDecimal value) {
        return and(name, value);
    }

    public JsonObject with(String name, double value) {
        return and(name, BigDecimal.valueOf(value));
    }

    public JsonObject with(String name, boolean value) {
        return and(name, value);
    }

    public JsonObject with(String name, JsonObject value) {
        return and(name, value);
    }

    /// @param values strings or objects
    public JsonObject with(String name, List<?> values) {
        return and(name, List.copyOf(values));
    }

    /// The same object where there is no value.
    public JsonObject withOptional(String name, @Nullable String value) {
        return value == null ? this : and(name, value);
    }

    private JsonObject and(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new JsonObject(more);
    }

    /// One line.
    public String write() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, this);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) {
        switch (value) {
            case String text -> json.writeString(text);
            case Long number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case List<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case JsonObject object -> {
                json.writeStartObject();
                object.fields.forEach((name, field) -> {
                    json.writeName(name);
                    write(json, field);
                });
                json.writeEndObject();
            }
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        }
    }

    // ---- reading

    /// @throws MalformedJsonException if this is not the text of one JSON object; a field that is null counts as absent
    public static JsonObject parse(byte[] text) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedJsonException("this is not a JSON object", null);
            }
            JsonObject object = object(json);
            if (json.nextToken() != null) {
                throw new MalformedJsonException("something follows the JSON object", null);
            }
            return object;
        } catch (JacksonException e) {
            throw new MalformedJsonException(
                    "this is not JSON: " + e.getOriginalMessage().replaceAll("\\p{Cntrl}", "?"), e);
        }
    }

    public static JsonObject parse(String text) {
        return parse(text.getBytes(UTF_8));
    }

    private static JsonObject object(JsonParser json) {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            Object value = value(json);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return new JsonObject(fields);
    }

    private static @Nullable Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    Object element = value(json);
                    if (element != null) {
                        list.add(element);
                    }
                }
                yield list;
            }
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> {
                BigDecimal number = json.getDecimalValue();
                yield number.precision() < 19 ? (Object) number.longValueExact() : number;
            }
            case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /// @throws MalformedJsonException if it is missing or no text
    public String text(String name) {
        return require(name, String.class, "a text");
    }

    public Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /// @throws MalformedJsonException if it is missing or no whole number
    public long number(String name) {
        return require(name, Long.class, "a whole number");
    }

    public long number(String name, long otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    /// False where it is missing.
    public boolean flag(String name) {
        return has(name) && require(name, Boolean.class, "true or false");
    }

    /// @throws MalformedJsonException if it is missing or no object
    public JsonObject object(String name) {
        return require(name, JsonObject.class, "an object");
    }

    /// Empty where it is missing.
    public List<JsonObject> objects(String name) {
        return list(name, JsonObject.class, "objects");
    }

    /// Empty where it is missing.
    public List<String> texts(String name) {
        return list(name, String.class, "texts");
    }

    /// Empty where it is missing.
    public List<Long> numbers(String name) {
        return list(name, Long.class, "whole numbers");
    }

    private <T> List<T> list(String name, Class<T> type, String what) {
        if (!has(name)) {
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (Object element : require(name, List.class, "a list of " + what)) {
            if (!type.isInstance(element)) {
                throw new MalformedJsonException("\"" + name + "\" is a list of " + what, null);
            }
            values.add(type.cast(element));
        }
        return values;
    }

    private <T> T require(String name, Class<T> type, String what) {
        Object value = fields.get(name);
        if (value == null) {
            throw new MalformedJsonException("\"" + name + "\" is missing", null);
        }
        if (!type.isInstance(value)) {
            throw new MalformedJsonException("\"" + name + "\" is " + what, null);
        }
        return type.cast(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return write();
    }
}
