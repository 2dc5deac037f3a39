package dev.skerry.store.payments;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.context.Query;
import dev.skerry.language.Json;
import dev.skerry.language.Money;
import dev.skerry.language.payments.PaidCard;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.AmountDueChanged;
import dev.skerry.language.payments.PaymentEvent.BusinessDayClosed;
import dev.skerry.language.payments.PaymentEvent.BusinessDayOpened;
import dev.skerry.language.payments.PaymentEvent.DrawerCounted;
import dev.skerry.language.payments.PaymentEvent.DrawerOpened;
import dev.skerry.language.payments.PaymentEvent.OfflineGiftCardSettled;
import dev.skerry.language.payments.PaymentEvent.PaidIn;
import dev.skerry.language.payments.PaymentEvent.PaidOut;
import dev.skerry.language.payments.PaymentEvent.PaymentCancelled;
import dev.skerry.language.payments.PaymentEvent.PaymentCompleted;
import dev.skerry.language.payments.PaymentEvent.PaymentOpened;
import dev.skerry.language.payments.PaymentEvent.PickedUp;
import dev.skerry.language.payments.PaymentEvent.PromisedRefundDropped;
import dev.skerry.language.payments.PaymentEvent.PromisedRefundMade;
import dev.skerry.language.payments.PaymentEvent.PromisedRefundRefused;
import dev.skerry.language.payments.PaymentEvent.RefundDeclined;
import dev.skerry.language.payments.PaymentEvent.RefundMade;
import dev.skerry.language.payments.PaymentEvent.RefundPromised;
import dev.skerry.language.payments.PaymentEvent.RefundRequested;
import dev.skerry.language.payments.PaymentEvent.ReversalRefused;
import dev.skerry.language.payments.PaymentEvent.ShiftClosed;
import dev.skerry.language.payments.PaymentEvent.ShiftOpened;
import dev.skerry.language.payments.PaymentEvent.StoredTenderApproved;
import dev.skerry.language.payments.PaymentEvent.StoredTenderCancelled;
import dev.skerry.language.payments.PaymentEvent.StoredTenderDeclined;
import dev.skerry.language.payments.PaymentEvent.StoredTenderForwarded;
import dev.skerry.language.payments.PaymentEvent.TenderApproved;
import dev.skerry.language.payments.PaymentEvent.TenderDeclined;
import dev.skerry.language.payments.PaymentEvent.TenderLookedAt;
import dev.skerry.language.payments.PaymentEvent.TenderRequested;
import dev.skerry.language.payments.PaymentEvent.TenderReversed;
import dev.skerry.language.payments.PaymentEvent.TenderStored;
import dev.skerry.language.payments.PaymentEvent.TenderTaken;
import dev.skerry.language.payments.PaymentEvent.TenderUnknown;
import dev.skerry.language.payments.PaymentEvent.TenderWithdrawn;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.language.payments.TenderTakings;
import dev.skerry.language.payments.ZReport;
import dev.skerry.stream.sqlite.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All SQL of this context. Money is in minor units of the store's currency. `entry` is the cash book: every movement of money is one row,
/// and every report is a sum over it.
///
/// `payment`, `tender` and `entry` grow with the sales, by about 1 kB each with their indexes: 2 GB a year in a store with 5,000 sales a
/// day. They are kept, because a refund goes back to the tender that paid, however long ago, and the books of a day are shown for as long as
/// the law wants them. `voucher`, `business_day`, `shift`, `attention` grow by some hundred rows a day at most.
final class PaymentsTables implements Book.State<PaymentEvent> {

