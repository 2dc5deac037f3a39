package dev.skerry.app.shop;

import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What an OpenAPI description says of an API's answers: the part of JSON Schema that ours uses.
public record Described(JsonNode api) {

    /// @throws AssertionError if no such operation is described, or answers look otherwise
    public void check(String method, String path, int status, JsonNode answer) {
        JsonNode operation = operation(method, path.replaceFirst("\\?.*", ""));
        JsonNode response = operation.at("/responses/" + (status < 300 ? "2XX" : "default"));
        String type = status < 300 ? "application/json" : "application/problem+json";
        JsonNode content = response.at("/content").path(type);
        if (!content.isMissingNode() && status != 204) {
            check(content.path("schema"), answer, method + " " + path);
        }
    }

    /// The one with fewest parameters that fits.
    private JsonNode operation(String method, String path) {
        return api.path("paths").properties().stream()
                .filter(it -> path.matches(it.getKey().replaceAll("\\{[^}]+}", "[^/]+")))
                .filter(it -> it.getValue().has(method.toLowerCase(java.util.Locale.ROOT)))
                .min(
                        java.util.Comparator.comparingLong(
                                it -> it.getKey().chars().filter(c -> c == '{').count()))
                .map(Map.Entry::getValue)
                .map(it -> it.path(method.toLowerCase(java.util.Locale.ROOT)))
                .orElseThrow(() -> new AssertionError("not described: " + method + " " + path));
    }

    private void check(JsonNode schema, JsonNode value, String where) {
        if (schema.has("$ref")) {
            check(api.at(schema.path("$ref").asString().substring(1)), value, where);
        } else if (schema.has("oneOf")) {
            checkOneOf(schema.path("oneOf"), value, where);
        } else {
            switch (schema.path("type").asString()) {
                case "object" -> checkObject(schema, value, where);
                case "array" -> {
                    require(value.isArray(), where, "a list");
                    value.forEach(each -> check(schema.path("items"), each, where + "[]"));
                }
                case "string" -> require(value.isString(), where, "a string");
                case "integer" -> require(value.isIntegralNumber(), where, "an integer");
                case "number" -> require(value.isNumber(), where, "a number");
                case "boolean" -> require(value.isBoolean(), where, "true or false");
                default -> throw new AssertionError("no type: " + where + " " + schema);
            }
        }
    }

    private void checkOneOf(JsonNode schemas, JsonNode value, String where) {
        for (JsonNode one : schemas) {
            try {
                check(one, value, where);
                return;
            } catch (AssertionError e) {
                // Perhaps another of them.
            }
        }
        throw new AssertionError(where + " is none of those described: " + value);
    }

    private void checkObject(JsonNode schema, JsonNode value, String where) {
        require(value.isObject(), where, "an object");
        schema.path("required")
                .forEach(name ->
                        require(value.has(name.asString()), where, "with " + name.asString()));
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode known = schema.path("properties").path(field.getKey());
            if (!known.isMissingNode()) {
                check(known, field.getValue(), where + "." + field.getKey());
            } else if (others.isObject()) {
                check(others, field.getValue(), where + "." + field.getKey());
            } else {
                throw new AssertionError(
                        "%s has an undescribed %s; described are %s"
                                .formatted(
                                        where,
                                        field.getKey(),
                                        new TreeSet<>(schema.path("properties").propertyNames())));
            }
        }
    }

    private static void require(boolean holds, String where, String what) {
        if (!holds) {
            throw new AssertionError(where + " should be " + what);
        }
    }
}
