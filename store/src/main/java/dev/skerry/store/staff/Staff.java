package dev.skerry.store.staff;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Handle;
import dev.skerry.context.LockOut;
import dev.skerry.context.Secrets;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.staff.PinHash;
import dev.skerry.language.staff.StaffEvent;
import dev.skerry.language.staff.StaffEvent.PersonChanged;
import dev.skerry.language.staff.StaffEvent.PersonRemoved;
import dev.skerry.language.staffing.DeviceKind;
import dev.skerry.language.staffing.StaffingEvent;
import dev.skerry.language.staffing.StaffingEvent.AccessRefused;
import dev.skerry.language.staffing.StaffingEvent.ActionApproved;
import dev.skerry.language.staffing.StaffingEvent.DeviceLocked;
import dev.skerry.language.staffing.StaffingEvent.DevicePaired;
import dev.skerry.language.staffing.StaffingEvent.DeviceRemoved;
import dev.skerry.language.staffing.StaffingEvent.DeviceRenamed;
import dev.skerry.language.staffing.StaffingEvent.DeviceUnlocked;
import dev.skerry.language.staffing.StaffingEvent.Ending;
import dev.skerry.language.staffing.StaffingEvent.HelperReleased;
import dev.skerry.language.staffing.StaffingEvent.HelperTaken;
import dev.skerry.language.staffing.StaffingEvent.LockOutLifted;
import dev.skerry.language.staffing.StaffingEvent.PairingRefused;
import dev.skerry.language.staffing.StaffingEvent.PinSet;
import dev.skerry.language.staffing.StaffingEvent.Purpose;
import dev.skerry.language.staffing.StaffingEvent.Refusal;
import dev.skerry.language.staffing.StaffingEvent.RolesChanged;
import dev.skerry.language.staffing.StaffingEvent.SignedOff;
import dev.skerry.language.staffing.StaffingEvent.SignedOn;
import dev.skerry.store.staff.Pairings.Claim;
import dev.skerry.store.staff.Pairings.Pairing;
import dev.skerry.store.staff.StaffTables.Person;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.Read.Page;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who is signed on where, and which devices belong to the store. Any thread.
public final class Staff {

    /// Devices of a store.
    public static final int DEVICES_MAX = 500;

    /// Helpers of a store at once.
    public static final int HELPERS_MAX = 50;

    /// A helper is taken on for at most so long; then a manager says so again, or headquarters do.
    public static final Duration HELPER_MAX = Duration.ofDays(31);

    /// What a helper may be: what is not among these is headquarters' to give.
    public static final Set<String> HELPER_ROLES = Set.of("cashier", "cook", "stock");

    /// PINs that are checked at once; each takes a processor some milliseconds.
    public static final int PIN_CHECKS_MAX = 64;

    static final int NAME_LENGTH_MAX = 60;

    private static final int AUDIT_BYTES_MAX = 1 << 20;
    private static final Pattern PERSON = Pattern.compile("[a-z0-9][a-z0-9-]{0,15}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");

    /// Takes as long to be checked as a person's, so that nobody learns from the clock who works here.
    private static final PinHash NOBODYS =
            new PinHash(
                    PinHash.ALGORITHM,
                    PinHash.ITERATIONS,
                    "A".repeat(22) + "==",
                    "A".repeat(43) + "=");

    /// A device of the store.
    ///
    /// @param tokenHash of the token that it shows
    /// @param pairedBy who let it in
    record Device(
            String name, DeviceKind kind, String tokenHash, Instant pairedAt, String pairedBy) {}

    /// Somebody is signed on at a device.
    ///
    /// @param name as on a name tag
    /// @param roles as headquarters names them
    /// @param locked away from the device; what was begun there stays
    /// @param until of a helper, when that ends; null if no end is known
    public record Session(
            String device,
            String person,
            String name,
            List<String> roles,
            Instant since,
            boolean locked,
            @Nullable Instant until) {

        boolean isOver(Instant now) {
            return until != null && !now.isBefore(until);
        }
    }

    /// A device as it stands.
    ///
    /// @param pairedBy who let it in
    /// @param session null if nobody is signed on
    /// @param lockedUntil no PIN is looked at there before; null if that is not so
    public record DeviceState(
            String device,
            DeviceKind kind,
            Instant pairedAt,
            String pairedBy,
            @Nullable Session session,
            @Nullable Instant lockedUntil) {}