    static final Migrations MIGRATIONS =
            new Migrations(
                    "payments",
                    List.of(
                            """
                            CREATE TABLE payment (
                              id TEXT PRIMARY KEY,
                              state TEXT NOT NULL,
                              due INTEGER NOT NULL,
                              change INTEGER NOT NULL,
                              rounding INTEGER NOT NULL,
                              till TEXT NOT NULL,
                              day TEXT NOT NULL,
                              shift TEXT,
                              late INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX payment_open ON payment (id) WHERE state = 'OPEN';
                            CREATE TABLE tender (
                              seq INTEGER PRIMARY KEY,
                              id TEXT NOT NULL UNIQUE,
                              payment TEXT NOT NULL,
                              refund INTEGER NOT NULL,
                              kind TEXT NOT NULL,
                              state TEXT NOT NULL,
                              amount INTEGER NOT NULL,
                              paid INTEGER NOT NULL,
                              account TEXT,
                              token TEXT,
                              last_four TEXT,
                              scheme TEXT,
                              approval_code TEXT,
                              reason TEXT,
                              of_order TEXT,
                              of_tender TEXT,
                              may_store INTEGER NOT NULL,
                              till TEXT NOT NULL,
                              day TEXT NOT NULL,
                              shift TEXT,
                              late INTEGER NOT NULL,
                              person TEXT NOT NULL,
                              stored_at INTEGER
                            ) STRICT;
                            CREATE INDEX tender_payment ON tender (payment, seq);
                            CREATE INDEX tender_of_order ON tender (of_order) WHERE of_order IS NOT NULL;
                            CREATE INDEX tender_unsettled ON tender (seq) WHERE state IN
                              ('REQUESTED', 'UNKNOWN', 'REVERSING', 'CANCELLING', 'PROMISED', 'STORED', 'FORWARDED');
                            CREATE TABLE voucher (
                              number TEXT PRIMARY KEY,
                              worth INTEGER,
                              used_by TEXT
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE entry (
                              id INTEGER PRIMARY KEY,
                              type TEXT NOT NULL,
                              kind TEXT NOT NULL,
                              amount INTEGER NOT NULL,
                              till TEXT NOT NULL,
                              day TEXT NOT NULL,
                              shift TEXT,
                              late INTEGER NOT NULL,
                              about TEXT NOT NULL,
                              at INTEGER NOT NULL
                            ) STRICT;
                            CREATE INDEX entry_day ON entry (day);
                            CREATE INDEX entry_shift ON entry (shift) WHERE shift IS NOT NULL;
                            CREATE TABLE business_day (
                              day TEXT PRIMARY KEY,
                              opened_at INTEGER NOT NULL,
                              opened_by TEXT NOT NULL,
                              closed_at INTEGER
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE shift (
                              id TEXT PRIMARY KEY,
                              till TEXT NOT NULL,
                              day TEXT NOT NULL,
                              cash_float INTEGER NOT NULL,
                              opened_by TEXT NOT NULL,
                              opened_at INTEGER NOT NULL,
                              counted INTEGER,
                              z_number INTEGER,
                              z TEXT
                            ) STRICT, WITHOUT ROWID;
                            CREATE UNIQUE INDEX shift_open ON shift (till) WHERE z IS NULL;
                            CREATE UNIQUE INDEX shift_z ON shift (till, z_number) WHERE z IS NOT NULL;
                            CREATE INDEX shift_day ON shift (day, till);
                            CREATE TABLE attention (
                              tender TEXT NOT NULL,
                              why TEXT NOT NULL,
                              payment TEXT NOT NULL,
                              amount INTEGER NOT NULL,
                              reason TEXT NOT NULL,
                              since INTEGER NOT NULL,
                              looked_at_by TEXT,
                              note TEXT,
                              PRIMARY KEY (tender, why)
                            ) STRICT, WITHOUT ROWID;
                            CREATE TABLE blocked_gift_card (
                              card TEXT PRIMARY KEY,
                              reason TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """));

    private static final List<String> MADE_FROM_EVENTS =
            List.of("payment", "tender", "voucher", "entry", "business_day", "shift", "attention");

    /// What of a shift's cash book is in its drawer: all that is cash, but the rounding, which nobody hands over.
    private static final String IN_DRAWER = "kind = 'CASH' AND type <> 'ROUNDING'";

    private final Currency currency;
    private final Money cashStep;

    PaymentsTables(PaymentsPolicy policy) {
        this.currency = policy.currency();
        this.cashStep = policy.cashStep();
    }

    // ---- applying

    /// The rows that one event makes in the cash book, numbered by its offset.
    private static final class Entries {
        private static final int PER_EVENT_MAX = 4;

        private final Handle tables;
        private final Fact<? extends PaymentEvent> fact;
        private int count;

        Entries(Handle tables, Fact<? extends PaymentEvent> fact) {
            this.tables = tables;
            this.fact = fact;
        }

        void add(String type, TenderKind kind, long amount, Place place, String about) {
            tables.execute(
                    "INSERT INTO entry (id, type, kind, amount, till, day, shift, late, about, at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    fact.offset() * PER_EVENT_MAX + count++,
                    type,
                    kind.name(),
                    amount,
                    place.till(),
                    place.day().toString(),
                    place.shift(),
                    place.late(),
                    about,
                    fact.at().toEpochMilli());
            // A count is of the cash that was there then.
            if (kind == TenderKind.CASH
                    && amount != 0
                    && !type.equals("ROUNDING")
                    && !place.late()) {
                tables.execute(
                        "UPDATE shift SET counted = NULL WHERE id = ? AND z IS NULL",
                        place.shift());
            }
        }
    }

