package dev.skerry.store.loyalty;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.context.Query;
import dev.skerry.language.Json;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.customers.CustomerEvent.CustomerRemoved;
import dev.skerry.language.customers.CustomerEvent.PointsCounted;
import dev.skerry.language.customers.CustomerEvent.PointsRemoved;
import dev.skerry.language.loyalty.CustomerListEvent.StoreCounted;
import dev.skerry.language.loyalty.LoyaltyEvent;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponFreed;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponUsed;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerForgotten;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerSignedUp;
import dev.skerry.language.loyalty.LoyaltyEvent.PointsBooked;
import dev.skerry.language.loyalty.LoyaltyEvent.Why;
import dev.skerry.language.loyalty.OfferEvent;
import dev.skerry.language.loyalty.OfferEvent.CodeFreed;
import dev.skerry.language.loyalty.OfferEvent.CodeUsedUp;
import dev.skerry.language.loyalty.OfferEvent.OfferMade;
import dev.skerry.language.loyalty.OfferEvent.OfferWithdrawn;
import dev.skerry.store.loyalty.Bookings.Earned;
import dev.skerry.store.loyalty.LocalEvent.ReservationEnded;
import dev.skerry.store.loyalty.LocalEvent.SpendingReserved;
import dev.skerry.stream.sqlite.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All SQL of this context. The tables of the first half are HQ's, built by followers; those of the second half follow from the
/// store's own events.
final class LoyaltyTables implements Book.State<Object> {

    /// How long the store knows what an order has booked: a return later than that takes no points back.
    static final Duration BOOKINGS_KEPT = Duration.ofDays(400);

    /// How long the store knows that a code was used.
    static final Duration USED_CODES_KEPT = Duration.ofDays(1100);

    /// Each booking makes room for itself: of the oldest, at most so many go.
    private static final int PRUNED_MAX = 10;

    static final Migrations MIGRATIONS =
            new Migrations(
                    "loyalty",
                    List.of(
                            """
                            CREATE TABLE customer (
                              number INTEGER PRIMARY KEY,
                              id TEXT NOT NULL UNIQUE,
                              name TEXT,
                              cards TEXT,
                              segments TEXT,
                              email TEXT,
                              since TEXT,
                              blocked INTEGER,
                              points INTEGER,
                              as_of INTEGER
                            ) STRICT;
                            CREATE TABLE card (
                              code TEXT PRIMARY KEY,
                              customer INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE word (
                              word TEXT NOT NULL,
                              customer INTEGER NOT NULL,
                              PRIMARY KEY (word, customer)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE list (
                              one INTEGER PRIMARY KEY CHECK (one = 1),
                              newest INTEGER NOT NULL,
                              as_of INTEGER,
                              up_to INTEGER,
                              before INTEGER
                            ) STRICT;
                            CREATE TABLE offer (
                              id TEXT PRIMARY KEY,
                              code TEXT NOT NULL,
                              customer TEXT,
                              segment TEXT,
                              valid_to TEXT,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX offer_by_code ON offer (code);
                            CREATE INDEX offer_to ON offer (customer) WHERE customer IS NOT NULL;
                            CREATE INDEX offer_to_segment ON offer (segment) WHERE segment IS NOT NULL;
                            CREATE TABLE used_up (
                              code TEXT NOT NULL,
                              customer TEXT NOT NULL,
                              PRIMARY KEY (code, customer)
                            ) STRICT, WITHOUT ROWID;

                            CREATE TABLE signup (
                              id TEXT PRIMARY KEY,
                              name TEXT NOT NULL,
                              words TEXT NOT NULL,
                              cards TEXT NOT NULL,
                              email TEXT,
                              since TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE signup_card (
                              code TEXT PRIMARY KEY,
                              customer TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE booking (
                              place INTEGER PRIMARY KEY,
                              customer TEXT NOT NULL,
                              order_id TEXT NOT NULL,
                              why TEXT NOT NULL,
                              points INTEGER NOT NULL,
                              of TEXT,
                              amount INTEGER NOT NULL,
                              at INTEGER NOT NULL
                            ) STRICT;
                            CREATE INDEX booking_for ON booking (customer);
                            CREATE INDEX booking_by ON booking (order_id);
                            CREATE INDEX booking_of ON booking (of) WHERE of IS NOT NULL;
                            CREATE TABLE used_code (
                              place INTEGER PRIMARY KEY,
                              code TEXT NOT NULL,
                              customer TEXT NOT NULL,
                              order_id TEXT NOT NULL,
                              freed INTEGER NOT NULL,
                              at INTEGER NOT NULL
                            ) STRICT;
                            CREATE INDEX used_code_by_code ON used_code (code, customer);
                            CREATE INDEX used_code_by ON used_code (order_id);
                            CREATE TABLE reservation (
                              basket TEXT PRIMARY KEY,
                              customer TEXT,
                              points INTEGER NOT NULL,
                              at INTEGER NOT NULL,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """));

