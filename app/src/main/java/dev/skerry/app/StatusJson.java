package dev.skerry.app;

import dev.skerry.language.JsonObject;
import dev.skerry.node.link.Estate;
import dev.skerry.node.link.LinkStatus;
import dev.skerry.node.link.LinkStatus.OfStream;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.node.telemetry.Readiness.Found;
import dev.skerry.node.telemetry.Vitals;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.Streams;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a node is, as JSON: what `/api/status` and `/health/ready` answer. Moments are in UTC by the node's own clock,
/// and `at` says what that showed, so that whoever reads it needs no clock.
final class StatusJson {

    private StatusJson() {}

    /// A store's `/api/status`.
    ///
    /// @param standing as of now; the rest of the link's status is as of a moment ago
    static JsonObject store(
            Membership member, Standing standing, LinkStatus status, Vitals vitals) {
        JsonObject json =
                node(vitals)
                        .with("store", member.store())
                        .with("name", member.name())
                        .with("zone", member.zone())
                        .with("epoch", status.epoch())
                        .with("standing", standing(standing))
                        .with("hq", member.hq().toString())
                        .with("hqName", status.hq())
                        .with("line", word(status.line()))
                        .with("lineSince", status.since().toString())
                        .with("why", status.why())
                        .withOptional("lastContact", text(status.lastContact()));
        if (status.roundTrip() != null) {
            json = json.with("roundTripMicros", status.roundTrip().toNanos() / 1000);
        }
        if (status.skew() != null) {
            json = json.with("hqClockAheadMs", status.skew().toMillis());
        }
        return json.with("waitingUp", waitingUp(status))
                .with("streams", status.streams().stream().map(StatusJson::stream).toList());
    }

    /// What HQ does not have yet of this store, over all streams.
    private static JsonObject waitingUp(LinkStatus status) {
        return JsonObject.empty()
                .with("events", status.eventsWaitingUp())
                .with("bytes", status.bytesWaitingUp())
                .withOptional("oldest", text(status.oldestWaitingUp()));
    }

    private static JsonObject standing(Standing standing) {
        return switch (standing) {
            case Standing.Open _ -> JsonObject.empty().with("state", "open");
            case Standing.Asking _ -> JsonObject.empty().with("state", "asking");
            case Standing.Restoring restoring ->
                    JsonObject.empty()
                            .with("state", "restoring")
                            .with("eventsLeft", restoring.eventsLeft());
            case Standing.TurnedAway away ->
                    JsonObject.empty().with("state", "turned away").with("why", away.why());
            case Standing.Fenced fenced ->
                    JsonObject.empty()
                            .with("state", "fenced")
                            .with("why", fenced.why())
                            .withOptional("exported", fenced.exported());
        };
    }

    private static JsonObject stream(OfStream stream) {
        JsonObject json =
                JsonObject.empty()
                        .with("name", stream.name().value())
                        .with("direction", word(stream.direction()))
                        .with("lane", word(stream.lane()))
                        .with("state", word(stream.state()))
                        .with("tail", stream.tail())
                        .with("cursor", stream.cursor())
                        .with("eventsWaiting", stream.eventsWaiting())
                        .with("bytesWaiting", stream.bytesWaiting())
                        .withOptional("oldestWaiting", text(stream.oldestWaiting()));
        if (stream.timeLeft() != null) {
            json = json.with("secondsLeft", stream.timeLeft().toSeconds());
        }
        return stream.why().isEmpty() ? json : json.with("why", stream.why());
    }

    /// HQ's `/api/status`.
    ///
    /// @param streams HQ's own
    static JsonObject hq(
            String name,
            Vitals vitals,
            List<Estate.Store> stores,
            int connected,
            long runsMade,
            List<JsonObject> streams) {
        return node(vitals)
                .with("name", name)
                .with(
                        "stores",
                        JsonObject.empty()
                                .with("known", stores.size())
                                .with(
                                        "joined",
                                        stores.stream().filter(store -> store.epoch() > 0).count())
                                .with("connected", connected))
                .with("runsMade", runsMade)
                .with("streams", streams);
    }

    /// What is there of streams.
    static List<JsonObject> copies(Streams in, List<StreamInfo> streams) {
        return streams.stream()
                .map(info ->
                        JsonObject.empty()
                                .with("name", info.name().value())
                                .with("tail", info.tail())
                                .with("storedBytes", info.storedBytes())
                                .withOptional("lastAppend", text(lastAppend(in, info))))
                .toList();
    }

    /// @return null if nothing is there, or the last of it was dropped
    static @Nullable Instant lastAppend(Streams in, StreamInfo info) {
        return info.tail() == 0 ? null : in.backlog(info.name(), info.tail() - 1).oldest();
    }

    /// `/health/ready`: every check, and what is wrong.
    static JsonObject health(Vitals vitals) {
        List<Found> found = vitals.readiness().found();
        List<JsonObject> checks =
                vitals.readiness().checks().stream()
                        .map(check -> check(check.name(), found))
                        .toList();
        return JsonObject.empty()
                .with("status", found.isEmpty() ? "UP" : "DOWN")
                .with("checks", checks);
    }

    private static JsonObject check(String name, List<Found> found) {
        JsonObject json = JsonObject.empty().with("name", name);
        return found.stream()
                .filter(one -> one.check().equals(name))
                .findFirst()
                .map(one ->
                        json.with("status", "DOWN")
                                .with("why", one.obstacle().why())
                                .with("remedy", one.obstacle().remedy()))
                .orElseGet(() -> json.with("status", "UP"));
    }

    private static JsonObject obstacle(Found found) {
        return JsonObject.empty()
                .with("name", found.check())
                .with("why", found.obstacle().why())
                .with("remedy", found.obstacle().remedy());
    }

    private static JsonObject node(Vitals vitals) {
        List<Found> found = vitals.readiness().found();
        JsonObject json =
                JsonObject.empty()
                        .with("kind", vitals.self().kind())
                        .with("node", vitals.self().node())
                        .with("software", vitals.self().software())
                        .with("at", vitals.now().toString())
                        .with("startedAt", vitals.startedAt().toString())
                        .with("ready", found.isEmpty())
                        .with("obstacles", found.stream().map(StatusJson::obstacle).toList());
        JsonObject without = json;
        return vitals.disk()
                .space()
                .map(space ->
                        without.with(
                                "disk",
                                JsonObject.empty()
                                        .with("freeBytes", space.freeBytes())
                                        .with("freeBytesMin", vitals.disk().freeBytesMin())
                                        .with("totalBytes", space.totalBytes())
                                        .with("dataBytes", space.dataBytes())))
                .orElse(json);
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
