package dev.skerry.app;

import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.node.link.StoreLink;
import dev.skerry.node.telemetry.Vitals;
import java.io.IOException;

/// How a store is, over HTTP: `GET /api/status`.
record StoreRoutes(Membership member, String currency, StoreLink link, Vitals vitals) {

    HttpSetup addTo(HttpSetup setup) {
        return setup.route("GET", "/api/status", this::status);
    }

    private void status(Request request) throws IOException {
        request.answerJson(
                200,
                StatusJson.store(member, link.standing(), link.status(), vitals)
                        .with("currency", currency)
                        .write());
    }
}
