package dev.skerry.context;

import dev.skerry.context.Caller.Role;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Lets only those through to a handler who may: each route says who that is. Any thread.
public final class Guarded {

    private final Callers callers;

    public Guarded(Callers callers) {
        this.callers = callers;
    }

    /// Adds a route for each operation, for those alone whom it names.
    public HttpSetup serve(HttpSetup setup, List<Operation> operations) {
        for (Operation operation : operations) {
            setup.route(
                    operation.method(),
                    operation.path(),
                    operation.open()
                            ? operation.handler()
                            : only(operation.handler(), operation.roles().toArray(new Role[0])));
        }
        return setup;
    }

    /// A handler for callers that have at least one of these roles. Others are answered 403, with who may; who is nobody, 401.
    ///
    /// @param roles none stands for every device of the store
    public Request.Handler only(Request.Handler handler, Role... roles) {
        Set<Role> allowed = EnumSet.noneOf(Role.class);
        allowed.addAll(Arrays.asList(roles));
        return request -> {
            Caller caller = callers.of(request);
            if (!allowed.isEmpty() && allowed.stream().noneMatch(caller::is)) {
                throw refused(caller, allowed);
            }
            handler.handle(request);
        };
    }

    private static HttpProblem refused(Caller caller, Set<Role> allowed) {
        String who = words(allowed);
        if (caller.person().isEmpty()) {
            return new HttpProblem(
                    403,
                    "sign-on-needed",
                    "This needs somebody who is signed on",
                    "nobody is signed on at %s, or it is locked: sign on as %s"
                            .formatted(caller.device(), who));
        }
        return new HttpProblem(
                403,
                "role-needed",
                "This is for others to do",
                "%s may, and %s at %s is %s"
                        .formatted(
                                who,
                                caller.person(),
                                caller.device(),
                                caller.roles().isEmpty() ? "none of them" : words(caller.roles())));
    }

    private static String words(Set<Role> roles) {
        return roles.stream()
                .sorted()
                .map(it -> it.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
    }
}
