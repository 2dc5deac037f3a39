package dev.skerry.trials.link;

import dev.skerry.stream.memory.MemoryTransaction;
import dev.skerry.trials.simulation.Violation;
import java.util.HashMap;
import java.util.Map;

/// A cursor never goes back, unless its reader has forgotten everything and begins anew.
final class FollowersOnlyForward implements Invariant {

    private record Position(int era, long cursor) {}

    private final Map<Server, Position> positions = new HashMap<>();

    @Override
    public void check(Chain chain) {
        for (Server server : chain.changed()) {
            Position now =
                    server.database()
                            .write(tx ->
                                    server == chain.hq
                                            ? position(tx, Headquarters.TOTALS, 0)
                                            : labels(tx));
            Position before = positions.put(server, now);
            Violation.unless(
                    before == null || now.era > before.era || now.cursor >= before.cursor,
                    "a follower at %s went from %s to %s",
                    server,
                    before,
                    now);
        }
    }

    private static Position labels(MemoryTransaction tx) {
        return position(tx, Labels.NAME, Labels.JOURNAL.era(tx));
    }

    private static Position position(MemoryTransaction tx, String follower, int era) {
        return new Position(era, tx.cursor(follower).orElse(0));
    }
}
