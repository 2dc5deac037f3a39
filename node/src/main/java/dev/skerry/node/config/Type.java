package dev.skerry.node.config;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the values of a setting may be, and how they are written as text. Immutable.
public final class Type<T> {

    /// What became of a text: a value, or why it is none, to be read after `"text" …`.
    sealed interface Reading<T> {

        default <U> Reading<U> map(Function<T, U> change) {
            return switch (this) {
                case Value<T>(T value) -> new Value<>(change.apply(value));
                case Wrong<T>(String why) -> new Wrong<>(why);
            };
        }
    }

    record Value<T>(T value) implements Reading<T> {}

    record Wrong<T>(String why) implements Reading<T> {}

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

    private final Class<T> javaType;
    private final String allowed;
    private final Function<String, Reading<T>> reader;
    private final Function<T, String> writer;

    private Type(
            Class<T> javaType,
            String allowed,
            Function<String, Reading<T>> reader,
            Function<T, String> writer) {
        this.javaType = javaType;
        this.allowed = allowed;
        this.reader = reader;
        this.writer = writer;
    }

    /// Any text that is not empty.
    public static Type<String> string() {
        return new Type<>(String.class, "a text", Value::new, text -> text);
    }

    /// A text of a certain form.
    ///
    /// @param allowed says the form to people
    public static Type<String> string(Pattern form, String allowed) {
        return new Type<>(
                String.class,
                allowed,
                text ->
                        form.matcher(text).matches()
                                ? new Value<>(text)
                                : new Wrong<>("is none of them"),
                text -> text);
    }

    /// Any text that is not empty; never shown, not even when it is wrong. It can have no default:
    /// that would stand in the code.
    public static Type<Secret> secret() {
        return new Type<>(
                Secret.class, "a text", text -> new Value<>(new Secret(text)), Secret::toString);
    }

    /// A relative path starts from the folder that the program was started in.
    public static Type<Path> path() {
        return new Type<>(Path.class, "a path", Type::readPath, Path::toString);
    }

    public static Type<Boolean> bool() {
        return new Type<>(
                Boolean.class,
                "true or false",
                text ->
                        switch (text) {
                            case "true" -> new Value<>(true);
                            case "false" -> new Value<>(false);
                            default -> new Wrong<>("is neither");
                        },
                value -> value.toString());
    }

    /// A constant of an enum, written in lower case with `-` for `_`.
    public static <E extends Enum<E>> Type<E> choice(Class<E> choices) {
        return new Type<>(
                choices,
                Arrays.stream(choices.getEnumConstants())
                        .map(Type::choiceName)
                        .collect(Collectors.joining(", ", "one of ", "")),
                text -> {
                    for (E choice : choices.getEnumConstants()) {
                        if (choiceName(choice).equals(text)) {
                            return new Value<>(choice);
                        }
                    }
                    return new Wrong<>("is none of them");
                },
                Type::choiceName);
    }

    /// A TCP port; 0 takes any free one.
    public static Type<Integer> port() {
        return integer(0, 65_535, "");
    }

    /// A whole number in plain digits.
    ///
    /// @param unit what is counted, such as `readers`; empty for a bare number
    public static Type<Integer> integer(int min, int max, String unit) {
        return new Type<>(
                Integer.class,
                (min + " to " + max + " " + unit).strip(),
                text ->
                        within(readNumber(text), min, max, bound -> bound.toString())
                                .map(Math::toIntExact),
                value -> value.toString());
    }

    /// An amount of bytes, written `512 B`, `64 KiB`, `16 MiB`, `2 GiB`.
    public static Type<Long> bytes(long min, long max) {
        return new Type<>(
                Long.class,
                Units.BYTES.write(min) + " to " + Units.BYTES.write(max),
                text -> within(Units.BYTES.read(text), min, max, Units.BYTES::write),
                Units.BYTES::write);
    }

    /// A length of time in whole milliseconds, written `500ms`, `30s`, `5m`, `2h`, `1d`.
    public static Type<Duration> duration(Duration min, Duration max) {
        return new Type<>(
                Duration.class,
                Units.MILLIS.write(min.toMillis()) + " to " + Units.MILLIS.write(max.toMillis()),
                text ->
                        within(
                                        Units.MILLIS.read(text),
                                        min.toMillis(),
                                        max.toMillis(),
                                        Units.MILLIS::write)
                                .map(Duration::ofMillis),
                value -> Units.MILLIS.write(value.toMillis()));
    }

    Reading<T> read(String text) {
        return text.isEmpty() ? new Wrong<>("is empty") : reader.apply(text);
    }

    String write(T value) {
        return writer.apply(value);
    }

    /// Which values there are, as a phrase for people.
    String allowed() {
        return allowed;
    }

    Class<T> javaType() {
        return javaType;
    }

    boolean isSecret() {
        return javaType == Secret.class;
    }

    private static Reading<Path> readPath(String text) {
        try {
            return new Value<>(Path.of(text));
        } catch (InvalidPathException e) {
            return new Wrong<>("is not a path here: " + e.getReason());
        }
    }

    private static Reading<Long> readNumber(String text) {
        return WHOLE_NUMBER.matcher(text).matches()
                ? new Value<>(Units.nearestLong(new BigInteger(text)))
                : new Wrong<>("is not a whole number");
    }

    private static Reading<Long> within(
            Reading<Long> reading, long min, long max, Function<Long, String> writer) {
        return switch (reading) {
            case Value<Long>(Long value) when value < min ->
                    new Wrong<>("is less than " + writer.apply(min));
            case Value<Long>(Long value) when value > max ->
                    new Wrong<>("is more than " + writer.apply(max));
            case Value<Long> allowed -> allowed;
            case Wrong<Long> wrong -> wrong;
        };
    }

    private static String choiceName(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
