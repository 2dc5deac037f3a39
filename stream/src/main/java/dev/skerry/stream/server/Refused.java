package dev.skerry.stream.server;

import java.util.Map;

/// A request that cannot be understood or may not be done: ends its handling at once with a [Problem].
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    Refused(Problem.Kind kind, String detail) {
        this(kind, detail, Map.of());
    }

    Refused(Problem.Kind kind, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.problem = new Problem(kind, detail);
        this.headers = headers;
    }

    Reply.Answer answer() {
        return problem.answer().with(headers);
    }
}
