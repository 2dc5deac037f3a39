package dev.skerry.app;

import dev.skerry.language.JsonObject;
import dev.skerry.node.link.LinkStatus;
import dev.skerry.node.link.LinkStatus.OfStream;
import dev.skerry.node.link.LinkStatus.Standing;
import java.time.Instant;
import java.util.Locale;

/// A store's status as JSON: what `/api/status` answers.
final class StatusJson {

    private StatusJson() {}

    static JsonObject of(Membership member, LinkStatus status) {
        JsonObject json =
                JsonObject.empty()
                        .with("node", "store-" + member.store())
                        .with("name", member.name())
                        .with("zone", member.zone())
                        .with("epoch", status.epoch())
                        .with("standing", standing(status.standing()))
                        .with("hq", member.hq().toString())
                        .with("line", word(status.line()))
                        .with("lineSince", status.since().toString())
                        .with("why", status.why());
        Instant contact = status.lastContact();
        if (contact != null) {
            json = json.with("lastContact", contact.toString());
        }
        if (status.roundTrip() != null) {
            json = json.with("roundTripMs", status.roundTrip().toNanos() / 1e6);
        }
        if (status.skew() != null) {
            json = json.with("hqClockAheadMs", status.skew().toMillis());
        }
        return json.with("streams", status.streams().stream().map(StatusJson::stream).toList());
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
                        .with("bytesWaiting", stream.bytesWaiting());
        if (stream.oldestWaiting() != null) {
            json = json.with("oldestWaiting", stream.oldestWaiting().toString());
        }
        if (stream.timeLeft() != null) {
            json = json.with("secondsLeft", stream.timeLeft().toSeconds());
        }
        return stream.why().isEmpty() ? json : json.with("why", stream.why());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
