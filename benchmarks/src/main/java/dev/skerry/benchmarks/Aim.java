package dev.skerry.benchmarks;

/// What a figure is held against.
public sealed interface Aim {

    record AtLeast(double value) implements Aim {}

    record AtMost(double value) implements Aim {}

    /// A multiple of another figure, taken round by round.
    record Times(String of, double atLeast) implements Aim {}

    /// The multiple is shown, and nothing is asked of it.
    record Shown(String of) implements Aim {}
}
