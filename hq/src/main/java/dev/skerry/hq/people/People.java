package dev.skerry.hq.people;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Handle;
import dev.skerry.context.LockOut;
import dev.skerry.context.Secrets;
import dev.skerry.hq.people.PeopleTables.Person;
import dev.skerry.hq.people.PeopleTables.Session;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.people.PeopleEvent;
import dev.skerry.language.people.PeopleEvent.AccessRefused;
import dev.skerry.language.people.PeopleEvent.PasswordSet;
import dev.skerry.language.people.PeopleEvent.PersonChanged;
import dev.skerry.language.people.PeopleEvent.PersonRemoved;
import dev.skerry.language.people.PeopleEvent.ProgramAdded;
import dev.skerry.language.people.PeopleEvent.ProgramRemoved;
import dev.skerry.language.people.PeopleEvent.Refusal;
import dev.skerry.language.people.PeopleEvent.SignedOff;
import dev.skerry.language.people.PeopleEvent.SignedOn;
import dev.skerry.language.staff.PinHash;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// People and programs at headquarters, who of them is signed on, and what they may do. Any thread.
public final class People {

    /// The audit.
    public static final StreamName STREAM = StreamName.of("local/people");

    public static final int PEOPLE_MAX = 10_000;
    public static final int PROGRAMS_MAX = 1_000;
    public static final int PASSWORD_LENGTH_MIN = 10;
    public static final int PASSWORD_LENGTH_MAX = 200;
    public static final int NAME_LENGTH_MAX = 200;
    public static final int AUDIT_EVENTS_MAX = 200;

    /// A person who signs on once more than so often is signed off where that was longest ago.
    public static final int SESSIONS_MAX = 10;

    /// So many passwords are checked at once: each keeps a processor busy for a good while.
    private static final int PASSWORD_CHECKS_MAX = 4;

