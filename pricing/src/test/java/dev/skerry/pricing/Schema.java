package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Judges JSON by a JSON Schema, as far as ours uses the language. A word it does not know is an error, not a yes.
final class Schema {

    private final JsonTree root;

    Schema(JsonTree root) {
        this.root = root;
    }

    boolean accepts(JsonTree value) {
        return accepts(root, value);
    }

    /// By one of the definitions.
    boolean accepts(String definition, JsonTree value) {
        return accepts(definition(definition), value);
    }

    private boolean accepts(JsonTree schema, JsonTree value) {
        for (Map.Entry<String, JsonTree> word : fields(schema).entrySet()) {
            if (!accepts(schema, word.getKey(), word.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    private boolean accepts(JsonTree schema, String word, JsonTree by, JsonTree value) {
        Object it = value.value();
        return switch (word) {
            case "$schema", "title", "description", "$defs" -> true;
            case "$ref" -> accepts(definition(text(by).replace("#/$defs/", "")), value);
            case "type" -> type(text(by), it);
            case "const" -> same(by, value);
            case "enum" -> list(by).stream().anyMatch(one -> same(one, value));
            case "oneOf" -> list(by).stream().filter(one -> accepts(one, value)).count() == 1;
            case "anyOf" -> list(by).stream().anyMatch(one -> accepts(one, value));
            case "required" ->
                    !(it instanceof Map<?, ?> map)
                            || list(by).stream().allMatch(name -> map.containsKey(text(name)));
            case "properties" ->
                    !(it instanceof Map<?, ?>)
                            || fields(by).entrySet().stream()
                                    .allMatch(one -> {
                                        JsonTree field = fields(value).get(one.getKey());
                                        return field == null || accepts(one.getValue(), field);
                                    });
            case "additionalProperties" ->
                    !(it instanceof Map<?, ?>)
                            || fields(requireNonNull(fields(schema).get("properties")))
                                    .keySet()
                                    .containsAll(fields(value).keySet());
            case "items" ->
                    !(it instanceof List<?>)
                            || list(value).stream().allMatch(one -> accepts(by, one));
            case "minItems" -> !(it instanceof List<?> all) || all.size() >= number(by).intValue();
            case "maxItems" -> !(it instanceof List<?> all) || all.size() <= number(by).intValue();
            case "uniqueItems" ->
                    !(it instanceof List<?>)
                            || new HashSet<>(list(value).stream().map(JsonTree::value).toList())
                                            .size()
                                    == list(value).size();
            case "minLength" ->
                    !(it instanceof String some) || some.length() >= number(by).intValue();
            case "pattern" ->
                    !(it instanceof String some) || Pattern.compile(text(by)).matcher(some).find();
            case "minimum" -> !(it instanceof BigDecimal some) || some.compareTo(number(by)) >= 0;
            case "exclusiveMinimum" ->
                    !(it instanceof BigDecimal some) || some.compareTo(number(by)) > 0;
            case "maximum" -> !(it instanceof BigDecimal some) || some.compareTo(number(by)) <= 0;
            case "multipleOf" ->
                    !(it instanceof BigDecimal some) || some.remainder(number(by)).signum() == 0;
            default -> throw new AssertionError("a word of the schema that is not known: " + word);
        };
    }

    private static boolean type(String name, Object value) {
        return switch (name) {
            case "object" -> value instanceof Map<?, ?>;
            case "array" -> value instanceof List<?>;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "number" -> value instanceof BigDecimal;
            case "integer" ->
                    value instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0;
            default -> throw new AssertionError("a type that is not known: " + name);
        };
    }

    private static boolean same(JsonTree one, JsonTree other) {
        return (one.value() instanceof BigDecimal a && other.value() instanceof BigDecimal b)
                ? a.compareTo(b) == 0
                : one.value().equals(other.value());
    }

    private JsonTree definition(String name) {
        JsonTree definitions = requireNonNull(fields(root).get("$defs"));
        return requireNonNull(fields(definitions).get(name), name);
    }

    @SuppressWarnings("unchecked")
    static Map<String, JsonTree> fields(JsonTree tree) {
        return (Map<String, JsonTree>) tree.value();
    }

    @SuppressWarnings("unchecked")
    static List<JsonTree> list(JsonTree tree) {
        return (List<JsonTree>) tree.value();
    }

    private static String text(@Nullable JsonTree tree) {
        return (String) requireNonNull(tree).value();
    }

    private static BigDecimal number(JsonTree tree) {
        return (BigDecimal) tree.value();
    }
}
