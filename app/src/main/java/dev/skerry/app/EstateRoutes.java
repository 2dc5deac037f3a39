package dev.skerry.app;

import dev.skerry.language.JsonObject;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.node.identity.Authority;
import dev.skerry.node.link.Estate;
import dev.skerry.node.link.HqLink;
import dev.skerry.node.link.Names;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Streams;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/// HQ's stores over HTTP: `GET /api/stores`, `GET /api/stores/{id}` with what HQ has of that store's streams, and `POST /api/stores` to register one and get a join token for it.
final class EstateRoutes {

    private static final int BODY_BYTES_MAX = 16 * 1024;

    private final Estate estate;
    private final HqLink link;
    private final Streams mirrors;
    private final InstantSource clock;
    private final Invitations invitations;
    private final Admin admin;

    EstateRoutes(
            Estate estate,
            HqLink link,
            Streams mirrors,
            Authority authority,
            Admin admin,
            Configuration configuration,
            InstantSource clock,
            int linkPort) {
        this.estate = estate;
        this.link = link;
        this.mirrors = mirrors;
        this.clock = clock;
        this.invitations = new Invitations(estate, authority, configuration, clock, linkPort);
        this.admin = admin;
    }

    HttpSetup addTo(HttpSetup setup) {
        return setup.route("GET", "/api/stores", this::list)
                .route("GET", "/api/stores/{id}", this::one)
                .route("POST", "/api/stores", this::invite);
    }

    private void list(Request request) throws IOException {
        List<JsonObject> stores = estate.stores().stream().map(this::json).toList();
        request.answerJson(
                200,
                JsonObject.empty()
                        .with("at", clock.instant().toString())
                        .with("stores", stores)
                        .write());
    }

    private void one(Request request) throws IOException {
        String id = request.parameter("id");
        Estate.Store store =
                estate.find(id)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-store",
                                        "There is no such store",
                                        "'%s' is not registered; GET /api/stores lists those that are"
                                                .formatted(id)));
        StreamPattern its = StreamPattern.of(Names.ofStore(id) + "/**");
        request.answerJson(
                200,
                json(store)
                        .with("at", clock.instant().toString())
                        .with("streams", StatusJson.copies(mirrors, mirrors.matching(its)))
                        .write());
    }

    private JsonObject json(Estate.Store store) {
        return StatusJson.registered(store, link.connection(store.id()));
    }

    private void invite(Request request) throws IOException {
        admin.caller(request);
        try {
            JsonObject body = JsonObject.parse(request.body(BODY_BYTES_MAX).copy());
            String id = body.text("id");
            String name = body.optionalText("name").orElse("Store " + id);
            String zone = body.optionalText("zone").orElse("main");
            request.answerJson(201, invitations.invite(id, name, zone).write());
        } catch (MalformedJsonException | IllegalArgumentException e) {
            throw new HttpProblem(
                    400, "bad-request", "The request is malformed", String.valueOf(e.getMessage()));
        }
    }
}
