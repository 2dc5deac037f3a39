package dev.skerry.hq.catalog;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Change;
import dev.skerry.context.ChangeRoutes;
import dev.skerry.context.Changes;
import dev.skerry.context.Changes.Outcome;
import dev.skerry.context.Changes.Proposal;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.hq.catalog.ImportState.State;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.CatalogEvent.ArticleRemoved;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import dev.skerry.language.catalog.CatalogEvent.LotReleased;
import dev.skerry.language.catalog.CatalogEvent.SectionChanged;
import dev.skerry.language.catalog.CatalogEvent.SectionRemoved;
import dev.skerry.language.catalog.MenuSection;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Articles, sections of the menu and recalls over HTTP: looked at, changed, imported and exported.
public final class CatalogRoutes {

    private static final int RESULTS = 50;
    private static final String IMPORT = "/api/catalog/imports/{id}";

    private final Catalog catalog;
    private final ChangeRoutes changes;

    public CatalogRoutes(Catalog catalog, Callers callers) {
        this.catalog = requireNonNull(catalog, "catalog");
        this.changes = new ChangeRoutes(catalog.changes(), callers, "/api/catalog");
    }

    record Articles(List<Article> articles, boolean more) {}

    /// @param history what was published about it, the newest first
    record Known(Article article, List<Change.Step> history) {}

    record Released(dev.skerry.language.Gtin gtin, @Nullable String lot) {}

    /// @param id of the change; the caller's choice
    /// @param title what it is for
    /// @param draft it waits for a decision, even where the rule asks for none
    /// @param articles as they are to be, all of each
    /// @param removed articles that are sold no more
    /// @param removedSections names
    record Wanted(
            String id,
            String title,
            @Nullable Boolean draft,
            @Nullable List<Article> articles,
            @Nullable List<Sku> removed,
            @Nullable List<MenuSection> sections,
            @Nullable List<String> removedSections,
            @Nullable List<LotRecalled> recalls,
            @Nullable List<Released> released) {

        List<CatalogEvent> events() {
            List<CatalogEvent> all = new ArrayList<>();
            none(sections).forEach(it -> all.add(new SectionChanged(it)));
            none(articles).forEach(it -> all.add(new ArticleChanged(it)));
            none(removed).forEach(it -> all.add(new ArticleRemoved(it)));
            none(removedSections).forEach(it -> all.add(new SectionRemoved(it)));
            all.addAll(none(recalls));
            none(released).forEach(it -> all.add(new LotReleased(it.gtin(), it.lot())));
            return all;
        }

        private static <T> List<T> none(@Nullable List<T> list) {
            return list == null ? List.of() : list;
        }
    }

    /// @param published how many changes of the import
    record Approved(int published) {}

    /// What is served.
    public List<Operation> operations() {
        List<Operation> all =
                new ArrayList<>(
                        List.of(
                                Operation.of(
                                                "GET",
                                                "/api/catalog/articles",
                                                "Finds articles, by name, in sale or not",
                                                this::articles)
                                        .asking("q", "words that stand in them, at most three")
                                        .asking(
                                                "department",
                                                "from the largest to the smallest, with slashes: Food/Dairy")
                                        .asking("max", "how many are wanted")
                                        .asking("offset", "how many to leave out")
                                        .answering(Articles.class)
                                        .only(Role.MERCHANT, Role.ANALYST, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/catalog/articles/{sku}",
                                                "Shows an article, and what was published about it",
                                                this::article)
                                        .answering(Known.class)
                                        .only(Role.MERCHANT, Role.ANALYST, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/catalog/sections",
                                                "Lists the sections of the menu, in their order",
                                                this::sections)
                                        .listing("sections", MenuSection.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/catalog/recalls",
                                                "Lists what must not be sold",
                                                this::recalls)
                                        .listing("recalls", LotRecalled.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "POST",
                                                "/api/catalog/changes",
                                                "Proposes a change; where nobody else has to look at it, it is published at once",
                                                Requests.taking(this::change))
                                        .taking(Wanted.class)
                                        .answering(Change.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "POST",
                                                IMPORT,
                                                "Brings articles from comma-separated values, in batches of 1,000 lines; the body is the file, in UTF-8",
                                                this::bring)
                                        .asking("draft", "true: all of it waits for a decision")
                                        .asking(
                                                "skipFaulty",
                                                "true: a faulty line keeps no other line out")
                                        .answering(ImportState.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                IMPORT,
                                                "Says how far an import is, or what came of it",
                                                this::importState)
                                        .answering(ImportState.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "POST",
                                                IMPORT + "/approval",
                                                "Publishes what waits of an import",
                                                this::approve)
                                        .answering(Approved.class)
                                        .only(Role.MERCHANT, Role.ADMIN),
                                Operation.of(
                                                "GET",
                                                "/api/catalog/export",
                                                "Writes all articles as comma-separated values that an import takes",
                                                this::export)
                                        .only(Role.MERCHANT, Role.ANALYST, Role.ADMIN)));
        all.addAll(changes.operations());
        return all;
    }

