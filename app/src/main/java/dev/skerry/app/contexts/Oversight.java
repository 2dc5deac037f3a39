package dev.skerry.app.contexts;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import dev.skerry.stream.Driver;
import dev.skerry.stream.Event;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Follower.Retried;
import dev.skerry.stream.Follower.State;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Transaction.Parked;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// What the followers of a node could not take in, and what somebody decides about it: below `/api/followers`. Nothing is passed over
/// without a name and a reason, which go on record with the event. Any thread.
public final class Oversight {

    private static final int WHY_LENGTH_MAX = 200;

    /// So many of what a follower has put aside are listed, the first ones: others wait behind them.
    static final int PARKED_LISTED_MAX = 200;

    private final List<Overseen> all = new CopyOnWriteArrayList<>();

    private record Overseen(String name, Follower<?> follower, Driver driver) {}

    /// An event that could not be taken in.
    ///
    /// @param id of what was put aside; null for the event at which a follower stopped
    /// @param key what it is about; null if it says nothing of that. Later events of the key wait behind it
    /// @param error why
    /// @param since when it was put aside; null for the event at which a follower stopped
    record Unread(
            @Nullable Long id,
            String stream,
            long offset,
            @Nullable String key,
            @Nullable String error,
            @Nullable Instant since) {

        static Unread of(Event event, @Nullable String error) {
            return new Unread(
                    null, event.stream().value(), event.offset(), event.key(), error, null);
        }
    }

    /// How a follower stands.
    ///
    /// @param name of the context and of what it does
    /// @param reads what it follows, for people
    /// @param cursor before which all is taken in or put aside; null before the first step
    /// @param trouble what keeps it from getting on; null if nothing does
    /// @param faulty the event at which it stopped; null if it did not stop at one
    /// @param waiting how many are put aside and not decided on
    /// @param parked the first of them, in order: at most [#PARKED_LISTED_MAX]
    record Standing(
            String name,
            String reads,
            State state,
            Instant since,
            @Nullable Long cursor,
            @Nullable String trouble,
            @Nullable Unread faulty,
            int waiting,
            List<Unread> parked) {}

    record Retrying(String name, String key) {}

    /// Either what was put aside, by its id, or the event at which the follower stopped, by its place.
    record Skipping(
            String name,
            @Nullable Long parked,
            @Nullable String stream,
            @Nullable Long offset,
            String why) {}

    record Resuming(String name) {}

    /// From now on it can be asked for.
    ///
    /// @param name under which it is driven
    public void add(String name, Follower<?> follower, Driver driver) {
        all.add(new Overseen(name, follower, driver));
    }

    /// What is served.
    ///
    /// @param overseers who sees what could not be taken in, and has it tried again
    /// @param deciders who decides that something never takes effect
    public List<Operation> operations(Callers callers, List<Role> overseers, Role... deciders) {
        Role[] seeing = overseers.toArray(Role[]::new);
        return List.of(
                Operation.of(
                                "GET",
                                "/api/followers",
                                "Lists what carries events into the contexts, and what could not be taken in",
                                this::list)
                        .listing("followers", Standing.class)
                        .only(seeing),
                Operation.of(
                                "POST",
                                "/api/followers/retry",
                                "Tries again what was put aside of a key, in order",
                                Requests.taking(asked -> retry(asked, callers)))
                        .taking(Retrying.class)
                        .answering(Retried.class)
                        .only(seeing),
                Operation.of(
                                "POST",
                                "/api/followers/skip",
                                "Decides that an event that could not be taken in never takes effect, and says why",
                                Requests.taking(asked -> skip(asked, callers)))
                        .taking(Skipping.class)
                        .answering(Standing.class)
                        .only(deciders),
                Operation.of(
                                "POST",
                                "/api/followers/resume",
                                "Lets a follower that stopped try again",
                                Requests.taking(this::resume))
                        .taking(Resuming.class)
                        .answering(Standing.class)
                        .only(seeing));
    }

    private void list(Request request) throws IOException {
        Requests.answer(request, "followers", all.stream().map(Oversight::standing).toList());
    }

    private static Standing standing(Overseen overseen) {
        Follower.Status status = overseen.follower.status();
        OptionalLong cursor = status.cursor();
        Event faulty = status.faulty();
        List<Parked> parked = overseen.follower.parked();
        return new Standing(
                overseen.name,
                status.reads(),
                status.state(),
                status.since(),
                cursor.isPresent() ? cursor.getAsLong() : null,
                status.trouble(),
                faulty == null ? null : Unread.of(faulty, status.trouble()),
                parked.size(),
                parked.stream()
                        .limit(PARKED_LISTED_MAX)
                        .map(it ->
                                new Unread(
                                        it.id(),
                                        it.event().stream().value(),
                                        it.event().offset(),
                                        it.event().key(),
                                        it.error(),
                                        it.parkedAt()))
                        .toList());
    }

    private Overseen found(String name) {
        return all.stream()
                .filter(it -> it.name.equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new HttpProblem(
                                404,
                                "no-such-follower",
                                "There is no such follower",
                                "nothing here is called \"%s\": GET /api/followers lists them"
                                        .formatted(name)));
    }

    private void retry(Asked asked, Callers callers) throws IOException {
        Retrying wanted = asked.as(Retrying.class);
        Overseen overseen = found(wanted.name());
        Requests.answer(
                asked.request(),
                200,
                overseen.follower.retry(wanted.key(), callers.of(asked.request()).person()));
    }

    private void skip(Asked asked, Callers callers) throws IOException {
        Skipping wanted = asked.as(Skipping.class);
        if (wanted.why().isBlank() || wanted.why().length() > WHY_LENGTH_MAX) {
            throw malformed("say why, in 1 to %d characters".formatted(WHY_LENGTH_MAX));
        }
        Overseen overseen = found(wanted.name());
        String who = callers.of(asked.request()).person();
        Long parked = wanted.parked();
        String stream = wanted.stream();
        Long offset = wanted.offset();
        if (parked != null && stream == null && offset == null) {
            try {
                overseen.follower.skip(parked, who, wanted.why());
            } catch (IllegalArgumentException e) {
                throw settled(String.valueOf(e.getMessage()));
            }
        } else if (parked == null && stream != null && offset != null) {
            skipFaulty(overseen, stream, offset, who, wanted.why());
        } else {
            throw malformed("say either parked, or stream and offset");
        }
        Requests.answer(asked.request(), 200, standing(overseen));
    }

    private static void skipFaulty(
            Overseen overseen, String stream, long offset, String who, String why) {
        try {
            overseen.follower.skipFaulty(StreamName.of(stream), offset, who, why);
        } catch (IllegalStateException e) {
            throw settled(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        overseen.driver.wake(overseen.name);
    }

    private void resume(Asked asked) throws IOException {
        Overseen overseen = found(asked.as(Resuming.class).name());
        try {
            overseen.follower.resume();
            overseen.driver.wake(overseen.name);
        } catch (IllegalStateException e) {
            // It goes on already.
        }
        Requests.answer(asked.request(), 200, standing(overseen));
    }

    private static HttpProblem settled(String detail) {
        return new HttpProblem(
                409, "nothing-to-decide", "Nothing waits for that decision any more", detail);
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(
                400, "malformed-request", "This request cannot be carried out", detail);
    }
}
