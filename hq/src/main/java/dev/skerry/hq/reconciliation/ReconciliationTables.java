package dev.skerry.hq.reconciliation;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.hq.reconciliation.Difference.Done;
import dev.skerry.hq.reconciliation.Difference.Kind;
import dev.skerry.hq.reconciliation.Reconciliation.Batch;
import dev.skerry.hq.reconciliation.Reconciliation.CopiedDay;
import dev.skerry.hq.reconciliation.Reconciliation.OfKind;
import dev.skerry.hq.reconciliation.Reconciliation.Which;
import dev.skerry.language.Money;
import dev.skerry.language.reconciliation.ReconciliationEvent.BankLine;
import dev.skerry.language.reconciliation.ReconciliationEvent.BatchSettled;
import dev.skerry.language.reconciliation.ReconciliationEvent.CopyFoundDifferent;
import dev.skerry.language.reconciliation.ReconciliationEvent.DayProven;
import dev.skerry.language.reconciliation.ReconciliationEvent.DifferenceDecided;
import dev.skerry.language.reconciliation.ReconciliationEvent.SettledLine;
import dev.skerry.language.reconciliation.ReconciliationEvent.StatementTaken;
import dev.skerry.stream.sqlite.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All SQL of this context.
///
/// `card` and `settled` grow by about 250 bytes for each payment by card: 1 GB a year in a chain with 10,000 of them a day. `sale` holds
/// only what does not agree yet, `taking` only shifts without a Z, `difference` only what is one or may become one.
final class ReconciliationTables implements Book.State<Object> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "reconciliation",
                    List.of(
                            """
                            CREATE TABLE card (
                              store TEXT NOT NULL,
                              reference TEXT NOT NULL,
                              payment TEXT NOT NULL,
                              till TEXT NOT NULL,
                              day TEXT NOT NULL,
                              state TEXT NOT NULL,
                              amount INTEGER NOT NULL,
                              expected INTEGER NOT NULL,
                              currency TEXT NOT NULL,
                              card TEXT,
                              at INTEGER NOT NULL,
                              PRIMARY KEY (store, reference)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE settled (
                              store TEXT NOT NULL,
                              reference TEXT NOT NULL,
                              batch TEXT NOT NULL,
                              place INTEGER NOT NULL,
                              date TEXT NOT NULL,
                              amount INTEGER NOT NULL,
                              fee INTEGER NOT NULL,
                              currency TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              PRIMARY KEY (store, reference, batch, place)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE batch (
                              batch TEXT PRIMARY KEY,
                              file TEXT NOT NULL,
                              date TEXT NOT NULL,
                              currency TEXT NOT NULL,
                              lines INTEGER NOT NULL,
                              amount INTEGER NOT NULL,
                              fee INTEGER NOT NULL,
                              at INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX batch_by_date ON batch (date);
                            CREATE TABLE bank (
                              batch TEXT NOT NULL,
                              date TEXT NOT NULL,
                              amount INTEGER NOT NULL,
                              number INTEGER NOT NULL,
                              currency TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              PRIMARY KEY (batch, date, amount, number)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE sale (
                              store TEXT NOT NULL,
                              payment TEXT NOT NULL,
                              day TEXT NOT NULL,
                              currency TEXT NOT NULL,
                              sold INTEGER,
                              paid INTEGER,
                              at INTEGER NOT NULL,
                              PRIMARY KEY (store, payment)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE taking (
                              store TEXT NOT NULL,
                              shift TEXT NOT NULL,
                              kind TEXT NOT NULL,
                              amount INTEGER NOT NULL,
                              PRIMARY KEY (store, shift, kind)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE z (
                              store TEXT NOT NULL,
                              till TEXT NOT NULL,
                              number INTEGER NOT NULL,
                              PRIMARY KEY (store, till)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE difference (
                              id TEXT PRIMARY KEY,
                              kind TEXT NOT NULL,
                              store TEXT,
                              day TEXT,
                              about TEXT NOT NULL,
                              expected INTEGER,
                              found INTEGER,
                              currency TEXT,
                              detail TEXT NOT NULL,
                              since INTEGER NOT NULL,
                              due INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX difference_by_due ON difference (due, id);
                            CREATE TABLE looked_at (
                              store TEXT NOT NULL,
                              tender TEXT NOT NULL,
                              note TEXT NOT NULL,
                              by TEXT NOT NULL,
                              at INTEGER NOT NULL,
                              PRIMARY KEY (tender, store)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE decided (
                              difference TEXT PRIMARY KEY,
                              done TEXT NOT NULL,
                              by TEXT NOT NULL,
                              at INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE proven (
                              stream TEXT NOT NULL,
                              day TEXT NOT NULL,
                              events INTEGER NOT NULL,
                              up_to INTEGER NOT NULL,
                              checksum TEXT NOT NULL,
                              PRIMARY KEY (stream, day)
                            ) STRICT, WITHOUT ROWID;
                            """));

    // ---- what is published here

    @Override
    public void apply(Fact<?> fact, Handle tables) {
        long at = fact.at().toEpochMilli();
        switch (fact.event()) {
            case BatchSettled it -> settled(it, at, tables);
            case StatementTaken it -> {
                for (BankLine line : it.lines()) {
                    tables.execute(
                            "INSERT INTO bank (batch, date, amount, number, currency, at)"
                                    + " VALUES (?, ?, ?, ?, ?, ?)",
                            line.batch(),
                            line.date().toString(),
                            line.amount().minor(),
                            line.number(),
                            line.amount().currency().getCurrencyCode(),
                            at);
                    checkBatch(line.batch(), tables);
                }
            }
            case DifferenceDecided it ->
                    tables.execute(
                            "REPLACE INTO decided (difference, done, by, at) VALUES (?, ?, ?, ?)",
                            it.difference(),
                            it.done(),
                            it.by(),
                            it.at().toEpochMilli());
            case DayProven it ->
                    tables.execute(
                            "REPLACE INTO proven (stream, day, events, up_to, checksum)"
                                    + " VALUES (?, ?, ?, ?, ?)",
                            it.stream(),
                            it.day().toString(),
                            it.events(),
                            it.upTo(),
                            it.checksum());
            case CopyFoundDifferent it ->
                    raise(
                            Kind.COPY_DIFFERS,
                            it.stream(),
                            it.stream().substring(0, it.stream().indexOf('/')),
                            null,
                            it.stream(),
                            null,
                            null,
                            null,
                            "between offsets %d and %d".formatted(it.from(), it.to()),
                            at,
                            tables);
            default ->
                    throw new IllegalArgumentException(
                            "no event of reconciliation: " + fact.event());
        }
    }

    private static void settled(BatchSettled it, long at, Handle tables) {
        int place = it.part() * 100_000;
        for (SettledLine line : it.lines()) {
            String currency = line.amount().currency().getCurrencyCode();
            tables.execute(
                    "INSERT INTO settled (store, reference, batch, place, date, amount, fee, currency, at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    line.store(),
                    line.reference(),
                    it.batch(),
                    place++,
                    line.date().toString(),
                    line.amount().minor(),
                    line.fee().minor(),
                    currency,
                    at);
            tables.execute(
                    "INSERT INTO batch (batch, file, date, currency, lines, amount, fee, at)"
                            + " VALUES (?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                            + " date = max(date, excluded.date), lines = lines + 1,"
                            + " amount = amount + excluded.amount, fee = fee + excluded.fee",
                    it.batch(),
                    it.file(),
                    line.date().toString(),
                    currency,
                    line.amount().minor(),
                    line.fee().minor(),
                    at);
            checkCard(line.store(), line.reference(), tables);
        }
        checkBatch(it.batch(), tables);
    }

    @Override
    public void clear(Handle tables) {
        List.of("settled", "batch", "bank", "decided", "proven")
                .forEach(table -> tables.execute("DELETE FROM " + table));
        tables.execute(
                "DELETE FROM difference WHERE kind IN ('SETTLED_DIFFERENTLY', 'SETTLED_UNKNOWN', 'NOT_PAID_OUT',"
                        + " 'PAID_OUT_DIFFERENTLY', 'PAID_OUT_UNKNOWN', 'COPY_DIFFERS')");
        // What was settled stands as not settled again, until that is applied anew.
        tables.createQuery("SELECT DISTINCT store, reference FROM card")
                .map((row, _) -> List.of(row.getString(1), row.getString(2)))
                .list()
                .forEach(it -> checkCard(it.getFirst(), it.getLast(), tables));
    }

    // ---- what stores say

    static void forgetStores(Handle tables) {
        List.of("card", "sale", "taking", "z", "looked_at")
                .forEach(table -> tables.execute("DELETE FROM " + table));
        tables.execute(
                "DELETE FROM difference WHERE kind NOT IN ('NOT_PAID_OUT', 'PAID_OUT_DIFFERENTLY', 'PAID_OUT_UNKNOWN',"
                        + " 'COPY_DIFFERS')");
        tables.createQuery("SELECT DISTINCT store, reference FROM settled")
                .map((row, _) -> List.of(row.getString(1), row.getString(2)))
                .list()
                .forEach(it -> checkCard(it.getFirst(), it.getLast(), tables));
    }

    /// What a till says of a payment by card.
    ///
    /// @param amount negative for a refund
    /// @param expected to be settled
    record Card(
            String store,
            String reference,
            String payment,
            String till,
            LocalDate day,
            String state,
            Money amount,
            long expected,
            @Nullable String card) {}

    static void save(Card card, Instant at, Handle tables) {
        tables.execute(
                "REPLACE INTO card (reference, store, payment, till, day, state, amount, expected, currency, card, at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                card.reference(),
                card.store(),
                card.payment(),
                card.till(),
                card.day().toString(),
                card.state(),
                card.amount().minor(),
                card.expected(),
                card.amount().currency().getCurrencyCode(),
                card.card(),
                at.toEpochMilli());
        checkCard(card.store(), card.reference(), tables);
    }

    static Optional<Card> card(String store, String reference, Handle tables) {
        return tables.createQuery(
                        "SELECT store, reference, payment, till, day, state, amount, currency, expected, card"
                                + " FROM card WHERE reference = ? AND store = ?")
                .bind(0, reference)
                .bind(1, store)
                .map((row, _) ->
                        new Card(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                LocalDate.parse(row.getString(5)),
                                row.getString(6),
                                Money.of(row.getLong(7), row.getString(8)),
                                row.getLong(9),
                                row.getString(10)))
                .findOne();
    }

    /// What tills and processors say of one reference, once more.
    private static void checkCard(String store, String reference, Handle tables) {
        String about = store + "/" + reference;
        tables.execute(
                "DELETE FROM difference WHERE id IN (?, ?, ?)",
                id(Kind.NOT_SETTLED, about),
                id(Kind.SETTLED_DIFFERENTLY, about),
                id(Kind.SETTLED_UNKNOWN, about));
        record Side(
                int count,
                long amount,
                @Nullable String currency,
                @Nullable String day,
                long at,
                @Nullable String batch,
                @Nullable String detail) {}
        Side till =
                tables.createQuery(
                                "SELECT count(*), coalesce(sum(expected), 0), max(currency), max(day), coalesce(max(at), 0), NULL,"
                                        + " max(till || ' ' || state || ' ' || coalesce(card, '')) FROM card WHERE store = ? AND reference = ?")
                        .bind(0, store)
                        .bind(1, reference)
                        .map((row, _) ->
                                new Side(
                                        row.getInt(1),
                                        row.getLong(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getLong(5),
                                        row.getString(6),
                                        row.getString(7)))
                        .one();
        Side processor =
                tables.createQuery(
                                "SELECT count(*), coalesce(sum(amount), 0), max(currency), max(date), coalesce(max(at), 0), max(batch)"
                                        + " FROM settled WHERE store = ? AND reference = ?")
                        .bind(0, store)
                        .bind(1, reference)
                        .map((row, _) ->
                                new Side(
                                        row.getInt(1),
                                        row.getLong(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getLong(5),
                                        row.getString(6),
                                        null))
                        .one();
        boolean sameCurrency =
                till.currency == null
                        || processor.currency == null
                        || till.currency.equals(processor.currency);
        if (till.amount == processor.amount && sameCurrency) {
            return;
        }
        String currency = till.currency == null ? processor.currency : till.currency;
        String day = till.day == null ? processor.day : till.day;
        Kind kind =
                processor.count == 0
                        ? Kind.NOT_SETTLED
                        : till.count == 0 ? Kind.SETTLED_UNKNOWN : Kind.SETTLED_DIFFERENTLY;
        String detail =
                kind == Kind.SETTLED_UNKNOWN
                        ? "batch " + processor.batch
                        : String.valueOf(till.detail).strip()
                                + (sameCurrency ? "" : ", settled in " + processor.currency);
        raise(
                kind,
                about,
                store,
                day == null ? null : LocalDate.parse(day),
                reference,
                till.count == 0 ? null : till.amount,
                processor.count == 0 ? null : processor.amount,
                currency,
                detail,
                Math.max(till.at, processor.at),
                tables);
    }

    /// What a processor and the bank say of one batch, once more.
    private static void checkBatch(String batch, Handle tables) {
        tables.execute(
                "DELETE FROM difference WHERE id IN (?, ?, ?)",
                id(Kind.NOT_PAID_OUT, batch),
                id(Kind.PAID_OUT_DIFFERENTLY, batch),
                id(Kind.PAID_OUT_UNKNOWN, batch));
        record Side(
                boolean known,
                long amount,
                @Nullable String currency,
                @Nullable String date,
                long at) {}
        Side processor =
                tables.createQuery(
                                "SELECT amount - fee, currency, date, at FROM batch WHERE batch = ?")
                        .bind(0, batch)
                        .map((row, _) ->
                                new Side(
                                        true,
                                        row.getLong(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getLong(4)))
                        .findOne()
                        .orElse(new Side(false, 0, null, null, 0));
        Side bank =
                tables.createQuery(
                                "SELECT count(*) > 0, coalesce(sum(amount), 0), max(currency), max(date), coalesce(max(at), 0)"
                                        + " FROM bank WHERE batch = ?")
                        .bind(0, batch)
                        .map((row, _) ->
                                new Side(
                                        row.getInt(1) == 1,
                                        row.getLong(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getLong(5)))
                        .one();
        boolean sameCurrency =
                processor.currency == null
                        || bank.currency == null
                        || processor.currency.equals(bank.currency);
        if (processor.known && processor.amount == bank.amount && sameCurrency) {
            return;
        }
        Kind kind =
                !processor.known
                        ? Kind.PAID_OUT_UNKNOWN
                        : bank.known ? Kind.PAID_OUT_DIFFERENTLY : Kind.NOT_PAID_OUT;
        String date = processor.date == null ? bank.date : processor.date;
        raise(
                kind,
                batch,
                null,
                date == null ? null : LocalDate.parse(date),
                batch,
                processor.known ? processor.amount : null,
                bank.known ? bank.amount : null,
                processor.currency == null ? bank.currency : processor.currency,
                sameCurrency ? "" : "paid out in " + bank.currency,
                Math.max(processor.at, bank.at),
                tables);
    }

    /// What an order, or its payment, says was to be paid.
    static void sale(
            String store,
            String payment,
            LocalDate day,
            Money amount,
            boolean sold,
            Instant at,
            Handle tables) {
        tables.execute(
                sold
                        ? "INSERT INTO sale (store, payment, day, currency, sold, at) VALUES (?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET sold = excluded.sold"
                        : "INSERT INTO sale (store, payment, day, currency, paid, at) VALUES (?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO UPDATE SET paid = excluded.paid, day = excluded.day",
                store,
                payment,
                day.toString(),
                amount.currency().getCurrencyCode(),
                amount.minor(),
                at.toEpochMilli());
        String about = store + "/" + payment;
        tables.execute(
                "DELETE FROM difference WHERE id IN (?, ?, ?)",
                id(Kind.SALE_WITHOUT_PAYMENT, about),
                id(Kind.PAYMENT_WITHOUT_SALE, about),
                id(Kind.SALE_PAID_DIFFERENTLY, about));
        if (tables.execute(
                        "DELETE FROM sale WHERE store = ? AND payment = ? AND sold = paid",
                        store,
                        payment)
                > 0) {
            return;
        }
        record Sides(
                @Nullable Long sold, @Nullable Long paid, String currency, String day, long at) {}
        Sides sides =
                tables.createQuery(
                                "SELECT sold, paid, currency, day, at FROM sale WHERE store = ? AND payment = ?")
                        .bind(0, store)
                        .bind(1, payment)
                        .map((row, _) ->
                                new Sides(
                                        number(row, 1),
                                        number(row, 2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getLong(5)))
                        .one();
        raise(
                sides.paid == null
                        ? Kind.SALE_WITHOUT_PAYMENT
                        : sides.sold == null
                                ? Kind.PAYMENT_WITHOUT_SALE
                                : Kind.SALE_PAID_DIFFERENTLY,
                about,
                store,
                LocalDate.parse(sides.day),
                payment,
                sides.sold,
                sides.paid,
                sides.currency,
                "",
                sides.at,
                tables);
    }

    /// @param kind of the tender
    static void taken(String store, String shift, String kind, long amount, Handle tables) {
        tables.execute(
                "INSERT INTO taking (store, shift, kind, amount) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET amount = amount + excluded.amount",
                store,
                shift,
                kind,
                amount);
    }

    /// What was taken in a shift by one kind of tender, and is forgotten now: its Z has come.
    static long takings(String store, String shift, String kind, Handle tables) {
        long amount =
                tables.createQuery(
                                "SELECT coalesce(sum(amount), 0) FROM taking WHERE store = ? AND shift = ? AND kind = ?")
                        .bind(0, store)
                        .bind(1, shift)
                        .bind(2, kind)
                        .mapTo(Long.class)
                        .one();
        tables.execute(
                "DELETE FROM taking WHERE store = ? AND shift = ? AND kind = ?",
                store,
                shift,
                kind);
        return amount;
    }

    /// @return the number of the till's Z before this one; 0 if there was none
    static int numbered(String store, String till, int number, Handle tables) {
        int before =
                tables.createQuery("SELECT number FROM z WHERE store = ? AND till = ?")
                        .bind(0, store)
                        .bind(1, till)
                        .mapTo(Integer.class)
                        .findOne()
                        .orElse(0);
        tables.execute(
                "REPLACE INTO z (store, till, number) VALUES (?, ?, ?)", store, till, number);
        return before;
    }

    static void lookedAt(
            String store, String tender, String note, String by, Instant at, Handle tables) {
        tables.execute(
                "REPLACE INTO looked_at (store, tender, note, by, at) VALUES (?, ?, ?, ?, ?)",
                store,
                tender,
                note,
                by,
                at.toEpochMilli());
    }

    // ---- differences

    private static String id(Kind kind, String about) {
        return kind + "/" + about;
    }

    /// @param key unlike that of any other difference of this kind
    /// @param expected in minor units; null where nothing was, or it is not about money
    /// @param found the same
    static void raise(
            Kind kind,
            String key,
            @Nullable String store,
            @Nullable LocalDate day,
            String about,
            @Nullable Long expected,
            @Nullable Long found,
            @Nullable String currency,
            String detail,
            long since,
            Handle tables) {
        Instant counts = Instant.ofEpochMilli(since);
        if (kind.days > 0) {
            Instant later =
                    (day == null ? LocalDate.ofInstant(counts, ZoneOffset.UTC) : day)
                            .plusDays(kind.days)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
            counts = later.isAfter(counts) ? later : counts;
        }
        tables.execute(
                "REPLACE INTO difference (id, kind, store, day, about, expected, found, currency, detail, since, due)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id(kind, key),
                kind.name(),
                store,
                day == null ? null : day.toString(),
                about,
                expected,
                found,
                currency,
                detail,
                since,
                counts.toEpochMilli());
    }

    private static final String DIFFERENCES =
            " FROM difference d LEFT JOIN decided c ON c.difference = d.id"
                    + " LEFT JOIN looked_at l ON l.tender = d.about AND l.store = d.store"
                    + " AND d.kind IN ('LATE_DECLINE', 'REVERSAL_REFUSED', 'REFUND_REFUSED')"
                    + " WHERE d.due <= :now AND (:kind IS NULL OR d.kind = :kind) AND (:store IS NULL OR d.store = :store)"
                    + " AND (:which = 'ALL' OR (:which = 'OPEN') = (coalesce(c.done, l.note) IS NULL))";

    static int count(
            Which which, @Nullable Kind kind, @Nullable String store, Instant now, Handle tables) {
        return tables.createQuery("SELECT count(*)" + DIFFERENCES)
                .bind("now", now.toEpochMilli())
                .bind("kind", kind == null ? null : kind.name())
                .bind("store", store)
                .bind("which", which.name())
                .mapTo(Integer.class)
                .one();
    }

    /// The newest first.
    static List<Difference> differences(
            Which which,
            @Nullable Kind kind,
            @Nullable String store,
            Instant now,
            int from,
            int max,
            Handle tables) {
        return tables.createQuery(
                        "SELECT d.id, d.kind, d.store, d.day, d.about, d.expected, d.found, d.currency, d.detail, d.since,"
                                + " coalesce(c.done, l.note), coalesce(c.by, l.by), coalesce(c.at, l.at)"
                                + DIFFERENCES
                                + " ORDER BY d.due DESC, d.id LIMIT :max OFFSET :from")
                .bind("now", now.toEpochMilli())
                .bind("kind", kind == null ? null : kind.name())
                .bind("store", store)
                .bind("which", which.name())
                .bind("max", max)
                .bind("from", from)
                .map((row, _) -> difference(row))
                .list();
    }

    static boolean isDifference(String id, Instant now, Handle tables) {
        return tables.createQuery("SELECT count(*) FROM difference WHERE id = ? AND due <= ?")
                        .bind(0, id)
                        .bind(1, now.toEpochMilli())
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    private static Difference difference(ResultSet row) throws SQLException {
        String currency = row.getString(8);
        String day = row.getString(4);
        String done = row.getString(11);
        return new Difference(
                row.getString(1),
                Kind.valueOf(row.getString(2)),
                row.getString(3),
                day == null ? null : LocalDate.parse(day),
                row.getString(5),
                money(number(row, 6), currency),
                money(number(row, 7), currency),
                row.getString(9),
                Instant.ofEpochMilli(row.getLong(10)),
                done == null
                        ? null
                        : new Done(done, row.getString(12), Instant.ofEpochMilli(row.getLong(13))));
    }

    private static @Nullable Money money(@Nullable Long amount, @Nullable String currency) {
        return amount == null || currency == null ? null : Money.of(amount, currency);
    }

    /// How many are open, and how much money that is.
    static List<OfKind> open(Instant now, Handle tables) {
        record Part(Kind kind, int count, @Nullable String currency, long amount) {}
        List<Part> parts =
                tables.createQuery(
                                "SELECT d.kind, count(*), d.currency, sum(abs(coalesce(d.expected, 0) - coalesce(d.found, 0)))"
                                        + DIFFERENCES
                                        + " GROUP BY d.kind, d.currency ORDER BY d.kind, d.currency")
                        .bind("now", now.toEpochMilli())
                        .bind("kind", null)
                        .bind("store", null)
                        .bind("which", Which.OPEN.name())
                        .map((row, _) ->
                                new Part(
                                        Kind.valueOf(row.getString(1)),
                                        row.getInt(2),
                                        row.getString(3),
                                        row.getLong(4)))
                        .list();
        List<OfKind> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<Part> own = parts.stream().filter(it -> it.kind == kind).toList();
            List<Money> amounts = new ArrayList<>();
            own.forEach(it -> {
                if (it.currency != null) {
                    amounts.add(new Money(it.amount, Currency.getInstance(it.currency)));
                }
            });
            if (!own.isEmpty()) {
                all.add(new OfKind(kind, own.stream().mapToInt(Part::count).sum(), amounts));
            }
        }
        return all;
    }

    // ---- batches and copies

    static Optional<String> fileOf(String batch, Handle tables) {
        return tables.createQuery("SELECT file FROM batch WHERE batch = ?")
                .bind(0, batch)
                .mapTo(String.class)
                .findOne();
    }

    static boolean isBooked(BankLine line, Handle tables) {
        return tables.createQuery(
                                "SELECT count(*) FROM bank WHERE batch = ? AND date = ? AND amount = ? AND number = ?")
                        .bind(0, line.batch())
                        .bind(1, line.date().toString())
                        .bind(2, line.amount().minor())
                        .bind(3, line.number())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    static List<Batch> batches(int max, Handle tables) {
        return tables.createQuery(
                        "SELECT batch, date, currency, lines, amount, fee, amount - fee,"
                                + " (SELECT sum(bank.amount) FROM bank WHERE bank.batch = batch.batch)"
                                + " FROM batch ORDER BY date DESC, batch LIMIT ?")
                .bind(0, max)
                .map((row, _) -> {
                    Currency currency = Currency.getInstance(row.getString(3));
                    Long bank = number(row, 8);
                    return new Batch(
                            row.getString(1),
                            LocalDate.parse(row.getString(2)),
                            row.getInt(4),
                            new Money(row.getLong(5), currency),
                            new Money(row.getLong(6), currency),
                            new Money(row.getLong(7), currency),
                            bank == null ? null : new Money(bank, currency));
                })
                .list();
    }

    /// Up to where a copy is proven; empty if nowhere yet.
    static Optional<CopiedDay> proven(String stream, Handle tables) {
        return days(stream, 1, tables).stream().findFirst();
    }

    /// The newest first.
    static List<CopiedDay> days(String stream, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT stream, day, events, up_to, checksum FROM proven WHERE stream = ?"
                                + " ORDER BY day DESC LIMIT ?")
                .bind(0, stream)
                .bind(1, max)
                .map((row, _) ->
                        new CopiedDay(
                                row.getString(1),
                                LocalDate.parse(row.getString(2)),
                                row.getLong(3),
                                row.getLong(4),
                                row.getString(5)))
                .list();
    }

    /// Of all streams of a store, the newest first.
    static List<CopiedDay> daysOf(String store, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT stream, day, events, up_to, checksum FROM proven"
                                + " WHERE stream >= ? AND stream < ? ORDER BY day DESC, stream LIMIT ?")
                .bind(0, store + "/")
                .bind(1, store + "0")
                .bind(2, max)
                .map((row, _) ->
                        new CopiedDay(
                                row.getString(1),
                                LocalDate.parse(row.getString(2)),
                                row.getLong(3),
                                row.getLong(4),
                                row.getString(5)))
                .list();
    }

    static boolean isFoundDifferent(String stream, Handle tables) {
        return tables.createQuery("SELECT count(*) FROM difference WHERE id = ?")
                        .bind(0, id(Kind.COPY_DIFFERS, stream))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