    @Override
    public void apply(Fact<? extends PaymentEvent> fact, Handle tables) {
        Entries entries = new Entries(tables, fact);
        switch (fact.event()) {
            case PaymentOpened it ->
                    tables.execute(
                            "REPLACE INTO payment (id, state, due, change, rounding, till, day, shift, late)"
                                    + " VALUES (?, 'OPEN', ?, 0, 0, ?, ?, ?, ?)",
                            it.order(),
                            it.due().minor(),
                            it.place().till(),
                            it.place().day().toString(),
                            it.place().shift(),
                            it.place().late());
            case AmountDueChanged it ->
                    tables.execute(
                            "UPDATE payment SET due = ? WHERE id = ?",
                            it.due().minor(),
                            it.order());
            case TenderRequested it -> {
                insert(
                        tables,
                        fact,
                        it.order(),
                        it.tender(),
                        false,
                        it.kind(),
                        Tender.State.REQUESTED,
                        it.amount(),
                        it.amount(),
                        it.account(),
                        null,
                        it.place(),
                        it.by());
                tables.execute(
                        "UPDATE tender SET may_store = ? WHERE id = ?", it.mayStore(), it.tender());
            }
            case TenderTaken it -> {
                insert(
                        tables,
                        fact,
                        it.order(),
                        it.tender(),
                        false,
                        it.kind(),
                        Tender.State.TAKEN,
                        it.amount(),
                        it.amount(),
                        it.account(),
                        null,
                        it.place(),
                        it.by());
                entries.add("TENDER", it.kind(), it.amount().minor(), it.place(), it.tender());
                if (it.kind() == TenderKind.VOUCHER && it.account() != null) {
                    tables.execute(
                            "INSERT INTO voucher (number, used_by) VALUES (?, ?)"
                                    + " ON CONFLICT DO UPDATE SET used_by = excluded.used_by",
                            it.account(),
                            it.tender());
                }
            }
            case TenderApproved it -> {
                tables.execute(
                        "UPDATE tender SET state = 'APPROVED', amount = ?, paid = ?, approval_code = ? WHERE id = ?",
                        it.amount().minor(),
                        it.amount().minor(),
                        it.approvalCode(),
                        it.tender());
                card(tables, it.tender(), it.card());
                place(tables, it.tender(), it.place());
                entries.add("TENDER", it.kind(), it.amount().minor(), it.place(), it.tender());
            }
            case TenderStored it -> {
                tables.execute(
                        "UPDATE tender SET state = 'STORED', approval_code = ?, stored_at = ? WHERE id = ?",
                        it.reference(),
                        fact.at().toEpochMilli(),
                        it.tender());
                card(tables, it.tender(), it.card());
                place(tables, it.tender(), it.place());
                entries.add("TENDER", it.kind(), it.amount().minor(), it.place(), it.tender());
            }
            case TenderDeclined it -> end(tables, it.tender(), "DECLINED", it.reason());
            case TenderUnknown it -> end(tables, it.tender(), "UNKNOWN", "no answer");
            case TenderWithdrawn it -> {
                end(tables, it.tender(), it.reversal() ? "REVERSING" : "WITHDRAWN", it.reason());
                tables.execute("UPDATE voucher SET used_by = NULL WHERE used_by = ?", it.tender());
                if (!it.amount().isZero()) {
                    entries.add(
                            "WITHDRAWN", it.kind(), -it.amount().minor(), it.place(), it.tender());
                }
            }
            case TenderReversed it ->
                    tables.execute(
                            "UPDATE tender SET state = CASE state WHEN 'CANCELLING' THEN 'CANCELLED' ELSE 'REVERSED' END"
                                    + " WHERE id = ?",
                            it.tender());
            case ReversalRefused it -> {
                tables.execute(
                        "UPDATE tender SET state = CASE state WHEN 'CANCELLING' THEN 'CANCELLED' ELSE 'REVERSAL_REFUSED' END"
                                + " WHERE id = ?",
                        it.tender());
                attention(
                        tables,
                        fact,
                        Attention.Why.REVERSAL_REFUSED,
                        it.order(),
                        it.tender(),
                        it.amount(),
                        it.reason());
            }
            case StoredTenderForwarded it -> state(tables, it.tender(), "FORWARDED");
            case StoredTenderApproved it ->
                    tables.execute(
                            "UPDATE tender SET state = 'APPROVED_LATE', approval_code = ? WHERE id = ?",
                            it.approvalCode(),
                            it.tender());
            case StoredTenderDeclined it -> {
                end(tables, it.tender(), "DECLINED_LATE", it.reason());
                attention(
                        tables,
                        fact,
                        Attention.Why.LATE_DECLINE,
                        it.order(),
                        it.tender(),
                        it.amount(),
                        it.reason());
            }
            case StoredTenderCancelled it -> state(tables, it.tender(), "CANCELLING");
            case OfflineGiftCardSettled it -> {
                state(tables, it.tender(), "APPROVED_LATE");
                if (it.overdraft() != null) {
                    attention(
                            tables,
                            fact,
                            Attention.Why.GIFT_CARD_OVERDRAWN,
                            it.order(),
                            it.tender(),
                            it.overdraft(),
                            "the gift card had less on it");
                }
            }
            case PaymentCompleted it -> {
                tables.execute(
                        "UPDATE payment SET state = 'COMPLETED', change = ?, rounding = ? WHERE id = ?",
                        it.change().minor(),
                        it.rounding().minor(),
                        it.order());
                entries.add("COMPLETED", TenderKind.CASH, 0, it.place(), it.order());
                if (!it.change().isZero()) {
                    entries.add(
                            "CHANGE",
                            TenderKind.CASH,
                            -it.change().minor(),
                            it.place(),
                            it.order());
                }
                if (!it.rounding().isZero()) {
                    entries.add(
                            "ROUNDING",
                            TenderKind.CASH,
                            it.rounding().minor(),
                            it.place(),
                            it.order());
                }
            }
            case PaymentCancelled it ->
                    tables.execute(
                            "UPDATE payment SET state = 'CANCELLED' WHERE id = ?", it.order());
            case RefundRequested it ->
                    insert(
                            tables,
                            fact,
                            it.order(),
                            it.tender(),
                            true,
                            it.kind(),
                            Tender.State.REQUESTED,
                            it.amount(),
                            it.amount(),
                            null,
                            it.of(),
                            it.place(),
                            it.by());
            case RefundMade it -> {
                if (tender(tables, it.tender()).isEmpty()) {
                    insert(
                            tables,
                            fact,
                            it.order(),
                            it.tender(),
                            true,
                            it.kind(),
                            Tender.State.GIVEN,
                            it.amount(),
                            it.paid(),
                            it.account(),
                            it.of(),
                            it.place(),
                            it.by());
                } else {
                    state(tables, it.tender(), "GIVEN");
                    place(tables, it.tender(), it.place());
                }
                entries.add("REFUND", it.kind(), -it.paid().minor(), it.place(), it.tender());
                if (it.kind() == TenderKind.VOUCHER && it.account() != null) {
                    tables.execute(
                            "INSERT INTO voucher (number, worth) VALUES (?, ?)"
                                    + " ON CONFLICT DO UPDATE SET worth = excluded.worth",
                            it.account(),
                            it.paid().minor());
                }
            }
            case RefundDeclined it -> end(tables, it.tender(), "DECLINED", it.reason());
            case RefundPromised it -> {
                insert(
                        tables,
                        fact,
                        it.order(),
                        it.tender(),
                        true,
                        it.kind(),
                        Tender.State.PROMISED,
                        it.amount(),
                        it.amount(),
                        null,
                        it.of(),
                        it.place(),
                        it.by());
                entries.add("REFUND", it.kind(), -it.amount().minor(), it.place(), it.tender());
            }
            case PromisedRefundMade it -> state(tables, it.tender(), "GIVEN");
            case PromisedRefundDropped it -> state(tables, it.tender(), "DROPPED");
            case PromisedRefundRefused it -> {
                end(tables, it.tender(), "PROMISE_REFUSED", it.reason());
                attention(
                        tables,
                        fact,
                        Attention.Why.REFUND_REFUSED,
                        it.order(),
                        it.tender(),
                        it.amount(),
                        it.reason());
            }
            case BusinessDayOpened it ->
                    tables.execute(
                            "INSERT INTO business_day (day, opened_at, opened_by) VALUES (?, ?, ?)",
                            it.day().toString(),
                            fact.at().toEpochMilli(),
                            it.by());
            case BusinessDayClosed it ->
                    tables.execute(
                            "UPDATE business_day SET closed_at = ? WHERE day = ?",
                            fact.at().toEpochMilli(),
                            it.day().toString());
            case ShiftOpened it -> {
                tables.execute(
                        "INSERT INTO shift (id, till, day, cash_float, opened_by, opened_at) VALUES (?, ?, ?, ?, ?, ?)",
                        it.shift(),
                        it.till(),
                        it.day().toString(),
                        it.cashFloat().minor(),
                        it.by(),
                        fact.at().toEpochMilli());
                entries.add(
                        "FLOAT",
                        TenderKind.CASH,
                        it.cashFloat().minor(),
                        new Place(it.till(), it.day(), it.shift(), false),
                        it.shift());
            }
            case PaidIn it ->
                    entries.add(
                            "PAID_IN", TenderKind.CASH, it.amount().minor(), it.place(), it.id());
            case PaidOut it ->
                    entries.add(
                            "PAID_OUT", TenderKind.CASH, -it.amount().minor(), it.place(), it.id());
            case PickedUp it ->
                    entries.add(
                            "PICK_UP", TenderKind.CASH, -it.amount().minor(), it.place(), it.id());
            case DrawerOpened _ -> {
                // A fact for whoever looks for losses; nothing here depends on it.
            }
            case DrawerCounted it ->
                    tables.execute(
                            "UPDATE shift SET counted = ? WHERE id = ?",
                            it.counted().minor(),
                            it.shift());
            case ShiftClosed it ->
                    tables.execute(
                            "UPDATE shift SET z_number = ?, z = ? WHERE id = ?",
                            it.z().number(),
                            Json.write(it.z()),
                            it.shift());
            case TenderLookedAt it ->
                    tables.execute(
                            "UPDATE attention SET looked_at_by = ?, note = ? WHERE tender = ? AND looked_at_by IS NULL",
                            it.by(),
                            it.note(),
                            it.tender());
        }
    }

