package dev.skerry.stream;

import dev.skerry.stream.Transaction.Parked;
import dev.skerry.stream.memory.MemoryTransaction;
import java.util.List;

/// [Effects] in a memory transaction's own map.
final class MemoryEffects implements Effects<MemoryTransaction> {

    @Override
    public void note(MemoryTransaction tx, String line) {
        tx.put("note/%09d".formatted(tx.values("note/").size()), line);
    }

    @Override
    public List<String> notes(MemoryTransaction tx) {
        return List.copyOf(tx.values("note/").values());
    }

    @Override
    public void forgetNotes(MemoryTransaction tx) {
        tx.values("note/").keySet().forEach(tx::remove);
    }

    @Override
    public List<String> resolutions(MemoryTransaction tx, String follower) {
        return tx.resolved(follower).stream().map(MemoryEffects::line).toList();
    }

    private static String line(MemoryTransaction.Resolved resolved) {
        Parked parked = resolved.parked();
        return "%s %s@%d by %s: %s"
                .formatted(
                        resolved.resolution(),
                        parked.event().stream(),
                        parked.event().offset(),
                        resolved.who(),
                        resolved.why());
    }
}
