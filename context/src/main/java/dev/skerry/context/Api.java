package dev.skerry.context;

import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Serves a list of operations, each to whom it is for, and their description at `/api/openapi.json`.
public final class Api {

    private final List<Operation> operations;
    private final Guarded guarded;
    private final String description;

    /// @param version of the program
    public Api(String title, String version, List<Operation> operations, Callers callers) {
        this.operations = List.copyOf(operations);
        this.guarded = new Guarded(callers);
        this.description = OpenApi.of(title, version, this.operations);
    }

    /// @return the same set-up
    public HttpSetup addTo(HttpSetup setup) {
        return guarded.serve(setup, operations).route("GET", "/api/openapi.json", this::describe);
    }

    /// Which operations there are is no secret.
    private void describe(Request request) throws IOException {
        request.answer(200, Map.of("Content-Type", "application/json"), Bytes.of(description));
    }
}