    @Override
    public void clear(Handle tables) {
        MADE_FROM_EVENTS.forEach(table -> tables.execute("DELETE FROM " + table));
    }

    @Override
    public @Nullable String key(PaymentEvent event) {
        return null;
    }

    private static void insert(
            Handle tables,
            Fact<? extends PaymentEvent> fact,
            String order,
            String tender,
            boolean refund,
            TenderKind kind,
            Tender.State state,
            Money amount,
            Money paid,
            @Nullable String account,
            @Nullable RefundOf of,
            Place place,
            String by) {
        tables.execute(
                "INSERT INTO tender (seq, id, payment, refund, kind, state, amount, paid, account, of_order, of_tender,"
                        + " may_store, till, day, shift, late, person) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)",
                fact.offset(),
                tender,
                order,
                refund,
                kind.name(),
                state.name(),
                amount.minor(),
                paid.minor(),
                account,
                of == null ? null : of.order(),
                of == null ? null : of.tender(),
                place.till(),
                place.day().toString(),
                place.shift(),
                place.late(),
                by);
    }

    private static void state(Handle tables, String tender, String state) {
        tables.execute("UPDATE tender SET state = ? WHERE id = ?", state, tender);
    }

    private static void end(Handle tables, String tender, String state, String reason) {
        tables.execute(
                "UPDATE tender SET state = ?, reason = ? WHERE id = ?", state, reason, tender);
    }

