package dev.skerry.node.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Where values come from: what somebody wrote, and where, not yet judged by a [Schema].
///
/// @param naming how this source spells the keys
/// @param problems what could not even be read as a name and a value
public record Source(Naming naming, List<Entry> entries, List<String> problems) {

    public enum Naming {
        /// `http.port`, in files and options.
        KEY,
        /// `SKERRY_HTTP_PORT`, in the environment.
        VARIABLE;

        String of(String key) {
            return switch (this) {
                case KEY -> key;
                case VARIABLE ->
                        PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            };
        }
    }

    /// A name and a text as somebody wrote them.
    ///
    /// @param origin the place for people: `skerry.conf:3`, `SKERRY_HTTP_PORT`, `--set http.port`
    public record Entry(String name, String text, String origin) {}

    private static final String PREFIX = "SKERRY_";

    /// Read by the start script, before there is a program to configure.
    private static final Set<String> FOR_THE_START_SCRIPT = Set.of("SKERRY_JAVA_OPTS");

    public Source {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /// Reads a file of lines as [#text] has them. A file that cannot be read is an error of the
    /// configuration like any other.
    public static Source file(Path path) {
        try {
            return text(path.toString(), Files.readString(path));
        } catch (CharacterCodingException e) {
            return unreadable(path + ": is not UTF-8. Save it in that encoding.");
        } catch (IOException e) {
            return unreadable(path + ": cannot be read (" + e.getClass().getSimpleName() + ").");
        }
    }

    /// Lines of `key = value`; empty lines and lines that begin with `#` say nothing. No quotes, no
    /// escapes, no continuation lines: a value is what stands there.
    ///
    /// @param name of the file, for origins
    public static Source text(String name, String content) {
        List<Entry> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> origins = new HashMap<>();
        int number = 0;
        // Some editors put a byte order mark before the first key, where nobody can see it.
        for (String line : content.replaceFirst("^\uFEFF", "").lines().toList()) {
            String origin = name + ":" + ++number;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            int equals = stripped.indexOf('=');
            if (equals < 1) {
                problems.add(origin + ": is not a line of \"key = value\".");
                continue;
            }
            String key = stripped.substring(0, equals).strip();
            String value = stripped.substring(equals + 1).strip();
            String first = origins.putIfAbsent(key, origin);
            if (first != null) {
                problems.add(origin + ": " + key + " is already set at " + first + ". Keep one.");
            } else if (value.startsWith("#") || value.contains(" #")) {
                // Else the comment would become part of the value, where a text is allowed.
                problems.add(origin + ": " + key + ": a comment needs a line of its own.");
            } else {
                entries.add(new Entry(key, value, origin));
            }
        }
        return new Source(Naming.KEY, entries, problems);
    }

    /// The variables that begin with `SKERRY_`.
    public static Source environment(Map<String, String> variables) {
        return new Source(
                Naming.VARIABLE,
                variables.entrySet().stream()
                        .filter(variable -> variable.getKey().startsWith(PREFIX))
                        .filter(variable -> !FOR_THE_START_SCRIPT.contains(variable.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .map(it -> new Entry(it.getKey(), it.getValue().strip(), it.getKey()))
                        .toList(),
                List.of());
    }

    /// What was given as `--set key=value`.
    public static Source options(Map<String, String> values) {
        return new Source(
                Naming.KEY,
                values.entrySet().stream()
                        .map(it -> new Entry(it.getKey(), it.getValue(), "--set " + it.getKey()))
                        .toList(),
                List.of());
    }

    /// An option with a name of its own that sets one key, such as `--port` for `http.port`.
    public static Source option(String option, Setting<?> setting, String text) {
        Entry entry = new Entry(setting.key(), text, option);
        return new Source(Naming.KEY, List.of(entry), List.of());
    }

    private static Source unreadable(String problem) {
        return new Source(Naming.KEY, List.of(), List.of(problem));
    }
}
