package dev.skerry.trials.simulation;

/// Something that must hold does not.
public final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Violation(String what) {
        super(what);
    }

    // The annotation that it asks for would be a dependency of its own.
    @SuppressWarnings("AnnotateFormatMethod")
    public static void unless(boolean holds, String what, Object... values) {
        if (!holds) {
            throw new Violation(what.formatted(values));
        }
    }
}