    /// Somebody who works in the store.
    ///
    /// @param roles as headquarters names them, those unknown here too
    /// @param signsOn whether there is a PIN
    /// @param lockedUntil no PIN of this person is looked at before; null if that is not so
    /// @param pinSetHere the PIN is of this store: headquarters have told of none since
    /// @param until a helper of this store, until then; null for headquarters' people
    public record Colleague(
            String person,
            String name,
            List<String> roles,
            boolean signsOn,
            @Nullable Instant lockedUntil,
            boolean pinSetHere,
            @Nullable Instant until) {}

    /// What became of signing on, or of unlocking.
    public sealed interface Entry {}

    /// What became of allowing an action.
    public sealed interface Approval {}

    /// Why a PIN opened nothing.
    public sealed interface Shut extends Entry, Approval {}

    /// Signed on, and not locked.
    public record Entered(Session session) implements Entry {}

    /// There is no such person with that PIN.
    ///
    /// @param left wrong ones before somebody is locked out
    public record WrongPin(int left) implements Shut {}

    /// After too many wrong PINs none is looked at.
    public record LockedOut(Instant until) implements Shut {}

    /// Too many PINs are being checked: ask again in a second.
    public record Busy() implements Shut {}

    /// The device takes no people, or belongs to the store no more, or nobody is signed on who could unlock it.
    public record NotHere(String why) implements Shut {}

    /// The person is signed on at another device, and only managers are at several.
    public record Elsewhere(String device) implements Entry {}

    /// Somebody else is signed on at the device.
    public record Occupied(Session by) implements Entry {}

    /// It is allowed, and noted.
    public record Approved(String person) implements Approval {}

    /// The PIN was right, but the person may not allow such.
    public record MayNot(String person) implements Approval {}

    /// What became of what a manager said of people.
    public sealed interface Said {

        record Done(Colleague person) implements Said {}

        /// Nothing was done.
        sealed interface Refused extends Said {}

        /// Nobody of that id works here.
        record Nobody(String person) implements Refused {}

        /// Headquarters have somebody of that id.
        record Headquarters(String person) implements Refused {}

        /// The store has [#HELPERS_MAX] helpers.
        record Full() implements Refused {}
    }

    /// What became of signing off, or locking.
    public sealed interface Leaving {

        /// Nobody is signed on at the device now.
        record Left() implements Leaving {}

        /// The device is locked.
        record Locked(Session session) implements Leaving {}
    }

    /// A screen shows a code, and waits.
    ///
    /// @param secret which it shows to nobody, and asks with
    /// @param code six digits, to be confirmed
    /// @param until when the code lapses
    public record Asking(String pairing, String secret, String code, Instant until) {}

    /// What became of a screen's asking.
    public sealed interface Asked {
        record Shown(Asking asking) implements Asked {}

        /// Too many screens wait.
        record TooMany(Instant until) implements Asked {}
    }

    /// What a screen that waits is told.
    public sealed interface Polled {
        record Waiting(Instant until) implements Polled {}

        /// @param token to be shown with each request from now on
        record Paired(String device, DeviceKind kind, String token) implements Polled {}

        /// It waited too long, or has its token: let it ask anew.
        record Lapsed() implements Polled {}
    }

    /// What became of adding or renaming a device.
    public sealed interface Change {

        record Done(DeviceState device) implements Change {}

        /// A device that was added without a code.
        ///
        /// @param token told once
        record Added(DeviceState device, String token) implements Change {}

        record NameTaken(String name) implements Change {}

        record NoSuchDevice(String name) implements Change {}

        /// No screen shows that code.
        record NoSuchCode() implements Change {}

        /// Too many codes were wrong.
        record TooManyCodes(Instant until) implements Change {}

        /// The store has [#DEVICES_MAX] devices.
        record Full() implements Change {}
    }

    /// Who a token stands for.
    ///
    /// @param session null if nobody is signed on
    record Known(Device device, @Nullable Session session) {

        Caller caller() {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            roles.addAll(Rights.of(device.kind()));
            if (session == null || session.locked()) {
                return new Caller("", device.name(), roles);
            }
            roles.addAll(Rights.of(session.roles()));
            return new Caller(session.person(), device.name(), roles);
        }
    }