    // ---- the state, from the store's own events

    @Override
    public void apply(Fact<?> fact, Handle tables) {
        switch (fact.event()) {
            case LoyaltyEvent event -> apply(event, fact.offset(), fact.at(), tables);
            case LocalEvent event -> apply(event, fact.at(), tables);
            default -> throw new IllegalArgumentException("no event of loyalty: " + fact.event());
        }
    }

    private static void apply(LoyaltyEvent event, long place, Instant at, Handle tables) {
        switch (event) {
            case CustomerSignedUp signed -> {
                tables.execute(
                        "REPLACE INTO signup (id, name, words, cards, email, since)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        signed.customer(),
                        signed.name(),
                        " " + String.join(" ", Names.words(signed.name())),
                        Json.write(signed.cards()),
                        signed.email(),
                        signed.since().toString());
                signed.cards()
                        .forEach(card ->
                                tables.execute(
                                        "REPLACE INTO signup_card (code, customer) VALUES (?, ?)",
                                        card,
                                        signed.customer()));
            }
            case CustomerForgotten(String customer) -> {
                tables.execute("DELETE FROM signup WHERE id = ?", customer);
                tables.execute("DELETE FROM signup_card WHERE customer = ?", customer);
            }
            case PointsBooked booked -> {
                tables.execute(
                        "INSERT INTO booking (place, customer, order_id, why, points, of, amount, at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        place,
                        booked.customer(),
                        booked.order(),
                        booked.why().name(),
                        booked.points(),
                        booked.of(),
                        booked.amount(),
                        at.toEpochMilli());
                prune("booking", at.minus(BOOKINGS_KEPT), tables);
            }
            case CouponUsed(String code, String customer, String order) -> {
                tables.execute(
                        "INSERT INTO used_code (place, code, customer, order_id, freed, at)"
                                + " VALUES (?, ?, ?, ?, 0, ?)",
                        place,
                        code,
                        or(customer),
                        order,
                        at.toEpochMilli());
                prune("used_code", at.minus(USED_CODES_KEPT), tables);
            }
            case CouponFreed(String code, String customer, String order) ->
                    tables.execute(
                            "UPDATE used_code SET freed = 1"
                                    + " WHERE code = ? AND customer = ? AND order_id = ?",
                            code,
                            or(customer),
                            order);
        }
    }

    private static void prune(String table, Instant before, Handle tables) {
        tables.execute(
                "DELETE FROM "
                        + table
                        + " WHERE place IN (SELECT place FROM "
                        + table
                        + " ORDER BY place LIMIT ?) AND at < ?",
                PRUNED_MAX,
                before.toEpochMilli());
    }

    private static void apply(LocalEvent event, Instant at, Handle tables) {
        switch (event) {
            case SpendingReserved reserved ->
                    tables.execute(
                            "REPLACE INTO reservation (basket, customer, points, at, body)"
                                    + " VALUES (?, ?, ?, ?, ?)",
                            reserved.basket(),
                            reserved.customer(),
                            reserved.points(),
                            at.toEpochMilli(),
                            Json.write(reserved));
            case ReservationEnded ended ->
                    tables.execute("DELETE FROM reservation WHERE basket = ?", ended.basket());
        }
    }

    @Override
    public void clear(Handle tables) {
        List.of("signup", "signup_card", "booking", "used_code", "reservation")
                .forEach(table -> tables.execute("DELETE FROM " + table));
    }

    @Override
    public String key(Object event) {
        return switch (event) {
            case LoyaltyEvent loyalty -> loyalty.about();
            case LocalEvent local -> local.basket();
            default -> throw new IllegalArgumentException("no event of loyalty: " + event);
        };
    }

    @Override
    public boolean isDeletion(Object event) {
        return event instanceof ReservationEnded;
    }

    private static String or(@Nullable String customer) {
        return customer == null ? "" : customer;
    }

    // ---- HQ's customers

    private record There(long number, @Nullable String name, @Nullable String cards) {}

