package dev.skerry.context;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.skerry.context.Caller.Role;
import dev.skerry.language.Gtin;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Describes operations as OpenAPI 3.1, with schemas read off the records that are really taken and answered. For one thread.
final class OpenApi {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private final Map<String, Type> named = new TreeMap<>();
    private final Map<String, Object> schemas = new TreeMap<>();

    private OpenApi() {}

    /// @param title of the whole
    /// @return one line of JSON
    static String of(String title, String version, List<Operation> operations) {
        return new OpenApi().document(title, version, operations);
    }

    private String document(String title, String version, List<Operation> operations) {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        for (Operation operation : operations) {
            paths.computeIfAbsent(operation.path(), _ -> new TreeMap<>())
                    .put(operation.method().toLowerCase(Locale.ROOT), operation(operation));
        }
        schema(Money.class);
        return Json.write(
                ordered(
                        "openapi",
                        "3.1.0",
                        "info",
                        ordered("title", title, "version", version),
                        "security",
                        List.of(Map.of("token", List.of())),
                        "paths",
                        paths,
                        "components",
                        ordered(
                                "securitySchemes",
                                Map.of(
                                        "token",
                                        ordered(
                                                "type",
                                                "http",
                                                "scheme",
                                                "bearer",
                                                "description",
                                                "At a store the token that a device got when it was paired; at HQ that of who signed on, or of a program.")),
                                "schemas",
                                schemas)));
    }

    private Map<String, Object> operation(Operation operation) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("summary", operation.summary());
        described.put("tags", List.of(operation.path().split("/", -1)[2]));
        if (operation.open()) {
            described.put("security", List.of());
        } else if (!operation.roles().isEmpty()) {
            described.put(
                    "description",
                    "For "
                            + String.join(
                                    ", ",
                                    operation.roles().stream().sorted().map(OpenApi::word).toList())
                            + ".");
        }
        List<Object> parameters = parameters(operation);
        if (!parameters.isEmpty()) {
            described.put("parameters", parameters);
        }
        Type takes = operation.takes();
        if (takes != null) {
            described.put("requestBody", ordered("required", true, "content", json(schema(takes))));
        }
        described.put("responses", responses(operation));
        return described;
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static List<Object> parameters(Operation operation) {
        List<Object> all = new ArrayList<>();
        Matcher found = PARAMETER.matcher(operation.path());
        while (found.find()) {
            all.add(parameter(found.group(1), "path", true, ""));
        }
        operation
                .query()
                .forEach((name, meaning) -> all.add(parameter(name, "query", false, meaning)));
        if (!operation.method().equals("GET")) {
            all.add(
                    parameter(
                            "Idempotency-Key",
                            "header",
                            false,
                            "An id of this request that is used for no other: repeated with it, the request is carried out once. It is known for the days that the setting shop.requests-known gives, 7 unless told."));
        }
        return all;
    }

    private static Map<String, Object> parameter(
            String name, String in, boolean required, String description) {
        Map<String, Object> parameter = ordered("name", name, "in", in);
        if (required) {
            parameter.put("required", true);
        }
        if (!description.isEmpty()) {
            parameter.put("description", description);
        }
        parameter.put("schema", Map.of("type", "string"));
        return parameter;
    }

    private Map<String, Object> responses(Operation operation) {
        Map<String, Object> good = ordered("description", "Done.");
        Type answers = operation.answers();
        if (answers != null) {
            String list = operation.listed();
            good.put(
                    "content",
                    json(
                            list == null
                                    ? schema(answers)
                                    : ordered(
                                            "type",
                                            "object",
                                            "required",
                                            List.of(list),
                                            "properties",
                                            Map.of(
                                                    list,
                                                    ordered(
                                                            "type",
                                                            "array",
                                                            "items",
                                                            schema(answers))))));
        }
        return ordered(
                "2XX",
                good,
                "default",
                ordered(
                        "description",
                        "What was wrong, and the way out (RFC 9457).",
                        "content",
                        Map.of("application/problem+json", Map.of("schema", problem()))));
    }

    private static Map<String, Object> json(Map<String, Object> schema) {
        return Map.of("application/json", Map.of("schema", schema));
    }

