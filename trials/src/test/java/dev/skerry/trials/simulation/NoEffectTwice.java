package dev.skerry.trials.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/// No event takes effect twice with the same follower, unless that has started over.
final class NoEffectTwice extends JournalInvariant {

    @Override
    Supplier<Eye> eyes(String follower) {
        return () -> {
            Set<Journal.Entry> seen = new HashSet<>();
            return (entry, cursor) ->
                    Violation.unless(
                            seen.add(entry), "%s took effect twice in %s", entry, follower);
        };
    }
}
