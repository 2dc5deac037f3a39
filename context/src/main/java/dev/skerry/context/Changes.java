package dev.skerry.context;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Change.Difference;
import dev.skerry.context.Change.State;
import dev.skerry.context.Change.Step;
import dev.skerry.context.ChangeEvent.Before;
import dev.skerry.context.ChangeEvent.ChangeProposed;
import dev.skerry.context.ChangeEvent.ChangePublished;
import dev.skerry.context.ChangeEvent.ChangeRejected;
import dev.skerry.context.ChangeEvent.RuleChanged;
import dev.skerry.context.ChangeEvent.Statement;
import dev.skerry.context.ChangeTables.Said;
import dev.skerry.language.EventForm;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a context of headquarters tells its stores, and every change to that: proposed, looked at by a second person where the rule
/// asks for one, published in one piece, and undone. Any thread.
///
/// A change is published only on what its author has seen: if something else was published about one of its keys meanwhile, it is not.
/// What comes into the reference streams by another way, such as an import of the operator's, is said from then on as well; it has no
/// change and no history.
public final class Changes {

    /// The most keys that one change speaks of.
    public static final int STATEMENTS_MAX = 1_000;

    public static final int TITLE_LENGTH_MAX = 200;

    /// The most changes, or keys of one, that one question is answered with.
    public static final int RESULTS_MAX = 200;

    /// What an id of a change looks like.
    public static final String ID_PATTERN = "[0-9A-Za-z][0-9A-Za-z._:-]{0,99}";

    private static final Pattern ID = Pattern.compile(ID_PATTERN);

    private static final EventForm<ChangeEvent> FORM =
            new EventForm<>("dev.skerry.changes.", ChangeEvent.class);

    /// What the context says to events that are to be published together.
    @FunctionalInterface
    public interface Checks {

        /// @param tables as they are before
        /// @return all that speaks against it; empty if nothing does
        List<Fault> faults(List<?> events, Handle tables);
    }

    /// What speaks against a change.
    ///
    /// @param key what it is about
    /// @param problem what is wrong, and what would be right
    public record Fault(String key, String problem) {}

    /// What somebody wants.
    ///
    /// @param id of the change; the caller's choice, unique for ever
    /// @param group what it is a part of; null if it stands alone
    /// @param draft it waits for a decision, even where the rule asks for none
    /// @param events of the reference streams
    public record Proposal(
            String id, String title, @Nullable String group, boolean draft, List<?> events) {
        public Proposal {
            events = List.copyOf(events);
        }
    }

    /// What came of it.
    public sealed interface Outcome {
        /// It is as wanted: it waits, or is published, or rejected.
        record Done(Change change) implements Outcome {}

        /// All of this is said already.
        record Nothing() implements Outcome {}

        record Faulty(List<Fault> faults) implements Outcome {
            public Faulty {
                faults = List.copyOf(faults);
            }
        }

        /// Something else has been published about these since.
        record Overtaken(List<String> keys) implements Outcome {
            public Overtaken {
                keys = List.copyOf(keys);
            }
        }

        /// Whoever has proposed it cannot be the one that allows it.
        record SecondPersonNeeded(Change change) implements Outcome {}

        /// It is in another state than this needs.
        record NotNow(Change change) implements Outcome {}

        record Unknown(String id) implements Outcome {}

        /// Another change has this id.
        record IdTaken(String id) implements Outcome {}
    }

    private final Book<Object> book;
    private final ChangeTables tables;
    private final Checks checks;

    /// @param database with [#tables], and the context's own
    /// @param changes the stream that stays at HQ
    /// @param more what the context publishes besides
    /// @param own what the context keeps besides; is given every event
    public Changes(
            SqliteDatabase database,
            StreamName changes,
            List<Reference<?>> references,
            List<Publication<? extends Object>> more,
            Book.State<Object> own,
            Checks checks,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.tables = new ChangeTables(references, own);
        this.checks = requireNonNull(checks, "checks");
        List<Publication<? extends Object>> publications = new ArrayList<>();
        references.forEach(it -> publications.add(publication(it)));
        publications.add(new Publication<>(changes, FORM, false));
        publications.addAll(more);
        this.book = new Book<>(database, publications, tables, clock, ids);
    }

