package dev.skerry.trials.link;

import dev.skerry.trials.simulation.Violation;

/// What HQ has of a store's stream is the beginning of what some machine of that store wrote, to the last bit.
final class MirrorIsPrefix implements Invariant {

    @Override
    public void check(Chain chain) {
        for (Chain.Move move : chain.moves) {
            Violation.unless(
                    move.to() != null,
                    "HQ's mirror of %s ends at %d with what no machine ever wrote",
                    move.mirror(),
                    move.end().offset());
        }
    }
}