    /// All tokens and sessions.
    ///
    /// @param applied how far of the stream they know
    private record Doors(
            long applied, Map<String, Device> byTokenHash, Map<String, Session> sessions) {

        @Nullable Device byName(String name) {
            return byTokenHash.values().stream()
                    .filter(it -> it.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    private final SqliteDatabase database;
    private final Book<StaffingEvent> book;
    private final String store;
    private final StreamName stream;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final Secrets secrets;
    private final Pairings pairings = new Pairings();
    private final AtomicInteger checking = new AtomicInteger();
    private volatile Doors doors = new Doors(-1, Map.of(), Map.of());

    /// @param database with [#tables]
    /// @param store such as `store-0042`
    /// @param random for tokens and codes, by any thread; in production a `SecureRandom`
    public Staff(
            SqliteDatabase database,
            String store,
            InstantSource clock,
            TimeOrderedIds ids,
            RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.store = requireNonNull(store, "store");
        this.stream = stream(store);
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
        this.secrets = new Secrets(requireNonNull(random, "random"));
        this.book =
                new Book<>(
                        database,
                        List.of(new Publication<>(stream, StaffingEvent.FORM, false)),
                        new StaffTables(),
                        clock,
                        ids);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, StaffTables.MIGRATIONS};
    }

    /// Where a store's audit is published.
    ///
    /// @param store such as `store-0042`
    public static StreamName stream(String store) {
        return StreamName.of(store + "/staff");
    }

    /// Such as `store-0042`.
    String store() {
        return store;
    }

    Book<StaffingEvent> book() {
        return book;
    }

    // ---- who asks

    /// Who a token stands for now: a device that was removed, or a person who was signed off, a moment ago is not let in any more.
    ///
    /// @return empty if it is no device's
    public Optional<Caller> caller(String token) {
        return known(token).map(Known::caller);
    }

    Optional<Known> known(String token) {
        String hash = Secrets.hash(token);
        Doors now = doors();
        Device device = now.byTokenHash().get(hash);
        if (device == null || !Secrets.same(device.tokenHash(), hash)) {
            return Optional.empty();
        }
        pairings.used(hash);
        Session session = now.sessions().get(device.name());
        return Optional.of(new Known(device, session == null || isOver(session) ? null : session));
    }

    private boolean isOver(Session session) {
        return session.isOver(clock.instant());
    }

    /// The stream's tail moves with each commit, and before anybody is answered: who reads it first never uses doors that are
    /// older than what has been answered.
    private Doors doors() {
        long tail = database.find(stream).orElseThrow().tail();
        Doors there = doors;
        if (there.applied() < tail) {
            there = book.query(Staff::doors);
            doors = there;
        }
        return there;
    }

    private static Doors doors(Handle tables) {
        // Read first: what is applied meanwhile is then only read again.
        long applied = StaffTables.applied(tables);
        return new Doors(
                applied,
                StaffTables.devices(tables).stream()
                        .collect(toUnmodifiableMap(Device::tokenHash, it -> it)),
                StaffTables.sessions(tables).stream()
                        .collect(toUnmodifiableMap(Session::device, it -> it)));
    }

    // ---- signing on and off

    /// @param person the id that is typed
    public Entry signOn(String device, String person, String pin) {
        Device at = doors().byName(device);
        if (at == null) {
            return gone(device);
        }
        if (!Rights.takesPeople(at.kind())) {
            return new NotHere("nobody signs on at a device of this kind");
        }
        return enter(new Attempt(device, person, Purpose.SIGN_ON, null), pin);
    }

    /// Brings back who has locked a device.
    public Entry unlock(String device, String pin) {
        Session session = doors().sessions().get(device);
        if (session == null || isOver(session)) {
            return new NotHere("nobody is signed on at " + device);
        }
        return enter(new Attempt(device, session.person(), Purpose.UNLOCK, null), pin);
    }

    private Entry enter(Attempt attempt, String pin) {
        return trying(
                attempt,
                pin,
                shut -> shut,
                (person, tables, publish) -> enter(attempt, person, tables, publish));
    }

    private Entry enter(
            Attempt attempt, Person person, Handle tables, Consumer<StaffingEvent> publish) {
        String device = attempt.device();
        StaffTables.session(device, tables)
                .filter(this::isOver)
                .ifPresent(it -> end(it, Ending.LEFT, null, publish));
        Session there = StaffTables.session(device, tables).orElse(null);
        boolean manager = Rights.isManager(person.roles());
        if (there != null && there.person().equals(person.id())) {
            if (there.locked()) {
                publish.accept(new DeviceUnlocked(device, person.id()));
            }
        } else if (there != null && !manager) {
            publish.accept(attempt.refused(person.id(), Refusal.OCCUPIED));
            return new Occupied(there);
        } else {
            List<Session> others = StaffTables.sessionsOf(person.id(), tables);
            if (!others.isEmpty() && !manager) {
                publish.accept(attempt.refused(person.id(), Refusal.ELSEWHERE));
                return new Elsewhere(others.getFirst().device());
            }
            if (there != null) {
                publish.accept(new SignedOff(device, there.person(), Ending.REPLACED, person.id()));
            }
            publish.accept(new SignedOn(device, person.id(), person.name(), person.roles()));
        }
        return new Entered(StaffTables.session(device, tables).orElseThrow());
    }

    /// By who stands at the device. A locked one stays so: whoever is signed on has to come back, or a manager.
    public Leaving signOff(String device) {
        return book.write((tables, publish) -> {
            Session session = StaffTables.session(device, tables).orElse(null);
            if (session != null && session.locked()) {
                return new Leaving.Locked(session);
            }
            if (session != null) {
                publish.accept(
                        new SignedOff(device, session.person(), Ending.OWN, session.person()));
            }
            return new Leaving.Left();
        });
    }

    /// Whoever is signed on goes away for a while; what was begun at the device stays.
    public Leaving lock(String device) {
        return book.write((tables, publish) -> {
            Session session = StaffTables.session(device, tables).orElse(null);
            if (session == null) {
                return new Leaving.Left();
            }
            if (!session.locked()) {
                publish.accept(new DeviceLocked(device, session.person()));
            }
            return new Leaving.Locked(StaffTables.session(device, tables).orElseThrow());
        });
    }

    /// A manager signs off whoever is signed on at a device.
    ///
    /// @param by the manager
    /// @return false if there is no such device
    public boolean release(String device, String by) {
        return book.write((tables, publish) -> {
            StaffTables.session(device, tables)
                    .ifPresent(it -> end(it, Ending.RELEASED, by, publish));
            return StaffTables.device(device, tables).isPresent();
        });
    }

    private static void end(
            Session session, Ending ending, @Nullable String by, Consumer<StaffingEvent> publish) {
        publish.accept(new SignedOff(session.device(), session.person(), ending, by));
    }

    // ---- allowing

    /// Somebody allows a single action.
    ///
    /// @param device where; empty if it is not known
    /// @param askedBy who is signed on there; empty if nobody is
    /// @param action in words, for the audit
    /// @param person who allows it
    public Approval approve(
            String device, String askedBy, String action, String person, String pin) {
        Attempt attempt = new Attempt(device, person, Purpose.APPROVAL, action);
        return trying(
                attempt,
                pin,
                shut -> shut,
                (who, _, publish) -> {
                    if (!Rights.mayApprove(who.roles())) {
                        publish.accept(attempt.refused(who.id(), Refusal.MAY_NOT));
                        return new MayNot(who.id());
                    }
                    publish.accept(new ActionApproved(device, who.id(), askedBy, action));
                    return new Approved(who.id());
                });
    }

    // ---- PINs

    /// Somebody types a PIN.
    private record Attempt(String device, String person, Purpose purpose, @Nullable String action) {

        AccessRefused refused(String known, Refusal why) {
            return refused(known, why, null, null, null);
        }

        AccessRefused refused(
                String known,
                Refusal why,
                @Nullable Integer wrong,
                @Nullable Instant personUntil,
                @Nullable Instant deviceUntil) {
            return new AccessRefused(
                    device, known, purpose, action, why, wrong, personUntil, deviceUntil);
        }
    }

    /// What was known when a PIN was checked.
    ///
    /// @param person null if there is none such who has a PIN
    private record Seen(
            boolean deviceGone,
            @Nullable Person person,
            @Nullable Instant personUntil,
            @Nullable Instant deviceUntil) {

        String id() {
            return person == null ? "" : person.id();
        }

        boolean shut() {
            return personUntil != null || deviceUntil != null;
        }

        Instant until() {
            Instant one = requireNonNull(personUntil == null ? deviceUntil : personUntil);
            return deviceUntil != null && deviceUntil.isAfter(one) ? deviceUntil : one;
        }
    }

    @FunctionalInterface
    private interface Right<R> {
        R decide(Person person, Handle tables, Consumer<StaffingEvent> publish);
    }

    /// Checks a PIN beside the writer, since that takes long, and decides in the writer's turn. What was checked counts only if the
    /// person, and what is locked out, are still as they were: else guesses made at once would not count each other.
    private <R> R trying(Attempt attempt, String pin, Function<Shut, R> shut, Right<R> right) {
        if (checking.incrementAndGet() > PIN_CHECKS_MAX) {
            checking.decrementAndGet();
            return shut.apply(new Busy());
        }
        try {
            while (true) {
                Seen seen = book.query(tables -> see(attempt, tables));
                boolean fits = !seen.shut() && !seen.deviceGone() && fits(seen.person(), pin);
                Optional<R> decided =
                        book.write((tables, publish) -> {
                            Seen now = see(attempt, tables);
                            if (now.deviceGone()) {
                                return Optional.of(shut.apply(gone(attempt.device())));
                            }
                            if (now.shut()) {
                                return Optional.of(
                                        shut.apply(lockedOut(attempt, now, tables, publish)));
                            }
                            if (!now.equals(seen)) {
                                return Optional.empty();
                            }
                            Person person = now.person();
                            return Optional.of(
                                    fits && person != null
                                            ? right.decide(person, tables, publish)
                                            : shut.apply(wrong(attempt, now, tables, publish)));
                        });
                if (decided.isPresent()) {
                    return decided.get();
                }
            }
        } finally {
            checking.decrementAndGet();
        }
    }

    private static boolean fits(@Nullable Person person, String pin) {
        PinHash hash = person == null ? null : person.pin();
        return (hash == null ? NOBODYS : hash).isOf(pin) && hash != null;
    }

    private Seen see(Attempt attempt, Handle tables) {
        Instant now = clock.instant();
        Person person =
                StaffTables.person(attempt.person(), now, tables)
                        .filter(it -> it.pin() != null)
                        .orElse(null);
        return new Seen(
                !attempt.device().isEmpty()
                        && StaffTables.device(attempt.device(), tables).isEmpty(),
                person,
                person == null
                        ? null
                        : StaffTables.personLocked(person.id(), tables)
                                .filter(it -> LockOut.holds(it, now))
                                .orElse(null),
                attempt.device().isEmpty()
                        ? null
                        : StaffTables.deviceLocked(attempt.device(), tables)
                                .filter(it -> LockOut.holds(it, now))
                                .orElse(null));
    }

    private static NotHere gone(String device) {
        return new NotHere("there is no device " + device + " in this store any more");
    }

    /// Is told once for each person at each device, so that who tries on and on fills no disk.
    private static LockedOut lockedOut(
            Attempt attempt, Seen now, Handle tables, Consumer<StaffingEvent> publish) {
        Instant until = now.until();
        if (!StaffTables.noted(now.id(), attempt.device(), tables).equals(until)) {
            publish.accept(
                    attempt.refused(
                            now.id(),
                            Refusal.LOCKED_OUT,
                            null,
                            now.personUntil(),
                            now.deviceUntil()));
        }
        return new LockedOut(until);
    }

    private Shut wrong(Attempt attempt, Seen seen, Handle tables, Consumer<StaffingEvent> publish) {
        Instant now = clock.instant();
        Instant since = now.minus(LockOut.FORGOTTEN_AFTER);
        String device = attempt.device();
        boolean known = seen.person() != null;
        int ofPerson = known ? 1 + StaffTables.wrongOfPerson(seen.id(), since, tables) : 0;
        int atDevice = device.isEmpty() ? 0 : 1 + StaffTables.wrongAtDevice(device, since, tables);
        Instant personUntil = LockOut.until(ofPerson, now);
        Instant deviceUntil = LockOut.until(atDevice, now);
        publish.accept(
                attempt.refused(
                        seen.id(),
                        known ? Refusal.WRONG_PIN : Refusal.UNKNOWN_PERSON,
                        1 + StaffTables.wrong(seen.id(), device, since, tables),
                        personUntil,
                        deviceUntil));
        return personUntil == null && deviceUntil == null
                ? new WrongPin(LockOut.left(Math.max(ofPerson, atDevice)))
                : new LockedOut(new Seen(false, null, personUntil, deviceUntil).until());
    }

    // ---- devices

    /// A screen that belongs to no store yet asks to be let in.
    public Asked ask(DeviceKind kind) {
        Instant now = clock.instant();
        String secret = secrets.next();
        return pairings.ask(ids.next().toString(), Secrets.hash(secret), kind, secrets, now)
                .<Asked>map(
                        it -> new Asked.Shown(new Asking(it.id(), secret, it.code(), it.until())))
                .orElseGet(() -> new Asked.TooMany(pairings.lapse(now)));
    }

    /// What has become of a screen that waits. Its token is told until it has been used, so that an answer may get lost.
    ///
    /// @param secret the screen's own
    public Polled poll(String pairing, String secret) {
        Pairing found = pairings.find(pairing, secret, clock.instant()).orElse(null);
        if (found == null) {
            return new Polled.Lapsed();
        }
        Claim claim = found.claim();
        if (claim != null && claim.used()) {
            return new Polled.Lapsed();
        }
        // Between claim and commit nothing is handed out: a crash would leave a screen with a token
        // that nobody knows.
        return claim == null || !doors().byTokenHash().containsKey(claim.tokenHash())
                ? new Polled.Waiting(found.until())
                : new Polled.Paired(claim.device(), found.kind(), claim.token());
    }

    /// Lets in the screen that shows a code. The same again leads to the same.
    ///
    /// @param name what the device is called, such as `till-3`
    /// @param replace a device of that name is taken out for it
    /// @param by who lets it in
    /// @throws IllegalArgumentException if that is no name
    public Change confirm(String code, String name, boolean replace, String by) {
        requireName(name);
        Instant now = clock.instant();
        Optional<Instant> closed = pairings.closedUntil(now);
        if (closed.isPresent()) {
            return new Change.TooManyCodes(closed.get());
        }
        String token = secrets.next();
        Pairing pairing =
                pairings.claim(code, new Claim(name, token, Secrets.hash(token), false), now)
                        .orElse(null);
        if (pairing == null) {
            pairings.wrongCode(now);
            book.write((_, publish) -> {
                publish.accept(new PairingRefused(name, by));
                return true;
            });
            return new Change.NoSuchCode();
        }
        String hash = requireNonNull(pairing.claim()).tokenHash();
        boolean done = false;
        try {
            Change change = pair(name, pairing.kind(), hash, replace, by);
            done = change instanceof Change.Done;
            return change;
        } finally {
            if (!done) {
                pairings.unclaim(pairing.id());
            }
        }
    }

    /// Adds a device without a code; its token is told now, and never again.
    ///
    /// @throws IllegalArgumentException if that is no name
    public Change add(String name, DeviceKind kind, boolean replace, String by) {
        requireName(name);
        String token = secrets.next();
        Change change = pair(name, kind, Secrets.hash(token), replace, by);
        return change instanceof Change.Done(DeviceState device)
                ? new Change.Added(device, token)
                : change;
    }

    private Change pair(String name, DeviceKind kind, String hash, boolean replace, String by) {
        return book.write((tables, publish) -> {
            Device there = StaffTables.device(name, tables).orElse(null);
            if (there == null || !there.tokenHash().equals(hash)) {
                if (there != null && !replace) {
                    return new Change.NameTaken(name);
                }
                if (there == null && StaffTables.devices(tables).size() >= DEVICES_MAX) {
                    return new Change.Full();
                }
                if (there != null) {
                    takeOut(name, by, tables, publish);
                }
                publish.accept(new DevicePaired(name, kind, hash, by));
            }
            return new Change.Done(state(name, tables));
        });
    }

    private static void takeOut(
            String device, String by, Handle tables, Consumer<StaffingEvent> publish) {
        StaffTables.session(device, tables)
                .ifPresent(it -> end(it, Ending.DEVICE_REMOVED, by, publish));
        publish.accept(new DeviceRemoved(device, by));
    }

    private DeviceState state(String name, Handle tables) {
        return state(StaffTables.device(name, tables).orElseThrow(), tables);
    }

    private DeviceState state(Device device, Handle tables) {
        Instant now = clock.instant();
        return new DeviceState(
                device.name(),
                device.kind(),
                device.pairedAt(),
                device.pairedBy(),
                StaffTables.session(device.name(), tables)
                        .filter(it -> !it.isOver(now))
                        .orElse(null),
                StaffTables.deviceLocked(device.name(), tables)
                        .filter(it -> LockOut.holds(it, now))
                        .orElse(null));
    }

    /// @throws IllegalArgumentException if that is no name
    public Change rename(String device, String to, String by) {
        requireName(to);
        return book.write((tables, publish) -> {
            if (StaffTables.device(device, tables).isEmpty()) {
                return new Change.NoSuchDevice(device);
            }
            if (!device.equals(to)) {
                if (StaffTables.device(to, tables).isPresent()) {
                    return new Change.NameTaken(to);
                }
                publish.accept(new DeviceRenamed(device, to, by));
            }
            return new Change.Done(state(to, tables));
        });
    }

    /// Its token opens nothing any more, and who was signed on is signed off.
    ///
    /// @return false if there is none
    public boolean remove(String device, String by) {
        return book.write((tables, publish) -> {
            if (StaffTables.device(device, tables).isEmpty()) {
                return false;
            }
            takeOut(device, by, tables, publish);
            return true;
        });
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a device's name has 1 to 31 lower-case letters, digits and dashes, such as till-3, not \"%s\""
                            .formatted(name));
        }
    }

