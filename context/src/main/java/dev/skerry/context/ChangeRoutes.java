package dev.skerry.context;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Change.Difference;
import dev.skerry.context.Change.State;
import dev.skerry.context.Changes.Fault;
import dev.skerry.context.Changes.Outcome;
import dev.skerry.context.Requests.Asked;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The changes of a context over HTTP: what waits, who decides, what was done and how it is undone. How a change is proposed is the
/// context's own to say.
public final class ChangeRoutes {

    private static final int RESULTS = 50;
    private static final int FAULTS_TOLD_MAX = 20;

    private final Changes changes;
    private final Callers callers;
    private final String changesPath;
    private final String rulePath;

    /// @param path of the context, such as `/api/catalog`
    public ChangeRoutes(Changes changes, Callers callers, String path) {
        this.changes = requireNonNull(changes, "changes");
        this.callers = requireNonNull(callers, "callers");
        this.changesPath = path + "/changes";
        this.rulePath = path + "/rule";
    }

    record Details(Change change, List<Difference> differences, boolean more) {}

    record Rejection(String reason) {}

    /// @param id of the change that undoes the other
    record Undoing(String id) {}

    record Nothing() {}

    /// @param fourEyes whether a change needs a second person
    record Rule(boolean fourEyes) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of("GET", changesPath, "Lists changes, the newest first", this::list)
                        .asking("state", "waiting, published or rejected")
                        .asking("group", "what they are parts of, such as an import")
                        .asking("before", "id of a change: those older than it")
                        .asking("max", "how many are wanted")
                        .listing("changes", Change.class)
                        .only(Role.MERCHANT, Role.ADMIN),
                Operation.of(
                                "GET",
                                changesPath + "/{id}",
                                "Shows a change, and what was said before it",
                                this::one)
                        .asking("offset", "how many of its keys to leave out")
                        .asking("max", "how many are wanted")
                        .answering(Details.class)
                        .only(Role.MERCHANT, Role.ADMIN),
                Operation.of(
                                "POST",
                                changesPath + "/{id}/approval",
                                "Publishes a change that waits",
                                Requests.taking(this::approve))
                        .taking(Nothing.class)
                        .answering(Change.class)
                        .only(Role.MERCHANT, Role.ADMIN),
                Operation.of(
                                "POST",
                                changesPath + "/{id}/rejection",
                                "Ends a change that waits",
                                Requests.taking(this::reject))
                        .taking(Rejection.class)
                        .answering(Change.class)
                        .only(Role.MERCHANT, Role.ADMIN),
                Operation.of(
                                "POST",
                                changesPath + "/{id}/undoing",
                                "Proposes to say again what was said before a change",
                                Requests.taking(this::undo))
                        .taking(Undoing.class)
                        .answering(Change.class)
                        .only(Role.MERCHANT, Role.ADMIN),
                Operation.of(
                                "GET",
                                rulePath,
                                "Says whether a change needs a second person",
                                this::rule)
                        .answering(Rule.class)
                        .only(Role.MERCHANT, Role.ADMIN),
                Operation.of(
                                "PUT",
                                rulePath,
                                "Decides whether a change needs a second person",
                                Requests.taking(this::setRule))
                        .taking(Rule.class)
                        .answering(Rule.class)
                        .only(Role.ADMIN));
    }

    /// Who asks, by name.
    public String person(Request request) {
        return callers.of(request).person();
    }

    private void list(Request request) throws IOException {
        Requests.answer(
                request,
                "changes",
                changes.list(
                        state(request),
                        Requests.parameter(request, "group").orElse(null),
                        Requests.parameter(request, "before").orElse(null),
                        Requests.number(request, "max", RESULTS, 1, Changes.RESULTS_MAX)));
    }

    private static @Nullable State state(Request request) {
        Optional<String> text = Requests.parameter(request, "state");
        if (text.isEmpty()) {
            return null;
        }
        return Arrays.stream(State.values())
                .filter(it -> it.name().equals(text.get().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new HttpProblem(
                                400,
                                "bad-query",
                                "The query is malformed",
                                "state is waiting, published or rejected"));
    }

    private void one(Request request) throws IOException {
        String id = request.parameter("id");
        Change change = changes.find(id).orElseThrow(() -> unknown(id));
        int max = Requests.number(request, "max", RESULTS, 1, Changes.RESULTS_MAX);
        int offset = Requests.number(request, "offset", 0, 0, Changes.STATEMENTS_MAX);
        List<Difference> differences = changes.differences(id, offset, max);
        Requests.answer(
                request,
                200,
                new Details(
                        change, differences, offset + differences.size() < change.statements()));
    }

    private void approve(Asked asked) throws IOException {
        asked.as(Nothing.class);
        String id = asked.request().parameter("id");
        answer(
                asked.request(),
                changes.approve(asked.command("approve " + id), id, person(asked.request())));
    }

    private void reject(Asked asked) throws IOException {
        String id = asked.request().parameter("id");
        answer(
                asked.request(),
                changes.reject(
                        asked.command("reject " + id),
                        id,
                        person(asked.request()),
                        asked.as(Rejection.class).reason()));
    }

    private void undo(Asked asked) throws IOException {
        String newId = asked.as(Undoing.class).id();
        answer(
                asked.request(),
                changes.undo(
                        asked.command("propose " + newId),
                        asked.request().parameter("id"),
                        newId,
                        person(asked.request())));
    }

    private void rule(Request request) throws IOException {
        Requests.answer(request, 200, new Rule(changes.fourEyes()));
    }

    private void setRule(Asked asked) throws IOException {
        boolean fourEyes = asked.as(Rule.class).fourEyes();
        changes.rule(asked.command(""), fourEyes, person(asked.request()));
        rule(asked.request());
    }

    /// Answers what came of a command: the change, or a problem.
    public static void answer(Request request, Outcome outcome) throws IOException {
        switch (outcome) {
            case Outcome.Done(Change change) -> Requests.answer(request, 200, change);
            case Outcome.Nothing() ->
                    throw new HttpProblem(
                            409,
                            "nothing-new",
                            "Nothing would change",
                            "all of this is said already");
            case Outcome.Faulty(List<Fault> faults) ->
                    throw new HttpProblem(
                            422,
                            "faulty-change",
                            "The change is faulty, and nothing of it was taken",
                            told(faults));
            case Outcome.Overtaken(List<String> keys) ->
                    throw new HttpProblem(
                            409,
                            "overtaken",
                            "Something else was published meanwhile",
                            "look at %s again, and propose the change anew"
                                    .formatted(
                                            keys.stream()
                                                    .limit(FAULTS_TOLD_MAX)
                                                    .collect(Collectors.joining(", "))));
            case Outcome.SecondPersonNeeded(Change change) ->
                    throw new HttpProblem(
                            403,
                            "second-person-needed",
                            "This needs a second person",
                            "%s has proposed it: somebody else publishes it"
                                    .formatted(change.by()));
            case Outcome.NotNow(Change change) ->
                    throw new HttpProblem(
                            409,
                            "not-now",
                            "The change is in another state",
                            "it is %s%s"
                                    .formatted(
                                            Requests.kind(change.state()),
                                            change.undoneBy() == null
                                                    ? ""
                                                    : ", and undone by " + change.undoneBy()));
            case Outcome.Unknown(String id) -> throw unknown(id);
            case Outcome.IdTaken(String id) ->
                    throw new HttpProblem(
                            409,
                            "id-taken",
                            "Another change has this id",
                            "give \"%s\" another id".formatted(id));
        }
    }

    private static String told(List<Fault> faults) {
        String first =
                faults.stream()
                        .limit(FAULTS_TOLD_MAX)
                        .map(it -> it.key() + ": " + it.problem())
                        .collect(Collectors.joining("; "));
        return faults.size() > FAULTS_TOLD_MAX
                ? first + "; and %d more".formatted(faults.size() - FAULTS_TOLD_MAX)
                : first;
    }

    private static HttpProblem unknown(String id) {
        return new HttpProblem(
                404,
                "no-such-change",
                "There is no such change",
                "no change has the id \"%s\"".formatted(id));
    }
}