    private static Optional<There> there(String id, Handle tables) {
        return tables.createQuery("SELECT number, name, cards FROM customer WHERE id = ?")
                .bind(0, id)
                .map((row, _) -> new There(row.getLong(1), row.getString(2), row.getString(3)))
                .findOne();
    }

    static void follow(CustomerEvent event, Handle tables) {
        switch (event) {
            case CustomerChanged changed -> follow(changed, tables);
            case PointsCounted(String id, long points, Instant asOf) ->
                    tables.execute(
                            "INSERT INTO customer (id, points, as_of) VALUES (?, ?, ?)"
                                    + " ON CONFLICT (id) DO UPDATE SET"
                                    + " points = excluded.points, as_of = excluded.as_of",
                            id,
                            points,
                            asOf.toEpochMilli());
            case CustomerRemoved(String id) ->
                    there(id, tables)
                            .ifPresent(it -> {
                                index(it, null, "[]", tables);
                                tables.execute(
                                        "UPDATE customer SET name = NULL, cards = NULL,"
                                                + " segments = NULL, email = NULL, since = NULL,"
                                                + " blocked = NULL WHERE number = ?",
                                        it.number());
                                forgetIfEmpty(id, tables);
                            });
            case PointsRemoved(String id) -> {
                tables.execute("UPDATE customer SET points = NULL, as_of = NULL WHERE id = ?", id);
                forgetIfEmpty(id, tables);
            }
        }
    }

    private static void forgetIfEmpty(String id, Handle tables) {
        tables.execute("DELETE FROM customer WHERE id = ? AND name IS NULL AND as_of IS NULL", id);
    }

    private static void follow(CustomerChanged customer, Handle tables) {
        LocalDate since = customer.since();
        String cards = Json.write(customer.cards().stream().map(String::strip).toList());
        Optional<There> there = there(customer.customer(), tables);
        if (there.isEmpty()) {
            tables.execute(
                    "INSERT INTO customer (id, name, cards, segments, email, since, blocked)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    customer.customer(),
                    customer.name(),
                    cards,
                    Json.write(customer.segments()),
                    customer.email(),
                    since == null ? null : since.toString(),
                    customer.blocked() ? 1 : 0);
        } else {
            tables.execute(
                    "UPDATE customer SET name = ?, cards = ?, segments = ?, email = ?, since = ?,"
                            + " blocked = ? WHERE number = ?",
                    customer.name(),
                    cards,
                    Json.write(customer.segments()),
                    customer.email(),
                    since == null ? null : since.toString(),
                    customer.blocked() ? 1 : 0,
                    there.get().number());
        }
        index(
                there.orElseGet(() ->
                        new There(
                                tables.createQuery("SELECT last_insert_rowid()")
                                        .mapTo(Long.class)
                                        .one(),
                                null,
                                null)),
                customer.name(),
                cards,
                tables);
    }

    /// @param name null if there is none any more
    /// @param cards a JSON array
    private static void index(There was, @Nullable String name, String cards, Handle tables) {
        if (!cards.equals(was.cards())) {
            if (was.cards() != null) {
                tables.execute(
                        "DELETE FROM card WHERE customer = ?"
                                + " AND code IN (SELECT value FROM json_each(?))",
                        was.number(),
                        was.cards());
            }
            tables.execute(
                    "REPLACE INTO card (code, customer) SELECT value, ? FROM json_each(?)",
                    was.number(),
                    cards);
        }
        if (name == null || !name.equals(was.name())) {
            if (was.name() != null) {
                tables.execute(
                        "DELETE FROM word WHERE customer = ?"
                                + " AND word IN (SELECT value FROM json_each(?))",
                        was.number(),
                        Json.write(Names.words(was.name())));
            }
            if (name != null) {
                tables.execute(
                        "INSERT INTO word (word, customer) SELECT value, ? FROM json_each(?)",
                        was.number(),
                        Json.write(Names.words(name)));
            }
        }
    }

    /// What the list's newest event is of.
    static void heard(Instant at, Handle tables) {
        tables.execute(
                "INSERT INTO list (one, newest) VALUES (1, ?)"
                        + " ON CONFLICT DO UPDATE SET newest = max(newest, excluded.newest)",
                at.toEpochMilli());
    }

