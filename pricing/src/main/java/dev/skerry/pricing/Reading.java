package dev.skerry.pricing;

import java.util.List;

/// What came of reading: a value, or all that is wrong.
public sealed interface Reading<T> {

    record Good<T>(T value) implements Reading<T> {}

    /// @param faults at least one, in the order of the text
    record Bad<T>(List<Fault> faults) implements Reading<T> {
        public Bad {
            faults = List.copyOf(faults);
        }
    }

    /// @throws IllegalArgumentException with all faults, if it is not good
    default T orThrow() {
        return switch (this) {
            case Good<T>(T value) -> value;
            case Bad<T>(List<Fault> faults) ->
                    throw new IllegalArgumentException(
                            String.join("\n", faults.stream().map(Fault::toString).toList()));
        };
    }
}