    private static void card(Handle tables, String tender, @Nullable PaidCard card) {
        if (card != null) {
            tables.execute(
                    "UPDATE tender SET token = ?, last_four = ?, scheme = ? WHERE id = ?",
                    card.token(),
                    card.lastFour(),
                    card.scheme(),
                    tender);
        }
    }

    private static void place(Handle tables, String tender, Place place) {
        tables.execute(
                "UPDATE tender SET till = ?, day = ?, shift = ?, late = ? WHERE id = ?",
                place.till(),
                place.day().toString(),
                place.shift(),
                place.late(),
                tender);
    }

    private static void attention(
            Handle tables,
            Fact<? extends PaymentEvent> fact,
            Attention.Why why,
            String order,
            String tender,
            Money amount,
            String reason) {
        tables.execute(
                "REPLACE INTO attention (tender, why, payment, amount, reason, since) VALUES (?, ?, ?, ?, ?, ?)",
                tender,
                why.name(),
                order,
                amount.minor(),
                reason,
                fact.at().toEpochMilli());
    }

    // ---- payments and tenders

    Optional<Payment> payment(Handle tables, String order) {
        List<Tender> tenders =
                tables.createQuery("SELECT * FROM tender WHERE payment = ? ORDER BY seq")
                        .bind(0, order)
                        .map((row, _) -> tender(row))
                        .list();
        return tables.createQuery("SELECT * FROM payment WHERE id = ?")
                .bind(0, order)
                .map((row, _) ->
                        Payment.of(
                                order,
                                Payment.State.valueOf(row.getString("state")),
                                money(row, "due"),
                                money(row, "change"),
                                money(row, "rounding"),
                                place(row),
                                tenders,
                                cashStep))
                .findOne();
    }

    Optional<Tender> tender(Handle tables, String id) {
        return tables.createQuery("SELECT * FROM tender WHERE id = ?")
                .bind(0, id)
                .map((row, _) -> tender(row))
                .findOne();
    }

    /// A tender with its place in the order of all of them.
    record Numbered(long seq, Tender tender) {}

