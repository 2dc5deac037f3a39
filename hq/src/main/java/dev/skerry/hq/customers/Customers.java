package dev.skerry.hq.customers;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Change;
import dev.skerry.context.Changes;
import dev.skerry.context.Changes.Fault;
import dev.skerry.context.Handle;
import dev.skerry.context.Reference;
import dev.skerry.context.Words;
import dev.skerry.hq.customers.CustomersTables.Uncounted;
import dev.skerry.hq.customers.LedgerEvent.Base;
import dev.skerry.hq.customers.LedgerEvent.GiftCardLoaded;
import dev.skerry.hq.customers.LedgerEvent.PointsCountMade;
import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.customers.CustomerEvent.CustomerRemoved;
import dev.skerry.language.customers.CustomerEvent.PointsCounted;
import dev.skerry.language.customers.CustomerEvent.PointsRemoved;
import dev.skerry.language.loyalty.CustomerListEvent;
import dev.skerry.language.loyalty.CustomerListEvent.ListConfirmed;
import dev.skerry.language.loyalty.CustomerListEvent.StoreCounted;
import dev.skerry.language.loyalty.LoyaltyEvent;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponFreed;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponUsed;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerForgotten;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerSignedUp;
import dev.skerry.language.loyalty.LoyaltyEvent.PointsBooked;
import dev.skerry.language.loyalty.OfferEvent;
import dev.skerry.language.loyalty.OfferEvent.CodeFreed;
import dev.skerry.language.loyalty.OfferEvent.CodeUsedUp;
import dev.skerry.language.loyalty.OfferEvent.OfferMade;
import dev.skerry.language.loyalty.OfferEvent.OfferWithdrawn;
import dev.skerry.language.payments.GiftCardEvent;
import dev.skerry.language.payments.GiftCardEvent.GiftCardBlocked;
import dev.skerry.language.payments.GiftCardEvent.GiftCardUnblocked;
import dev.skerry.language.payments.GiftCardEvent.OfflineGiftCardBooked;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.RefundMade;
import dev.skerry.language.payments.PaymentEvent.ReversalRefused;
import dev.skerry.language.payments.PaymentEvent.StoredTenderCancelled;
import dev.skerry.language.payments.PaymentEvent.TenderApproved;
import dev.skerry.language.payments.PaymentEvent.TenderRequested;
import dev.skerry.language.payments.PaymentEvent.TenderReversed;
import dev.skerry.language.payments.PaymentEvent.TenderStored;
import dev.skerry.language.payments.PaymentEvent.TenderWithdrawn;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Who the chain's customers are, their points, offers and gift cards; and every change to them. Any thread.
public final class Customers {

    public static final StreamName LOCAL = StreamName.of("local/customers");

    public static final StreamName LEDGER = StreamName.of("local/ledger");

    /// The most customers that one question is answered with.
    public static final int RESULTS_MAX = 200;

    private static final int OFFERS_MAX = 1_000;

    static final EventForm<LedgerEvent> LEDGER_FORM =
            new EventForm<>("dev.skerry.ledger.", LedgerEvent.class);

    static final Reference<CustomerEvent> CUSTOMERS =
            new Reference<>(
                    StreamName.of(CustomerEvent.STREAM),
                    CustomerEvent.FORM,
                    CustomerEvent::key,
                    CustomerEvent::ends,
                    Customers::ending);
    static final Reference<OfferEvent> OFFERS =
            new Reference<>(
                    StreamName.of(OfferEvent.STREAM),
                    OfferEvent.FORM,
                    OfferEvent::key,
                    OfferEvent::ends,
                    Customers::ending);
    static final Reference<GiftCardEvent> GIFT_CARDS =
            new Reference<>(
                    StreamName.of(GiftCardEvent.STREAM),
                    GiftCardEvent.FORM,
                    GiftCardEvent::key,
                    GiftCardEvent::ends,
                    it -> new GiftCardUnblocked(it.card()));

    private final Changes changes;
    private final Currency currency;
    private final InstantSource clock;

