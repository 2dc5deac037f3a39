package dev.skerry.app.shop;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Holds values to a JSON schema of draft 7, as far as the schemas here go: a word of a schema that it does not know is a failure, and
/// nothing passes because of it.
///
/// @param document in which references are looked up
/// @param strict a field that is not described is wrong
record JsonSchema(JsonNode document, boolean strict) {

    /// Words that say nothing about a value.
    private static final Set<String> REMARKS =
            Set.of(
                    "$schema",
                    "title",
                    "description",
                    "examples",
                    "example",
                    "default",
                    "definitions",
                    "additionalItems");

    /// @return what is wrong, each with its place; empty if nothing is
    List<String> wrong(JsonNode schema, JsonNode value) {
        List<String> wrong = new ArrayList<>();
        check(schema, value, "", wrong);
        return wrong;
    }

    private boolean fits(JsonNode schema, JsonNode value) {
        return wrong(schema, value).isEmpty();
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        if (schema.isBoolean()) {
            require(schema.asBoolean(), at, "must not be there", wrong);
            return;
        }
        if (schema.has("$ref")) {
            check(target(schema.path("$ref").asString()), value, at, wrong);
            return;
        }
        for (Map.Entry<String, JsonNode> word : schema.properties()) {
            check(schema, word.getKey(), word.getValue(), value, at, wrong);
        }
        if (value.isObject()) {
            fields(schema, value, at, wrong);
        }
    }

    private JsonNode target(String reference) {
        JsonNode found =
                reference.equals("#") ? document : document.at(reference.replaceFirst("^#", ""));
        if (found.isMissingNode()) {
            throw new AssertionError("the schema refers to what is not there: " + reference);
        }
        return found;
    }

    private void check(
            JsonNode schema,
            String word,
            JsonNode says,
            JsonNode value,
            String at,
            List<String> wrong) {
        switch (word) {
            case "type" -> require(types(says).anyMatch(it -> is(it, value)), at, says, wrong);
            case "const" -> require(says.equals(value), at, "must be " + says, wrong);
            case "enum" -> require(stream(says).anyMatch(value::equals), at, says, wrong);
            case "allOf" -> says.forEach(it -> check(it, value, at, wrong));
            case "anyOf" -> require(fitting(says, value) > 0, at, "fits none", wrong);
            case "oneOf" -> {
                long fitting = fitting(says, value);
                require(fitting == 1, at, "fits " + fitting + " of " + says.size(), wrong);
            }
            case "not" -> require(!fits(says, value), at, "must not be so", wrong);
            case "if" -> {
                JsonNode then = schema.path(fits(says, value) ? "then" : "else");
                if (!then.isMissingNode()) {
                    check(then, value, at, wrong);
                }
            }
            case "required" -> {
                if (value.isObject()) {
                    says.forEach(it ->
                            require(value.has(it.asString()), at, "lacks " + it.asString(), wrong));
                }
            }
            case "propertyNames" ->
                    value.propertyStream()
                            .forEach(it ->
                                    require(
                                            says.path("pattern").isMissingNode()
                                                    || matches(says.path("pattern"), it.getKey()),
                                            at,
                                            "has a wrong name: " + it.getKey(),
                                            wrong));
            case "items" -> {
                if (value.isArray()) {
                    for (int i = 0; i < value.size(); i++) {
                        JsonNode item = says.isArray() ? says.path(i) : says;
                        if (!item.isMissingNode()) {
                            check(item, value.path(i), at + "/" + i, wrong);
                        }
                    }
                }
            }
            case "uniqueItems" ->
                    require(
                            !value.isArray()
                                    || new HashSet<>(stream(value).toList()).size() == value.size(),
                            at,
                            "has something twice",
                            wrong);
            case "minItems" ->
                    require(!value.isArray() || value.size() >= says.asInt(), at, says, wrong);
            case "minLength" ->
                    require(
                            !value.isString() || value.asString().length() >= says.asInt(),
                            at,
                            "is too short",
                            wrong);
            case "maxLength" ->
                    require(
                            !value.isString() || value.asString().length() <= says.asInt(),
                            at,
                            "is too long",
                            wrong);
            case "minimum" -> require(compared(value, says) >= 0, at, "is too small", wrong);
            case "exclusiveMinimum" ->
                    require(compared(value, says) > 0, at, "is too small", wrong);
            case "maximum" ->
                    require(
                            !value.isNumber() || compared(value, says) <= 0,
                            at,
                            "is too large",
                            wrong);
            case "multipleOf" ->
                    require(
                            !value.isNumber()
                                    || value.decimalValue().remainder(says.decimalValue()).signum()
                                            == 0,
                            at,
                            "is no multiple of " + says,
                            wrong);
            case "pattern" ->
                    require(
                            !value.isString() || matches(says, value.asString()),
                            at,
                            "is not as " + says,
                            wrong);
            case "format" ->
                    require(
                            !value.isString() || isOfFormat(says.asString(), value.asString()),
                            at,
                            "is no " + says,
                            wrong);
            // With their neighbours.
            case "properties", "patternProperties", "additionalProperties", "then", "else" -> {}
            default -> {
                if (!REMARKS.contains(word)) {
                    throw new AssertionError("a word of a schema that is not known here: " + word);
                }
            }
        }
    }

    private void fields(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String place = at + "/" + field.getKey();
            boolean described = false;
            JsonNode known = schema.path("properties").path(field.getKey());
            if (!known.isMissingNode()) {
                described = true;
                check(known, field.getValue(), place, wrong);
            }
            for (Map.Entry<String, JsonNode> some : schema.path("patternProperties").properties()) {
                if (Pattern.compile(some.getKey()).matcher(field.getKey()).find()) {
                    described = true;
                    check(some.getValue(), field.getValue(), place, wrong);
                }
            }
            if (!described && !others.isMissingNode()) {
                check(others, field.getValue(), place, wrong);
            } else if (!described && strict && schema.has("properties")) {
                wrong.add(
                        "%s is not described; described are %s"
                                .formatted(
                                        place,
                                        new TreeSet<>(schema.path("properties").propertyNames())));
            }
        }
    }

    private static void require(boolean holds, String at, Object what, List<String> wrong) {
        if (!holds) {
            wrong.add((at.isEmpty() ? "all of it" : at) + ": " + what);
        }
    }

    private long fitting(JsonNode schemas, JsonNode value) {
        return stream(schemas).filter(it -> fits(it, value)).count();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return list.valueStream();
    }

    private static Stream<String> types(JsonNode says) {
        return says.isArray() ? stream(says).map(JsonNode::asString) : Stream.of(says.asString());
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "null" -> value.isNull();
            default -> throw new AssertionError("no type of JSON: " + type);
        };
    }

    /// More than anything for what is no number.
    private static int compared(JsonNode value, JsonNode limit) {
        return value.isNumber() ? value.decimalValue().compareTo(limit.decimalValue()) : 1;
    }

    private static boolean matches(JsonNode pattern, String text) {
        return Pattern.compile(pattern.asString()).matcher(text).find();
    }

    private static boolean isOfFormat(String format, String text) {
        try {
            switch (format) {
                case "date-time" -> Instant.parse(text);
                case "date" -> LocalDate.parse(text);
                case "duration" -> Duration.parse(text);
                case "uri", "uri-reference" -> URI.create(text);
                case "regex" -> Pattern.compile(text);
                // Nothing here has one.
                case "email", "uri-template" -> {}
                default -> throw new AssertionError("a format that is not known here: " + format);
            }
            return true;
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }
}