    // ---- questions

    /// By their names.
    public List<DeviceState> devices() {
        return book.query(tables ->
                StaffTables.devices(tables).stream().map(it -> state(it, tables)).toList());
    }

    /// By their names.
    public List<Colleague> people() {
        Instant now = clock.instant();
        return book.query(tables ->
                StaffTables.people(now, tables).stream()
                        .map(it -> colleague(it, now, tables))
                        .toList());
    }

    private static Colleague colleague(Person person, Instant now, Handle tables) {
        return new Colleague(
                person.id(),
                person.name(),
                person.roles(),
                person.pin() != null,
                StaffTables.personLocked(person.id(), tables)
                        .filter(until -> LockOut.holds(until, now))
                        .orElse(null),
                person.pinSetHere(),
                person.until());
    }

    /// What was done, and by whom: the newest first.
    ///
    /// @param before only what stands before this number; [Long#MAX_VALUE] for the newest
    /// @param max at most so many
    public List<Audited> audit(long before, int max) {
        StreamInfo info = database.find(stream).orElseThrow();
        long end = Math.min(before, info.tail());
        List<Audited> all = new ArrayList<>();
        long from = Math.max(info.start(), end - max);
        while (from < end
                && database.read(stream, from, max, AUDIT_BYTES_MAX) instanceof Page page) {
            for (Event event : page.events()) {
                if (event.offset() < end) {
                    CloudEvent envelope = CloudEvents.read(event);
                    StaffingEvent.FORM
                            .read(envelope)
                            .ifPresent(
                                    it -> all.add(Audited.of(event.offset(), envelope.time(), it)));
                }
            }
            from = page.next();
        }
        return all.reversed();
    }

