package dev.skerry.store.loyalty;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Publication;
import dev.skerry.context.Handle;
import dev.skerry.language.EventForm;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.loyalty.LoyaltyEvent;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponFreed;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponUsed;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerSignedUp;
import dev.skerry.language.loyalty.LoyaltyEvent.PointsBooked;
import dev.skerry.language.loyalty.LoyaltyEvent.Seen;
import dev.skerry.language.loyalty.OfferEvent.OfferMade;
import dev.skerry.language.orders.Order;
import dev.skerry.pricing.Customer;
import dev.skerry.store.loyalty.CouponState.Status;
import dev.skerry.store.loyalty.LocalEvent.ReservationEnded;
import dev.skerry.store.loyalty.LocalEvent.SpendingReserved;
import dev.skerry.store.loyalty.LoyaltyTables.Account;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Customers, points and codes of a store: commands and queries. Any thread.
public final class Loyalty {

    /// How many customers a search finds.
    public static final int FOUND_MAX = 50;

    /// How many letters a search needs: fewer fit half of the list.
    public static final int SEARCH_LETTERS_MIN = 2;

    /// How many offers are shown to a customer.
    public static final int OFFERS_MAX = 100;

    /// A basket is paid long before. What stays reserved longer was forgotten by a till, and no longer keeps others from it.
    public static final Duration RESERVED_MAX = Duration.ofHours(24);

    public static final StreamName LOCAL = StreamName.of("local/loyalty");

    /// Where this store is.
    ///
    /// @param id such as `0042`
    public record Site(String id, ZoneId time) {
        String node() {
            return "store-" + id;
        }
    }

    private final Book<Object> book;
    private final Site site;
    private final LoyaltyPolicy policy;
    private final BooleanSupplier lineUp;
    private final InstantSource clock;