    /// @param database of this context alone, with [#tables]
    /// @param currency of gift cards
    public Customers(
            SqliteDatabase database, Currency currency, InstantSource clock, TimeOrderedIds ids) {
        this.currency = requireNonNull(currency, "currency");
        this.clock = requireNonNull(clock, "clock");
        this.changes =
                new Changes(
                        database,
                        LOCAL,
                        List.of(CUSTOMERS, OFFERS, GIFT_CARDS),
                        List.of(
                                // Nothing here follows from these: they are for stores alone.
                                new Publication<>(CUSTOMERS.stream(), CustomerListEvent.FORM, true),
                                new Publication<>(LEDGER, LEDGER_FORM, false)),
                        new CustomersTables(),
                        Customers::faults,
                        clock,
                        ids);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return Stream.concat(Changes.tables().stream(), Stream.of(CustomersTables.MIGRATIONS))
                .toArray(Migrations[]::new);
    }

    private static CustomerEvent ending(CustomerEvent event) {
        return switch (event) {
            case CustomerChanged changed -> new CustomerRemoved(changed.customer());
            case PointsCounted counted -> new PointsRemoved(counted.customer());
            case CustomerRemoved _, PointsRemoved _ -> event;
        };
    }

    private static OfferEvent ending(OfferEvent event) {
        return switch (event) {
            case OfferMade made -> new OfferWithdrawn(made.id());
            case CodeUsedUp used -> new CodeFreed(used.code(), used.customer());
            case OfferWithdrawn _, CodeFreed _ -> event;
        };
    }

    /// A card is one customer's.
    private static List<Fault> faults(List<?> events, Handle tables) {
        Map<String, String> cards = new HashMap<>();
        List<String> said = new ArrayList<>();
        for (Object event : events) {
            if (event instanceof CustomerEvent customer) {
                said.add(customer.customer());
            }
        }
        List<Fault> faults = new ArrayList<>();
        for (Object event : events) {
            if (event instanceof CustomerChanged changed) {
                for (String card : changed.cards()) {
                    String other = cards.putIfAbsent(card, changed.customer());
                    if (other != null && !other.equals(changed.customer())) {
                        faults.add(taken(changed, card, other));
                    }
                    CustomersTables.byCard(card, tables).stream()
                            .filter(it -> !said.contains(it))
                            .forEach(it -> faults.add(taken(changed, card, it)));
                }
            }
        }
        return faults;
    }

    private static Fault taken(CustomerChanged changed, String card, String other) {
        return new Fault(changed.key(), "the card %s is that of %s".formatted(card, other));
    }

    /// Every change to them, and how one is decided.
    public Changes changes() {
        return changes;
    }

    Book<Object> book() {
        return changes.book();
    }

    static String store(StreamName stream) {
        return stream.value().substring(0, stream.value().indexOf('/'));
    }

    // ---- what stores say

    void heard(
            LoyaltyEvent event,
            Instant at,
            StreamName stream,
            long offset,
            Handle tables,
            Consumer<Object> publish) {
        String store = store(stream);
        switch (event) {
            case PointsBooked booked ->
                    CustomersTables.book(
                            booked.customer(),
                            offset,
                            new Booking(
                                    store,
                                    at,
                                    booked.order(),
                                    booked.why().name(),
                                    booked.points()),
                            tables);
            case CustomerSignedUp signedUp ->
                    signedUp(signedUp, at, stream, offset, tables, publish);
            case CouponUsed used -> {
                String customer = used.customer() == null ? "" : used.customer();
                List<String> before = CustomersTables.uses(used.code(), customer, tables);
                CustomersTables.use(used.code(), customer, store, used.order(), at, tables);
                if (before.isEmpty()) {
                    publish.accept(new CodeUsedUp(used.code(), used.customer(), store, at));
                } else {
                    CustomersTables.find(
                            new Finding(
                                    Finding.Kind.CODE_USED_AGAIN,
                                    used.code(),
                                    store,
                                    used.order(),
                                    at,
                                    "used before in " + before.getFirst()),
                            stream.value(),
                            offset,
                            tables);
                }
            }
            case CouponFreed freed -> {
                String customer = freed.customer() == null ? "" : freed.customer();
                CustomersTables.free(freed.code(), customer, store, freed.order(), tables);
                if (CustomersTables.uses(freed.code(), customer, tables).isEmpty()) {
                    publish.accept(new CodeFreed(freed.code(), freed.customer()));
                }
            }
            case CustomerForgotten _ -> {}
        }
    }

