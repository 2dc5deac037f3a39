package dev.skerry.store.staff;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Secrets;
import dev.skerry.language.staffing.DeviceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The screens that show a code and wait to be let in. Any thread.
///
/// ```
/// ask ─► WAITING ─ claim ─► CLAIMED ─ first use of the token ─► USED
///           └──── lapse ───────┴───────── lapse ─────────────────┴──► gone
/// ```
///
/// They are in memory only: after a restart a screen asks again. What is let in is an event.
final class Pairings {

    /// How long a code can be confirmed, and after that its token be fetched.
    static final Duration LIFE = Duration.ofMinutes(5);

    /// Screens that wait at once. More are told to come later, so that nobody can drive out those that wait.
    static final int WAITING_MAX = 20;

    /// Codes that may be confirmed in vain within [#LIFE].
    static final int WRONG_CODES_MAX = 10;

    /// @param secretHash of what the screen alone knows
    /// @param until when it lapses
    record Pairing(
            String id,
            String secretHash,
            String code,
            DeviceKind kind,
            Instant until,
            @Nullable Claim claim) {

        private Pairing with(@Nullable Claim other, Instant lapse) {
            return new Pairing(id, secretHash, code, kind, lapse, other);
        }

        private Pairing used() {
            Claim there = requireNonNull(claim);
            return with(new Claim(there.device(), "", there.tokenHash(), true), until);
        }
    }

    /// What a screen is to become.
    ///
    /// @param used its token has arrived
    record Claim(String device, String token, String tokenHash, boolean used) {}

    /// @param wrongUntil when wrong codes are counted from 0 again
    private record State(List<Pairing> pairings, int wrongCodes, Instant wrongUntil) {

        State at(Instant now) {
            boolean old = !wrongUntil.isAfter(now);
            return new State(
                    pairings.stream().filter(it -> it.until().isAfter(now)).toList(),
                    old ? 0 : wrongCodes,
                    wrongUntil);
        }

        State with(List<Pairing> others) {
            return new State(List.copyOf(others), wrongCodes, wrongUntil);
        }

        State replacing(Predicate<Pairing> which, UnaryOperator<Pairing> by) {
            return with(pairings.stream().map(it -> which.test(it) ? by.apply(it) : it).toList());
        }

        Stream<Pairing> waiting() {
            return pairings.stream().filter(it -> it.claim() == null);
        }

        Optional<Pairing> find(Predicate<Pairing> which) {
            return pairings.stream().filter(which).findFirst();
        }
    }

    private final AtomicReference<State> state =
            new AtomicReference<>(new State(List.of(), 0, Instant.EPOCH));

    /// @param codes six digits each; the first that no other screen shows is taken
    /// @return empty if too many wait
    Optional<Pairing> ask(
            String id, String secretHash, DeviceKind kind, Secrets codes, Instant now) {
        while (true) {
            State before = state.get();
            State then = before.at(now);
            if (then.waiting().count() >= WAITING_MAX) {
                return Optional.empty();
            }
            String code = codes.nextCode();
            if (then.find(it -> it.code().equals(code)).isPresent()) {
                continue;
            }
            Pairing asked = new Pairing(id, secretHash, code, kind, now.plus(LIFE), null);
            List<Pairing> more = new ArrayList<>(then.pairings);
            more.add(asked);
            if (state.compareAndSet(before, then.with(more))) {
                return Optional.of(asked);
            }
        }
    }

    /// When the first of those that wait lapses; now if nobody waits.
    Instant lapse(Instant now) {
        return state.get()
                .at(now)
                .waiting()
                .map(Pairing::until)
                .min(Instant::compareTo)
                .orElse(now);
    }

    /// Says what the screen that shows a code is to become.
    ///
    /// @return the pairing, claimed so, or so before under the same name; empty if no screen shows that code
    Optional<Pairing> claim(String code, Claim claim, Instant now) {
        State after =
                state.updateAndGet(it ->
                        it.at(now)
                                .replacing(
                                        one -> shows(one, code) && one.claim() == null,
                                        one -> one.with(claim, now.plus(LIFE))));
        return after.find(it ->
                shows(it, code)
                        && it.claim() != null
                        && it.claim().device().equals(claim.device()));
    }

    private static boolean shows(Pairing pairing, String code) {
        return Secrets.same(pairing.code(), code);
    }

    /// It could not become that.
    void unclaim(String id) {
        state.updateAndGet(
                it -> it.replacing(one -> one.id().equals(id), one -> one.with(null, one.until())));
    }

    /// What has become of it, for the screen that knows its secret.
    Optional<Pairing> find(String id, String secret, Instant now) {
        String hash = Secrets.hash(secret);
        return state.get()
                .at(now)
                .find(it -> it.id().equals(id) && Secrets.same(it.secretHash(), hash));
    }

    /// A token has arrived: it is handed out no more.
    void used(String tokenHash) {
        Predicate<Pairing> arrives =
                it ->
                        it.claim() != null
                                && !it.claim().used()
                                && Secrets.same(it.claim().tokenHash(), tokenHash);
        if (state.get().find(arrives).isPresent()) {
            state.updateAndGet(it -> it.replacing(arrives, Pairing::used));
        }
    }

    /// Counts a code that no screen shows.
    void wrongCode(Instant now) {
        state.updateAndGet(it -> {
            State then = it.at(now);
            return new State(
                    then.pairings,
                    then.wrongCodes + 1,
                    then.wrongCodes == 0 ? now.plus(LIFE) : then.wrongUntil);
        });
    }

    /// Until when no code is looked at, because too many were wrong.
    Optional<Instant> closedUntil(Instant now) {
        State then = state.get().at(now);
        return then.wrongCodes < WRONG_CODES_MAX ? Optional.empty() : Optional.of(then.wrongUntil);
    }
}