    /// Where something is outstanding, the oldest first.
    ///
    /// @param stored whether those are meant that wait to go up, or those that wait for something else
    List<Numbered> unsettled(Handle tables, boolean stored, long after, int max) {
        return tables.createQuery(
                        "SELECT * FROM tender WHERE state IN ('REQUESTED', 'UNKNOWN', 'REVERSING', 'CANCELLING', 'PROMISED', 'STORED', 'FORWARDED')"
                                + " AND (state IN ('STORED', 'FORWARDED')) = ? AND NOT (state = 'STORED' AND kind = 'GIFT_CARD')"
                                + " AND seq > ? ORDER BY seq LIMIT ?")
                .bind(0, stored)
                .bind(1, after)
                .bind(2, max)
                .map((row, _) -> new Numbered(row.getLong("seq"), tender(row)))
                .list();
    }

    private Tender tender(ResultSet row) throws SQLException {
        String token = row.getString("token");
        String ofOrder = row.getString("of_order");
        return new Tender(
                row.getString("id"),
                row.getString("payment"),
                row.getBoolean("refund"),
                TenderKind.valueOf(row.getString("kind")),
                Tender.State.valueOf(row.getString("state")),
                money(row, "amount"),
                money(row, "paid"),
                row.getString("account"),
                token == null
                        ? null
                        : new PaidCard(token, row.getString("last_four"), row.getString("scheme")),
                row.getString("approval_code"),
                row.getString("reason"),
                ofOrder == null ? null : new RefundOf(ofOrder, row.getString("of_tender")),
                row.getBoolean("may_store"),
                place(row),
                row.getString("person"));
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(
                row.getString("till"),
                LocalDate.parse(row.getString("day")),
                row.getString("shift"),
                row.getBoolean("late"));
    }

    private Money money(ResultSet row, String column) throws SQLException {
        return new Money(row.getLong(column), currency);
    }

    private Money sum(Query query) {
        return new Money(query.mapTo(Long.class).one(), currency);
    }

    OfflineLimits.Lying lying(Handle tables, String order) {
        return tables.createQuery(
                        "SELECT COUNT(*) AS count, COALESCE(SUM(amount), 0) AS total,"
                                + " COALESCE(SUM(CASE WHEN payment = ? THEN amount ELSE 0 END), 0) AS in_sale,"
                                + " MIN(stored_at) AS oldest"
                                + " FROM tender WHERE state IN ('REQUESTED', 'UNKNOWN', 'REVERSING', 'CANCELLING', 'PROMISED', 'STORED', 'FORWARDED')"
                                + " AND kind = 'CARD' AND refund = 0 AND (state IN ('STORED', 'FORWARDED') OR (state = 'REQUESTED' AND may_store))")
                .bind(0, order)
                .map((row, _) ->
                        new OfflineLimits.Lying(
                                row.getInt("count"),
                                money(row, "total"),
                                money(row, "in_sale"),
                                row.getObject("oldest") == null
                                        ? null
                                        : Instant.ofEpochMilli(row.getLong("oldest"))))
                .one();
    }

    Money giftCardOffline(Handle tables, String card) {
        return sum(
                tables.createQuery(
                                "SELECT COALESCE(SUM(amount), 0) FROM tender"
                                        + " WHERE state IN ('REQUESTED', 'UNKNOWN', 'REVERSING', 'CANCELLING', 'PROMISED', 'STORED', 'FORWARDED')"
                                        + " AND kind = 'GIFT_CARD' AND account = ? AND refund = 0"
                                        + " AND (state = 'STORED' OR (state = 'REQUESTED' AND may_store))")
                        .bind(0, card));
    }

    Optional<Taking.Voucher> voucher(Handle tables, String number) {
        return tables.createQuery("SELECT worth, used_by FROM voucher WHERE number = ?")
                .bind(0, number)
                .map((row, _) ->
                        new Taking.Voucher(
                                row.getObject("worth") == null ? null : money(row, "worth"),
                                row.getString("used_by")))
                .findOne();
    }

    /// What has gone back, is going, or is promised, of what had been paid.
    ///
    /// @param column which figure: `amount` or `paid`
    /// @param tender null for any
    /// @param kind null for any
    Money refunded(
            Handle tables,
            String column,
            String order,
            @Nullable String tender,
            @Nullable TenderKind kind) {
        String figure =
                switch (column) {
                    case "amount", "paid" -> column;
                    default -> throw new IllegalArgumentException(column);
                };
        return sum(
                tables.createQuery(
                                "SELECT COALESCE(SUM("
                                        + figure
                                        + "), 0) FROM tender WHERE of_order = :order AND refund = 1 AND state <> 'DECLINED'"
                                        + " AND (:tender IS NULL OR of_tender = :tender) AND (:kind IS NULL OR kind = :kind)")
                        .bind("order", order)
                        .bind("tender", tender)
                        .bind("kind", kind == null ? null : kind.name()));
    }

