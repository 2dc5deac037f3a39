package dev.skerry.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// A JSON text whose every value knows its place.
///
/// @param value a Map of names to trees, a List of trees, String, BigDecimal, Boolean, or the absence of anything: [#NULL]
record JsonTree(String where, int line, int column, Object value) {

    static final Nothing NULL = new Nothing();

    record Nothing() {}

    private static final int DEPTH_MAX = 20;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    static Reading<JsonTree> parse(String text) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            if (json.currentToken() == null) {
                return bad(1, 1, "this is empty");
            }
            JsonTree tree = tree(json, "");
            if (json.nextToken() != null) {
                TokenStreamLocation at = json.currentTokenLocation();
                return bad(at.getLineNr(), at.getColumnNr(), "something follows the JSON value");
            }
            return new Reading.Good<>(tree);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            return bad(
                    at == null ? 1 : at.getLineNr(),
                    at == null ? 1 : at.getColumnNr(),
                    "this is not JSON: "
                            + String.valueOf(e.getOriginalMessage()).replaceAll("\\p{Cntrl}", "?"));
        }
    }

    private static Reading<JsonTree> bad(int line, int column, String problem) {
        return new Reading.Bad<>(List.of(new Fault("", line, column, problem)));
    }

    private static JsonTree tree(JsonParser json, String where) {
        TokenStreamLocation at = json.currentTokenLocation();
        Object value =
                switch (json.currentToken()) {
                    case START_OBJECT -> fields(json, where);
                    case START_ARRAY -> elements(json, where);
                    case VALUE_STRING -> json.getString();
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
                    case VALUE_TRUE -> true;
                    case VALUE_FALSE -> false;
                    default -> NULL;
                };
        return new JsonTree(where, at.getLineNr(), at.getColumnNr(), value);
    }

    private static Map<String, JsonTree> fields(JsonParser json, String where) {
        Map<String, JsonTree> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, tree(json, where.isEmpty() ? name : where + "." + name));
        }
        return fields;
    }

    private static List<JsonTree> elements(JsonParser json, String where) {
        List<JsonTree> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(tree(json, where + "[" + elements.size() + "]"));
        }
        return elements;
    }

    /// What kind of value it is, in words.
    String kind() {
        return switch (value) {
            case Map<?, ?> _ -> "an object";
            case List<?> _ -> "a list";
            case String _ -> "a text";
            case BigDecimal _ -> "a number";
            case Boolean _ -> "true or false";
            default -> "null";
        };
    }
}