    /// Empty if nothing has been heard.
    static Optional<Instant> newest(Handle tables) {
        return tables.createQuery("SELECT newest FROM list")
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    static void follow(StoreCounted counted, Handle tables) {
        tables.execute(
                "INSERT INTO list (one, newest, as_of, up_to) VALUES (1, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET before = up_to, up_to = excluded.up_to,"
                        + " as_of = excluded.as_of WHERE as_of IS NULL OR as_of < excluded.as_of",
                counted.asOf().toEpochMilli(),
                counted.asOf().toEpochMilli(),
                counted.upTo());
    }

    static void forgetCustomers(Handle tables) {
        List.of("customer", "card", "word", "list")
                .forEach(table -> tables.execute("DELETE FROM " + table));
    }

    // ---- HQ's offers

    static void follow(OfferEvent event, Handle tables) {
        switch (event) {
            case OfferMade made -> {
                LocalDateTime to = made.validTo();
                tables.execute(
                        "REPLACE INTO offer (id, code, customer, segment, valid_to, body)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        made.id(),
                        made.code(),
                        made.customer(),
                        made.segment(),
                        to == null ? null : to.toString(),
                        Json.write(made));
            }
            case OfferWithdrawn(String id) -> tables.execute("DELETE FROM offer WHERE id = ?", id);
            case CodeUsedUp used ->
                    tables.execute(
                            "REPLACE INTO used_up (code, customer) VALUES (?, ?)",
                            used.code(),
                            or(used.customer()));
            case CodeFreed(String code, String customer) ->
                    tables.execute(
                            "DELETE FROM used_up WHERE code = ? AND customer = ?",
                            code,
                            or(customer));
        }
    }

    static void forgetOffers(Handle tables) {
        tables.execute("DELETE FROM offer");
        tables.execute("DELETE FROM used_up");
    }

    static List<OfferMade> offersWith(String code, Handle tables) {
        return offers(
                tables.createQuery("SELECT body FROM offer WHERE code = ? ORDER BY id")
                        .bind(0, code));
    }

    /// Those that are over are left out; those that have not begun are not.
    ///
    /// @param at store-local
    static List<OfferMade> offersTo(
            String customer, List<String> segments, LocalDateTime at, int max, Handle tables) {
        return offers(
                tables.createQuery(
                                "SELECT body FROM offer WHERE id IN ("
                                        + " SELECT id FROM offer WHERE customer = ?"
                                        + " UNION SELECT id FROM offer WHERE segment IN"
                                        + " (SELECT value FROM json_each(?)))"
                                        + " AND (valid_to IS NULL OR valid_to > ?)"
                                        + " ORDER BY customer IS NULL, valid_to IS NULL, valid_to, id"
                                        + " LIMIT ?")
                        .bind(0, customer)
                        .bind(1, Json.write(segments))
                        .bind(2, at.toString())
                        .bind(3, max));
    }

    private static List<OfferMade> offers(Query query) {
        return query.mapTo(String.class).map(body -> Json.read(body, OfferMade.class)).list();
    }

    // ---- questions: customers

    private static final String MEMBER =
            "SELECT c.id, c.name, c.cards, c.segments, c.email, c.since, c.blocked FROM ";

    private static Member member(ResultSet row) throws SQLException {
        String since = row.getString(6);
        return new Member(
                row.getString(1),
                row.getString(2),
                texts(row.getString(3)),
                texts(row.getString(4)),
                row.getString(5),
                since == null ? null : LocalDate.parse(since),
                row.getInt(7) == 1,
                true);
    }

    private static Member signedUp(ResultSet row) throws SQLException {
        return new Member(
                row.getString(1),
                row.getString(2),
                texts(row.getString(3)),
                List.of(),
                row.getString(4),
                LocalDate.parse(row.getString(5)),
                false,
                false);
    }

    private static List<String> texts(String json) {
        return List.of(Json.read(json, String[].class));
    }

    static Optional<Member> member(String id, Handle tables) {
        return tables.createQuery(MEMBER + "customer c WHERE c.id = ? AND c.name IS NOT NULL")
                .bind(0, id)
                .map((row, _) -> member(row))
                .findOne()
                .or(() ->
                        tables.createQuery(
                                        "SELECT id, name, cards, email, since FROM signup WHERE id = ?")
                                .bind(0, id)
                                .map((row, _) -> signedUp(row))
                                .findOne());
    }

    static Optional<Member> byCard(String card, Handle tables) {
        return tables.createQuery(
                        MEMBER
                                + "card JOIN customer c ON c.number = card.customer"
                                + " WHERE card.code = ?")
                .bind(0, card)
                .map((row, _) -> member(row))
                .findOne()
                .or(() ->
                        tables.createQuery("SELECT customer FROM signup_card WHERE code = ?")
                                .bind(0, card)
                                .mapTo(String.class)
                                .findOne()
                                .flatMap(id -> member(id, tables)));
    }

    static boolean isSignedUp(String id, Handle tables) {
        return tables.createQuery("SELECT 1 FROM signup WHERE id = ?")
                .bind(0, id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// @param words beginnings of words that are all in the name; not none
    static List<Member> named(List<String> words, int max, Handle tables) {
        List<Member> found = new ArrayList<>(signedUpNamed(words, max, tables));
        String fitting =
                String.join(
                        " INTERSECT ",
                        words.stream()
                                .map(_ -> "SELECT customer FROM word WHERE word >= ? AND word < ?")
                                .toList());
        Query query =
                tables.createQuery(
                        MEMBER + "customer c WHERE c.number IN (" + fitting + " LIMIT ?)");
        int place = 0;
        for (String word : words) {
            query.bind(place++, word).bind(place++, word + Character.toString(0x10FFFF));
        }
        found.addAll(query.bind(place, max).map((row, _) -> member(row)).list());
        return found;
    }

    /// Those of whom HQ has not told yet: few, so they are all looked at.
    private static List<Member> signedUpNamed(List<String> words, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT id, name, cards, email, since FROM signup WHERE NOT EXISTS"
                                + " (SELECT 1 FROM json_each(?) WHERE instr(words, ' ' || value) = 0)"
                                + " AND NOT EXISTS (SELECT 1 FROM customer c"
                                + " WHERE c.id = signup.id AND c.name IS NOT NULL)"
                                + " ORDER BY name, id LIMIT ?")
                .bind(0, Json.write(words))
                .bind(1, max)
                .map((row, _) -> signedUp(row))
                .list();
    }

    // ---- questions: points

    /// What a customer has, without what is reserved.
    ///
    /// @param redeemed of what the store has booked
    record Account(long counted, @Nullable Instant asOf, long booked, long redeemed) {

        long balance() {
            return counted + booked;
        }
    }

    /// From which of the store's events on HQ has not counted.
    ///
    /// @param place of the first of them
    /// @param after only those of later than this; epoch ms
    private record Uncounted(long place, long after) {}

    static Account account(String customer, Handle tables) {
        Optional<long[]> counted =
                tables.createQuery(
                                "SELECT points, as_of FROM customer WHERE id = ? AND as_of IS NOT NULL")
                        .bind(0, customer)
                        .map((row, _) -> new long[] {row.getLong(1), row.getLong(2)})
                        .findOne();
        Uncounted uncounted =
                counted.map(it -> uncounted(it[1], tables))
                        .orElse(new Uncounted(0, Long.MIN_VALUE));
        return tables.createQuery(
                        "SELECT coalesce(sum(points), 0), coalesce(sum(CASE WHEN why = 'REDEEMED'"
                                + " OR (why = 'VOIDED' AND of IS NULL AND points > 0)"
                                + " THEN -points ELSE 0 END), 0)"
                                + " FROM booking WHERE customer = ? AND place >= ? AND at > ?")
                .bind(0, customer)
                .bind(1, uncounted.place())
                .bind(2, uncounted.after())
                .map((row, _) ->
                        new Account(
                                counted.map(it -> it[0]).orElse(0L),
                                counted.map(it -> Instant.ofEpochMilli(it[1])).orElse(null),
                                row.getLong(1),
                                row.getLong(2)))
                .one();
    }

    /// @param asOf of HQ's count of a customer
    private static Uncounted uncounted(long asOf, Handle tables) {
        return tables.createQuery("SELECT as_of, up_to, before FROM list WHERE as_of IS NOT NULL")
                .map((row, _) -> {
                    long upTo = row.getLong(2);
                    // A count of before the last announcement knows what had been announced before.
                    boolean older = asOf < row.getLong(1) && row.getObject(3) != null;
                    return new Uncounted(older ? row.getLong(3) : upTo, Long.MIN_VALUE);
                })
                .findOne()
                .orElse(new Uncounted(0, asOf));
    }

    /// @param basket whose own reservation does not count
    /// @param since older ones do not count
    static long reserved(String customer, String basket, Instant since, Handle tables) {
        return tables.createQuery(
                        "SELECT coalesce(sum(points), 0) FROM reservation"
                                + " WHERE customer = ? AND basket <> ? AND at > ?")
                .bind(0, customer)
                .bind(1, basket)
                .bind(2, since.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    /// Baskets for which something is reserved.
    static List<String> reserving(Handle tables) {
        return tables.createQuery("SELECT basket FROM reservation ORDER BY basket")
                .mapTo(String.class)
                .list();
    }

    static Optional<SpendingReserved> reservation(String basket, Handle tables) {
        return tables.createQuery("SELECT body FROM reservation WHERE basket = ?")
                .bind(0, basket)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, SpendingReserved.class));
    }

    /// Whether a basket's reservation is younger than that.
    static boolean reservedSince(String basket, Instant since, Handle tables) {
        return tables.createQuery("SELECT 1 FROM reservation WHERE basket = ? AND at > ?")
                .bind(0, basket)
                .bind(1, since.toEpochMilli())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// Whether another basket has reserved it.
    static boolean isReserved(Once once, String basket, Instant since, Handle tables) {
        return tables.createQuery(
                                "SELECT count(*) FROM reservation, json_each(body, '$.codes') AS code"
                                        + " WHERE basket <> ? AND at > ?"
                                        + " AND json_extract(code.value, '$.code') = ?"
                                        + " AND coalesce(json_extract(code.value, '$.customer'), '') = ?")
                        .bind(0, basket)
                        .bind(1, since.toEpochMilli())
                        .bind(2, once.code())
                        .bind(3, or(once.customer()))
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    // ---- questions: orders and codes

    /// Whether an order has booked anything.
    static boolean isBooked(String order, Handle tables) {
        return exists(
                "SELECT EXISTS (SELECT 1 FROM booking WHERE order_id = :order)"
                        + " OR EXISTS (SELECT 1 FROM used_code WHERE order_id = :order)",
                order,
                tables);
    }

    /// Whether an order has been taken back.
    static boolean isVoided(String order, Handle tables) {
        return exists(
                "SELECT EXISTS (SELECT 1 FROM booking WHERE order_id = :order AND why = 'VOIDED')"
                        + " OR EXISTS (SELECT 1 FROM used_code WHERE order_id = :order AND freed = 1)",
                order,
                tables);
    }

    private static boolean exists(String sql, String order, Handle tables) {
        return tables.createQuery(sql).bind("order", order).mapTo(Integer.class).one() == 1;
    }

    static List<PointsBooked> bookings(String order, Handle tables) {
        return tables.createQuery(
                        "SELECT customer, why, points, of, amount FROM booking"
                                + " WHERE order_id = ? ORDER BY place")
                .bind(0, order)
                .map((row, _) ->
                        new PointsBooked(
                                row.getString(1),
                                order,
                                Why.valueOf(row.getString(2)),
                                row.getLong(3),
                                row.getString(4),
                                row.getLong(5),
                                null))
                .list();
    }

    static Optional<Earned> earned(String order, Handle tables) {
        return tables.createQuery(
                        "SELECT customer,"
                                + " (SELECT sum(points) FROM booking WHERE order_id = :order"
                                + "   AND why IN ('EARNED', 'REDEEMED')), amount,"
                                + " (SELECT coalesce(sum(amount), 0) FROM booking WHERE of = :order),"
                                + " (SELECT coalesce(-sum(points), 0) FROM booking WHERE of = :order),"
                                + " EXISTS (SELECT 1 FROM booking WHERE order_id = :order AND why = 'VOIDED')"
                                + " FROM booking WHERE order_id = :order AND why = 'EARNED'")
                .bind("order", order)
                .map((row, _) ->
                        new Earned(
                                row.getString(1),
                                order,
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getInt(6) == 1))
                .findOne();
    }

    /// Used by an order that stands.
    static List<Once> codesOf(String order, Handle tables) {
        return tables.createQuery(
                        "SELECT code, customer FROM used_code"
                                + " WHERE order_id = ? AND freed = 0 ORDER BY place")
                .bind(0, order)
                .map((row, _) ->
                        new Once(
                                row.getString(1),
                                row.getString(2).isEmpty() ? null : row.getString(2)))
                .list();
    }

    /// Here, or in another store as HQ says.
    static boolean isUsed(Once once, Handle tables) {
        return tables.createQuery(
                                "SELECT EXISTS (SELECT 1 FROM used_code"
                                        + " WHERE code = :code AND customer = :customer AND freed = 0)"
                                        + " OR EXISTS (SELECT 1 FROM used_up"
                                        + " WHERE code = :code AND customer = :customer)")
                        .bind("code", once.code())
                        .bind("customer", or(once.customer()))
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }
}
