package dev.skerry.store.payments;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.CommandIdReused;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Handle;
import dev.skerry.language.Money;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.AmountDueChanged;
import dev.skerry.language.payments.PaymentEvent.PaymentCancelled;
import dev.skerry.language.payments.PaymentEvent.PaymentOpened;
import dev.skerry.language.payments.PaymentEvent.PromisedRefundDropped;
import dev.skerry.language.payments.PaymentEvent.PromisedRefundMade;
import dev.skerry.language.payments.PaymentEvent.PromisedRefundRefused;
import dev.skerry.language.payments.PaymentEvent.RefundDeclined;
import dev.skerry.language.payments.PaymentEvent.RefundMade;
import dev.skerry.language.payments.PaymentEvent.ReversalRefused;
import dev.skerry.language.payments.PaymentEvent.StoredTenderApproved;
import dev.skerry.language.payments.PaymentEvent.StoredTenderDeclined;
import dev.skerry.language.payments.PaymentEvent.StoredTenderForwarded;
import dev.skerry.language.payments.PaymentEvent.TenderLookedAt;
import dev.skerry.language.payments.PaymentEvent.TenderReversed;
import dev.skerry.language.payments.PaymentEvent.TenderWithdrawn;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.store.payments.Errands.Errand;
import dev.skerry.store.payments.PaymentResult.Asking;
import dev.skerry.store.payments.PaymentResult.Declined;
import dev.skerry.store.payments.PaymentResult.Done;
import dev.skerry.store.payments.PaymentResult.Lost;
import dev.skerry.store.payments.PaymentResult.Refused;
import dev.skerry.store.payments.PaymentsTables.Numbered;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes money for orders and gives it back. What is asked for at a terminal is written down first, asked outside of the writer, and
/// what came of it is written down then; [#settling] finishes what a crash or a lost answer left in between. Any thread.
public final class Payments {

    /// Of this context's database.
    public static final Migrations TABLES = PaymentsTables.MIGRATIONS;

    /// Whose money it is.
    ///
    /// @param node such as `store-0042`
    /// @param time by which its days begin
    public record Site(String node, ZoneId time) {}

    /// How many tenders an errand looks at in one go.
    private static final int PAGE_TENDERS_MAX = 100;

    /// The most that are listed of what somebody has to look at.
    private static final int ATTENTION_LISTED_MAX = 500;

    private static final Logger LOG = System.getLogger(Payments.class.getName());

    private final PaymentsTables tables;
    private final Places places;
    private final Book<PaymentEvent> book;
    private final PaymentsPolicy policy;
    private final Terminal terminal;
    private final GiftCards giftCards;
    private final CashOffice cashOffice;
    private final Steps settling;
    private final Steps forwarding;

    /// Tenders about which somebody is being asked right now, by this process. What is outstanding and is not here was left by a crash.
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    /// @param database of this context alone, with [Book#TABLES] and [#TABLES]
    public Payments(
            SqliteDatabase database,
            Site site,
            InstantSource clock,
            TimeOrderedIds ids,
            PaymentsPolicy policy,
            Terminal terminal,
            GiftCards giftCards) {
        this.policy = requireNonNull(policy, "policy");
        this.terminal = requireNonNull(terminal, "terminal");
        this.giftCards = requireNonNull(giftCards, "giftCards");
        this.tables = new PaymentsTables(policy);
        this.places = new Places(tables);
        StreamName stream = StreamName.of(site.node() + "/payments");
        this.book =
                new Book<>(
                        database,
                        List.of(new Publication<>(stream, PaymentEvent.FORM, false)),
                        tables,
                        clock,
                        ids);
        this.cashOffice = new CashOffice(book, tables, policy, site.time());
        this.settling =
                new Errands(
                        "payments settling",
                        after -> outstanding(false, after),
                        this::settle,
                        Payments::asked,
                        onNews -> database.watch(stream, onNews),
                        clock);
        this.forwarding =
                new Errands(
                        "payments forwarding",
                        after -> outstanding(true, after),
                        this::forward,
                        Payments::asked,
                        onNews -> database.watch(stream, onNews),
                        clock);
    }