    private static <P> Publication<P> publication(Reference<P> reference) {
        return new Publication<>(reference.stream(), reference.form(), true);
    }

    /// What its database is to be opened with, beside the context's own tables.
    public static List<Migrations> tables() {
        return List.of(Book.TABLES, ChangeTables.MIGRATIONS);
    }

    /// The context's book.
    public Book<Object> book() {
        return book;
    }

    // ---- commands

    /// Proposes a change; where nobody else has to look at it, it is published at once.
    public Outcome propose(Command command, Proposal proposal, String by) {
        Optional<Outcome> wrong = wrong(proposal);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        return doing(
                command,
                proposal.id(),
                (lent, publish) -> {
                    if (ChangeTables.change(proposal.id(), lent).isPresent()) {
                        return new Outcome.IdTaken(proposal.id());
                    }
                    List<Object> news = news(proposal.events(), lent);
                    if (news.isEmpty()) {
                        return new Outcome.Nothing();
                    }
                    List<Fault> faults = checks.faults(news, lent);
                    if (!faults.isEmpty()) {
                        return new Outcome.Faulty(faults);
                    }
                    ChangeProposed proposed =
                            new ChangeProposed(
                                    proposal.id(),
                                    proposal.title(),
                                    by,
                                    proposal.group(),
                                    null,
                                    news.stream().map(it -> statement(it, lent)).toList());
                    return begin(proposed, proposal.draft(), lent, publish);
                });
    }

    /// Publishes a change that waits.
    ///
    /// @param by another person than the one that has proposed it, where the rule asks for two
    public Outcome approve(Command command, String id, String by) {
        return doing(
                command,
                id,
                (lent, publish) -> {
                    Optional<Change> found = ChangeTables.change(id, lent);
                    if (found.isEmpty()) {
                        return new Outcome.Unknown(id);
                    }
                    Change change = found.get();
                    if (change.state() != State.WAITING) {
                        return new Outcome.NotNow(change);
                    }
                    if (ChangeTables.fourEyes(lent) && change.by().equals(by)) {
                        return new Outcome.SecondPersonNeeded(change);
                    }
                    return publishNow(id, ChangeTables.statements(id, lent), by, lent, publish);
                });
    }

    /// Ends a change that waits. Whoever has proposed it may, too.
    public Outcome reject(Command command, String id, String by, String reason) {
        return doing(
                command,
                id,
                (lent, publish) -> {
                    Optional<Change> found = ChangeTables.change(id, lent);
                    if (found.isEmpty()) {
                        return new Outcome.Unknown(id);
                    }
                    if (found.get().state() != State.WAITING) {
                        return new Outcome.NotNow(found.get());
                    }
                    publish.accept(new ChangeRejected(id, by, reason));
                    return done(id, lent);
                });
    }

    /// Proposes to say again what was said before a change, under the same rule as any change.
    ///
    /// @param newId of the change that does it
    public Outcome undo(Command command, String id, String newId, String by) {
        if (!ID.matcher(newId).matches()) {
            return faultyId(newId);
        }
        return doing(
                command,
                newId,
                (lent, publish) -> {
                    Optional<Change> found = ChangeTables.change(id, lent);
                    if (found.isEmpty()) {
                        return new Outcome.Unknown(id);
                    }
                    Change change = found.get();
                    if (change.state() != State.PUBLISHED || change.undoneBy() != null) {
                        return new Outcome.NotNow(change);
                    }
                    if (ChangeTables.change(newId, lent).isPresent()) {
                        return new Outcome.IdTaken(newId);
                    }
                    return undo(change, newId, by, lent, publish);
                });
    }

