package dev.skerry.app;

import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.node.link.StoreLink;
import java.io.IOException;

/// How a store is, over HTTP: `GET /health/ready`, `GET /api/status`.
final class StoreRoutes {

    private final Membership member;
    private final StoreLink link;

    StoreRoutes(Membership member, StoreLink link) {
        this.member = member;
        this.link = link;
    }

    HttpSetup addTo(HttpSetup setup) {
        return setup.route("GET", "/health/ready", this::ready)
                .route("GET", "/api/status", this::status);
    }

    /// Ready is who may trade; whether the line is up makes no difference.
    private void ready(Request request) throws IOException {
        boolean open = link.standing() instanceof Standing.Open;
        request.answerJson(open ? 200 : 503, "{\"status\":\"%s\"}".formatted(open ? "UP" : "DOWN"));
    }

    private void status(Request request) throws IOException {
        request.answerJson(200, StatusJson.of(member, link.status()).write());
    }
}
