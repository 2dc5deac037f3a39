package dev.skerry.trials.link;

import dev.skerry.trials.link.Histories.Place;
import dev.skerry.trials.simulation.Violation;

/// A mirror at HQ only grows, and only by what the one machine sends that is the store: never is there anything else at an offset,
/// and nothing comes from a machine after another one has taken over.
final class OneWriter implements Invariant {

    @Override
    public void check(Chain chain) {
        for (Chain.Move move : chain.moves) {
            Place at = move.to();
            while (at != null && at.at.offset() > move.from().at.offset()) {
                at = at.before;
            }
            boolean shorter = move.end().offset() < move.from().at.offset();
            Violation.unless(
                    shorter || at == move.from(),
                    "HQ's mirror of %s is not at %d any more what it was",
                    move.mirror(),
                    move.from().at.offset());
            if (!shorter) {
                checkWriter(chain, move);
            }
        }
    }

    private static void checkWriter(Chain chain, Chain.Move move) {
        Connection by = chain.acting;
        if (by == null) {
            throw new Violation("nobody sent what is new in " + move.mirror());
        }
        Store store = by.machine.store;
        Violation.unless(
                move.mirror().value().startsWith(store + "/"),
                "%s wrote to %s",
                by.machine,
                move.mirror());
        long epoch = chain.hq.epochOf(store);
        Violation.unless(
                by.epoch == epoch,
                "%s wrote to %s as epoch %d, and HQ was at %d",
                by.machine,
                move.mirror(),
                by.epoch,
                epoch);
    }
}