    /// Of unknown people one attempt in so long is told.
    private static final Duration UNKNOWN_TOLD_EVERY = Duration.ofMinutes(1);

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.@_-]{0,62}");

    private static final int SALT_BYTES = 16;

    /// What may differ.
    ///
    /// @param iterations of the hash of a password
    /// @param session how long somebody stays signed on
    public record Rules(int iterations, Duration session) {

        /// As OWASP has it for PBKDF2 with SHA-256; and a working day.
        public static Rules defaults() {
            return new Rules(600_000, Duration.ofHours(12));
        }
    }

    /// Somebody who works at headquarters.
    ///
    /// @param signsOn whether there is a password
    /// @param lockedUntil no password of this person is looked at before; null if that is not so
    public record Colleague(
            String person,
            String name,
            List<Role> roles,
            boolean signsOn,
            @Nullable Instant lockedUntil) {}

    /// A program that may ask.
    ///
    /// @param by who let it in
    public record Program(String program, List<Role> roles, Instant since, String by) {}

    /// Who a token stands for.
    ///
    /// @param person the id, or `program/NAME`
    /// @param session empty for a program
    /// @param until when it ends by itself; null for a program
    public record Known(
            String person,
            String name,
            List<Role> roles,
            String session,
            Instant since,
            @Nullable Instant until) {

        Caller caller() {
            return new Caller(
                    person,
                    "",
                    roles.contains(Role.ADMIN) ? Caller.OF_HQ : java.util.Set.copyOf(roles));
        }
    }

    /// Something that people or programs did.
    ///
    /// @param what such as `SignedOn`
    /// @param about the person or program; empty if unknown
    /// @param by who did it
    public record Audited(long number, Instant at, String what, String about, String by) {}

    /// A page of the audit, the newest first.
    ///
    /// @param next the number to ask for more before; null if there is no more
    public record Audit(List<Audited> events, @Nullable Long next) {}

    /// What became of signing on.
    public sealed interface Entry {

        /// @param token to be shown with each request from now on
        record Entered(Known known, String token) implements Entry {}

        /// There is no such person with that password.
        record Wrong() implements Entry {}

        /// After too many wrong passwords none is looked at.
        record LockedOut(Instant until) implements Entry {}

        /// Too many passwords are being checked: ask again in a second.
        record Busy() implements Entry {}
    }

    /// What became of changing a person.
    public sealed interface Change {
        record Done(Colleague person) implements Change {}

        /// The old password was not right.
        record WrongPassword(Entry why) implements Change {}

        record TooMany(int max) implements Change {}
    }

    /// What became of adding a program.
    public sealed interface Adding {
        /// @param token told once
        record Added(Program program, String token) implements Adding {}

        record NameTaken(String name) implements Adding {}

        record TooMany(int max) implements Adding {}
    }

    /// All tokens.
    ///
    /// @param tail of the stream they are as of, at least
    private record Doors(
            long tail,
            Map<String, Person> people,
            Map<String, Session> sessions,
            Map<String, PeopleTables.Program> programs) {}

    private final SqliteDatabase database;
    private final Book<PeopleEvent> book;
    private final Rules rules;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final RandomGenerator random;
    private final Secrets secrets;
    private final PinHash nobodys;
    private final AtomicInteger checking = new AtomicInteger();
    private final AtomicReference<Instant> unknownTold = new AtomicReference<>(Instant.MIN);
    private volatile Doors doors = new Doors(-1, Map.of(), Map.of(), Map.of());

    /// @param database with [#tables]
    /// @param random for tokens and salts, by any thread; in production a `SecureRandom`
    public People(
            SqliteDatabase database,
            Rules rules,
            InstantSource clock,
            TimeOrderedIds ids,
            RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.rules = requireNonNull(rules, "rules");
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
        this.random = requireNonNull(random, "random");
        this.secrets = new Secrets(random);
        // Takes as long to be checked as a person's, so that nobody learns from the clock who works
        // here.
        this.nobodys =
                new PinHash(
                        PinHash.ALGORITHM,
                        rules.iterations(),
                        "A".repeat(22) + "==",
                        "A".repeat(43) + "=");
        this.book =
                new Book<>(
                        database,
                        List.of(new Publication<>(STREAM, PeopleEvent.FORM, false)),
                        new PeopleTables(),
                        clock,
                        ids);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, PeopleTables.MIGRATIONS};
    }

    // ---- who asks

    /// Who a token stands for now.
    ///
    /// @return empty if it is nobody's, or nobody's any more
    public Optional<Known> known(String token) {
        String hash = Secrets.hash(token);
        Doors now = doors();
        Session session = now.sessions().get(hash);
        if (session != null) {
            Person person = now.people().get(session.person());
            return person == null || !clock.instant().isBefore(session.until())
                    ? Optional.empty()
                    : Optional.of(known(person, session));
        }
        PeopleTables.Program program = now.programs().get(hash);
        return program == null
                ? Optional.empty()
                : Optional.of(
                        new Known(
                                "program/" + program.name(),
                                program.name(),
                                Rights.named(program.roles()),
                                "",
                                program.since(),
                                null));
    }

    private static Known known(Person person, Session session) {
        return new Known(
                person.id(),
                person.name(),
                Rights.named(person.roles()),
                session.id(),
                session.since(),
                session.until());
    }

    /// The stream's tail moves with each commit, and before anybody is answered: who reads it first never uses doors that are older
    /// than what has been answered.
    private Doors doors() {
        long tail = database.find(STREAM).map(StreamInfo::tail).orElseThrow();
        Doors there = doors;
        if (there.tail() < tail) {
            there =
                    book.query(tables ->
                            new Doors(
                                    tail,
                                    PeopleTables.people(tables).stream()
                                            .collect(toUnmodifiableMap(Person::id, it -> it)),
                                    PeopleTables.sessions(tables).stream()
                                            .collect(
                                                    toUnmodifiableMap(
                                                            Session::tokenHash, it -> it)),
                                    PeopleTables.programs(tables).stream()
                                            .collect(
                                                    toUnmodifiableMap(
                                                            PeopleTables.Program::tokenHash,
                                                            it -> it))));
            doors = there;
        }
        return there;
    }

    // ---- signing on and off

    public Entry signOn(String person, String password) {
        return trying(
                person,
                password,
                (tables, found, publish) -> {
                    List<Session> there = PeopleTables.sessionsOf(found.id(), tables);
                    there.stream()
                            .limit(Math.max(0, there.size() - SESSIONS_MAX + 1))
                            .forEach(it ->
                                    publish.accept(new SignedOff(it.id(), found.id(), found.id())));
                    String token = secrets.next();
                    Instant now = clock.instant();
                    Session session =
                            new Session(
                                    ids.next().toString(),
                                    found.id(),
                                    Secrets.hash(token),
                                    now,
                                    now.plus(rules.session()));
                    publish.accept(
                            new SignedOn(
                                    session.id(),
                                    session.person(),
                                    session.tokenHash(),
                                    session.until()));
                    return new Entry.Entered(known(found, session), token);
                });
    }

    @FunctionalInterface
    private interface Right {
        Entry decide(Handle tables, Person person, Consumer<PeopleEvent> publish);
    }

    /// Checks a password beside the writer, since that takes long, and decides in the writer's turn, if the person is still as he was:
    /// else guesses made at once would not count each other.
    private Entry trying(String id, String password, Right right) {
        if (checking.incrementAndGet() > PASSWORD_CHECKS_MAX) {
            checking.decrementAndGet();
            return new Entry.Busy();
        }
        try {
            while (true) {
                Person seen = book.query(tables -> PeopleTables.person(id, tables)).orElse(null);
                if (seen != null && LockOut.holds(seen.lockedUntil(), clock.instant())) {
                    return new Entry.LockedOut(seen.lockedUntil());
                }
                PinHash hash = seen == null ? null : seen.password();
                boolean fits = (hash == null ? nobodys : hash).isOf(password) && hash != null;
                if (seen == null) {
                    tellUnknown();
                    return new Entry.Wrong();
                }
                Optional<Entry> decided =
                        book.write((tables, publish) ->
                                PeopleTables.person(id, tables)
                                        .filter(seen::equals)
                                        .map(it ->
                                                fits
                                                        ? right.decide(tables, it, publish)
                                                        : wrong(it, publish)));
                if (decided.isPresent()) {
                    return decided.get();
                }
            }
        } finally {
            checking.decrementAndGet();
        }
    }

    private Entry wrong(Person person, Consumer<PeopleEvent> publish) {
        Instant now = clock.instant();
        boolean counts = now.isBefore(person.wrongAt().plus(LockOut.FORGOTTEN_AFTER));
        int wrong = counts ? person.wrong() + 1 : 1;
        Instant until = LockOut.until(wrong, now);
        publish.accept(new AccessRefused(person.id(), Refusal.WRONG_PASSWORD, wrong, until));
        return until == null ? new Entry.Wrong() : new Entry.LockedOut(until);
    }

    private void tellUnknown() {
        Instant now = clock.instant();
        Instant before = unknownTold.get();
        if ((before.equals(Instant.MIN) || !now.isBefore(before.plus(UNKNOWN_TOLD_EVERY)))
                && unknownTold.compareAndSet(before, now)) {
            book.write((_, publish) -> {
                publish.accept(new AccessRefused("", Refusal.UNKNOWN_PERSON, null, null));
                return true;
            });
        }
    }

    /// Ends a session. One that has ended stays so.
    ///
    /// @param by who ends it
    public void signOff(String session, String by) {
        book.write((tables, publish) -> {
            PeopleTables.sessions(tables).stream()
                    .filter(it -> it.id().equals(session))
                    .forEach(it -> publish.accept(new SignedOff(it.id(), it.person(), by)));
            return true;
        });
    }

    // ---- people

    /// Lets somebody in, or changes who is there.
    ///
    /// @param password a new one, which ends all sessions; null leaves the old one
    /// @throws IllegalArgumentException if the id, a role or the password cannot be one
    public Change change(
            String person,
            String name,
            Collection<Role> roles,
            @Nullable String password,
            String by) {
        requireId(person);
        requireName(name);
        List<String> words = Rights.words(roles);
        PinHash hash = password == null ? null : hashed(password);
        return book.write((tables, publish) -> {
            Person there = PeopleTables.person(person, tables).orElse(null);
            if (there == null && PeopleTables.people(tables).size() >= PEOPLE_MAX) {
                return new Change.TooMany(PEOPLE_MAX);
            }
            if (there == null || !there.name().equals(name) || !there.roles().equals(words)) {
                publish.accept(new PersonChanged(person, name, words, by));
            }
            if (hash != null) {
                set(person, hash, "", by, tables, publish);
            }
            return new Change.Done(colleague(PeopleTables.person(person, tables).orElseThrow()));
        });
    }

    /// Gives who is signed on another password; his other sessions end.
    ///
    /// @throws IllegalArgumentException if the new one cannot be one
    public Change changePassword(Known who, String old, String password) {
        PinHash hash = hashed(password);
        Entry entry =
                trying(
                        who.person(),
                        old,
                        (tables, found, publish) -> {
                            set(found.id(), hash, who.session(), found.id(), tables, publish);
                            return new Entry.Entered(who, "");
                        });
        return entry instanceof Entry.Entered
                ? new Change.Done(
                        book.query(tables ->
                                colleague(PeopleTables.person(who.person(), tables).orElseThrow())))
                : new Change.WrongPassword(entry);
    }

    /// @param kept the session that goes on; empty for none
    private static void set(
            String person,
            PinHash hash,
            String kept,
            String by,
            Handle tables,
            Consumer<PeopleEvent> publish) {
        publish.accept(new PasswordSet(person, hash, by));
        PeopleTables.sessionsOf(person, tables).stream()
                .filter(it -> !it.id().equals(kept))
                .forEach(it -> publish.accept(new SignedOff(it.id(), person, by)));
    }

    /// @return false if there is none such
    public boolean remove(String person, String by) {
        return book.write((tables, publish) -> {
            if (PeopleTables.person(person, tables).isEmpty()) {
                return false;
            }
            PeopleTables.sessionsOf(person, tables)
                    .forEach(it -> publish.accept(new SignedOff(it.id(), person, by)));
            publish.accept(new PersonRemoved(person, by));
            return true;
        });
    }

    /// By their ids.
    public List<Colleague> people() {
        return book.query(
                tables -> PeopleTables.people(tables).stream().map(this::colleague).toList());
    }

    private Colleague colleague(Person it) {
        return new Colleague(
                it.id(),
                it.name(),
                Rights.named(it.roles()),
                it.password() != null,
                LockOut.holds(it.lockedUntil(), clock.instant()) ? it.lockedUntil() : null);
    }

    // ---- programs

    /// Lets a program in; its token is told now, and never again.
    ///
    /// @throws IllegalArgumentException if the name or a role cannot be one
    public Adding add(String program, Collection<Role> roles, String by) {
        requireId(program);
        List<String> words = Rights.words(roles);
        String token = secrets.next();
        return book.write((tables, publish) -> {
            List<PeopleTables.Program> all = PeopleTables.programs(tables);
            if (all.stream().anyMatch(it -> it.name().equals(program))) {
                return new Adding.NameTaken(program);
            }
            if (all.size() >= PROGRAMS_MAX) {
                return new Adding.TooMany(PROGRAMS_MAX);
            }
            publish.accept(new ProgramAdded(program, words, Secrets.hash(token), by));
            return new Adding.Added(
                    PeopleTables.programs(tables).stream()
                            .filter(it -> it.name().equals(program))
                            .map(People::program)
                            .findFirst()
                            .orElseThrow(),
                    token);
        });
    }

    private static Program program(PeopleTables.Program it) {
        return new Program(it.name(), Rights.named(it.roles()), it.since(), it.addedBy());
    }

    /// @return false if there is none such
    public boolean removeProgram(String program, String by) {
        return book.write((tables, publish) -> {
            boolean there =
                    PeopleTables.programs(tables).stream()
                            .anyMatch(it -> it.name().equals(program));
            if (there) {
                publish.accept(new ProgramRemoved(program, by));
            }
            return there;
        });
    }

    /// By their names.
    public List<Program> programs() {
        return book.query(
                tables -> PeopleTables.programs(tables).stream().map(People::program).toList());
    }

    // ---- the audit

    /// What was done, the newest first.
    ///
    /// @param before a number from an earlier page; null for the newest
    public Audit audit(@Nullable Long before) {
        long tail = database.find(STREAM).map(StreamInfo::tail).orElseThrow();
        long end = before == null ? tail : Math.max(0, Math.min(before, tail));
        long from = Math.max(0, end - AUDIT_EVENTS_MAX);
        List<Audited> all = new ArrayList<>();
        long at = from;
        while (at < end) {
            Read read = database.read(STREAM, at, Math.toIntExact(end - at), Limits.PAGE_BYTES_MAX);
            if (!(read instanceof Read.Page page) || page.events().isEmpty()) {
                break;
            }
            page.events().stream()
                    .filter(it -> it.offset() < end)
                    .forEach(it ->
                            audited(it.offset(), CloudEvents.read(it)).ifPresent(all::addFirst));
            at = page.next();
        }
        return new Audit(all, from == 0 ? null : from);
    }

    private static Optional<Audited> audited(long offset, CloudEvent envelope) {
        return PeopleEvent.FORM
                .read(envelope)
                .map(event ->
                        new Audited(
                                offset,
                                envelope.time(),
                                event.getClass().getSimpleName(),
                                event.about(),
                                by(event)));
    }

    private static String by(PeopleEvent event) {
        return switch (event) {
            case PersonChanged it -> it.by();
            case PasswordSet it -> it.by();
            case PersonRemoved it -> it.by();
            case SignedOn it -> it.person();
            case SignedOff it -> it.by();
            case AccessRefused _ -> "";
            case ProgramAdded it -> it.by();
            case ProgramRemoved it -> it.by();
        };
    }

    // ---- what can be

    private PinHash hashed(String password) {
        if (password.length() < PASSWORD_LENGTH_MIN || password.length() > PASSWORD_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a password has %d to %d characters"
                            .formatted(PASSWORD_LENGTH_MIN, PASSWORD_LENGTH_MAX));
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return PinHash.of(password, salt, rules.iterations());
    }

    private static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "an id has 1 to 63 lower-case letters, digits and . @ _ -, such as anna.berg, not \"%s\""
                            .formatted(id));
        }
    }

    private static void requireName(String name) {
        if (name.isBlank() || name.length() > NAME_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a name has 1 to %d characters".formatted(NAME_LENGTH_MAX));
        }
    }

    /// For tests and repairs: makes all tables anew from the stream. Nobody else may use this meanwhile.
    void rebuild() {
        book.rebuild();
    }
}
