package dev.skerry.context;

import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;

/// Tells who asks.
@FunctionalInterface
public interface Callers {

    /// @throws HttpProblem 401, if it is nobody who may ask at all
    Caller of(Request request);
}