    /// What a payment would come to, for training: asks nobody, opens no drawer, writes nothing.
    ///
    /// @param due negative if money is to be given back
    /// @param offers in order; what is more than is left to pay comes back as change of cash, and is not taken of anything else
    /// @return completed, or open if something is left
    public Payment rehearse(String order, Money due, Place place, List<Offer> offers) {
        return new Rehearsal(policy).of(order, due, place, offers);
    }

    /// Days, shifts, drawers.
    public CashOffice cashOffice() {
        return cashOffice;
    }

    /// Finishes what a crash or a lost answer left open: asks for outcomes, reverses, gives back what was promised. To be driven.
    public Steps settling() {
        return settling;
    }

    /// Sends up card payments that were stored, the oldest first. To be driven; hindered while the acquirer is out of reach.
    public Steps forwarding() {
        return forwarding;
    }

    Book<PaymentEvent> book() {
        return book;
    }

    PaymentsTables tables() {
        return tables;
    }

    // ---- queries

    public Optional<Payment> payment(String order) {
        return book.query(handle -> tables.payment(handle, order));
    }

    /// What was taken: the same sums of which a Z is made.
    public Takings takings(Span span) {
        return book.query(handle -> tables.takings(handle, span));
    }

    /// Card payments that wait to go up.
    public Stored stored() {
        return book.query(handle ->
                new Stored(
                        policy.offline(),
                        tables.lying(handle, ""),
                        tables.unsettled(handle, true, -1, Stored.LISTED_MAX).stream()
                                .map(Numbered::tender)
                                .toList()));
    }

    /// What somebody has to look at, the oldest first: late declines among it.
    public List<Attention> attention() {
        return book.query(handle -> tables.attention(handle, ATTENTION_LISTED_MAX));
    }

    /// By which tenders an amount should go back, so that each gets back at most what it gave. Sums to less where not so much was paid.
    ///
    /// @return empty if the order was not paid here
    public List<RefundPart> refundPlan(String order, Money amount) {
        return book.query(handle ->
                tables.payment(handle, order)
                        .filter(it -> it.state() == Payment.State.COMPLETED)
                        .map(it -> plan(handle, it, amount))
                        .orElse(List.of()));
    }

    private List<RefundPart> plan(Handle handle, Payment order, Money amount) {
        List<RefundPart> free = new ArrayList<>();
        Money papers = Money.zero(policy.currency());
        for (Tender tender : order.tenders()) {
            boolean lost = tender.state() == Tender.State.DECLINED_LATE;
            switch (tender.kind()) {
                case CARD, GIFT_CARD, ON_ACCOUNT -> {
                    if (tender.counts() && !lost) {
                        Money gone =
                                tables.refunded(handle, "amount", order.order(), tender.id(), null);
                        free.add(
                                new RefundPart(
                                        tender.kind(),
                                        tender.amount().minus(gone),
                                        new RefundOf(order.order(), tender.id())));
                    }
                }
                case VOUCHER, MANUFACTURER_COUPON -> {
                    if (tender.counts()) {
                        papers = papers.plus(tender.amount());
                    }
                }
                case CASH -> {}
            }
        }
        return Refunding.plan(
                order,
                amount.min(
                        order.due()
                                .minus(
                                        tables.refunded(
                                                handle, "amount", order.order(), null, null))),
                free,
                order.coveredByCash()
                        .minus(
                                tables.refunded(
                                        handle, "amount", order.order(), null, TenderKind.CASH)),
                papers.minus(
                        tables.refunded(
                                handle, "amount", order.order(), null, TenderKind.VOUCHER)));
    }

    // ---- payments

    /// Says what is due for an order. May be said again; with another amount as long as what has been taken is not more than that.
    public PaymentResult open(Opening opening) {
        if (!opening.due().currency().equals(policy.currency())) {
            return new Refused(
                    Refusal.WRONG_CURRENCY, "this store takes " + policy.currency() + " only");
        }
        return book.write((handle, publish) -> {
            Optional<Payment> known = tables.payment(handle, opening.order());
            if (known.isPresent() && known.get().state() != Payment.State.CANCELLED) {
                return openAgain(handle, publish, opening, known.get());
            }
            Optional<Place> place = placeOf(handle, opening);
            if (place.isEmpty()) {
                return new Refused(
                        opening.shift() == null ? Refusal.NO_BUSINESS_DAY : Refusal.NO_SUCH_SHIFT,
                        opening.shift() == null
                                ? "no such business day is open, or was; open it"
                                : "there is no shift " + opening.shift());
            }
            publish.accept(
                    new PaymentOpened(opening.order(), opening.due(), place.get(), opening.by()));
            return new Done(
                    completed(handle, publish, opening.order(), null, place.get(), opening.by()));
        });
    }

