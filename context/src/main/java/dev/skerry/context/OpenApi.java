package dev.skerry.context;

import static dev.skerry.context.Schemas.ordered;

import dev.skerry.context.Caller.Role;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Describes operations as OpenAPI 3.1, with schemas read off the records that are really taken and answered. For one thread.
final class OpenApi {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    /// What lets a caller in.
    static final String TOKEN =
            "At a store the token that a device got when it was paired; at HQ that of who signed on, or of a program.";

    private final Schemas schemas = new Schemas();

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
        schemas.of(Money.class);
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
                                                TOKEN)),
                                "schemas",
                                schemas.all())));
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
            described.put(
                    "requestBody", ordered("required", true, "content", json(schemas.of(takes))));
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
                                    ? schemas.of(answers)
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
                                                            schemas.of(answers))))));
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
        return schemas.named(
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
                                Map.of("type", "string"),
                                "years",
                                ordered(
                                        "type",
                                        "integer",
                                        "description",
                                        "Of age-check-needed: how old the buyer has to be."),
                                "bornBy",
                                ordered(
                                        "type",
                                        "string",
                                        "format",
                                        "date",
                                        "description",
                                        "Of age-check-needed: who was born then or before is old enough today."))));
    }
}