    private Map<String, Object> problem() {
        schemas.putIfAbsent(
                "Problem",
                ordered(
                        "type",
                        "object",
                        "required",
                        List.of("type", "title", "status", "detail"),
                        "properties",
                        ordered(
                                "type",
                                Map.of("type", "string"),
                                "title",
                                Map.of("type", "string"),
                                "status",
                                Map.of("type", "integer"),
                                "detail",
                                Map.of("type", "string"))));
        return reference("Problem");
    }

    // ---- schemas

    private Map<String, Object> schema(Type type) {
        return switch (type) {
            case ParameterizedType generic -> generic(generic);
            case Class<?> plain -> plain(plain);
            default -> throw new IllegalArgumentException("no schema for " + type);
        };
    }

    private Map<String, Object> generic(ParameterizedType type) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (Collection.class.isAssignableFrom(raw)) {
            return ordered("type", "array", "items", schema(arguments[0]));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return ordered("type", "object", "additionalProperties", schema(arguments[1]));
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private Map<String, Object> plain(Class<?> type) {
        if (type == String.class || type == Sku.class) {
            return ordered("type", "string");
        }
        if (type == Gtin.class) {
            return ordered("type", "string", "pattern", "^([0-9]{8}|[0-9]{12,14})$");
        }
        if (type == boolean.class || type == Boolean.class) {
            return ordered("type", "boolean");
        }
        if (type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class) {
            return ordered("type", "integer");
        }
        if (type == Quantity.class) {
            return ordered("type", "number", "multipleOf", 0.001);
        }
        if (type == Percent.class) {
            return ordered("type", "number", "multipleOf", 0.01);
        }
        if (type == LocalDate.class) {
            return ordered("type", "string", "format", "date");
        }
        if (type == Instant.class) {
            return ordered("type", "string", "format", "date-time");
        }
        if (type == Duration.class) {
            return ordered("type", "string", "format", "duration");
        }
        if (type == LocalDateTime.class || type == LocalTime.class) {
            return ordered(
                    "type", "string", "description", "Store-local, ISO 8601 without offset.");
        }
        if (type.isEnum()) {
            return ordered(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList());
        }
        return named(type);
    }

    /// A record, or a sealed interface of records: described once, under its name.
    private Map<String, Object> named(Class<?> type) {
        String name = type.getSimpleName();
        Type before = named.putIfAbsent(name, type);
        if (before != null && !before.equals(type)) {
            name = type.getPackageName().replaceFirst(".*\\.", "") + "." + name;
            before = named.putIfAbsent(name, type);
        }
        if (before == null) {
            // Before its parts, which may refer to it.
            schemas.put(name, Map.of());
            schemas.put(name, described(type));
        }
        return reference(name);
    }

    private static Map<String, Object> reference(String name) {
        return ordered("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> described(Class<?> type) {
        if (type == Money.class) {
            return ordered(
                    "type",
                    "object",
                    "description",
                    "An amount in minor units of its currency: 1250 is 12.50 euros.",
                    "required",
                    List.of("amount", "currency"),
                    "properties",
                    ordered(
                            "amount",
                            Map.of("type", "integer"),
                            "currency",
                            ordered("type", "string", "pattern", "^[A-Z]{3}$")));
        }
        Class<?>[] cases = type.getPermittedSubclasses();
        if (cases != null) {
            return ordered("oneOf", Arrays.stream(cases).map(this::schema).toList());
        }
        if (!type.isRecord()) {
            throw new IllegalArgumentException("no schema for " + type);
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        String kind = kind(type);
        if (kind != null) {
            properties.put(kind, ordered("type", "string"));
            required.add(kind);
        }
        for (RecordComponent part : type.getRecordComponents()) {
            properties.put(part.getName(), schema(part.getGenericType()));
            if (!isNullable(part, part.getAnnotatedType())) {
                required.add(part.getName());
            }
        }
        Map<String, Object> schema = ordered("type", "object", "properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    /// The field that tells the cases of a sealed interface apart.
    private static @Nullable String kind(Class<?> type) {
        for (Class<?> above : type.getInterfaces()) {
            JsonTypeInfo info = above.getAnnotation(JsonTypeInfo.class);
            if (info != null) {
                return info.property();
            }
        }
        return null;
    }

    private static boolean isNullable(AnnotatedElement part, AnnotatedType type) {
        return part.isAnnotationPresent(Nullable.class) || type.isAnnotationPresent(Nullable.class);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