    /// What of a stored tender is promised back.
    Money promised(Handle tables, String order, String tender) {
        return sum(
                tables.createQuery(
                                "SELECT COALESCE(SUM(amount), 0) FROM tender WHERE of_order = ? AND of_tender = ? AND state = 'PROMISED'")
                        .bind(0, order)
                        .bind(1, tender));
    }

    List<Attention> attention(Handle tables, int max) {
        return tables.createQuery(
                        "SELECT * FROM attention WHERE looked_at_by IS NULL ORDER BY since, tender LIMIT ?")
                .bind(0, max)
                .map((row, _) ->
                        new Attention(
                                Attention.Why.valueOf(row.getString("why")),
                                row.getString("payment"),
                                row.getString("tender"),
                                money(row, "amount"),
                                row.getString("reason"),
                                Instant.ofEpochMilli(row.getLong("since"))))
                .list();
    }

    boolean needsAttention(Handle tables, String tender) {
        return tables.createQuery(
                                "SELECT COUNT(*) FROM attention WHERE tender = ? AND looked_at_by IS NULL")
                        .bind(0, tender)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /// Open payments with money in a shift.
    List<String> unfinished(Handle tables, String shift, int max) {
        return tables.createQuery(
                        "SELECT DISTINCT payment.id FROM payment JOIN tender ON tender.payment = payment.id"
                                + " WHERE payment.state = 'OPEN' AND tender.shift = ?"
                                + " AND tender.state IN ('REQUESTED', 'TAKEN', 'APPROVED', 'STORED', 'FORWARDED', 'APPROVED_LATE',"
                                + " 'DECLINED_LATE', 'GIVEN', 'PROMISED') ORDER BY payment.id LIMIT ?")
                .bind(0, shift)
                .bind(1, max)
                .mapTo(String.class)
                .list();
    }

    // ---- gift cards that HQ has blocked: built from its stream alone

    void block(Handle tables, String card, String reason) {
        tables.execute("REPLACE INTO blocked_gift_card (card, reason) VALUES (?, ?)", card, reason);
    }

    void unblock(Handle tables, String card) {
        tables.execute("DELETE FROM blocked_gift_card WHERE card = ?", card);
    }

    void unblockAll(Handle tables) {
        tables.execute("DELETE FROM blocked_gift_card");
    }

    boolean blocked(Handle tables, String card) {
        return tables.createQuery("SELECT COUNT(*) FROM blocked_gift_card WHERE card = ?")
                        .bind(0, card)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    // ---- days and shifts

    Optional<BusinessDay> day(Handle tables, LocalDate day) {
        return tables.createQuery("SELECT * FROM business_day WHERE day = ?")
                .bind(0, day.toString())
                .map((row, _) -> day(row))
                .findOne();
    }

    Optional<BusinessDay> lastDay(Handle tables) {
        return tables.createQuery("SELECT * FROM business_day ORDER BY day DESC LIMIT 1")
                .map((row, _) -> day(row))
                .findOne();
    }

    private static BusinessDay day(ResultSet row) throws SQLException {
        return new BusinessDay(
                LocalDate.parse(row.getString("day")),
                Instant.ofEpochMilli(row.getLong("opened_at")),
                row.getString("opened_by"),
                row.getObject("closed_at") == null
                        ? null
                        : Instant.ofEpochMilli(row.getLong("closed_at")));
    }

    Optional<Shift> shift(Handle tables, String id) {
        return tables.createQuery("SELECT * FROM shift WHERE id = ?")
                .bind(0, id)
                .map((row, _) -> shift(row))
                .findOne();
    }

    Optional<Shift> openShift(Handle tables, String till) {
        return tables.createQuery("SELECT * FROM shift WHERE till = ? AND z IS NULL")
                .bind(0, till)
                .map((row, _) -> shift(row))
                .findOne();
    }

    /// The last one to be opened.
    Optional<Shift> lastShift(Handle tables, String till, LocalDate day) {
        return tables.createQuery(
                        "SELECT * FROM shift WHERE till = ? AND day = ? ORDER BY opened_at DESC, z IS NULL DESC, z_number DESC LIMIT 1")
                .bind(0, till)
                .bind(1, day.toString())
                .map((row, _) -> shift(row))
                .findOne();
    }

    List<Shift> shifts(Handle tables, LocalDate day) {
        return tables.createQuery("SELECT * FROM shift WHERE day = ? ORDER BY till, opened_at, id")
                .bind(0, day.toString())
                .map((row, _) -> shift(row))
                .list();
    }

    private Shift shift(ResultSet row) throws SQLException {
        String z = row.getString("z");
        return new Shift(
                row.getString("id"),
                row.getString("till"),
                LocalDate.parse(row.getString("day")),
                money(row, "cash_float"),
                row.getString("opened_by"),
                Instant.ofEpochMilli(row.getLong("opened_at")),
                row.getObject("counted") == null ? null : money(row, "counted"),
                z == null ? null : Json.read(z, ZReport.class));
    }

    int lastZ(Handle tables, String till) {
        return tables.createQuery("SELECT COALESCE(MAX(z_number), 0) FROM shift WHERE till = ?")
                .bind(0, till)
                .mapTo(Integer.class)
                .one();
    }

    // ---- the cash book

    Money drawer(Handle tables, String shift) {
        return sum(
                tables.createQuery(
                                "SELECT COALESCE(SUM(amount), 0) FROM entry WHERE shift = ? AND late = 0 AND "
                                        + IN_DRAWER)
                        .bind(0, shift));
    }

    Takings takings(Handle tables, Span span) {
        List<TenderTakings> byTender =
                query(
                                tables,
                                "SELECT kind,"
                                        + " SUM(type = 'TENDER') - SUM(type = 'WITHDRAWN') AS count,"
                                        + " SUM(CASE WHEN type = 'REFUND' THEN 0 ELSE amount END) AS received,"
                                        + " SUM(CASE WHEN type = 'REFUND' THEN -amount ELSE 0 END) AS refunded FROM entry",
                                " AND type IN ('TENDER', 'CHANGE', 'WITHDRAWN', 'REFUND') GROUP BY kind",
                                span)
                        .map((row, _) ->
                                new TenderTakings(
                                        TenderKind.valueOf(row.getString("kind")),
                                        row.getInt("count"),
                                        money(row, "received"),
                                        money(row, "refunded")))
                        .list();
        List<TenderTakings> sorted = new ArrayList<>(byTender);
        sorted.sort((a, b) -> a.kind().compareTo(b.kind()));
        return query(
                        tables,
                        "SELECT"
                                + " COALESCE(SUM(type = 'COMPLETED'), 0) AS payments,"
                                + " COALESCE(SUM(CASE type WHEN 'ROUNDING' THEN amount ELSE 0 END), 0) AS rounding,"
                                + " COALESCE(SUM(CASE type WHEN 'FLOAT' THEN amount ELSE 0 END), 0) AS cash_float,"
                                + " COALESCE(SUM(CASE type WHEN 'PAID_IN' THEN amount ELSE 0 END), 0) AS paid_in,"
                                + " COALESCE(SUM(CASE type WHEN 'PAID_OUT' THEN -amount ELSE 0 END), 0) AS paid_out,"
                                + " COALESCE(SUM(CASE type WHEN 'PICK_UP' THEN -amount ELSE 0 END), 0) AS picked_up,"
                                + " COALESCE(SUM(CASE WHEN "
                                + IN_DRAWER
                                + " THEN amount ELSE 0 END), 0) AS drawer FROM entry",
                        "",
                        span)
                .map((row, _) ->
                        new Takings(
                                row.getInt("payments"),
                                sorted,
                                money(row, "rounding"),
                                money(row, "cash_float"),
                                money(row, "paid_in"),
                                money(row, "paid_out"),
                                money(row, "picked_up"),
                                money(row, "drawer")))
                .one();
    }

    /// Whether anything was entered at all.
    boolean hasEntries(Handle tables, Span span) {
        return query(tables, "SELECT COUNT(*) FROM entry", "", span).mapTo(Integer.class).one() > 0;
    }

    private static Query query(Handle tables, String select, String rest, Span span) {
        StringBuilder sql = new StringBuilder(select).append(" WHERE 1 = 1");
        List<Object> values = new ArrayList<>();
        if (span.day() != null) {
            sql.append(" AND day = ?");
            values.add(span.day().toString());
        }
        if (span.till() != null) {
            sql.append(" AND till = ?");
            values.add(span.till());
        }
        if (span.shift() != null) {
            sql.append(" AND shift = ?");
            values.add(span.shift());
        }
        if (span.late() != null) {
            sql.append(" AND late = ?");
            values.add(requireNonNull(span.late()));
        }
        Query query = tables.createQuery(sql.append(rest).toString());
        for (int i = 0; i < values.size(); i++) {
            query.bind(i, values.get(i));
        }
        return query;
    }
}
