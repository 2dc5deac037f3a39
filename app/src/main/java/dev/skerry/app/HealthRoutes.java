package dev.skerry.app;

import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.node.telemetry.Exposition;
import dev.skerry.node.telemetry.Vitals;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.util.Map;

/// For those who watch a node: `GET /health/ready` and `GET /metrics`. (`/health/live` is the HTTP host's: that it answers is the answer.)
record HealthRoutes(Vitals vitals, Exposition exposition) {

    HttpSetup addTo(HttpSetup setup) {
        return setup.route("GET", "/health/ready", this::ready)
                .route("GET", "/metrics", this::metrics);
    }

    private void ready(Request request) throws IOException {
        boolean ready = vitals.readiness().found().isEmpty();
        request.answerJson(ready ? 200 : 503, StatusJson.health(vitals).write());
    }

    private void metrics(Request request) throws IOException {
        request.answer(
                200,
                Map.of("Content-Type", Exposition.CONTENT_TYPE, "Cache-Control", "no-store"),
                Bytes.of(exposition.text()));
    }
}
