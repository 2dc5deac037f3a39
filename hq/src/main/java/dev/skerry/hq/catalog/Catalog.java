package dev.skerry.hq.catalog;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.CommandIdReused;
import dev.skerry.context.Change;
import dev.skerry.context.Changes;
import dev.skerry.context.Changes.Fault;
import dev.skerry.context.Changes.Outcome;
import dev.skerry.context.Changes.Proposal;
import dev.skerry.context.Csv;
import dev.skerry.context.Reference;
import dev.skerry.context.Words;
import dev.skerry.hq.catalog.ImportState.Faulty;
import dev.skerry.hq.catalog.ImportState.State;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import dev.skerry.language.catalog.CatalogEvent.LotReleased;
import dev.skerry.language.catalog.CatalogEvent.SectionChanged;
import dev.skerry.language.catalog.CatalogEvent.SectionRemoved;
import dev.skerry.language.catalog.MenuSection;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the chain sells, and every change to it. Any thread.
public final class Catalog {

    public static final StreamName LOCAL = StreamName.of("local/catalog");

    static final Reference<CatalogEvent> REFERENCE =
            new Reference<>(
                    StreamName.of(CatalogEvent.STREAM),
                    CatalogEvent.FORM,
                    CatalogEvent::key,
                    CatalogEvent::ends,
                    Catalog::ending);

    /// The most articles that one question is answered with.
    public static final int RESULTS_MAX = 500;

    /// The most words by which is searched.
    private static final int WORDS_MAX = 3;

    private static final int SECTIONS_MAX = 1_000;
    private static final int RECALLS_MAX = 10_000;

    /// A batch of an import, in lines: all of it is published, or nothing.
    public static final int IMPORT_BATCH_LINES = Changes.STATEMENTS_MAX;

    /// More lines than any retailer has articles.
    public static final long IMPORT_LINES_MAX = 2_000_000;

    /// More faulty lines than this are counted, and not told.
    public static final int IMPORT_FAULTS_TOLD_MAX = 1_000;

    /// So many imports are remembered while HQ runs.
    private static final int IMPORTS_KNOWN_MAX = 50;

    private final Changes changes;
    private final InstantSource clock;
    private final Map<String, ImportState> imports = new ConcurrentHashMap<>();

    /// @param database of the catalog alone, with [#tables]
    public Catalog(SqliteDatabase database, InstantSource clock, TimeOrderedIds ids) {
        this.clock = requireNonNull(clock, "clock");
        this.changes =
                new Changes(
                        database,
                        LOCAL,
                        List.of(REFERENCE),
                        List.of(),
                        new CatalogTables(),
                        (events, tables) ->
                                CatalogRules.faults(events, CatalogTables.known(tables)),
                        clock,
                        ids);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return Stream.concat(Changes.tables().stream(), Stream.of(CatalogTables.MIGRATIONS))
                .toArray(Migrations[]::new);
    }

    private static CatalogEvent ending(CatalogEvent event) {
        return switch (event) {
            case ArticleChanged(Article article) -> new ArticleRemoved(article.sku());
            case LotRecalled recalled -> new LotReleased(recalled.gtin(), recalled.lot());
            case SectionChanged(MenuSection section) -> new SectionRemoved(section.name());
            case ArticleRemoved _, LotReleased _, SectionRemoved _ -> event;
        };
    }

    /// Every change to it, and how one is decided.
    public Changes changes() {
        return changes;
    }

    Book<Object> book() {
        return changes.book();
    }

    // ---- queries

    public Optional<Article> article(Sku sku) {
        return book().query(tables -> CatalogTables.article(sku, tables));
    }

    /// What was published about an article, the newest first.
    ///
    /// @param max 1 to [Changes#RESULTS_MAX]
    public List<Change.Step> history(Sku sku, int max) {
        return changes.history(REFERENCE.stream(), CatalogEvent.key(sku), max);
    }

    /// Those in which all words stand, by name, whether they are in sale or not.
    ///
    /// @param words of a name, brand, tag, department, SKU, PLU or GTIN, or parts of such; those after the third are passed over
    /// @param department from the largest to the smallest; empty for all
    /// @param offset how many to leave out
    /// @param max 1 to [#RESULTS_MAX]
    public List<Article> search(String words, List<String> department, int offset, int max) {
        List<String> all = Words.of(words).stream().limit(WORDS_MAX).toList();
        return book().query(tables -> CatalogTables.search(all, department, offset, max, tables));
    }