    private Outcome undo(
            Change change, String newId, String by, Handle lent, Consumer<Object> publish) {
        List<Statement> said = ChangeTables.statements(change.id(), lent);
        List<Before> before = ChangeTables.before(change.id(), lent);
        List<Object> opposite = new ArrayList<>();
        List<String> overtaken = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            Statement statement = said.get(i);
            Reference<?> reference = tables.reference(statement.stream());
            Object after = reference.read(statement.type(), statement.data());
            if (!stands(statement, reference.isEnd(after), lent)) {
                overtaken.add(statement.key());
            }
            String type = before.get(i).type();
            String data = before.get(i).data();
            opposite.add(
                    type == null || data == null
                            ? reference.endingOf(after)
                            : reference.read(type, data));
        }
        if (!overtaken.isEmpty()) {
            return new Outcome.Overtaken(overtaken);
        }
        List<Object> news = news(opposite, lent);
        if (news.isEmpty()) {
            return new Outcome.Nothing();
        }
        List<Fault> faults = checks.faults(news, lent);
        if (!faults.isEmpty()) {
            return new Outcome.Faulty(faults);
        }
        String title = "Undo: " + change.title();
        return begin(
                new ChangeProposed(
                        newId,
                        title.substring(0, Math.min(title.length(), TITLE_LENGTH_MAX)),
                        by,
                        null,
                        change.id(),
                        news.stream().map(it -> statement(it, lent)).toList()),
                false,
                lent,
                publish);
    }

    /// Whether what a statement says is what stands.
    private static boolean stands(Statement statement, boolean ends, Handle lent) {
        Optional<Said> now = ChangeTables.said(statement.stream(), statement.key(), lent);
        return ends
                ? now.isEmpty()
                : now.isPresent()
                        && now.get().type().equals(statement.type())
                        && now.get().data().equals(statement.data());
    }

    /// Says whether changes need a second person from now on.
    public void rule(Command command, boolean fourEyes, String by) {
        book.once(
                command,
                (_, publish) -> {
                    publish.accept(new RuleChanged(fourEyes, by));
                    return true;
                });
    }

    private Outcome doing(
            Command command, String id, Book.Decision<Object, @Nullable Outcome> decision) {
        return book.once(command, decision)
                .orElseGet(() ->
                        find(id).<Outcome>map(Outcome.Done::new)
                                .orElseGet(() -> new Outcome.Unknown(id)));
    }

    private static Outcome done(String id, Handle lent) {
        return new Outcome.Done(ChangeTables.change(id, lent).orElseThrow());
    }

    private Outcome begin(
            ChangeProposed proposed, boolean draft, Handle lent, Consumer<Object> publish) {
        publish.accept(proposed);
        return draft || ChangeTables.fourEyes(lent)
                ? done(proposed.change(), lent)
                : publishNow(
                        proposed.change(), proposed.statements(), proposed.by(), lent, publish);
    }

    private Outcome publishNow(
            String id,
            List<Statement> statements,
            String by,
            Handle lent,
            Consumer<Object> publish) {
        List<String> overtaken = new ArrayList<>();
        List<Before> before = new ArrayList<>();
        List<Object> events = new ArrayList<>();
        for (Statement it : statements) {
            Optional<Said> now = ChangeTables.said(it.stream(), it.key(), lent);
            if (now.map(Said::version).orElse(0L) != it.seen()) {
                overtaken.add(it.key());
            }
            before.add(
                    new Before(now.map(Said::type).orElse(null), now.map(Said::data).orElse(null)));
            events.add(tables.reference(it.stream()).read(it.type(), it.data()));
        }
        if (!overtaken.isEmpty()) {
            return new Outcome.Overtaken(overtaken);
        }
        List<Fault> faults = checks.faults(events, lent);
        if (!faults.isEmpty()) {
            return new Outcome.Faulty(faults);
        }
        publish.accept(new ChangePublished(id, by, before));
        events.forEach(publish);
        return done(id, lent);
    }

    /// Those that are not said already.
    private List<Object> news(List<?> events, Handle lent) {
        List<Object> news = new ArrayList<>();
        for (Object event : events) {
            Reference<?> reference = reference(event);
            Optional<Said> now =
                    ChangeTables.said(reference.stream().value(), reference.keyOf(event), lent);
            boolean same =
                    reference.isEnd(event)
                            ? now.isEmpty()
                            : now.isPresent()
                                    && now.get().type().equals(reference.typeOf(event))
                                    && now.get().data().equals(reference.dataOf(event));
            if (!same) {
                news.add(event);
            }
        }
        return news;
    }

    private Statement statement(Object event, Handle lent) {
        Reference<?> reference = reference(event);
        String stream = reference.stream().value();
        String key = reference.keyOf(event);
        return new Statement(
                stream,
                key,
                reference.typeOf(event),
                reference.dataOf(event),
                ChangeTables.said(stream, key, lent).map(Said::version).orElse(0L));
    }

    private Reference<?> reference(Object event) {
        return tables.reference(event)
                .orElseThrow(() ->
                        new IllegalArgumentException("this context does not publish " + event));
    }

    private Optional<Outcome> wrong(Proposal proposal) {
        List<Fault> faults = new ArrayList<>();
        if (!ID.matcher(proposal.id()).matches()) {
            return Optional.of(faultyId(proposal.id()));
        }
        if (proposal.title().isBlank() || proposal.title().length() > TITLE_LENGTH_MAX) {
            faults.add(
                    new Fault(
                            "title",
                            "says in 1 to %d characters what it is for"
                                    .formatted(TITLE_LENGTH_MAX)));
        }
        if (proposal.events().isEmpty() || proposal.events().size() > STATEMENTS_MAX) {
            faults.add(
                    new Fault(
                            "change",
                            "speaks of 1 to %d things, not of %d"
                                    .formatted(STATEMENTS_MAX, proposal.events().size())));
        }
        Set<String> keys = new HashSet<>();
        for (Object event : proposal.events()) {
            Reference<?> reference = reference(event);
            String key = reference.keyOf(event);
            if (!keys.add(reference.stream() + " " + key)) {
                faults.add(new Fault(key, "stands twice in one change: say one thing of it"));
            }
        }
        return faults.isEmpty() ? Optional.empty() : Optional.of(new Outcome.Faulty(faults));
    }

    private static Outcome faultyId(String id) {
        return new Outcome.Faulty(
                List.of(
                        new Fault(
                                "id",
                                "has 1 to 100 letters, digits, dots, colons, hyphens or underscores, and begins with a letter or digit; \"%s\" does not fit"
                                        .formatted(id))));
    }

    // ---- queries

    /// What is said of a key now.
    public <P> Optional<P> said(Reference<P> reference, String key) {
        return book.query(lent -> said(reference, key, lent));
    }

    /// The same, inside of a decision or a query.
    public static <P> Optional<P> said(Reference<P> reference, String key, Handle lent) {
        return ChangeTables.said(reference.stream().value(), key, lent)
                .map(it -> own(reference, it));
    }

    /// What is said of the keys that begin so, by key.
    ///
    /// @param after leaves out what stands before and at this key; null for none
    public <P> List<P> said(
            Reference<P> reference, String prefix, @Nullable String after, int max) {
        return book.query(lent ->
                ChangeTables.beginning(reference.stream().value(), prefix, after, max, lent)
                        .stream()
                        .map(it -> own(reference, it))
                        .toList());
    }

    private static <P> P own(Reference<P> reference, Said said) {
        return reference.form().events().cast(reference.read(said.type(), said.data()));
    }

    public boolean fourEyes() {
        return book.query(ChangeTables::fourEyes);
    }

    public Optional<Change> find(String id) {
        return book.query(lent -> ChangeTables.change(id, lent));
    }

    /// The newest first.
    ///
    /// @param state null for all
    /// @param group null for all
    /// @param before those older than this change; null for the newest
    /// @param max 1 to [#RESULTS_MAX]
    public List<Change> list(
            @Nullable State state, @Nullable String group, @Nullable String before, int max) {
        return book.query(lent -> ChangeTables.changes(state, group, before, max, lent));
    }

    /// What a change says, and what is or was said instead; empty if there is no such change.
    ///
    /// @param offset how many keys to leave out
    /// @param max 1 to [#RESULTS_MAX]
    public List<Difference> differences(String id, int offset, int max) {
        return book.query(lent ->
                ChangeTables.change(id, lent)
                        .map(it -> tables.differences(id, it.state(), offset, max, lent))
                        .orElse(List.of()));
    }

    /// The events that a change publishes, or has published; none if there is no such change.
    public List<Object> events(String id) {
        return book.query(lent ->
                ChangeTables.statements(id, lent).stream()
                        .map(it -> tables.reference(it.stream()).read(it.type(), it.data()))
                        .toList());
    }

    /// What has been published about a key, the newest first.
    ///
    /// @param max 1 to [#RESULTS_MAX]
    public List<Step> history(StreamName stream, String key, int max) {
        return book.query(lent ->
                tables.history(stream.value(), key, max, lent).stream()
                        .map(it ->
                                new Step(
                                        ChangeTables.change(it.change(), lent).orElseThrow(),
                                        it.difference()))
                        .toList());
    }
}