    private Optional<Place> placeOf(Handle handle, Opening opening) {
        if (opening.shift() != null) {
            return tables.shift(handle, opening.shift())
                    .map(it ->
                            places.still(
                                    handle, new Place(opening.till(), it.day(), it.id(), false)));
        }
        return opening.day() == null
                ? places.now(handle, opening.till())
                : places.then(handle, opening.till(), opening.day());
    }

    private PaymentResult openAgain(
            Handle handle, Consumer<PaymentEvent> publish, Opening opening, Payment payment) {
        if (payment.due().equals(opening.due())) {
            return new Done(payment);
        }
        if (payment.state() != Payment.State.OPEN) {
            return new Refused(
                    Refusal.NOT_OPEN,
                    "%s was due and is paid; what is paid is final".formatted(payment.due()));
        }
        Money moved = payment.due().minus(payment.left()).plus(payment.asking());
        if (!payment.nothingMoved()
                && (payment.due().isNegative() || opening.due().compareTo(moved) < 0)) {
            return new Refused(
                    Refusal.TOO_MUCH,
                    moved + " has been taken, or is being asked for; withdraw some of it first");
        }
        publish.accept(new AmountDueChanged(opening.order(), opening.due()));
        Place place = places.now(handle, payment, opening.till());
        return new Done(completed(handle, publish, opening.order(), null, place, opening.by()));
    }

    /// Publishes that everything is paid, if it is.
    ///
    /// @param handed the cash that was just handed over
    /// @return the payment as it is now
    private Payment completed(
            Handle handle,
            Consumer<PaymentEvent> publish,
            String order,
            @Nullable Money handed,
            Place place,
            String by) {
        Taking.completion(
                        tables.payment(handle, order).orElseThrow(),
                        handed,
                        place,
                        by,
                        policy.cashStep())
                .ifPresent(publish);
        return tables.payment(handle, order).orElseThrow();
    }

    /// Takes a tender. For a card or gift card this waits until somebody has answered, or has not.
    public PaymentResult take(Offer offer) {
        return switch (offer.kind()) {
            case CASH, VOUCHER, MANUFACTURER_COUPON, ON_ACCOUNT ->
                    decideOnce(offer)
                            .map(Deciding::result)
                            .orElseGet(() -> asItIs(offer.order(), offer.tender()));
            case CARD, GIFT_CARD ->
                    claiming(
                            offer.tender(),
                            () -> asItIs(offer.order(), offer.tender()),
                            () -> {
                                Optional<Deciding> decided = decideOnce(offer);
                                return ask(offer.order(), offer.tender(), decided.orElse(null));
                            });
        };
    }

    /// Does something while nobody else of this process asks about a tender.
    private <R> R claiming(String tender, Supplier<R> otherwise, Supplier<R> work) {
        if (!asking.add(tender)) {
            return otherwise.get();
        }
        try {
            return work.get();
        } finally {
            asking.remove(tender);
        }
    }

    /// What a command has come to.
    ///
    /// @param now whether it was decided by this very command, and not before
    private record Deciding(PaymentResult result, boolean now) {

        static Deciding before(PaymentResult result) {
            return new Deciding(result, false);
        }
    }

    /// @return empty if it has been done before
    private Optional<Deciding> decideOnce(Offer offer) {
        Command command =
                new Command(
                        "tender/" + offer.tender(),
                        "%s %s %s %s"
                                .formatted(
                                        offer.order(),
                                        offer.kind(),
                                        offer.amount(),
                                        offer.account()));
        try {
            return book.once(command, (handle, publish) -> decide(handle, publish, offer));
        } catch (CommandIdReused _) {
            return Optional.of(Deciding.before(idUsed()));
        }
    }

