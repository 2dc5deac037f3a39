package dev.skerry.app.demo;

import dev.skerry.app.demo.Calls.Answer;
import dev.skerry.language.JsonObject;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Map;

/// The demo's own page asks these: `GET /api/demo`, `GET /api/demo/stores/{id}/receipts`, and `PUT` to `/api/demo/pace`,
/// `/api/demo/stores/{id}/line` and `/api/demo/stores/{id}/power`.
record DemoRoutes(Demo demo) {

    private static final int BODY_BYTES_MAX = 1_024;

    HttpSetup addTo(HttpSetup setup) {
        return setup.route("GET", "/api/demo", this::state)
                .route("PUT", "/api/demo/pace", this::pace)
                .route("PUT", "/api/demo/stores/{id}/line", this::line)
                .route("PUT", "/api/demo/stores/{id}/power", this::power)
                .route("GET", "/api/demo/stores/{id}/receipts", this::receipts);
    }

    private void state(Request request) throws IOException {
        request.answerJson(200, demo.json().write());
    }

    private void pace(Request request) throws IOException {
        try {
            demo.pace().set(Math.toIntExact(body(request).number("perMinute")));
        } catch (IllegalArgumentException | ArithmeticException | MalformedJsonException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        state(request);
    }

    private void line(Request request) throws IOException {
        store(request)
                .line()
                .set(
                        Line.State.of(wanted(request))
                                .orElseThrow(() -> malformed("state is up, slow, stalled or cut")));
        state(request);
    }

    private void power(Request request) throws IOException {
        if (!wanted(request).equals("cut")) {
            throw malformed("state is cut: the power comes back by itself");
        }
        store(request).power().cut();
        state(request);
    }

    private void receipts(Request request) throws IOException {
        try {
            Answer answer = store(request).receipts();
            request.answer(
                    answer.status(),
                    Map.of("Content-Type", "application/json"),
                    Bytes.of(answer.body()));
        } catch (IOException e) {
            throw new HttpProblem(
                    HttpURLConnection.HTTP_UNAVAILABLE,
                    "store-off",
                    "The store's server does not answer",
                    "its power was cut: it is back in some seconds");
        }
    }

    private static String wanted(Request request) throws IOException {
        try {
            return body(request).text("state");
        } catch (MalformedJsonException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static JsonObject body(Request request) throws IOException {
        return JsonObject.parse(request.body(BODY_BYTES_MAX).copy());
    }

    private DemoStore store(Request request) {
        String id = request.parameter("id");
        return demo.stores().stream()
                .filter(it -> it.shop().id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new HttpProblem(
                                404,
                                "no-such-store",
                                "There is no such store",
                                "'%s' is no store of this demo".formatted(id)));
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(400, "malformed-request", "The request is malformed", detail);
    }
}
