package dev.skerry.store.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.context.Requests.Asked;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Sku;
import dev.skerry.language.pricing.Campaign;
import dev.skerry.language.pricing.PricingEvent.Label;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The store's own campaigns, and the labels at its shelves, over HTTP: below `/api/campaigns` and `/api/labels`.
public final class PricingRoutes {

    private static final String CAMPAIGN = "/api/campaigns/{id}";
    private static final String BATCHES = "/api/labels/batches";
    private static final String BATCH = BATCHES + "/{id}";

    private final Pricing pricing;
    private final Assortment assortment;
    private final Callers callers;

    public PricingRoutes(Pricing pricing, Assortment assortment, Callers callers) {
        this.pricing = requireNonNull(pricing, "pricing");
        this.assortment = requireNonNull(assortment, "assortment");
        this.callers = requireNonNull(callers, "callers");
    }

    /// A campaign that somebody wants, of a percentage or a price, for articles or departments.
    ///
    /// @param from store-local; null for now
    record Wanted(
            String name,
            String reason,
            @Nullable Percent percent,
            @Nullable Money price,
            @Nullable List<Sku> skus,
            @Nullable List<String> departments,
            @Nullable String lot,
            @Nullable Integer expiresWithinDays,
            @Nullable LocalDateTime from,
            LocalDateTime to) {}

    /// Where a campaign is.
    enum State {
        PLANNED,
        RUNNING,
        OVER,
        /// Ended by somebody before its time.
        STOPPED
    }

    record Shown(Campaign campaign, State state) {}

    /// @param id made by the device
    /// @param skus for which; null for all that are due
    /// @param at store-local, when the labels are to be true; null for now
    record NewBatch(String id, @Nullable List<Sku> skus, @Nullable LocalDateTime at) {}

    /// @param skus of the batch; null for all of it
    record Hung(@Nullable List<Sku> skus) {}

    /// What is printed.
    ///
    /// @param unit what the price is for, such as `PIECE` or `KILOGRAM`
    /// @param code as a barcode; null if the article has none
    record Print(
            Sku sku,
            String name,
            Money price,
            @Nullable String unit,
            @Nullable String size,
            @Nullable String code,
            @Nullable Instant hungAt) {}

    record Batch(String id, Instant at, String by, List<Print> labels) {}

    /// What is served.
    public List<Operation> operations() {
        return List.of(
                Operation.of("GET", "/api/campaigns", "Lists the store's own campaigns", this::list)
                        .asking("ended", "true for those that were stopped, too")
                        .listing("campaigns", Shown.class)
                        .only(Role.CASHIER, Role.STOCK, Role.MANAGER),
                Operation.of(
                                "POST",
                                "/api/campaigns/preview",
                                "Shows what a campaign would do to prices, and of how much stock; begins nothing",
                                Requests.taking(this::preview))
                        .taking(Wanted.class)
                        .answering(Preview.class)
                        .only(Role.STOCK, Role.MANAGER),
                Operation.of(
                                "PUT",
                                CAMPAIGN,
                                "Begins a campaign, or changes it; it counts for what is scanned from then on",
                                Requests.taking(this::set))
                        .taking(Wanted.class)
                        .answering(Shown.class)
                        .only(Role.MANAGER),
                Operation.of("DELETE", CAMPAIGN, "Stops a campaign now", this::stop)
                        .only(Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/prices/changes",
                                "Lists what changes its price by itself, %d at most"
                                        .formatted(PriceChange.CHANGES_MAX),
                                this::changes)
                        .asking("until", "store-local; to the end of tomorrow if left out")
                        .listing("changes", PriceChange.class)
                        .only(Role.CASHIER, Role.STOCK, Role.MANAGER),
                Operation.of(
                                "GET",
                                "/api/labels/due",
                                "Lists labels that do not say what their articles cost, %d at most"
                                        .formatted(LabelBatch.LABELS_MAX),
                                this::due)
                        .asking("at", "store-local, such as 2026-03-02T06:00; now if left out")
                        .listing("labels", LabelBatch.Due.class)
                        .only(Role.STOCK, Role.MANAGER),
                Operation.of(
                                "GET",
                                BATCHES,
                                "Lists batches of labels, the newest first",
                                this::batches)
                        .listing("batches", LabelBatch.Summary.class)
                        .only(Role.STOCK, Role.MANAGER),
                Operation.of(
                                "POST",
                                BATCHES,
                                "Makes labels that say what articles cost, to be printed or sent to electronic labels",
                                Requests.taking(this::make))
                        .taking(NewBatch.class)
                        .answering(Batch.class)
                        .only(Role.STOCK, Role.MANAGER),
                Operation.of("GET", BATCH, "Shows a batch, with what is to be printed", this::batch)
                        .answering(Batch.class)
                        .only(Role.STOCK, Role.MANAGER, Role.INTEGRATION),
                Operation.of(
                                "POST",
                                BATCH + "/hung",
                                "Says that labels hang at their shelves",
                                Requests.taking(this::hung))
                        .taking(Hung.class)
                        .answering(Batch.class)
                        .only(Role.STOCK, Role.MANAGER, Role.INTEGRATION));
    }