    private static void signedUp(
            CustomerSignedUp signedUp,
            Instant at,
            StreamName stream,
            long offset,
            Handle tables,
            Consumer<Object> publish) {
        String id = signedUp.customer();
        if (Changes.said(CUSTOMERS, "customer/" + id, tables).isPresent()) {
            return;
        }
        List<String> free = new ArrayList<>();
        for (String card : signedUp.cards()) {
            List<String> of = CustomersTables.byCard(card, tables);
            if (of.isEmpty()) {
                free.add(card);
            } else {
                CustomersTables.find(
                        new Finding(
                                Finding.Kind.CARD_TAKEN,
                                card,
                                store(stream),
                                "",
                                at,
                                "%s was signed up with the card of %s"
                                        .formatted(id, of.getFirst())),
                        stream.value(),
                        offset,
                        tables);
            }
        }
        publish.accept(
                new CustomerChanged(
                        id,
                        free,
                        signedUp.name(),
                        List.of(),
                        signedUp.email(),
                        signedUp.since(),
                        false));
    }

    void heard(
            PaymentEvent event,
            Instant at,
            StreamName stream,
            long offset,
            Handle tables,
            Consumer<Object> publish) {
        String store = store(stream);
        switch (event) {
            case TenderRequested asked when isGiftCard(asked.kind()) && asked.account() != null ->
                    CustomersTables.tender(store, asked.tender(), asked.account(), 0, tables);
            case TenderApproved approved when isGiftCard(approved.kind()) ->
                    CustomersTables.tenderAmount(
                            store, approved.tender(), approved.amount().minor(), tables);
            case TenderStored stored when isGiftCard(stored.kind()) && stored.account() != null ->
                    booked(stored, stored.account(), at, stream, offset, tables, publish);
            case TenderWithdrawn withdrawn when isGiftCard(withdrawn.kind()) ->
                    CustomersTables.tenderAmount(store, withdrawn.tender(), 0, tables);
            case TenderReversed reversed when isGiftCard(reversed.kind()) ->
                    CustomersTables.tenderAmount(store, reversed.tender(), 0, tables);
            case ReversalRefused refused when isGiftCard(refused.kind()) ->
                    CustomersTables.tenderAmount(
                            store, refused.tender(), refused.amount().minor(), tables);
            case StoredTenderCancelled cancelled ->
                    CustomersTables.tenderLess(
                            store, cancelled.tender(), cancelled.amount().minor(), tables);
            case RefundMade refund when isGiftCard(refund.kind()) && refund.account() != null ->
                    CustomersTables.tender(
                            store,
                            refund.tender(),
                            refund.account(),
                            -refund.paid().minor(),
                            tables);
            default -> {}
        }
    }

    private static boolean isGiftCard(TenderKind kind) {
        return kind == TenderKind.GIFT_CARD;
    }

    /// A store took something off a card without asking. A chain that keeps its gift cards elsewhere has nothing to book here.
    private void booked(
            TenderStored stored,
            String card,
            Instant at,
            StreamName stream,
            long offset,
            Handle tables,
            Consumer<Object> publish) {
        String store = store(stream);
        long before =
                CustomersTables.loaded(card, tables).orElse(0L)
                        - CustomersTables.taken(card, tables);
        CustomersTables.tender(store, stored.tender(), card, stored.amount().minor(), tables);
        if (!CustomersTables.keepsGiftCards(tables)) {
            return;
        }
        long lacks = Math.clamp(stored.amount().minor() - before, 0, stored.amount().minor());
        Money overdraft = new Money(lacks, currency);
        publish.accept(
                new OfflineGiftCardBooked(
                        card, store, stored.tender(), lacks == 0 ? null : overdraft));
        if (lacks > 0) {
            publish.accept(new GiftCardBlocked(card, "overdrawn by " + overdraft));
            CustomersTables.find(
                    new Finding(
                            Finding.Kind.GIFT_CARD_OVERDRAWN,
                            card,
                            store,
                            stored.order(),
                            at,
                            "it lacked " + overdraft),
                    stream.value(),
                    offset,
                    tables);
        }
    }

    // ---- points

