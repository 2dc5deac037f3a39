package dev.skerry.hq.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.CommandIdReused;
import dev.skerry.context.Change;
import dev.skerry.context.Change.State;
import dev.skerry.context.Changes.Fault;
import dev.skerry.context.Changes.Outcome;
import dev.skerry.context.Changes.Proposal;
import dev.skerry.language.Gtin;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import dev.skerry.language.catalog.CatalogEvent.SectionChanged;
import dev.skerry.language.catalog.MenuSection;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {

    private static final StreamName STREAM = StreamName.of(CatalogEvent.STREAM);
    private static final Gtin CODE = Gtin.parse("4006381333931");

    @TempDir private Path folder;
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final InstantSource clock = now::get;
    private SqliteDatabase database;
    private Catalog catalog;

    @BeforeEach
    void open() {
        database =
                SqliteDatabase.open(
                        folder.resolve("catalog.db"),
                        SqliteSettings.defaults(),
                        clock,
                        Catalog.tables());
        catalog = new Catalog(database, clock, new TimeOrderedIds(clock, new Random(1)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Article.Draft draft(String sku, String name) {
        return Article.draft(new Sku(sku), name, "reduced", "Food", "Dairy");
    }

    private static ArticleChanged article(String sku, String name) {
        return new ArticleChanged(draft(sku, name).article());
    }

    private Outcome propose(String id, String by, CatalogEvent... events) {
        return propose(id, by, false, events);
    }

    private Outcome propose(String id, String by, boolean draft, CatalogEvent... events) {
        now.set(now.get().plusSeconds(60));
        return catalog.changes()
                .propose(
                        new Command("propose " + id, "f"),
                        new Proposal(id, "Change " + id, null, draft, List.of(events)),
                        by);
    }

    private static Change done(Outcome outcome) {
        return assertInstanceOf(Outcome.Done.class, outcome, outcome::toString).change();
    }

    private Outcome approve(String id, String by) {
        return catalog.changes().approve(new Command("approve " + id + by, "f"), id, by);
    }

    private Outcome undo(String id, String newId, String by) {
        return catalog.changes().undo(new Command("undo " + newId, "f"), id, newId, by);
    }

    private String name(String sku) {
        return catalog.article(new Sku(sku)).map(Article::name).orElse("");
    }

    private List<Event> published() {
        return ((Read.Page) database.read(STREAM, 0, Limits.PAGE_EVENTS_MAX, Limits.PAGE_BYTES_MAX))
                .events();
    }

    private List<String> problems(Outcome outcome) {
        return assertInstanceOf(Outcome.Faulty.class, outcome, outcome::toString).faults().stream()
                .map(Fault::problem)
                .toList();
    }

    @Test
    void a_change_is_published_at_once_where_no_second_person_is_asked_for() {
        Change change = done(propose("c1", "mia", article("1", "Milk"), article("2", "Butter")));
        assertEquals(State.PUBLISHED, change.state());
        assertEquals("mia", change.decidedBy());
        assertEquals("Milk", name("1"));
        assertEquals(2, published().size());
        assertEquals(
                new ArticleChanged(draft("1", "Milk").article()),
                CatalogEvent.FORM.read(CloudEvents.read(published().getFirst())).orElseThrow());
    }

    @Test
    void the_same_request_again_is_one_change() {
        propose("c1", "mia", article("1", "Milk"));
        assertEquals(State.PUBLISHED, done(propose("c1", "mia", article("1", "Milk"))).state());
        assertEquals(1, published().size());
        assertThrows(
                CommandIdReused.class,
                () ->
                        catalog.changes()
                                .propose(
                                        new Command("propose c1", "another"),
                                        new Proposal(
                                                "c1",
                                                "Other",
                                                null,
                                                false,
                                                List.of(article("9", "Other"))),
                                        "mia"));
        assertInstanceOf(
                Outcome.IdTaken.class,
                catalog.changes()
                        .propose(
                                new Command("another", "f"),
                                new Proposal(
                                        "c1", "Other", null, false, List.of(article("9", "Other"))),
                                "mia"));
    }

    @Test
    void what_is_said_already_is_not_said_again() {
        propose("c1", "mia", article("1", "Milk"));
        assertInstanceOf(Outcome.Nothing.class, propose("c2", "mia", article("1", "Milk")));
        assertInstanceOf(
                Outcome.Nothing.class, propose("c3", "mia", new ArticleRemoved(new Sku("7"))));
        Change change = done(propose("c4", "mia", article("1", "Milk"), article("2", "Butter")));
        assertEquals(1, change.statements());
    }

    @Test
    void with_four_eyes_a_change_waits_for_another_person() {
        catalog.changes().rule(new Command("rule", "f"), true, "ada");
        assertEquals(State.WAITING, done(propose("c1", "mia", article("1", "Milk"))).state());
        assertEquals("", name("1"));
        assertInstanceOf(Outcome.SecondPersonNeeded.class, approve("c1", "mia"));
        Change change = done(approve("c1", "ben"));
        assertEquals(State.PUBLISHED, change.state());
        assertEquals("mia", change.by());
        assertEquals("ben", change.decidedBy());
        assertEquals("Milk", name("1"));
        assertInstanceOf(Outcome.NotNow.class, approve("c1", "cem"));
        assertInstanceOf(Outcome.Unknown.class, approve("c7", "cem"));
    }

    @Test
    void a_draft_waits_even_where_one_person_is_enough_and_may_be_rejected() {
        assertEquals(State.WAITING, done(propose("c1", "mia", true, article("1", "Milk"))).state());
        propose("c2", "mia", true, article("2", "Butter"));
        assertEquals(
                List.of("c2", "c1"),
                catalog.changes().list(State.WAITING, null, null, 10).stream()
                        .map(Change::id)
                        .toList());
        assertEquals(State.PUBLISHED, done(approve("c1", "mia")).state());
        Change rejected =
                done(
                        catalog.changes()
                                .reject(new Command("r", "f"), "c2", "ben", "the name is wrong"));
        assertEquals(State.REJECTED, rejected.state());
        assertEquals("the name is wrong", rejected.reason());
        assertInstanceOf(Outcome.NotNow.class, approve("c2", "ben"));
        assertEquals("", name("2"));
    }

    @Test
    void nothing_is_published_on_what_its_author_has_not_seen() {
        propose("c1", "mia", article("1", "Milk"));
        propose("c2", "mia", true, article("1", "Whole milk"), article("3", "Cream"));
        propose("c3", "ben", article("1", "Fresh milk"));
        Outcome.Overtaken overtaken =
                assertInstanceOf(Outcome.Overtaken.class, approve("c2", "ben"));
        assertEquals(List.of("article/1"), overtaken.keys());
        assertEquals("Fresh milk", name("1"));
        assertEquals("", name("3"));
    }

    @Test
    void a_change_is_undone_by_its_opposite_which_is_a_change_like_any() {
        propose("c1", "mia", article("1", "Milk"));
        propose("c2", "mia", article("1", "Whole milk"), article("2", "Butter"));
        Change undone = done(undo("c2", "c3", "ben"));
        assertEquals("c2", undone.undoes());
        assertEquals(State.PUBLISHED, undone.state());
        assertEquals("Milk", name("1"));
        assertEquals("", name("2"));
        assertEquals("c3", catalog.changes().find("c2").orElseThrow().undoneBy());
        assertInstanceOf(Outcome.NotNow.class, undo("c2", "c4", "ben"));
        done(undo("c3", "c5", "ben"));
        assertEquals("Whole milk", name("1"));
        assertEquals("Butter", name("2"));
    }

    @Test
    void what_was_changed_again_is_not_undone_over_it() {
        propose("c1", "mia", article("1", "Milk"));
        propose("c2", "mia", article("1", "Whole milk"));
        assertInstanceOf(Outcome.Overtaken.class, undo("c1", "c3", "mia"));
        assertEquals("Whole milk", name("1"));
    }

    @Test
    void undoing_needs_the_second_person_too() {
        propose("c1", "mia", article("1", "Milk"));
        catalog.changes().rule(new Command("rule", "f"), true, "ada");
        assertEquals(State.WAITING, done(undo("c1", "c2", "mia")).state());
        assertEquals("Milk", name("1"));
        assertNull(catalog.changes().find("c1").orElseThrow().undoneBy());
        done(approve("c2", "ben"));
        assertEquals("", name("1"));
        assertEquals("c2", catalog.changes().find("c1").orElseThrow().undoneBy());
    }

    @Test
    void who_looks_at_an_article_sees_what_was_done_with_it_and_by_whom() {
        propose("c1", "mia", article("1", "Milk"));
        propose("c2", "ben", article("1", "Whole milk"));
        List<Change.Step> history = catalog.history(new Sku("1"), 10);
        assertEquals(List.of("c2", "c1"), history.stream().map(it -> it.change().id()).toList());
        assertEquals(article("1", "Milk"), history.getFirst().difference().before());
        assertEquals(article("1", "Whole milk"), history.getFirst().difference().after());
        assertNull(history.getLast().difference().before());
        propose("c3", "mia", true, new ArticleRemoved(new Sku("1")));
        Change.Difference waiting = catalog.changes().differences("c3", 0, 10).getFirst();
        assertEquals(article("1", "Whole milk"), waiting.before());
        assertNull(waiting.after());
    }

    @Test
    void a_code_and_a_plu_mean_one_article() {
        propose("c1", "mia", new ArticleChanged(draft("1", "Milk").gtin(CODE).plu("7").article()));
        assertEquals(
                List.of("the code %s is that of 1".formatted(CODE)),
                problems(
                        propose(
                                "c2",
                                "mia",
                                new ArticleChanged(draft("2", "Butter").gtin(CODE).article()))));
        assertEquals(
                List.of("the PLU 7 is that of 1"),
                problems(
                        propose(
                                "c3",
                                "mia",
                                new ArticleChanged(draft("2", "Butter").plu("7").article()))));
        // The code moves: both are in one change.
        done(
                propose(
                        "c4",
                        "mia",
                        article("1", "Milk"),
                        new ArticleChanged(draft("2", "Butter").gtin(CODE).plu("7").article())));
        assertEquals(
                List.of("the code %s is that of 3 too".formatted(CODE)),
                problems(
                        propose(
                                "c5",
                                "mia",
                                article("2", "Butter"),
                                new ArticleChanged(draft("3", "A").gtin(CODE).article()),
                                new ArticleChanged(draft("4", "B").gtin(CODE).article()))));
    }

    @Test
    void what_an_article_speaks_of_is_there_and_stays() {
        ArticleChanged bottle =
                new ArticleChanged(draft("1", "Milk").deposit(new Sku("DEP"), 1).article());
        assertEquals(
                List.of("it speaks of DEP, which is not there"),
                problems(propose("c1", "mia", bottle)));
        done(propose("c2", "mia", bottle, article("DEP", "Deposit")));
        assertEquals(
                List.of("1 speaks of it: change that first, or in the same change"),
                problems(propose("c3", "mia", new ArticleRemoved(new Sku("DEP")))));
        done(
                propose(
                        "c4",
                        "mia",
                        new ArticleRemoved(new Sku("DEP")),
                        new ArticleRemoved(new Sku("1"))));
        assertEquals(0, catalog.count());
    }

    @Test
    void articles_are_found_by_parts_of_words_and_by_department() {
        propose(
                "c1",
                "mia",
                new ArticleChanged(draft("1", "Käse jung").brand("Acme").gtin(CODE).article()),
                new ArticleChanged(
                        Article.draft(new Sku("2"), "Kaffee", "reduced", "Food", "Dry").article()));
        assertEquals(1, catalog.search("kase acm", List.of(), 0, 10).size());
        assertEquals(1, catalog.search("6381333", List.of(), 0, 10).size());
        assertEquals(2, catalog.search("", List.of("Food"), 0, 10).size());
        assertEquals(1, catalog.search("", List.of("Food", "Dry"), 0, 10).size());
        assertEquals(0, catalog.search("", List.of("Foo"), 0, 10).size());
    }

    @Test
    void sections_and_recalls_are_changed_like_articles() {
        MenuSection drinks = new MenuSection("Drinks", 2, List.of());
        done(
                propose(
                        "c1",
                        "mia",
                        new SectionChanged(drinks),
                        new SectionChanged(new MenuSection("Breakfast", 1, List.of())),
                        new LotRecalled(CODE, "L1", null, "glass")));
        assertEquals(
                List.of("Breakfast", "Drinks"),
                catalog.sections().stream().map(MenuSection::name).toList());
        assertEquals("glass", catalog.recalls().getFirst().reason());
        done(undo("c1", "c2", "mia"));
        assertTrue(catalog.sections().isEmpty());
        assertTrue(catalog.recalls().isEmpty());
    }

    private ImportState bring(String id, boolean skipFaulty, String csv) throws IOException {
        return catalog.bring(
                id, "mia", false, skipFaulty, new BufferedReader(new StringReader(csv)));
    }

    @Test
    void a_table_brings_new_articles_and_leaves_what_it_has_no_column_for() throws IOException {
        propose(
                "c1",
                "mia",
                new ArticleChanged(
                        draft("1", "Milk").allergens(List.of("milk")).brand("Acme").article()));
        ImportState state =
                bring(
                        "i1",
                        false,
                        """
                        sku,name,department,tax_category,codes
                        1,"Milk, whole",Food/Dairy,reduced,4006381333931 4006381333948*6
                        2,Butter,Food/Dairy,reduced,
                        """);
        assertEquals(ImportState.State.DONE, state.state(), state::toString);
        assertEquals(2, state.changed());
        Article milk = catalog.article(new Sku("1")).orElseThrow();
        assertEquals("Milk, whole", milk.name());
        assertEquals(List.of("milk"), milk.allergens());
        assertEquals("Acme", milk.brand());
        assertEquals(6, milk.codes().getLast().units());
        assertEquals(
                State.PUBLISHED, catalog.changes().list(null, "i1", null, 10).getFirst().state());
    }

    @Test
    void a_faulty_line_keeps_its_batch_out_unless_it_is_to_be_skipped() throws IOException {
        String csv =
                """
                sku,name,department,tax_category,codes,age_min
                1,Milk,Food,reduced,4006381333931,
                2,Beer,Food,standard,,sixteen
                3,Wine,Food,standard,4006381333931,16
                1,Milk,Food,reduced,,
                """;
        ImportState refused = bring("i1", false, csv);
        assertEquals(0, refused.changed());
        assertEquals(4, refused.leftOut());
        assertEquals(
                List.of(3L, 5L), refused.faults().stream().map(ImportState.Faulty::line).toList());
        assertEquals(0, catalog.count());
        ImportState skipped = bring("i2", true, csv);
        assertEquals(1, skipped.changed(), skipped::toString);
        assertEquals(3, skipped.leftOut());
        assertEquals(1, catalog.count());
        ImportState strange = bring("i3", true, "sku,price\n1,100\n");
        assertEquals(ImportState.State.REFUSED, strange.state());
        assertTrue(String.valueOf(strange.problem()).contains("no column price"));
    }

    @Test
    void an_import_that_broke_off_goes_on_with_the_same_id_and_can_wait_as_a_whole()
            throws IOException {
        StringBuilder csv = new StringBuilder("sku,name,department,tax_category\n");
        for (int i = 0; i < 2_500; i++) {
            csv.append(i).append(",Article ").append(i).append(",Food,reduced\n");
        }
        BufferedReader broken =
                new BufferedReader(new StringReader(csv.substring(0, csv.length() / 2))) {
                    @Override
                    public String readLine() throws IOException {
                        String line = super.readLine();
                        if (line == null) {
                            throw new IOException("cut");
                        }
                        return line;
                    }
                };
        assertThrows(IOException.class, () -> catalog.bring("i1", "mia", false, false, broken));
        assertEquals(1_000, catalog.count());
        assertEquals(ImportState.State.BROKEN, catalog.importState("i1").orElseThrow().state());
        ImportState done = bring("i1", false, csv.toString());
        assertEquals(2_500, done.changed());
        assertEquals(2_500, catalog.count());
        assertEquals(2_500, database.find(STREAM).orElseThrow().tail());
        assertEquals(
                ImportState.State.BROKEN,
                bring("i1", false, csv.toString().replace("A", "B")).state());

        catalog.bring(
                "i2",
                "mia",
                true,
                false,
                new BufferedReader(new StringReader(csv.toString().replace("Article", "Thing"))));
        assertEquals("Article 1", name("1"));
        assertEquals(3, catalog.approveGroup("i2", "mia").size());
        assertEquals("Thing 2499", name("2499"));
    }

    @Test
    void what_is_exported_is_imported_without_a_change() throws IOException {
        propose(
                "c1",
                "mia",
                new ArticleChanged(
                        draft("1", "Milk \"A\", 1 l")
                                .gtin(CODE)
                                .plu("12")
                                .ageMin(16)
                                .deposit(new Sku("DEP"), 2)
                                .tags(List.of("organic", "own-brand"))
                                .active(LocalDateTime.parse("2026-03-01T00:00"), null)
                                .article()),
                article("DEP", "Deposit"));
        StringWriter out = new StringWriter();
        catalog.export(out);
        assertEquals(0, bring("i1", false, out.toString()).changed(), out::toString);
        assertTrue(catalog.changes().list(null, "i1", null, 10).isEmpty());
    }

    @Test
    void all_tables_follow_from_the_streams() throws IOException, SQLException {
        propose("c1", "mia", article("1", "Milk"), article("2", "Butter"));
        propose("c2", "mia", article("1", "Whole milk"), new ArticleRemoved(new Sku("2")));
        undo("c2", "c3", "ben");
        propose("w1", "mia", true, article("8", "Cream"));
        catalog.changes().rule(new Command("rule", "f"), true, "ada");
        bring("i1", false, "sku,name,department,tax_category\n5,Oil,Food,reduced\n");
        List<String> before = tables();
        catalog.book().rebuild();
        assertEquals(before, tables());
    }

    private List<String> tables() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
                Statement statement = connection.createStatement()) {
            for (String table :
                    List.of(
                            "said",
                            "change",
                            "statement",
                            "rule",
                            "article",
                            "code",
                            "spoken_of",
                            "command")) {
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                    while (row.next()) {
                        StringBuilder text = new StringBuilder(table);
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            text.append('|').append(row.getString(i));
                        }
                        rows.add(text.toString());
                    }
                }
            }
        }
        return rows.stream().sorted().toList();
    }
}
