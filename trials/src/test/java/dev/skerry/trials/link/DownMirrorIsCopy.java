package dev.skerry.trials.link;

import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.trials.simulation.Violation;

/// What a store has of HQ's streams is the beginning of what HQ wrote, and is for that store.
final class DownMirrorIsCopy implements Invariant {

    @Override
    public void check(Chain chain) {
        for (Server server : chain.changed()) {
            if (server instanceof Machine machine) {
                chain.ofHq.forEach((stream, audience) ->
                        machine.database()
                                .find(stream)
                                .ifPresent(info -> check(chain, machine, stream, audience, info)));
            }
        }
    }

    private static void check(
            Chain chain,
            Machine machine,
            StreamName stream,
            Chain.Audience audience,
            StreamInfo info) {
        Violation.unless(
                audience.includes(machine.store),
                "%s has %s, which is for others",
                machine,
                stream);
        Checkpoint end = new Checkpoint(info.tail(), info.checksum());
        Violation.unless(
                info.tail() == 0 || chain.histories.find(stream, end) != null,
                "the mirror of %s at %s ends at %d with what HQ never wrote",
                stream,
                machine,
                info.tail());
    }
}
