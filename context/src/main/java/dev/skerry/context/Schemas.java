package dev.skerry.context;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.skerry.language.Gtin;
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
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON schemas of records as [dev.skerry.language.Json] writes them. A record is described once, under its name, and referred to from
/// wherever it stands. For one thread.
final class Schemas {

    private final Map<String, Type> named = new TreeMap<>();
    private final Map<String, Object> schemas = new TreeMap<>();

    /// All that were referred to, by their names; the place for `components/schemas`.
    Map<String, Object> all() {
        return schemas;
    }

    /// Describes something that is no record.
    ///
    /// @return a reference to it
    Map<String, Object> named(String name, Map<String, Object> schema) {
        schemas.putIfAbsent(name, schema);
        return reference(name);
    }

    Map<String, Object> of(Type type) {
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
            return ordered("type", "array", "items", of(arguments[0]));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return ordered("type", "object", "additionalProperties", of(arguments[1]));
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
        if (type == double.class || type == Double.class) {
            return ordered("type", "number");
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
        if (type == Object.class) {
            return ordered("description", "Any JSON.");
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

    static Map<String, Object> reference(String name) {
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
            return ordered("oneOf", Arrays.stream(cases).map(this::of).toList());
        }
        if (!type.isRecord()) {
            throw new IllegalArgumentException("no schema for " + type);
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        String kind = kind(type);
        if (kind != null) {
            properties.put(kind, ordered("type", "string", "const", word(type)));
            required.add(kind);
        }
        for (RecordComponent part : type.getRecordComponents()) {
            properties.put(part.getName(), of(part.getGenericType()));
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

    /// What that field says of this case.
    private static String word(Class<?> type) {
        JsonTypeName name = type.getAnnotation(JsonTypeName.class);
        return name == null ? type.getSimpleName() : name.value();
    }

    private static boolean isNullable(AnnotatedElement part, AnnotatedType type) {
        return part.isAnnotationPresent(Nullable.class) || type.isAnnotationPresent(Nullable.class);
    }

    /// @return in this order
    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
