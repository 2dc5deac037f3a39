package dev.skerry.node.config;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The settings that there are, in the order in which people read them, and those that are no more.
public record Schema(List<Setting<?>> settings, List<Removed> removed) {

    /// A setting that older versions had.
    ///
    /// @param reason since when it is gone and what to do instead; a sentence
    public record Removed(String key, String reason) {}

    public Schema {
        settings = List.copyOf(settings);
        removed = List.copyOf(removed);
        Set<String> variables = new HashSet<>();
        for (Setting<?> setting : settings) {
            if (!variables.add(Source.Naming.VARIABLE.of(setting.key()))) {
                throw new IllegalArgumentException("two settings are named " + setting.key());
            }
        }
        for (Removed old : removed) {
            if (!variables.add(Source.Naming.VARIABLE.of(old.key))) {
                throw new IllegalArgumentException(old.key + " is removed and still there");
            }
        }
    }

    public static Schema of(Setting<?>... settings) {
        return new Schema(List.of(settings), List.of());
    }

    Optional<Setting<?>> find(Source.Naming naming, String name) {
        for (Setting<?> setting : settings) {
            if (naming.of(setting.key()).equals(name)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    /// Says why there is no setting of this name, and which one was perhaps meant.
    String unknown(Source.Naming naming, String name) {
        for (Removed old : removed) {
            if (naming.of(old.key).equals(name)) {
                return name + " was removed " + old.reason;
            }
        }
        return name
                + " is not a setting."
                + settings.stream()
                        .map(setting -> naming.of(setting.key()))
                        .filter(known -> resembles(known, name))
                        .min(Comparator.comparingInt(known -> Spelling.distance(known, name)))
                        .map(known -> " Did you mean " + known + "?")
                        .orElse(" docs/configuration.md lists them all.");
    }

    /// A third of the letters may be wrong, or the first words left out.
    private static boolean resembles(String known, String name) {
        return Spelling.distance(known, name) <= known.length() / 3 || known.endsWith("." + name);
    }
}
