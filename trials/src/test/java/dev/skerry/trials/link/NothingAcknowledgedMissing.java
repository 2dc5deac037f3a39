package dev.skerry.trials.link;

import dev.skerry.node.link.LinkStatus;
import dev.skerry.node.link.LinkStatus.Direction;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams.KnownFollower;
import dev.skerry.trials.link.Histories.Place;
import dev.skerry.trials.simulation.Violation;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/// What a store believes that HQ has is at HQ, and stays there.
final class NothingAcknowledgedMissing implements Invariant {

    /// By stream: the furthest that anybody believes in.
    private final Map<StreamName, Place> believed = new HashMap<>();

    private final Map<Machine, LinkStatus> looked = new WeakHashMap<>();

    @Override
    public void check(Chain chain) {
        for (Machine machine : chain.machines()) {
            if (machine.up()) {
                LinkStatus status = machine.link().status();
                if (!status.equals(looked.put(machine, status))) {
                    check(machine, status);
                }
            }
        }
        for (Chain.Move move : chain.moves) {
            Place there = believed.get(move.mirror());
            if (there != null) {
                require(there, "stores");
            }
        }
    }

    private void check(Machine machine, LinkStatus status) {
        for (LinkStatus.OfStream stream : status.streams()) {
            if (stream.direction() == Direction.UP) {
                check(machine, stream.name(), stream.cursor());
            }
        }
        for (KnownFollower known : machine.database().followers()) {
            if (known.follower().equals("link")) {
                check(machine, StreamName.of(known.reads()), known.passed());
            }
        }
    }

    private void check(Machine machine, StreamName stream, long offset) {
        Place place = machine.tips.get(stream);
        while (place != null && place.at.offset() > offset) {
            place = place.before;
        }
        if (place == null) {
            return;
        }
        require(place, machine.name);
        Place before = believed.get(stream);
        if (before == null || before.at.offset() < place.at.offset()) {
            believed.put(stream, place);
        }
    }

    private static void require(Place place, String who) {
        Violation.unless(place.mirrored, "%s know HQ to have %s, which it has not", who, place);
    }
}