    private static Refused idUsed() {
        return new Refused(
                Refusal.ID_USED, "this id stands for another tender already; choose a new one");
    }

    private Deciding decide(Handle handle, Consumer<PaymentEvent> publish, Offer offer) {
        Optional<Payment> payment = tables.payment(handle, offer.order());
        if (payment.isEmpty()) {
            return Deciding.before(noSuchPayment());
        }
        Optional<Tender> known = tables.tender(handle, offer.tender());
        if (known.isPresent()) {
            return Deciding.before(
                    known.get().sameAs(offer.kind(), offer.order(), false)
                            ? result(payment.get(), known.get())
                            : idUsed());
        }
        Place place = places.now(handle, payment.get(), offer.till());
        String account = offer.account() == null ? "" : offer.account();
        Taking.Known beside =
                new Taking.Known(
                        tables.lying(handle, offer.order()),
                        tables.giftCardOffline(handle, account),
                        tables.blocked(handle, account),
                        tables.voucher(handle, account).orElse(null),
                        book.clock().instant());
        return switch (Taking.offer(payment.get(), offer, place, beside, policy)) {
            case Decided.No(Refusal why, String detail) ->
                    Deciding.before(new Refused(why, detail));
            case Decided.Happens(List<PaymentEvent> events) -> {
                events.forEach(publish);
                Tender tender = tables.tender(handle, offer.tender()).orElseThrow();
                Payment now =
                        completed(
                                handle,
                                publish,
                                offer.order(),
                                offer.kind() == TenderKind.CASH ? tender.amount() : null,
                                place,
                                offer.by());
                yield new Deciding(result(now, tender), true);
            }
        };
    }

    private static Refused noSuchPayment() {
        return new Refused(
                Refusal.NO_SUCH_PAYMENT, "nothing is due for this order yet; open its payment");
    }

    private PaymentResult asItIs(String order, String tender) {
        return book.query(handle -> {
            Optional<Payment> payment = tables.payment(handle, order);
            if (payment.isEmpty()) {
                return noSuchPayment();
            }
            return tables.tender(handle, tender)
                    .map(it -> it.order().equals(order) ? result(payment.get(), it) : idUsed())
                    .orElseGet(() -> new Asking(payment.get()));
        });
    }

    private static PaymentResult result(Payment payment, Tender tender) {
        return switch (tender.state()) {
            case REQUESTED -> new Asking(payment);
            case DECLINED, WITHDRAWN -> new Declined(payment, String.valueOf(tender.reason()));
            case UNKNOWN, REVERSING, REVERSED, REVERSAL_REFUSED -> new Lost(payment);
            case TAKEN,
                    APPROVED,
                    STORED,
                    FORWARDED,
                    APPROVED_LATE,
                    DECLINED_LATE,
                    CANCELLING,
                    CANCELLED,
                    GIVEN,
                    PROMISED,
                    DROPPED,
                    PROMISE_REFUSED ->
                    new Done(payment);
        };
    }

    // ---- asking

    /// Asks about a tender that is claimed, if it has to be asked about.
    ///
    /// @param decided null if it had been decided before: then it may have been asked before, too
    private PaymentResult ask(String order, String tender, @Nullable Deciding decided) {
        if (decided != null && decided.result() instanceof Refused) {
            return decided.result();
        }
        Optional<Tender> requested =
                book.query(handle -> tables.tender(handle, tender))
                        .filter(it -> it.asking() && it.order().equals(order));
        if (requested.isPresent()) {
            answer(requested.get(), decided != null && decided.now());
        }
        return asItIs(order, tender);
    }

    /// @param first nobody can have been asked before
    private Errand answer(Tender tender, boolean first) {
        return tender.refund() ? answerRefund(tender, first) : answerTender(tender, first);
    }

