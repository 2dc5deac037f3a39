package dev.skerry.hq.customers;

import dev.skerry.context.Book.Fact;
import dev.skerry.context.Book.State;
import dev.skerry.context.Handle;
import dev.skerry.context.Words;
import dev.skerry.hq.customers.LedgerEvent.Base;
import dev.skerry.hq.customers.LedgerEvent.GiftCardLoaded;
import dev.skerry.hq.customers.LedgerEvent.PointsCountMade;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.customers.CustomerEvent.CustomerRemoved;
import dev.skerry.language.loyalty.CustomerListEvent;
import dev.skerry.stream.sqlite.Migrations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All SQL of this context. The first tables follow from its own streams, the others from those of stores. What is said of each customer,
/// offer and blocked card is kept by its [dev.skerry.context.Changes], in `said`.
final class CustomersTables implements State<Object> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "customers",
                    List.of(
                            """
                            CREATE TABLE member (
                              id TEXT PRIMARY KEY,
                              name TEXT NOT NULL,
                              words TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX member_name ON member (name, id);
                            CREATE TABLE card (
                              number TEXT NOT NULL,
                              customer TEXT NOT NULL,
                              PRIMARY KEY (number, customer)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX card_customer ON card (customer);
                            CREATE TABLE base (
                              customer TEXT PRIMARY KEY,
                              points INTEGER NOT NULL,
                              as_of INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE made (
                              as_of INTEGER PRIMARY KEY,
                              up_to INTEGER NOT NULL
                            ) STRICT;
                            CREATE TABLE loaded (
                              card TEXT PRIMARY KEY,
                              amount INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;

                            CREATE TABLE booking (
                              store TEXT NOT NULL,
                              offset INTEGER NOT NULL,
                              customer TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              order_id TEXT NOT NULL,
                              why TEXT NOT NULL,
                              points INTEGER NOT NULL,
                              PRIMARY KEY (store, offset)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX booking_customer ON booking (customer, at);
                            CREATE TABLE touched (
                              customer TEXT PRIMARY KEY,
                              place INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX touched_place ON touched (place);
                            CREATE TABLE store (
                              id TEXT PRIMARY KEY,
                              up_to INTEGER NOT NULL,
                              place INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE place (
                              next INTEGER NOT NULL
                            ) STRICT;
                            INSERT INTO place (next) VALUES (1);
                            CREATE TABLE used (
                              code TEXT NOT NULL,
                              customer TEXT NOT NULL,
                              store TEXT NOT NULL,
                              order_id TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              PRIMARY KEY (code, customer, store, order_id)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE tender (
                              store TEXT NOT NULL,
                              id TEXT NOT NULL,
                              card TEXT NOT NULL,
                              amount INTEGER NOT NULL,
                              PRIMARY KEY (store, id)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX tender_card ON tender (card);
                            CREATE TABLE finding (
                              stream TEXT NOT NULL,
                              offset INTEGER NOT NULL,
                              kind TEXT NOT NULL,
                              about TEXT NOT NULL,
                              order_id TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              detail TEXT NOT NULL,
                              PRIMARY KEY (stream, offset)
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX finding_at ON finding (at);
                            """));

    // ---- what this context publishes

    @Override
    public void apply(Fact<? extends Object> fact, Handle tables) {
        if (fact.event() instanceof CustomerChanged changed) {
            remove(changed.customer(), tables);
            add(changed, tables);
        } else if (fact.event() instanceof CustomerRemoved(String customer)) {
            remove(customer, tables);
        } else if (fact.event() instanceof LedgerEvent event) {
            apply(event, tables);
        }
    }

    private static void apply(LedgerEvent event, Handle tables) {
        switch (event) {
            case GiftCardLoaded loaded ->
                    tables.execute(
                            "INSERT INTO loaded (card, amount) VALUES (?, ?)"
                                    + " ON CONFLICT DO UPDATE SET amount = amount + excluded.amount",
                            loaded.card(),
                            loaded.amount().minor());
            case PointsCountMade made -> {
                tables.execute(
                        "REPLACE INTO made (as_of, up_to) VALUES (?, ?)",
                        made.asOf().toEpochMilli(),
                        made.upTo());
                for (Base base : made.bases()) {
                    tables.execute(
                            "REPLACE INTO base (customer, points, as_of) VALUES (?, ?, ?)",
                            base.customer(),
                            base.points(),
                            base.asOf().toEpochMilli());
                }
            }
        }
    }

    private static void add(CustomerChanged changed, Handle tables) {
        tables.execute(
                "INSERT INTO member (id, name, words) VALUES (?, ?, ?)",
                changed.customer(),
                Words.fold(changed.name()),
                Words.fold(
                        changed.name()
                                + " "
                                + changed.customer()
                                + " "
                                + String.join(" ", changed.cards())));
        for (String number : changed.cards()) {
            tables.execute(
                    "INSERT OR IGNORE INTO card (number, customer) VALUES (?, ?)",
                    number,
                    changed.customer());
        }
    }

    private static void remove(String customer, Handle tables) {
        tables.execute("DELETE FROM member WHERE id = ?", customer);
        tables.execute("DELETE FROM card WHERE customer = ?", customer);
    }

    @Override
    public void clear(Handle tables) {
        for (String table : List.of("member", "card", "base", "made", "loaded")) {
            tables.execute("DELETE FROM " + table);
        }
    }

    @Override
    public @Nullable String key(Object event) {
        return event instanceof CustomerListEvent list ? list.key() : null;
    }

    // ---- customers

    static List<String> search(List<String> words, int offset, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT id FROM member WHERE words LIKE ? AND words LIKE ?"
                                + " ORDER BY name, id LIMIT ? OFFSET ?")
                .bind(0, words.isEmpty() ? "%" : "%" + words.getFirst() + "%")
                .bind(1, words.size() < 2 ? "%" : "%" + words.get(1) + "%")
                .bind(2, max)
                .bind(3, offset)
                .mapTo(String.class)
                .list();
    }

    static List<String> byCard(String number, Handle tables) {
        return tables.createQuery("SELECT customer FROM card WHERE number = ?")
                .bind(0, number)
                .mapTo(String.class)
                .list();
    }

    // ---- points

    /// A store has booked points. Place by place, what is followed is counted through.
    static void book(String customer, long offset, Booking booking, Handle tables) {
        tables.execute(
                "INSERT OR IGNORE INTO booking (store, offset, customer, at, order_id, why, points)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                booking.store(),
                offset,
                customer,
                booking.at().toEpochMilli(),
                booking.order(),
                booking.why(),
                booking.points());
        tables.execute(
                "REPLACE INTO touched (customer, place) SELECT ?, next FROM place", customer);
    }

    /// Everything of a store before this offset has been followed, or put aside. What was put aside comes later than what is after it.
    static void read(String store, long upTo, Handle tables) {
        tables.execute(
                "REPLACE INTO store (id, up_to, place)"
                        + " SELECT ?, max(?, coalesce((SELECT up_to FROM store WHERE id = ?), 0)), next FROM place",
                store,
                upTo,
                store);
        tables.execute("UPDATE place SET next = next + 1");
    }

    /// What is not counted yet is followed from here on.
    ///
    /// @param upTo the place after the last that there is
    /// @param stores with new bookings, and the offset up to which they were read
    record Uncounted(long upTo, List<String> customers, List<StoreRead> stores) {}

    record StoreRead(String store, long upTo) {}

    static Uncounted uncounted(Handle tables) {
        long made =
                tables.createQuery("SELECT coalesce(max(up_to), 0) FROM made")
                        .mapTo(Long.class)
                        .one();
        return new Uncounted(
                tables.createQuery("SELECT next FROM place").mapTo(Long.class).one(),
                tables.createQuery(
                                "SELECT customer FROM touched WHERE place >= ? ORDER BY customer")
                        .bind(0, made)
                        .mapTo(String.class)
                        .list(),
                tables.createQuery("SELECT id, up_to FROM store WHERE place >= ? ORDER BY id")
                        .bind(0, made)
                        .map((row, _) -> new StoreRead(row.getString("id"), row.getLong("up_to")))
                        .list());
    }

    static boolean isMade(Instant asOf, Handle tables) {
        return tables.createQuery("SELECT count(*) FROM made WHERE as_of = ?")
                        .bind(0, asOf.toEpochMilli())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /// As of when points were counted last, epoch ms; 0 if never.
    static long lastMade(Handle tables) {
        return tables.createQuery("SELECT coalesce(max(as_of), 0) FROM made")
                .mapTo(Long.class)
                .one();
    }

    static Optional<Base> base(String customer, Handle tables) {
        return tables.createQuery("SELECT points, as_of FROM base WHERE customer = ?")
                .bind(0, customer)
                .map((row, _) ->
                        new Base(
                                customer,
                                row.getLong("points"),
                                Instant.ofEpochMilli(row.getLong("as_of"))))
                .findOne();
    }

    /// What stores have booked for a customer after an instant.
    static long bookedAfter(String customer, Instant after, Handle tables) {
        return tables.createQuery(
                        "SELECT coalesce(sum(points), 0) FROM booking WHERE customer = ? AND at > ?")
                .bind(0, customer)
                .bind(1, after.equals(Instant.MIN) ? Long.MIN_VALUE : after.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    /// The newest first.
    static List<Booking> bookings(String customer, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT * FROM booking WHERE customer = ?"
                                + " ORDER BY at DESC, store, offset DESC LIMIT ?")
                .bind(0, customer)
                .bind(1, max)
                .map((row, _) ->
                        new Booking(
                                row.getString("store"),
                                Instant.ofEpochMilli(row.getLong("at")),
                                row.getString("order_id"),
                                row.getString("why"),
                                row.getLong("points")))
                .list();
    }

    // ---- codes

    /// @param customer empty if the code is good once for all
    static void use(
            String code, String customer, String store, String order, Instant at, Handle tables) {
        tables.execute(
                "INSERT OR IGNORE INTO used (code, customer, store, order_id, at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                code,
                customer,
                store,
                order,
                at.toEpochMilli());
    }

    static void free(String code, String customer, String store, String order, Handle tables) {
        tables.execute(
                "DELETE FROM used WHERE code = ? AND customer = ? AND store = ? AND order_id = ?",
                code,
                customer,
                store,
                order);
    }

    /// Where a code was used, the first use first: `store-0042, order o1`.
    static List<String> uses(String code, String customer, Handle tables) {
        return tables.createQuery(
                        "SELECT store, order_id FROM used WHERE code = ? AND customer = ?"
                                + " ORDER BY at, store, order_id")
                .bind(0, code)
                .bind(1, customer)
                .map((row, _) -> row.getString("store") + ", order " + row.getString("order_id"))
                .list();
    }

    // ---- gift cards

    /// @param amount taken, in minor units; below zero if given back
    static void tender(String store, String id, String card, long amount, Handle tables) {
        tables.execute(
                "REPLACE INTO tender (store, id, card, amount) VALUES (?, ?, ?, ?)",
                store,
                id,
                card,
                amount);
    }

    static void tenderAmount(String store, String id, long amount, Handle tables) {
        tables.execute(
                "UPDATE tender SET amount = ? WHERE store = ? AND id = ?", amount, store, id);
    }

    static void tenderLess(String store, String id, long amount, Handle tables) {
        tables.execute(
                "UPDATE tender SET amount = amount - ? WHERE store = ? AND id = ?",
                amount,
                store,
                id);
    }

    /// In minor units; empty if HQ has put nothing on it.
    static Optional<Long> loaded(String card, Handle tables) {
        return tables.createQuery("SELECT amount FROM loaded WHERE card = ?")
                .bind(0, card)
                .mapTo(Long.class)
                .findOne();
    }

    static boolean keepsGiftCards(Handle tables) {
        return tables.createQuery("SELECT EXISTS (SELECT 1 FROM loaded)").mapTo(Integer.class).one()
                == 1;
    }

    /// In minor units, less what was given back.
    static long taken(String card, Handle tables) {
        return tables.createQuery("SELECT coalesce(sum(amount), 0) FROM tender WHERE card = ?")
                .bind(0, card)
                .mapTo(Long.class)
                .one();
    }

    // ---- findings

    static void find(Finding finding, String stream, long offset, Handle tables) {
        tables.execute(
                "REPLACE INTO finding (stream, offset, kind, about, order_id, at, detail)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                stream,
                offset,
                finding.kind().name(),
                finding.about(),
                finding.order(),
                finding.at().toEpochMilli(),
                finding.detail());
    }

    /// The newest first.
    static List<Finding> findings(int offset, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT * FROM finding ORDER BY at DESC, stream, offset DESC LIMIT ? OFFSET ?")
                .bind(0, max)
                .bind(1, offset)
                .map((row, _) -> {
                    String stream = row.getString("stream");
                    return new Finding(
                            Finding.Kind.valueOf(row.getString("kind")),
                            row.getString("about"),
                            stream.substring(0, stream.indexOf('/')),
                            row.getString("order_id"),
                            Instant.ofEpochMilli(row.getLong("at")),
                            row.getString("detail"));
                })
                .list();
    }

    /// What was built from stores' loyalty is built anew; places go on, so that all of it is counted again.
    static void forgetLoyalty(Handle tables) {
        for (String table : List.of("booking", "touched", "store", "used")) {
            tables.execute("DELETE FROM " + table);
        }
        tables.execute("DELETE FROM finding WHERE stream LIKE '%/loyalty'");
    }

    static void forgetPayments(Handle tables) {
        tables.execute("DELETE FROM tender");
        tables.execute("DELETE FROM finding WHERE stream LIKE '%/payments'");
    }
}