    // ---- what a manager says of people

    /// Gives somebody another PIN, and ends what locks that person out. It counts until headquarters tell of another.
    ///
    /// @throws IllegalArgumentException if it is no PIN, or one that anybody would try first
    public Said setPin(Command command, String person, String pin, String by) {
        Pins.require(pin);
        PinHash hash = hash(pin);
        return said(
                command,
                person,
                (now, tables, publish) -> {
                    Person there = StaffTables.person(person, now, tables).orElse(null);
                    if (there == null) {
                        return new Said.Nobody(person);
                    }
                    publish.accept(new PinSet(person, hash, there.told(), by));
                    return null;
                });
    }

    /// Takes somebody on for some days, in this store alone, or changes that.
    ///
    /// @param person an id that nobody else has
    /// @throws IllegalArgumentException saying what is wrong
    public Said take(
            Command command,
            String person,
            String name,
            List<String> roles,
            String pin,
            Instant until,
            String by) {
        if (!PERSON.matcher(person).matches()) {
            throw new IllegalArgumentException(
                    "an id has 1 to 16 lower-case letters, digits and dashes, such as h1, not \"%s\""
                            .formatted(person));
        }
        if (name.isBlank() || name.length() > NAME_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a name has 1 to %d characters".formatted(NAME_LENGTH_MAX));
        }
        if (roles.isEmpty() || !HELPER_ROLES.containsAll(roles)) {
            throw new IllegalArgumentException(
                    "a helper is one or more of %s: headquarters give other roles"
                            .formatted(new TreeSet<>(HELPER_ROLES)));
        }
        Instant at = clock.instant();
        if (!until.isAfter(at) || until.isAfter(at.plus(HELPER_MAX))) {
            throw new IllegalArgumentException(
                    "a helper is taken on for up to %d days".formatted(HELPER_MAX.toDays()));
        }
        Pins.require(pin);
        PinHash hash = hash(pin);
        return said(
                command,
                person,
                (now, tables, publish) -> {
                    Person there = StaffTables.person(person, now, tables).orElse(null);
                    if (there != null && there.until() == null) {
                        return new Said.Headquarters(person);
                    }
                    if (there == null
                            && StaffTables.people(now, tables).stream()
                                            .filter(it -> it.until() != null)
                                            .count()
                                    >= HELPERS_MAX) {
                        return new Said.Full();
                    }
                    HelperTaken helper =
                            new HelperTaken(person, name.strip(), roles, hash, until, by);
                    publish.accept(helper);
                    changes(person, helper.name(), helper.roles(), tables, publish);
                    return null;
                });
    }