    private Errand answerTender(Tender tender, boolean first) {
        Authorization answer = first ? authorise(tender) : outcome(tender);
        if (!first && answer instanceof Authorization.OutOfReach) {
            return silent(tender, "the outcome of %s cannot be asked for".formatted(tender.id()));
        }
        if (first && answer instanceof Authorization.Unknown) {
            Authorization outcome = outcome(tender);
            if (!(outcome instanceof Authorization.OutOfReach)) {
                answer = outcome;
            }
        }
        Authorization known = answer;
        return changing(
                tender,
                (handle, publish, now) -> {
                    Place place = places.still(handle, now.place());
                    publish.accept(Taking.answered(now, known, place));
                    completed(handle, publish, now.order(), null, place, now.by());
                });
    }

    private Authorization authorise(Tender tender) {
        return tender.kind() == TenderKind.CARD
                ? terminal.authorise(
                        new Terminal.Request(
                                tender.id(),
                                tender.place().till(),
                                tender.amount(),
                                tender.mayStore()))
                : giftCards.redeem(tender.id(), requireNonNull(tender.account()), tender.amount());
    }

    private Authorization outcome(Tender tender) {
        return tender.kind() == TenderKind.CARD
                ? terminal.outcome(tender.place().till(), tender.id())
                : giftCards.outcome(tender.id());
    }

    private Errand answerRefund(Tender tender, boolean first) {
        return switch (refundAtTerminal(tender)) {
            case Authorization.Approved(_, Money amount, _) when amount.equals(tender.amount()) ->
                    changing(
                            tender,
                            (handle, publish, now) -> {
                                Place place = places.still(handle, now.place());
                                publish.accept(
                                        new RefundMade(
                                                now.order(),
                                                now.id(),
                                                now.kind(),
                                                now.amount(),
                                                now.amount(),
                                                null,
                                                now.of(),
                                                place,
                                                now.by()));
                                completed(handle, publish, now.order(), null, place, now.by());
                            });
            case Authorization.Declined(String reason) -> refundDeclined(tender, reason);
            case Authorization.OutOfReach() when first ->
                    refundDeclined(
                            tender, "the acquirer is out of reach; give back in another way");
            case Authorization.Approved _,
                    Authorization.OutOfReach _,
                    Authorization.Stored _,
                    Authorization.Unknown _ ->
                    hindered("refund %s has no answer".formatted(tender.id()));
        };
    }

    private Errand refundDeclined(Tender tender, String reason) {
        return changing(
                tender,
                (_, publish, now) ->
                        publish.accept(
                                new RefundDeclined(now.order(), now.id(), now.kind(), reason)));
    }

    private Authorization refundAtTerminal(Tender tender) {
        RefundOf of = requireNonNull(tender.of());
        return terminal.refund(
                new Terminal.Refund(
                        tender.id(),
                        requireNonNull(of.tender()),
                        tender.place().till(),
                        tender.amount()));
    }

    /// What is written down about a tender.
    @FunctionalInterface
    private interface Change {
        void decide(Handle handle, Consumer<PaymentEvent> publish, Tender now);
    }

    /// Writes something down about a tender, unless somebody else has meanwhile.
    private Errand changing(Tender tender, Change change) {
        return book.write((handle, publish) -> {
            Tender now = tables.tender(handle, tender.id()).orElseThrow();
            if (now.state() != tender.state()) {
                return new Errand.NotDue();
            }
            change.decide(handle, publish, now);
            return new Errand.GotOn();
        });
    }

    /// Nobody answers there: others need not be asked about.
    private static Errand silent(Tender tender, String why) {
        return new Errand.Hindered(true, why + "; asked at " + asked(tender));
    }

    /// No answer about this one, but there may be one about others.
    private static Errand hindered(String why) {
        return new Errand.Hindered(false, why);
    }

    /// Who is asked about a tender.
    private static String asked(Tender tender) {
        return tender.kind() == TenderKind.CARD ? "the terminal of " + tender.place().till() : "HQ";
    }

    // ---- giving back

    /// Gives money back for a payment of which the amount due is negative. For a card this waits for the terminal.
    public PaymentResult giveBack(GivingBack wish) {
        return claiming(
                wish.tender(),
                () -> asItIs(wish.order(), wish.tender()),
                () -> {
                    String original = wish.of() == null ? null : wish.of().tender();
                    // Claimed while it is decided: what is stored must not go up while it is
                    // cancelled.
                    boolean claimed = original != null && asking.add(original);
                    Deciding decided;
                    try {
                        decided = decideOnce(wish, original != null && !claimed).orElse(null);
                    } finally {
                        if (claimed) {
                            asking.remove(requireNonNull(original));
                        }
                    }
                    return ask(wish.order(), wish.tender(), decided);
                });
    }