    public long count() {
        return book().query(CatalogTables::count);
    }

    /// Of the menu, in their order.
    public List<MenuSection> sections() {
        return said("section/", SECTIONS_MAX).stream()
                .map(SectionChanged.class::cast)
                .map(SectionChanged::section)
                .sorted(
                        Comparator.comparingInt(MenuSection::place)
                                .thenComparing(MenuSection::name))
                .toList();
    }

    /// What must not be sold.
    public List<LotRecalled> recalls() {
        return said("lot/", RECALLS_MAX).stream().map(LotRecalled.class::cast).toList();
    }

    private List<CatalogEvent> said(String prefix, int max) {
        return changes.said(REFERENCE, prefix, null, max);
    }

    /// Writes all articles as comma-separated values that [#bring] takes, by SKU.
    ///
    /// @throws IOException as the writer
    public void export(Writer out) throws IOException {
        out.write(ArticleRow.header() + "\n");
        String after = "";
        List<Article> page;
        do {
            String from = after;
            page = book().query(tables -> CatalogTables.after(from, RESULTS_MAX, tables));
            for (Article article : page) {
                out.write(ArticleRow.line(article) + "\n");
                after = article.sku().value();
            }
            out.flush();
        } while (!page.isEmpty());
    }

    // ---- imports

    /// How far an import is; empty if there is none of this id, or it was long ago.
    public Optional<ImportState> importState(String id) {
        return Optional.ofNullable(imports.get(id));
    }

    /// Reads articles from comma-separated values, the first line of which names the columns. Each batch of [#IMPORT_BATCH_LINES] lines is
    /// a change of its own, in the group of this import, and is proposed if all its lines are right. What is said already is not said
    /// again, so an import can be repeated with another id until no line is faulty; with the same id, only what was not there is brought.
    ///
    /// @param id of the import; the caller's choice
    /// @param draft all of it waits for a decision, even where the rule asks for none
    /// @param skipFaulty a faulty line does not keep the others of its batch out
    /// @throws IOException as the reader; what was brought until then is there
    public ImportState bring(
            String id, String by, boolean draft, boolean skipFaulty, BufferedReader in)
            throws IOException {
        Bringing bringing = new Bringing(id, by, draft, skipFaulty);
        try {
            return bringing.all(new Csv(in));
        } catch (CommandIdReused e) {
            return bringing.tell(State.BROKEN, "another import had this id: give this one another");
        } catch (CharacterCodingException e) {
            return bringing.tell(State.BROKEN, "it is not in UTF-8");
        } catch (IOException e) {
            bringing.tell(State.BROKEN, "the line to the sender broke");
            throw e;
        }
    }

    /// Publishes the changes of an import that wait, in their order, until one cannot be.
    ///
    /// @return what came of each that was tried; none if none waits
    public List<Outcome> approveGroup(String group, String by) {
        List<Outcome> outcomes = new ArrayList<>();
        while (true) {
            List<Change> waiting =
                    changes.list(Change.State.WAITING, group, null, Changes.RESULTS_MAX);
            if (waiting.isEmpty()) {
                return outcomes;
            }
            for (Change change : oldestFirst(waiting)) {
                Outcome outcome =
                        changes.approve(
                                new Command("approve group " + change.id(), ""), change.id(), by);
                outcomes.add(outcome);
                if (!(outcome instanceof Outcome.Done)) {
                    return outcomes;
                }
            }
        }
    }

    private static List<Change> oldestFirst(List<Change> newestFirst) {
        return newestFirst.reversed();
    }

    /// One import. For one thread.
    private final class Bringing {

        private final String id;
        private final String by;
        private final boolean draft;
        private final boolean skipFaulty;
        private final Instant begun = clock.instant();
        private final List<Faulty> faults = new ArrayList<>();
        private final Set<Sku> seen = new HashSet<>();
        private long lines;
        private long changed;
        private long leftOut;
        private long faultyLines;
        private int batches;

        Bringing(String id, String by, boolean draft, boolean skipFaulty) {
            this.id = id;
            this.by = by;
            this.draft = draft;
            this.skipFaulty = skipFaulty;
        }

        ImportState tell(State state, @Nullable String problem) {
            ImportState now =
                    new ImportState(
                            id,
                            state,
                            by,
                            begun,
                            lines,
                            changed,
                            leftOut,
                            faultyLines,
                            faults,
                            problem);
            imports.put(id, now);
            if (imports.size() > IMPORTS_KNOWN_MAX) {
                imports.values().stream()
                        .filter(it -> it.state() != State.RUNNING)
                        .min(Comparator.comparing(ImportState::begun))
                        .ifPresent(it -> imports.remove(it.id()));
            }
            return now;
        }