    /// Publishes how many points those customers have for whom stores have booked something since the last count, and up to where each
    /// store is counted; or, if there are none, that the list stands.
    ///
    /// @return how many customers were counted
    public int count() {
        return book().write((tables, publish) -> {
            Uncounted uncounted = CustomersTables.uncounted(tables);
            // Later than any count before, whatever the clock shows.
            long later = CustomersTables.lastMade(tables) + 1;
            Instant asOf = Instant.ofEpochMilli(Math.max(clock.millis(), later));
            if (uncounted.stores().isEmpty()) {
                publish.accept(new ListConfirmed(asOf));
                return 0;
            }
            Map<String, Base> bases = new HashMap<>();
            List<PointsCounted> counts = new ArrayList<>();
            for (String customer : uncounted.customers()) {
                // Of whom HQ knows nothing, or nothing any more, nothing is told to stores.
                if (Changes.said(CUSTOMERS, "customer/" + customer, tables).isEmpty()) {
                    continue;
                }
                Base base = base(customer, tables);
                if (!base.asOf().equals(Instant.MIN)
                        && CustomersTables.base(customer, tables).filter(base::equals).isEmpty()) {
                    bases.put(customer, base);
                }
                counts.add(new PointsCounted(customer, points(base, tables), asOf));
            }
            publish.accept(
                    new PointsCountMade(uncounted.upTo(), asOf, List.copyOf(bases.values())));
            uncounted
                    .stores()
                    .forEach(it -> publish.accept(new StoreCounted(it.store(), it.upTo(), asOf)));
            counts.forEach(publish);
            return counts.size();
        });
    }

    /// What a customer had before any store's booking counts: a count that HQ did not make itself, as an import brings it, or nothing.
    private static Base base(String customer, Handle tables) {
        Optional<PointsCounted> said =
                Changes.said(CUSTOMERS, "points/" + customer, tables)
                        .map(PointsCounted.class::cast)
                        .filter(it -> !CustomersTables.isMade(it.asOf(), tables));
        return said.map(it -> new Base(customer, it.points(), it.asOf()))
                .or(() -> CustomersTables.base(customer, tables))
                .orElse(new Base(customer, 0, Instant.MIN));
    }

    private static long points(Base base, Handle tables) {
        return base.points() + CustomersTables.bookedAfter(base.customer(), base.asOf(), tables);
    }

    /// How many a customer has, as far as HQ has heard by now.
    public long points(String customer) {
        return book().query(tables -> points(base(customer, tables), tables));
    }

    /// What stores have booked for a customer, the newest first.
    public List<Booking> bookings(String customer, int max) {
        return book().query(tables -> CustomersTables.bookings(customer, max, tables));
    }

    // ---- queries

    public Optional<CustomerChanged> customer(String id) {
        return changes.said(CUSTOMERS, "customer/" + id).map(CustomerChanged.class::cast);
    }

    /// What was published about a customer by people at HQ, the newest first.
    public List<Change.Step> history(String id, int max) {
        return changes.history(CUSTOMERS.stream(), "customer/" + id, max);
    }

    /// Those in whose names, ids or cards all words stand, by name.
    ///
    /// @param max 1 to [#RESULTS_MAX]
    public List<CustomerChanged> search(String words, int offset, int max) {
        List<String> all = Words.of(words);
        return book().query(tables ->
                CustomersTables.search(all, offset, max, tables).stream()
                        .flatMap(it -> Changes.said(CUSTOMERS, "customer/" + it, tables).stream())
                        .map(CustomerChanged.class::cast)
                        .toList());
    }

    /// By id.
    public List<OfferMade> offers() {
        return changes.said(OFFERS, "offer/", null, OFFERS_MAX).stream()
                .map(OfferMade.class::cast)
                .toList();
    }

    /// The newest first.
    public List<Finding> findings(int offset, int max) {
        return book().query(tables -> CustomersTables.findings(offset, max, tables));
    }

    // ---- gift cards

    /// Puts money on a card.
    ///
    /// @throws IllegalArgumentException if it is not above zero, or in another currency
    public GiftCard load(Command command, String card, Money amount, String by) {
        if (!amount.isPositive() || !amount.currency().equals(currency)) {
            throw new IllegalArgumentException(
                    "an amount above zero, in %s: not %s".formatted(currency, amount));
        }
        book().once(
                        command,
                        (_, publish) -> {
                            publish.accept(new GiftCardLoaded(card, amount, by));
                            return true;
                        });
        return giftCard(card).orElseThrow();
    }

    /// Empty if HQ has put nothing on it.
    public Optional<GiftCard> giftCard(String card) {
        return book().query(tables ->
                CustomersTables.loaded(card, tables)
                        .map(loaded -> {
                            long taken = CustomersTables.taken(card, tables);
                            return new GiftCard(
                                    card,
                                    new Money(loaded, currency),
                                    new Money(taken, currency),
                                    new Money(loaded - taken, currency),
                                    Changes.said(GIFT_CARDS, "card/" + card, tables).isPresent());
                        }));
    }
}
