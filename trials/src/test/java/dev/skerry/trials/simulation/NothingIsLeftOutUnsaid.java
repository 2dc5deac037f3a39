package dev.skerry.trials.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/// A follower of a stream that drops its oldest events sees one after the other, without a hole, unless it was told and
/// has started over.
final class NothingIsLeftOutUnsaid extends JournalInvariant {

    @Override
    Supplier<Eye> eyes(String follower) {
        if (follower.equals(Estate.TOTALS_FOLLOWER) || follower.equals(Estate.REPORT)) {
            return () -> (entry, cursor) -> {};
        }
        return () -> {
            Deque<Long> last = new ArrayDeque<>();
            return (entry, cursor) -> {
                Violation.unless(
                        last.isEmpty() || last.getLast() + 1 == entry.offset(),
                        "after offset %s, %s read %s",
                        last,
                        follower,
                        entry);
                last.clear();
                last.add(entry.offset());
            };
        };
    }
}
