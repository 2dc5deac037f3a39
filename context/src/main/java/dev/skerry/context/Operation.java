package dev.skerry.context;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Caller.Role;
import dev.skerry.node.http.Request;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One thing that the API does: who may ask for it, what it takes and answers. It is served and described from this one place.
///
/// @param path such as `/api/baskets/{id}`, where `{id}` stands for one segment
/// @param summary in one line, as an order: Adds a line to a basket
/// @param roles of which a caller needs one; empty for every device of the store
/// @param open anybody may ask, also who is no device of the store
/// @param takes the record of the body; null if there is none
/// @param query what may stand behind the `?`, each with what it means
/// @param answers the record of the answer; null if the body is empty or no JSON
/// @param listed under which name the answer is a list of those; null if it is one
public record Operation(
        String method,
        String path,
        String summary,
        Set<Role> roles,
        boolean open,
        @Nullable Type takes,
        Map<String, String> query,
        @Nullable Type answers,
        @Nullable String listed,
        Request.Handler handler) {

    public Operation {
        requireNonNull(method, "method");
        requireNonNull(path, "path");
        requireNonNull(summary, "summary");
        requireNonNull(handler, "handler");
        roles = Set.copyOf(roles);
        query = new TreeMap<>(query);
    }

    /// For every device of the store, without a body and without an answer.
    public static Operation of(
            String method, String path, String summary, Request.Handler handler) {
        return new Operation(
                method, path, summary, Set.of(), false, null, Map.of(), null, null, handler);
    }

    /// @return the same, with a body
    public Operation taking(Type body) {
        return new Operation(
                method, path, summary, roles, open, body, query, answers, listed, handler);
    }

    /// @return the same, answered with one
    public Operation answering(Type one) {
        return new Operation(method, path, summary, roles, open, takes, query, one, null, handler);
    }

    /// @return the same, answered with a list under a name
    public Operation listing(String name, Type each) {
        return new Operation(method, path, summary, roles, open, takes, query, each, name, handler);
    }

    /// @return the same, for those with one of these roles alone
    public Operation only(Role... some) {
        return new Operation(
                method,
                path,
                summary,
                Set.copyOf(List.of(some)),
                open,
                takes,
                query,
                answers,
                listed,
                handler);
    }

    /// @return the same, for anybody
    public Operation forAll() {
        return new Operation(
                method, path, summary, roles, true, takes, query, answers, listed, handler);
    }

    /// @param first is done before it is; what that throws is the answer instead
    /// @return the same, behind that
    public Operation behind(Request.Handler first) {
        return new Operation(
                method,
                path,
                summary,
                roles,
                open,
                takes,
                query,
                answers,
                listed,
                request -> {
                    first.handle(request);
                    handler.handle(request);
                });
    }

    /// @return the same, with one more parameter behind the `?`
    public Operation asking(String name, String meaning) {
        Map<String, String> more = new TreeMap<>(query);
        more.put(name, meaning);
        return new Operation(
                method, path, summary, roles, open, takes, more, answers, listed, handler);
    }
}