    /// A helper goes before the time, and is signed off.
    ///
    /// @return why not; empty if the helper is gone
    public Optional<Said.Refused> release(Command command, String person, String by) {
        return book.once(
                command,
                (tables, publish) -> {
                    Person there = StaffTables.person(person, clock.instant(), tables).orElse(null);
                    if (there == null) {
                        return new Said.Nobody(person);
                    }
                    if (there.until() == null) {
                        return new Said.Headquarters(person);
                    }
                    StaffTables.sessionsOf(person, tables)
                            .forEach(it -> end(it, Ending.LEFT, by, publish));
                    publish.accept(new HelperReleased(person, by));
                    return null;
                });
    }

    /// Ends what locks a person out.
    public Said forgive(Command command, String person, String by) {
        return said(
                command,
                person,
                (now, tables, publish) -> {
                    if (StaffTables.person(person, now, tables).isEmpty()) {
                        return new Said.Nobody(person);
                    }
                    publish.accept(new LockOutLifted(person, null, by));
                    return null;
                });
    }

    /// Ends what locks a device.
    ///
    /// @return false if there is none
    public boolean forgiveDevice(String device, String by) {
        return book.write((tables, publish) -> {
            if (StaffTables.device(device, tables).isEmpty()) {
                return false;
            }
            if (StaffTables.deviceLocked(device, tables).isPresent()) {
                publish.accept(new LockOutLifted(null, device, by));
            }
            return true;
        });
    }