        ImportState all(Csv csv) throws IOException {
            Csv.Row first = csv.next();
            if (first == null) {
                return tell(State.REFUSED, "there is nothing in it");
            }
            String wrong = ArticleRow.wrong(first.fields());
            if (wrong != null) {
                return tell(State.REFUSED, "line 1: " + wrong);
            }
            tell(State.RUNNING, null);
            List<Csv.Row> batch = new ArrayList<>();
            for (Csv.Row row = csv.next(); row != null; row = csv.next()) {
                batch.add(row);
                if (batch.size() == IMPORT_BATCH_LINES) {
                    take(first.fields(), batch);
                    batch.clear();
                    if (lines >= IMPORT_LINES_MAX) {
                        return tell(State.BROKEN, "at most %,d lines".formatted(IMPORT_LINES_MAX));
                    }
                }
            }
            if (!batch.isEmpty()) {
                take(first.fields(), batch);
            }
            return tell(State.DONE, null);
        }

        private void take(List<String> header, List<Csv.Row> batch) {
            long faultyBefore = faultyLines;
            Map<String, Csv.Row> rows = new LinkedHashMap<>();
            Map<String, CatalogEvent> events = new LinkedHashMap<>();
            for (Csv.Row row : batch) {
                event(header, row)
                        .ifPresent(it -> {
                            rows.put(it.key(), row);
                            events.put(it.key(), it);
                        });
            }
            batches++;
            lines += batch.size();
            if (faultyLines == faultyBefore || skipFaulty) {
                propose(batch, rows, events);
            }
            boolean out = faultyLines > faultyBefore && !skipFaulty;
            leftOut += out ? batch.size() : faultyLines - faultyBefore;
            tell(State.RUNNING, null);
        }

        private Optional<CatalogEvent> event(List<String> header, Csv.Row row) {
            try {
                String wrong = row.wrong();
                if (wrong != null) {
                    throw new IllegalArgumentException(wrong);
                }
                if (row.fields().size() != header.size()) {
                    throw new IllegalArgumentException(
                            "%d fields, not %d".formatted(header.size(), row.fields().size()));
                }
                Sku sku = ArticleRow.sku(header, row.fields());
                if (!seen.add(sku)) {
                    throw new IllegalArgumentException(
                            "the SKU %s stands there twice".formatted(sku));
                }
                return Optional.of(
                        new ArticleChanged(
                                ArticleRow.article(
                                        article(sku).orElse(null), header, row.fields())));
            } catch (IllegalArgumentException e) {
                faulty(row, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        private void faulty(Csv.Row row, String problem) {
            faultyLines++;
            if (faults.size() < IMPORT_FAULTS_TOLD_MAX) {
                faults.add(new Faulty(row.line(), problem));
            }
        }

        /// Without a faulty line another one may be faulty: it is tried again as long as lines are left.
        private void propose(
                List<Csv.Row> batch, Map<String, Csv.Row> rows, Map<String, CatalogEvent> events) {
            String fingerprint =
                    Integer.toHexString(batch.stream().map(Csv.Row::fields).toList().hashCode());
            boolean again = true;
            while (again && !events.isEmpty()) {
                String change = id + ":" + batches;
                Outcome outcome =
                        changes.propose(
                                new Command("propose " + change, fingerprint),
                                new Proposal(
                                        change,
                                        "Import %s, batch %d".formatted(id, batches),
                                        id,
                                        draft,
                                        List.copyOf(events.values())),
                                by);
                again = false;
                switch (outcome) {
                    case Outcome.Done(Change done) -> changed += done.statements();
                    case Outcome.Nothing() -> {}
                    case Outcome.Faulty(List<Fault> found) -> {
                        for (Fault fault : found) {
                            Csv.Row row = rows.get(fault.key());
                            if (row == null) {
                                throw new IllegalArgumentException(fault.problem());
                            }
                            if (events.remove(fault.key()) != null) {
                                faulty(row, fault.problem());
                            }
                        }
                        again = skipFaulty;
                    }
                    case Outcome.IdTaken _,
                            Outcome.Overtaken _,
                            Outcome.SecondPersonNeeded _,
                            Outcome.NotNow _,
                            Outcome.Unknown _ ->
                            throw new IllegalStateException(change + ": " + outcome);
                }
            }
        }
    }
}