    private Optional<Deciding> decideOnce(GivingBack wish, boolean goingUp) {
        Command command =
                new Command(
                        "tender/" + wish.tender(),
                        "back %s %s %s %s %s"
                                .formatted(
                                        wish.order(),
                                        wish.kind(),
                                        wish.amount(),
                                        wish.of(),
                                        wish.account()));
        try {
            return book.once(command, (handle, publish) -> decide(handle, publish, wish, goingUp));
        } catch (CommandIdReused _) {
            return Optional.of(Deciding.before(idUsed()));
        }
    }

    private Deciding decide(
            Handle handle, Consumer<PaymentEvent> publish, GivingBack wish, boolean goingUp) {
        Optional<Payment> payment = tables.payment(handle, wish.order());
        if (payment.isEmpty()) {
            return Deciding.before(noSuchPayment());
        }
        Optional<Tender> known = tables.tender(handle, wish.tender());
        if (known.isPresent()) {
            return Deciding.before(
                    known.get().sameAs(wish.kind(), wish.order(), true)
                            ? result(payment.get(), known.get())
                            : idUsed());
        }
        Place place = places.now(handle, payment.get(), wish.till());
        Refunding.Known beside = known(handle, wish, place, goingUp);
        return switch (Refunding.decide(
                payment.get(), wish, place, beside, policy, "V-" + wish.tender())) {
            case Decided.No(Refusal why, String detail) ->
                    Deciding.before(new Refused(why, detail));
            case Decided.Happens(List<PaymentEvent> events) -> {
                events.forEach(publish);
                Payment now = completed(handle, publish, wish.order(), null, place, wish.by());
                Tender tender = tables.tender(handle, wish.tender()).orElseThrow();
                yield new Deciding(result(now, tender), true);
            }
        };
    }

    private Refunding.Known known(Handle handle, GivingBack wish, Place place, boolean goingUp) {
        RefundOf of = wish.of();
        String order = of == null ? "" : of.order();
        String shift = place.shift();
        return new Refunding.Known(
                of == null ? null : tables.payment(handle, order).orElse(null),
                tables.refunded(handle, "amount", order, null, null),
                of == null || of.tender() == null
                        ? Money.zero(policy.currency())
                        : tables.refunded(handle, "amount", order, of.tender(), null),
                tables.refunded(handle, "amount", order, null, TenderKind.CASH),
                tables.refunded(handle, "paid", order, null, TenderKind.CASH),
                tables.refunded(handle, "amount", order, null, TenderKind.VOUCHER),
                goingUp,
                shift == null ? Money.zero(policy.currency()) : tables.drawer(handle, shift));
    }

    // ---- withdrawing

    /// Hands a tender back before its order is paid, or gives up waiting for its answer.
    public PaymentResult withdraw(
            String order, String tender, String reason, String till, String by) {
        Texts.words("reason", reason);
        return withdrawing(
                List.of(tender),
                order,
                (handle, publish, payment) -> {
                    Tender it = payment.tender(tender);
                    if (it == null) {
                        return new Refused(
                                Refusal.NO_SUCH_TENDER, "the payment has no tender " + tender);
                    }
                    if (payment.state() != Payment.State.OPEN) {
                        return new Refused(
                                Refusal.NOT_NOW,
                                "the payment is %s; what is paid is refunded"
                                        .formatted(payment.state()));
                    }
                    if (it.refund()) {
                        return it.counts() || it.asking()
                                ? new Refused(
                                        Refusal.MONEY_WENT_BACK, "it has gone back, or is going")
                                : new Done(payment);
                    }
                    Place place = places.now(handle, payment, till);
                    withdrawal(it, reason, place, by).ifPresent(publish);
                    return new Done(completed(handle, publish, order, null, place, by));
                });
    }

