package dev.skerry.trials.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Events take effect in the order of their stream; where keys are independent, in the order of their key.
final class OrderIsKept extends JournalInvariant {

    @Override
    Supplier<Eye> eyes(String follower) {
        boolean byKey = follower.equals(Estate.TOTALS_FOLLOWER);
        return () -> {
            Map<String, Long> last = new HashMap<>();
            return (entry, cursor) -> {
                String order = byKey ? entry.stream() + " " + entry.key() : entry.stream();
                Long before = last.put(order, entry.offset());
                Violation.unless(
                        before == null || before < entry.offset(),
                        "in %s, %s took effect after offset %s",
                        follower,
                        entry,
                        before);
            };
        };
    }
}
