package dev.skerry.node.telemetry;

import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.stream.StreamException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether a node can do its work, and if not, why. The line has no say in it: a store trades without one. Any thread.
public record Readiness(List<Check> checks) {

    /// Something that must be right.
    ///
    /// @param name of what is looked at, such as `disk`
    public record Check(String name, Supplier<Optional<Obstacle>> look) {}

    /// Why a node is not ready.
    ///
    /// @param why what is wrong
    /// @param remedy what a person can do about it
    public record Obstacle(String why, String remedy) {}

    public Readiness {
        checks = List.copyOf(checks);
    }

    /// A database must be sound.
    ///
    /// @param damage what was found to be wrong with it
    public static Check sound(String database, Supplier<Optional<StreamException>> damage) {
        return new Check(
                "database " + database,
                () ->
                        damage.get()
                                .map(found ->
                                        new Obstacle(
                                                found.getMessage(),
                                                "what is there can still be read; "
                                                        + found.remedy())));
    }

    /// The disk must have room.
    public static Check room(Disk disk) {
        return new Check("disk", () -> lacking(disk));
    }

    private static Optional<Obstacle> lacking(Disk disk) {
        return disk.space()
                .map(space ->
                        space.freeBytes() >= disk.freeBytesMin()
                                ? Optional.<Obstacle>empty()
                                : Optional.of(
                                        new Obstacle(
                                                "the disk of %s has %d MiB left, less than disk.free-bytes-min = %d MiB"
                                                        .formatted(
                                                                disk.folder(),
                                                                space.freeBytes() >> 20,
                                                                disk.freeBytesMin() >> 20),
                                                "make room: when it is full, nothing can be sold")))
                .orElseGet(() ->
                        Optional.of(
                                new Obstacle(
                                        disk.folder() + " cannot be read",
                                        "see whether its disk is there, and whether it belongs to the user that runs this")));
    }

    /// The machine must be the store.
    public static Check open(Supplier<Standing> standing) {
        return new Check("standing", () -> Optional.ofNullable(closed(standing.get())));
    }

    private static @Nullable Obstacle closed(Standing standing) {
        return switch (standing) {
            case Standing.Open _ -> null;
            case Standing.Asking _ ->
                    new Obstacle(
                            "the store has just started, and asks HQ whether it is still the store",
                            "wait: it opens by itself within seconds, with HQ or without");
            case Standing.Restoring restoring ->
                    new Obstacle(
                            "the store fetches back from HQ what it wrote on another machine"
                                    + (restoring.eventsLeft() < 0
                                            ? ", and has no line"
                                            : ": %d events to go"
                                                    .formatted(restoring.eventsLeft())),
                            restoring.eventsLeft() < 0
                                    ? "mend the line to HQ: the store opens by itself when it has everything"
                                    : "wait: it opens by itself");
            case Standing.TurnedAway away ->
                    new Obstacle(
                            away.why(),
                            "stop one of the two machines that say they are this store");
            case Standing.Fenced fenced ->
                    new Obstacle(
                            fenced.why(),
                            "join anew with a token from HQ: ./skerry store --data … --hq … --join …");
        };
    }

    /// What is wrong, by the name of the check; empty while the node is ready.
    public List<Found> found() {
        return checks.stream()
                .flatMap(check ->
                        check.look().get().stream()
                                .map(obstacle -> new Found(check.name(), obstacle)))
                .toList();
    }

    /// An obstacle, and the check that found it.
    public record Found(String check, Obstacle obstacle) {}
}