    // ---- campaigns

    private void list(Request request) throws IOException {
        List<Shown> all = new ArrayList<>();
        pricing.campaigns().forEach(it -> all.add(shown(it)));
        if (Requests.parameter(request, "ended").orElse("").equals("true")) {
            pricing.endedCampaigns().forEach(it -> all.add(new Shown(it, State.STOPPED)));
        }
        Requests.answer(request, "campaigns", all);
    }

    private Shown shown(Campaign campaign) {
        LocalDateTime now = pricing.now();
        State state =
                now.isBefore(campaign.from())
                        ? State.PLANNED
                        : now.isBefore(campaign.to()) ? State.RUNNING : State.OVER;
        return new Shown(campaign, state);
    }

    private void preview(Asked asked) throws IOException {
        Wanted wanted = asked.as(Wanted.class);
        Requests.answer(
                asked.request(),
                200,
                told(() ->
                        pricing.preview(campaign("preview", wanted), assortment, pricing.now())));
    }

    private void set(Asked asked) throws IOException {
        Wanted wanted = asked.as(Wanted.class);
        String by = callers.of(asked.request()).person();
        Campaign campaign = told(() -> campaign(asked.request().parameter("id"), wanted));
        told(() -> {
            pricing.set(asked.command(pricing.newId()), campaign, by);
            return true;
        });
        Requests.answer(asked.request(), 200, shown(campaign));
    }

    private Campaign campaign(String id, Wanted wanted) {
        List<Sku> skus = wanted.skus() == null ? List.of() : wanted.skus();
        return new Campaign(
                id,
                wanted.name(),
                wanted.reason(),
                wanted.percent(),
                wanted.price(),
                Set.copyOf(skus),
                wanted.departments() == null ? List.of() : wanted.departments(),
                wanted.lot(),
                wanted.expiresWithinDays(),
                wanted.from() == null ? pricing.now() : wanted.from(),
                wanted.to());
    }

    private void stop(Request request) throws IOException {
        String id = request.parameter("id");
        Asked asked = new Asked(request, "");
        if (!pricing.end(asked.command(pricing.newId()), id, callers.of(request).person())) {
            throw new HttpProblem(
                    404,
                    "no-such-campaign",
                    "There is no such campaign",
                    "the store has no campaign \"%s\" that could be stopped".formatted(id));
        }
        request.answer(204, java.util.Map.of(), dev.skerry.stream.Bytes.EMPTY);
    }

    // ---- labels

    private void due(Request request) throws IOException {
        LocalDateTime at =
                Requests.parameter(request, "at").map(PricingRoutes::time).orElseGet(pricing::now);
        Requests.answer(request, "labels", pricing.due(at, assortment, LabelBatch.LABELS_MAX));
    }

    private void changes(Request request) throws IOException {
        LocalDateTime until =
                Requests.parameter(request, "until")
                        .map(PricingRoutes::time)
                        .orElseGet(() -> pricing.now().toLocalDate().plusDays(2).atStartOfDay());
        Requests.answer(request, "changes", pricing.changes(until, assortment));
    }