    /// Gives a payment up, and hands back what has been taken for it.
    public PaymentResult cancel(String order, String reason, String till, String by) {
        Texts.words("reason", reason);
        List<String> all =
                payment(order).stream()
                        .flatMap(it -> it.tenders().stream())
                        .filter(it -> it.counts() || it.asking())
                        .map(Tender::id)
                        .toList();
        return withdrawing(
                all,
                order,
                (handle, publish, payment) -> {
                    if (payment.state() == Payment.State.CANCELLED) {
                        return new Done(payment);
                    }
                    if (payment.state() == Payment.State.COMPLETED) {
                        return new Refused(
                                Refusal.NOT_OPEN, "it is paid, which is final; refund it");
                    }
                    if (payment.tenders().stream()
                            .anyMatch(it -> it.refund() && (it.counts() || it.asking()))) {
                        return new Refused(
                                Refusal.MONEY_WENT_BACK, "money has gone back, or is going");
                    }
                    if (payment.tenders().stream()
                            .anyMatch(
                                    it -> (it.counts() || it.asking()) && !all.contains(it.id()))) {
                        return stillAsking();
                    }
                    Place place = places.now(handle, payment, till);
                    for (Tender tender : payment.tenders()) {
                        withdrawal(tender, reason, place, by).ifPresent(publish);
                    }
                    publish.accept(new PaymentCancelled(order, reason, by));
                    return new Done(tables.payment(handle, order).orElseThrow());
                });
    }

    private static Refused stillAsking() {
        return new Refused(
                Refusal.STILL_ASKING, "a tender is being asked about; wait for the answer");
    }

    /// What is decided about a payment.
    @FunctionalInterface
    private interface Withdrawing {
        PaymentResult decide(Handle handle, Consumer<PaymentEvent> publish, Payment payment);
    }

    private PaymentResult withdrawing(
            Collection<String> tenders, String order, Withdrawing decision) {
        List<String> claimed = new ArrayList<>();
        try {
            for (String tender : tenders) {
                if (!asking.add(tender)) {
                    return stillAsking();
                }
                claimed.add(tender);
            }
            return book.write((handle, publish) -> {
                Optional<Payment> payment = tables.payment(handle, order);
                return payment.isEmpty()
                        ? noSuchPayment()
                        : decision.decide(handle, publish, payment.get());
            });
        } finally {
            claimed.forEach(asking::remove);
        }
    }

    private static Optional<TenderWithdrawn> withdrawal(
            Tender tender, String reason, Place place, String by) {
        boolean reversal =
                switch (tender.state()) {
                    case REQUESTED, APPROVED, STORED, FORWARDED, APPROVED_LATE -> true;
                    default -> false;
                };
        if (!tender.counts() && !tender.asking()) {
            return Optional.empty();
        }
        Money zero = Money.zero(tender.amount().currency());
        return Optional.of(
                new TenderWithdrawn(
                        tender.order(),
                        tender.id(),
                        tender.kind(),
                        tender.counts() ? tender.amount() : zero,
                        reversal,
                        reason,
                        place,
                        by));
    }

    // ---- errands

    private List<Numbered> outstanding(boolean stored, long after) {
        return book.query(handle -> tables.unsettled(handle, stored, after, PAGE_TENDERS_MAX));
    }

    private Errand settle(Tender seen) {
        return errand(
                seen,
                tender ->
                        switch (tender.state()) {
                            case REQUESTED -> answer(tender, false);
                            case UNKNOWN, REVERSING, CANCELLING -> reverse(tender);
                            case PROMISED -> keepPromise(tender);
                            default -> new Errand.NotDue();
                        });
    }

    private Errand forward(Tender seen) {
        return errand(
                seen,
                tender ->
                        switch (tender.state()) {
                            case STORED, FORWARDED -> sendUp(tender);
                            default -> new Errand.NotDue();
                        });
    }

    /// Claims the tender, and looks at it again.
    private Errand errand(Tender seen, Function<Tender, Errand> work) {
        return claiming(
                seen.id(),
                Errand.NotDue::new,
                () ->
                        work.apply(
                                book.query(
                                        handle -> tables.tender(handle, seen.id()).orElseThrow())));
    }