    /// @param database with [#tables]
    /// @param lineUp whether HQ can be asked now; does not wait
    public Loyalty(
            SqliteDatabase database,
            Site site,
            LoyaltyPolicy policy,
            BooleanSupplier lineUp,
            InstantSource clock,
            TimeOrderedIds ids) {
        this.site = requireNonNull(site, "site");
        this.policy = requireNonNull(policy, "policy");
        this.lineUp = requireNonNull(lineUp, "lineUp");
        this.clock = requireNonNull(clock, "clock");
        this.book =
                new Book<>(
                        database,
                        List.of(
                                new Publication<>(stream(site.id()), LoyaltyEvent.FORM, false),
                                new Publication<>(
                                        LOCAL,
                                        new EventForm<>(
                                                "dev.skerry.loyalty.local.", LocalEvent.class),
                                        true)),
                        new LoyaltyTables(),
                        clock,
                        ids);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, LoyaltyTables.MIGRATIONS};
    }

    /// Where a store's loyalty is published.
    public static StreamName stream(String store) {
        return StreamName.of("store-" + store + "/loyalty");
    }

    /// Which streams the database of this context holds.
    public static List<StreamPattern> streams(String store) {
        return List.of(StreamPattern.of(stream(store).value()), StreamPattern.of(LOCAL.value()));
    }

    Book<Object> book() {
        return book;
    }

    /// Such as `store-0042`.
    String store() {
        return site.node();
    }

    // ---- customers

    /// @param card its number, as scanned or typed
    public Optional<Member> byCard(String card) {
        return book.query(tables -> LoyaltyTables.byCard(card.strip(), tables));
    }

    public Optional<Member> byId(String id) {
        return book.query(tables -> LoyaltyTables.member(id, tables));
    }

    /// Those in whose names all words begin as these do, by name; at most [#FOUND_MAX], and then any of those that fit.
    ///
    /// @param name nothing is found by less than [#SEARCH_LETTERS_MIN] letters
    public List<Member> named(String name) {
        List<String> words = Names.words(name);
        if (words.isEmpty() || words.getFirst().length() < SEARCH_LETTERS_MIN) {
            return List.of();
        }
        return book.query(tables -> LoyaltyTables.named(words, FOUND_MAX, tables)).stream()
                .sorted(Comparator.comparing(Member::name).thenComparing(Member::id))
                .limit(FOUND_MAX)
                .toList();
    }

    /// How old the list of customers is: since the newest event of HQ's, or since HQ confirmed the list. Since 1970 if there is
    /// none.
    public Duration listAge(Instant now) {
        Duration age =
                Duration.between(book.query(LoyaltyTables::newest).orElse(Instant.EPOCH), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /// Somebody becomes a customer, and is one in this store at once.
    ///
    /// @param by who signs them up; empty where nobody is signed on
    public SigningUp signUp(Command command, Newcomer newcomer, String device, String by) {
        return book.once(
                        command, (tables, publish) -> signUp(newcomer, device, by, tables, publish))
                .or(() -> byId(newcomer.id()).map(SigningUp.Done::new))
                .orElseGet(() -> new SigningUp.IdTaken(newcomer.id()));
    }

    private SigningUp signUp(
            Newcomer newcomer, String device, String by, Handle tables, Consumer<Object> publish) {
        if (LoyaltyTables.member(newcomer.id(), tables).isPresent()) {
            return new SigningUp.IdTaken(newcomer.id());
        }
        for (String card : newcomer.cards()) {
            Optional<Member> holder = LoyaltyTables.byCard(card, tables);
            if (holder.isPresent()) {
                return new SigningUp.CardTaken(card, holder.get().id());
            }
        }
        publish.accept(
                new CustomerSignedUp(
                        newcomer.id(),
                        newcomer.cards(),
                        newcomer.name(),
                        newcomer.email(),
                        local(clock.instant()).toLocalDate(),
                        device,
                        by));
        return new SigningUp.Done(LoyaltyTables.member(newcomer.id(), tables).orElseThrow());
    }

    // ---- for the pricing engine

    /// A loyalty account as the pricing engine sees it. One that the store does not know is a card holder in no segment, so that
    /// it earns; one that is blocked is anybody, as is null.
    public Customer customer(@Nullable String id, Instant now) {
        return customer(id, "", now);
    }

    /// @param basket that is priced: what it has reserved itself it may spend
    public Customer customer(@Nullable String id, String basket, Instant now) {
        if (id == null) {
            return Customer.anybody();
        }
        boolean up = lineUp.getAsBoolean();
        Duration age = listAge(now);
        return book.query(tables -> {
            Optional<Member> member = LoyaltyTables.member(id, tables);
            return member.filter(Member::blocked).isPresent()
                    ? Customer.anybody()
                    : new Customer(
                            true,
                            Set.copyOf(member.map(Member::segments).orElse(List.of())),
                            age,
                            balance(id, basket, now, up, tables).free());
        });
    }

    // ---- points

    public Balance balance(String customer, Instant now) {
        boolean up = lineUp.getAsBoolean();
        return book.query(tables -> balance(customer, "", now, up, tables));
    }

    private Balance balance(
            String customer, String basket, Instant now, boolean up, Handle tables) {
        Account account = LoyaltyTables.account(customer, tables);
        long reserved = LoyaltyTables.reserved(customer, basket, now.minus(RESERVED_MAX), tables);
        long free = account.balance() - reserved;
        return new Balance(
                account.counted(),
                account.asOf(),
                account.booked(),
                account.balance(),
                reserved,
                Math.max(0, up ? free : Math.min(free, offline(account, reserved))));
    }

    private long offline(Account account, long reserved) {
        return Math.min(
                policy.offlinePerBasketMax(),
                policy.offlinePerCustomerMax() - account.redeemed() - reserved);
    }

    /// Keeps points, and codes that are good once, for a basket whose total is fixed, so that no other till spends them. Asked for
    /// again it is the same; with something else, that replaces it.
    ///
    /// @param points that the basket spends; 0 or more
    /// @param coupons all codes of the basket that take something off
    public Reserving reserve(
            String basket, @Nullable String customer, long points, List<String> coupons) {
        if (points < 0) {
            throw new IllegalArgumentException("points to be spent are 0 or more, not " + points);
        }
        boolean up = lineUp.getAsBoolean();
        Instant now = clock.instant();
        return book.write((tables, publish) -> {
            if (LoyaltyTables.isBooked(basket, tables)) {
                return new Reserving.Finished();
            }
            List<Once> codes = new ArrayList<>();
            for (String code : new LinkedHashSet<>(coupons)) {
                CouponState state = coupon(code, customer, basket, local(now), tables);
                if (state.status() != Status.FREE && state.status() != Status.UNKNOWN) {
                    return new Reserving.CodeRefused(code, state.status());
                }
                Optional.ofNullable(state.offer())
                        .flatMap(it -> Coupons.once(it, customer))
                        .ifPresent(codes::add);
            }
            Seen seen = null;
            if (points > 0) {
                Reserving no = refusal(customer, basket, points, now, up, tables);
                if (no != null) {
                    return no;
                }
                Balance balance = balance(requireNonNull(customer), basket, now, up, tables);
                seen = new Seen(balance.balance() - balance.reserved(), balance.asOf(), up);
            }
            reserve(
                    new SpendingReserved(basket, points > 0 ? customer : null, points, codes, seen),
                    now,
                    tables,
                    publish);
            return new Reserving.Reserved(points);
        });
    }

    private @Nullable Reserving refusal(
            @Nullable String customer,
            String basket,
            long points,
            Instant now,
            boolean up,
            Handle tables) {
        if (customer == null) {
            return new Reserving.NotEnough(0);
        }
        if (LoyaltyTables.member(customer, tables).filter(Member::blocked).isPresent()) {
            return new Reserving.Blocked();
        }
        Balance balance = balance(customer, basket, now, up, tables);
        if (points <= balance.free()) {
            return null;
        }
        return points <= balance.balance() - balance.reserved()
                ? new Reserving.AboveOfflineCap(balance.free())
                : new Reserving.NotEnough(balance.free());
    }

    private static void reserve(
            SpendingReserved wanted, Instant now, Handle tables, Consumer<Object> publish) {
        if (wanted.isEmpty()) {
            ended(wanted.basket(), "released", tables, publish);
            return;
        }
        Optional<SpendingReserved> there = LoyaltyTables.reservation(wanted.basket(), tables);
        if (there.filter(wanted::reservesAs).isEmpty()
                || !LoyaltyTables.reservedSince(wanted.basket(), now.minus(RESERVED_MAX), tables)) {
            publish.accept(wanted);
        }
    }

    /// The payment has been stopped, and nothing was paid: gives back what the basket had reserved. To be called only after the
    /// basket is open again. Does nothing if nothing is reserved.
    public void release(String basket) {
        book.write((tables, publish) -> {
            ended(basket, "released", tables, publish);
            return true;
        });
    }

    /// Gives back what is reserved for baskets that are not being paid: the machine died between the end of their payment and
    /// [#release]. Others wait meanwhile, so that a basket whose payment begins now keeps what it reserves.
    ///
    /// @param left asked of each basket for which something is reserved: that it is not being paid, and was not; must not wait
    public void releaseWhere(Predicate<String> left) {
        book.write((tables, publish) -> {
            LoyaltyTables.reserving(tables).stream()
                    .filter(left)
                    .forEach(it -> ended(it, "released", tables, publish));
            return true;
        });
    }

    static void ended(String basket, String outcome, Handle tables, Consumer<Object> publish) {
        if (LoyaltyTables.reservation(basket, tables).isPresent()) {
            publish.accept(new ReservationEnded(basket, outcome));
        }
    }

    // ---- codes and offers

    /// What HQ offers a customer now, what has been used left out; at most [#OFFERS_MAX], their own before those of their segments,
    /// those that end first before those that end later.
    public List<OfferMade> offers(String customer, Instant now) {
        LocalDateTime at = local(now);
        return book.query(tables -> {
            List<String> segments =
                    LoyaltyTables.member(customer, tables).map(Member::segments).orElse(List.of());
            return LoyaltyTables.offersTo(customer, segments, at, OFFERS_MAX, tables).stream()
                    .filter(it -> !it.validFrom().isAfter(at))
                    .filter(it ->
                            Coupons.once(it, customer)
                                    .filter(once -> LoyaltyTables.isUsed(once, tables))
                                    .isEmpty())
                    .toList();
        });
    }

    /// Whether a code may be used now.
    ///
    /// @param customer who shows it; null if nobody is known
    public CouponState coupon(String code, @Nullable String customer, Instant now) {
        return book.query(tables -> coupon(code, customer, "", local(now), tables));
    }

    private CouponState coupon(
            String code,
            @Nullable String customer,
            String basket,
            LocalDateTime at,
            Handle tables) {
        List<OfferMade> offers = LoyaltyTables.offersWith(code, tables);
        List<String> segments =
                customer == null || offers.isEmpty()
                        ? List.of()
                        : LoyaltyTables.member(customer, tables)
                                .map(Member::segments)
                                .orElse(List.of());
        Instant since = clock.instant().minus(RESERVED_MAX);
        return Coupons.state(
                code,
                offers,
                customer,
                segments,
                at,
                new Coupons.Uses() {
                    @Override
                    public boolean used(Once once) {
                        return LoyaltyTables.isUsed(once, tables);
                    }

                    @Override
                    public boolean reserved(Once once) {
                        return LoyaltyTables.isReserved(once, basket, since, tables);
                    }
                });
    }

    /// Whether a code that is good once for all has been used, here or as HQ says.
    public boolean couponUsed(String code) {
        return book.query(tables -> LoyaltyTables.isUsed(new Once(code, null), tables));
    }

    /// Whether a code is no good any more to a customer.
    public boolean couponUsed(String code, @Nullable String customer) {
        return couponUsed(code)
                || (customer != null
                        && book.query(
                                tables -> LoyaltyTables.isUsed(new Once(code, customer), tables)));
    }

    /// The code of the promotions that a code opens: that of its offer, or itself.
    public String opens(String code) {
        return book.query(tables ->
                LoyaltyTables.offersWith(code, tables).stream()
                        .findFirst()
                        .map(OfferMade::opens)
                        .orElse(code));
    }

    // ---- what orders book

    void paid(Order order, Instant at, Handle tables, Consumer<Object> publish) {
        Optional<SpendingReserved> reserved = LoyaltyTables.reservation(order.id(), tables);
        if (isNew(at) && !LoyaltyTables.isBooked(order.id(), tables)) {
            Bookings.of(
                            order,
                            reserved.orElse(null),
                            earlier -> LoyaltyTables.earned(earlier, tables))
                    .forEach(publish);
            for (Once code : goodOnce(order, reserved, at, tables)) {
                publish.accept(new CouponUsed(code.code(), code.customer(), order.id()));
            }
        }
        ended(order.id(), "paid", tables, publish);
    }

    /// What is older is not looked up any more, and has been booked.
    private boolean isNew(Instant at) {
        return at.isAfter(clock.instant().minus(LoyaltyTables.BOOKINGS_KEPT));
    }

    /// Also a code that has been used before: HQ is to see that it was used twice.
    private Set<Once> goodOnce(
            Order order, Optional<SpendingReserved> reserved, Instant at, Handle tables) {
        Set<Once> all = new LinkedHashSet<>();
        for (String code : order.couponsUsed()) {
            Optional<Once> known =
                    reserved.flatMap(it ->
                            it.codes().stream().filter(one -> one.code().equals(code)).findFirst());
            known.or(() ->
                            Optional.ofNullable(
                                            coupon(
                                                            code,
                                                            order.customer(),
                                                            order.id(),
                                                            local(at),
                                                            tables)
                                                    .offer())
                                    .flatMap(it -> Coupons.once(it, order.customer())))
                    .ifPresent(all::add);
        }
        return all;
    }

    void voided(String order, Instant at, Handle tables, Consumer<Object> publish) {
        if (!isNew(at) || LoyaltyTables.isVoided(order, tables)) {
            return;
        }
        List<PointsBooked> booked = LoyaltyTables.bookings(order, tables);
        List<Once> codes = LoyaltyTables.codesOf(order, tables);
        Bookings.ofVoid(booked, earlier -> LoyaltyTables.earned(earlier, tables)).forEach(publish);
        codes.forEach(it -> publish.accept(new CouponFreed(it.code(), it.customer(), order)));
    }

    private LocalDateTime local(Instant at) {
        return LocalDateTime.ofInstant(at, site.time());
    }

    /// For tests and repairs: makes all tables anew from the store's own streams. Nobody else may use this meanwhile.
    void rebuild() {
        book.rebuild();
    }
}
