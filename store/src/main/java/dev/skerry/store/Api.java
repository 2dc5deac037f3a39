package dev.skerry.store;

import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.store.Caller.Role;
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

    public HttpSetup addTo(HttpSetup setup) {
        for (Operation operation : operations) {
            setup.route(operation.method(), operation.path(), handler(operation));
        }
        return setup.route("GET", "/api/openapi.json", this::describe);
    }

    private Request.Handler handler(Operation operation) {
        return operation.open()
                ? operation.handler()
                : guarded.only(operation.handler(), operation.roles().toArray(new Role[0]));
    }

    /// Which operations there are is no secret.
    private void describe(Request request) throws IOException {
        request.answer(200, Map.of("Content-Type", "application/json"), Bytes.of(description));
    }
}