    private Errand reverse(Tender tender) {
        Reversal answer =
                tender.kind() == TenderKind.CARD
                        ? terminal.reverse(tender.place().till(), tender.id())
                        : giftCards.reverse(tender.id());
        return switch (answer) {
            case Reversal.Reversed() ->
                    changing(
                            tender,
                            (_, publish, now) ->
                                    publish.accept(
                                            new TenderReversed(now.order(), now.id(), now.kind())));
            case Reversal.Refused(String reason) -> {
                LOG.log(
                        Level.ERROR,
                        () ->
                                "reversal-refused order=%s tender=%s amount=%s reason=%s remedy=give it back by hand, and say so in the cash office"
                                        .formatted(
                                                tender.order(),
                                                tender.id(),
                                                tender.amount(),
                                                reason));
                yield changing(
                        tender,
                        (_, publish, now) ->
                                publish.accept(
                                        new ReversalRefused(
                                                now.order(),
                                                now.id(),
                                                now.kind(),
                                                now.amount(),
                                                reason)));
            }
            case Reversal.Unknown() ->
                    hindered("the reversal of %s has no answer".formatted(tender.id()));
        };
    }

    private Errand sendUp(Tender tender) {
        return switch (terminal.forward(tender.place().till(), tender.id(), tender.amount())) {
            case Authorization.Approved(String code, Money amount, _) ->
                    changing(
                            tender,
                            (_, publish, now) ->
                                    publish.accept(
                                            new StoredTenderApproved(
                                                    now.order(), now.id(), amount, code)));
            case Authorization.Declined(String reason) -> {
                LOG.log(
                        Level.WARNING,
                        () ->
                                "late-decline order=%s tender=%s amount=%s reason=%s"
                                        .formatted(
                                                tender.order(),
                                                tender.id(),
                                                tender.amount(),
                                                reason));
                yield changing(
                        tender,
                        (handle, publish, now) ->
                                publish.accept(
                                        new StoredTenderDeclined(
                                                now.order(),
                                                now.id(),
                                                now.amount()
                                                        .minus(
                                                                tables.promised(
                                                                        handle,
                                                                        now.order(),
                                                                        now.id())),
                                                reason)));
            }
            case Authorization.Stored _, Authorization.OutOfReach _ ->
                    silent(tender, "the acquirer is out of reach");
            case Authorization.Unknown _ -> {
                if (tender.state() == Tender.State.STORED) {
                    changing(
                            tender,
                            (_, publish, now) ->
                                    publish.accept(
                                            new StoredTenderForwarded(now.order(), now.id())));
                }
                yield hindered("%s went up, and has no answer".formatted(tender.id()));
            }
        };
    }

    private Errand keepPromise(Tender tender) {
        RefundOf of = requireNonNull(tender.of());
        Tender original =
                book.query(
                        handle -> tables.tender(handle, requireNonNull(of.tender())).orElseThrow());
        return switch (original.state()) {
            case DECLINED_LATE ->
                    changing(
                            tender,
                            (_, publish, now) ->
                                    publish.accept(
                                            new PromisedRefundDropped(now.order(), now.id())));
            case APPROVED_LATE ->
                    switch (refundAtTerminal(tender)) {
                        case Authorization.Approved _ ->
                                changing(
                                        tender,
                                        (_, publish, now) ->
                                                publish.accept(
                                                        new PromisedRefundMade(
                                                                now.order(), now.id())));
                        case Authorization.Declined(String reason) ->
                                changing(
                                        tender,
                                        (_, publish, now) ->
                                                publish.accept(
                                                        new PromisedRefundRefused(
                                                                now.order(),
                                                                now.id(),
                                                                now.amount(),
                                                                reason)));
                        case Authorization.OutOfReach _,
                                Authorization.Stored _,
                                Authorization.Unknown _ ->
                                hindered("refund %s has no answer".formatted(tender.id()));
                    };
            default -> new Errand.NotDue();
        };
    }

    /// Says that somebody has looked at what needed attention.
    ///
    /// @return false if nothing about this tender needs attention
    public boolean lookedAt(String tender, String note, String by) {
        Texts.words("note", note);
        return book.write((handle, publish) -> {
            if (!tables.needsAttention(handle, tender)) {
                return false;
            }
            publish.accept(new TenderLookedAt(tender, note, by));
            return true;
        });
    }
}
