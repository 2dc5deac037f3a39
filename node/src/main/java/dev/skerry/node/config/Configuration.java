package dev.skerry.node.config;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value for every setting of a schema, and where it came from. Immutable; any thread may ask.
public final class Configuration {

    /// @param value null only while loading, where what was written is wrong
    private record Effective<T>(@Nullable T value, String origin) {}

    private final Schema schema;
    private final Map<Setting<?>, Effective<?>> values;

    private Configuration(Schema schema, Map<Setting<?>, Effective<?>> values) {
        this.schema = schema;
        this.values = values;
    }

    /// Takes each setting from the last source that has it, else its default.
    ///
    /// @throws ConfigurationException telling everything that is wrong in any source, even in a value
    ///     that a later source overrides
    public static Configuration load(Schema schema, List<Source> sources) {
        Map<Setting<?>, Effective<?>> values = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Source source : sources) {
            problems.addAll(source.problems());
            for (Source.Entry entry : source.entries()) {
                schema.find(source.naming(), entry.name())
                        .ifPresentOrElse(
                                setting -> values.put(setting, read(setting, entry, problems)),
                                () ->
                                        problems.add(
                                                entry.origin()
                                                        + ": "
                                                        + schema.unknown(
                                                                source.naming(), entry.name())));
            }
        }
        for (Setting<?> setting : schema.settings()) {
            values.computeIfAbsent(setting, it -> standard(it, problems));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Configuration(schema, values);
    }

    public <T> T value(Setting<T> setting) {
        return requireNonNull(setting.type().javaType().cast(effective(setting).value));
    }

    /// The place for people: `skerry.conf:3`, `SKERRY_HTTP_PORT`, `--set http.port`, `default`.
    public String origin(Setting<?> setting) {
        return effective(setting).origin;
    }

    /// A line for each setting, in the order of the schema: its key, its value (a secret as stars)
    /// and its origin.
    public List<String> lines() {
        return schema.settings().stream().map(this::line).toList();
    }

    private <T> String line(Setting<T> setting) {
        return setting.key()
                + " = "
                + setting.type().write(value(setting))
                + " ("
                + origin(setting)
                + ")";
    }

    private Effective<?> effective(Setting<?> setting) {
        Effective<?> effective = values.get(setting);
        if (effective == null) {
            throw new IllegalArgumentException(setting.key() + " is not in the schema");
        }
        return effective;
    }

    private static <T> Effective<T> read(
            Setting<T> setting, Source.Entry entry, List<String> problems) {
        return switch (setting.type().read(entry.text())) {
            case Type.Value<T>(T value) -> new Effective<>(value, entry.origin());
            case Type.Wrong<T>(String why) -> {
                boolean hidden = setting.type().isSecret() || entry.text().isEmpty();
                problems.add(
                        "%s: %s%s %s. Allowed: %s."
                                .formatted(
                                        entry.origin(),
                                        setting.key(),
                                        hidden ? "" : " = \"" + entry.text() + "\"",
                                        why,
                                        setting.type().allowed()));
                yield new Effective<>(null, entry.origin());
            }
        };
    }

    private static <T> Effective<T> standard(Setting<T> setting, List<String> problems) {
        if (setting.standard().isEmpty()) {
            problems.add(
                    "%s is not set. Set it in the file, as %s, or with --set %s=…. Allowed: %s."
                            .formatted(
                                    setting.key(),
                                    Source.Naming.VARIABLE.of(setting.key()),
                                    setting.key(),
                                    setting.type().allowed()));
        }
        return new Effective<>(setting.standard().orElse(null), "default");
    }
}
