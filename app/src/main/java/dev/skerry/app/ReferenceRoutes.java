package dev.skerry.app;

import dev.skerry.app.chain.ReferencePlace;
import dev.skerry.app.chain.ReferencePlace.Entry;
import dev.skerry.app.chain.ReferenceStream;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.CloudEventJson;
import dev.skerry.language.JsonObject;
import dev.skerry.language.MalformedEventException;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// HQ's reference streams (catalog, prices, promotions, taxes, customers, staff) for those who publish to them.
///
/// `GET /api/reference/{stream}?offset=N` says by key what stands in one, as digests; an empty one says that there is nothing of the key any
/// more. `POST /api/reference/{stream}` appends events, all or none. To append, and to read of people, the admin token is needed.
final class ReferenceRoutes {

    private static final int BODY_BYTES_MAX = 32 * 1024 * 1024;
    private static final String OFFSET = "offset=";

    private final ReferencePlace place;
    private final Admin admin;

    ReferenceRoutes(ReferencePlace place, Admin admin) {
        this.place = place;
        this.admin = admin;
    }

    HttpSetup addTo(HttpSetup setup) {
        return setup.route("GET", "/api/reference/{stream}", this::read)
                .route("POST", "/api/reference/{stream}", this::append);
    }

    private void read(Request request) throws IOException {
        ReferenceStream<?> stream = stream(request);
        if (Discreet.isOfPeople(stream.name())) {
            admin.caller(request);
        }
        ReferencePlace.Page page = place.read(stream, offset(request.query()));
        request.answerJson(
                200,
                JsonObject.empty()
                        .with("next", page.next())
                        .with("upToDate", page.upToDate())
                        .with("keys", page.entries().stream().map(Entry::key).toList())
                        .with(
                                "digests",
                                page.entries().stream()
                                        .map(it -> it.ended() ? "" : it.digest())
                                        .toList())
                        .write());
    }

    private static long offset(String query) {
        try {
            if (query.isEmpty()) {
                return 0;
            }
            long offset =
                    query.startsWith(OFFSET)
                            ? Long.parseLong(query.substring(OFFSET.length()))
                            : -1;
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw new HttpProblem(
                400, "bad-query", "The query is malformed", "offset is a number from 0 on");
    }

    private void append(Request request) throws IOException {
        admin.caller(request);
        ReferenceStream<?> stream = stream(request);
        try {
            JsonObject body = JsonObject.parse(request.body(BODY_BYTES_MAX).copy());
            List<CloudEvent> events = new ArrayList<>();
            for (String event : body.texts("events")) {
                events.add(CloudEventJson.read(event.getBytes(StandardCharsets.UTF_8)));
            }
            place.append(stream, events);
            request.answerJson(200, JsonObject.empty().with("appended", events.size()).write());
        } catch (MalformedJsonException | MalformedEventException | IllegalArgumentException e) {
            throw new HttpProblem(
                    400, "bad-request", "The request is malformed", String.valueOf(e.getMessage()));
        }
    }

    private static ReferenceStream<?> stream(Request request) {
        String name = request.parameter("stream");
        return ReferenceStream.find(name)
                .orElseThrow(() ->
                        new HttpProblem(
                                404,
                                "no-such-stream",
                                "There is no such stream",
                                "'%s' is none of %s"
                                        .formatted(
                                                name,
                                                ReferenceStream.ALL.stream()
                                                        .map(ReferenceStream::shortName)
                                                        .toList())));
    }
}