    private PinHash hash(String pin) {
        return PinHash.of(pin, secrets.salt(PinHash.SALT_BYTES_MIN), PinHash.ITERATIONS);
    }

    @FunctionalInterface
    private interface Saying {

        /// @return null if it was published
        @Nullable Said decide(Instant now, Handle tables, Consumer<StaffingEvent> publish);
    }

    private Said said(Command command, String person, Saying saying) {
        Optional<Said> refused =
                book.once(
                        command,
                        (tables, publish) -> saying.decide(clock.instant(), tables, publish));
        return refused.orElseGet(() -> {
            Instant now = clock.instant();
            return book.query(tables ->
                    StaffTables.person(person, now, tables)
                            .<Said>map(it -> new Said.Done(colleague(it, now, tables)))
                            .orElse(new Said.Nobody(person)));
        });
    }

    // ---- what headquarters says

    void learn(StaffEvent event, Handle tables, Consumer<StaffingEvent> publish) {
        switch (event) {
            case PersonChanged changed -> {
                List<String> stores = changed.stores();
                if (stores != null && !stores.contains(store)) {
                    leaves(changed.person(), tables, publish);
                } else {
                    StaffTables.set(changed, tables);
                    if (StaffTables.person(changed.person(), clock.instant(), tables)
                            .map(Person::pin)
                            .isEmpty()) {
                        endAll(changed.person(), tables, publish);
                    } else {
                        changes(changed.person(), changed.name(), changed.roles(), tables, publish);
                    }
                }
            }
            case PersonRemoved removed -> leaves(removed.person(), tables, publish);
        }
    }

    private static void leaves(String person, Handle tables, Consumer<StaffingEvent> publish) {
        StaffTables.removePerson(person, tables);
        endAll(person, tables, publish);
    }

    private static void endAll(String person, Handle tables, Consumer<StaffingEvent> publish) {
        StaffTables.sessionsOf(person, tables).forEach(it -> end(it, Ending.LEFT, null, publish));
    }

    private static void changes(
            String person,
            String name,
            List<String> roles,
            Handle tables,
            Consumer<StaffingEvent> publish) {
        for (Session session : StaffTables.sessionsOf(person, tables)) {
            if (!session.roles().equals(roles) || !session.name().equals(name)) {
                publish.accept(new RolesChanged(session.device(), person, name, roles));
            }
        }
    }

    /// For tests and repairs: makes all tables anew from the stream. Nobody else may use this meanwhile.
    void rebuild() {
        book.rebuild();
    }
}