    private static LocalDateTime time(String text) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw malformed("a time looks like 2026-03-02T06:00, not like \"%s\"".formatted(text));
        }
    }

    private void batches(Request request) throws IOException {
        Requests.answer(request, "batches", pricing.batches());
    }

    private void batch(Request request) throws IOException {
        Requests.answer(request, 200, batch(request.parameter("id")));
    }

    private Batch batch(String id) {
        LabelBatch batch = found(id);
        return new Batch(
                batch.id(),
                batch.at(),
                batch.by(),
                batch.labels().stream()
                        .map(it ->
                                assortment
                                        .ware(it.sku())
                                        .map(ware -> print(it, ware))
                                        .orElseGet(() -> print(it, null)))
                        .toList());
    }

    private LabelBatch found(String id) {
        return pricing.batch(id)
                .orElseThrow(() ->
                        new HttpProblem(
                                404,
                                "no-such-batch",
                                "There is no such batch of labels",
                                "no labels were made here as \"%s\", or it was long ago"
                                        .formatted(id)));
    }

    private static Print print(LabelBatch.Entry label, Assortment.@Nullable Ware ware) {
        return new Print(
                label.sku(),
                label.name(),
                label.price(),
                ware == null ? null : ware.unit(),
                ware == null ? null : ware.size(),
                ware == null ? null : ware.code(),
                label.hungAt());
    }

    private void make(Asked asked) throws IOException {
        NewBatch wanted = asked.as(NewBatch.class);
        if (wanted.id().isBlank() || wanted.id().length() > 64) {
            throw malformed("a batch has an id of 1 to 64 characters");
        }
        List<Sku> skus = wanted.skus();
        if (skus != null && (skus.isEmpty() || skus.size() > LabelBatch.LABELS_MAX)) {
            throw malformed("a batch has 1 to %d articles".formatted(LabelBatch.LABELS_MAX));
        }
        var command = asked.command("labels " + wanted.id());
        if (!pricing.isDone(command)) {
            if (pricing.batch(wanted.id()).isPresent()) {
                throw new HttpProblem(
                        409,
                        "batch-exists",
                        "There is such a batch already",
                        "\"%s\" is another batch: take a new id".formatted(wanted.id()));
            }
            LocalDateTime at = wanted.at() == null ? pricing.now() : wanted.at();
            List<Label> labels =
                    (skus == null
                                    ? pricing.due(at, assortment, LabelBatch.LABELS_MAX)
                                    : pricing.labels(new HashSet<>(skus), at, assortment))
                            .stream()
                                    .map(it -> new Label(it.sku(), it.name(), it.price()))
                                    .toList();
            if (labels.isEmpty()) {
                throw new HttpProblem(
                        409,
                        "no-labels-due",
                        "There is nothing to be said by a label",
                        "all labels say what their articles cost, or the articles have no price");
            }
            pricing.sent(command, wanted.id(), labels, callers.of(asked.request()).person());
        }
        Requests.answer(asked.request(), 200, batch(wanted.id()));
    }

    private void hung(Asked asked) throws IOException {
        String id = asked.request().parameter("id");
        List<Sku> all = found(id).labels().stream().map(LabelBatch.Entry::sku).toList();
        List<Sku> skus = asked.as(Hung.class).skus();
        if (skus != null && !all.containsAll(skus)) {
            throw malformed("the batch has no label of some of these articles");
        }
        pricing.hung(
                asked.command(pricing.newId()),
                id,
                skus == null ? all : skus,
                callers.of(asked.request()).person());
        Requests.answer(asked.request(), 200, batch(id));
    }

    // ---- errors

    private interface Trying<R> {
        R answer();
    }

    /// What is wrong with what somebody wants is told in the words of who found out.
    private static <R> R told(Trying<R> trying) {
        try {
            return trying.answer();
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static HttpProblem malformed(String detail) {
        return new HttpProblem(
                400, "malformed-request", "This request cannot be carried out", detail);
    }
}