    private void articles(Request request) throws IOException {
        int max = Requests.number(request, "max", RESULTS, 1, Catalog.RESULTS_MAX - 1);
        int offset = Requests.number(request, "offset", 0, 0, Integer.MAX_VALUE);
        String department = Requests.parameter(request, "department").orElse("");
        List<Article> found =
                catalog.search(
                        Requests.parameter(request, "q").orElse(""),
                        department.isEmpty() ? List.of() : List.of(department.split("/", -1)),
                        offset,
                        max + 1);
        boolean more = found.size() > max;
        Requests.answer(request, 200, new Articles(more ? found.subList(0, max) : found, more));
    }

    private void article(Request request) throws IOException {
        Sku sku;
        try {
            sku = new Sku(request.parameter("sku"));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, "bad-sku", "That is no SKU", String.valueOf(e.getMessage()));
        }
        Article article =
                catalog.article(sku)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-article",
                                        "There is no such article",
                                        "no article has the SKU " + sku));
        Requests.answer(request, 200, new Known(article, catalog.history(sku, RESULTS)));
    }

    private void sections(Request request) throws IOException {
        Requests.answer(request, "sections", catalog.sections());
    }

    private void recalls(Request request) throws IOException {
        Requests.answer(request, "recalls", catalog.recalls());
    }

    private void change(Asked asked) throws IOException {
        Wanted wanted = asked.as(Wanted.class);
        ChangeRoutes.answer(
                asked.request(),
                catalog.changes()
                        .propose(
                                asked.command("propose " + wanted.id()),
                                new Proposal(
                                        wanted.id(),
                                        wanted.title(),
                                        null,
                                        Boolean.TRUE.equals(wanted.draft()),
                                        wanted.events()),
                                changes.person(asked.request())));
    }

    private void bring(Request request) throws IOException {
        String id = request.parameter("id");
        if (!id.matches(Changes.ID_PATTERN)) {
            throw new HttpProblem(
                    400,
                    "bad-id",
                    "That is no id of an import",
                    "it begins with a letter or digit, and has letters, digits, dots, colons, hyphens and underscores");
        }
        // Given a decoder, it reports what is not UTF-8 instead of replacing it.
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(request.body(), StandardCharsets.UTF_8.newDecoder()));
        ImportState state =
                catalog.bring(
                        id,
                        changes.person(request),
                        flag(request, "draft"),
                        flag(request, "skipFaulty"),
                        in);
        Requests.answer(request, state.state() == State.DONE ? 200 : 422, state);
    }

    private static boolean flag(Request request, String name) {
        return Requests.parameter(request, name).map("true"::equals).orElse(false);
    }

    private void importState(Request request) throws IOException {
        String id = request.parameter("id");
        Requests.answer(
                request,
                200,
                catalog.importState(id)
                        .orElseThrow(() ->
                                new HttpProblem(
                                        404,
                                        "no-such-import",
                                        "There is no such import",
                                        "%s has not run since HQ was started; its changes are at /api/catalog/changes?group=%s"
                                                .formatted(id, id))));
    }

    private void approve(Request request) throws IOException {
        List<Outcome> outcomes =
                catalog.approveGroup(request.parameter("id"), changes.person(request));
        if (!outcomes.isEmpty() && !(outcomes.getLast() instanceof Outcome.Done)) {
            ChangeRoutes.answer(request, outcomes.getLast());
            return;
        }
        Requests.answer(request, 200, new Approved(outcomes.size()));
    }

    private void export(Request request) throws IOException {
        try (Writer out =
                new OutputStreamWriter(
                        request.startStreaming(
                                200,
                                Map.of(
                                        "Content-Type",
                                        "text/csv; charset=utf-8",
                                        "Content-Disposition",
                                        "attachment; filename=articles.csv")),
                        StandardCharsets.UTF_8)) {
            catalog.export(out);
        }
    }
}
