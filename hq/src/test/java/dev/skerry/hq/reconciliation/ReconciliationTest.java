package dev.skerry.hq.reconciliation;

import static dev.skerry.hq.reconciliation.Ledgers.HARBOUR;
import static dev.skerry.hq.reconciliation.Ledgers.MORNING;
import static dev.skerry.hq.reconciliation.Ledgers.eur;
import static dev.skerry.hq.reconciliation.Ledgers.place;
import static dev.skerry.hq.reconciliation.Ledgers.takings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.hq.reconciliation.Difference.Kind;
import dev.skerry.hq.reconciliation.Reconciliation.Deciding;
import dev.skerry.hq.reconciliation.Reconciliation.Taking;
import dev.skerry.hq.reconciliation.Reconciliation.Which;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.inventory.CountLine;
import dev.skerry.language.inventory.InventoryEvent.GoodsCounted;
import dev.skerry.language.payments.PaymentEvent.RefundMade;
import dev.skerry.language.payments.PaymentEvent.ReversalRefused;
import dev.skerry.language.payments.PaymentEvent.StoredTenderApproved;
import dev.skerry.language.payments.PaymentEvent.StoredTenderDeclined;
import dev.skerry.language.payments.PaymentEvent.TenderLookedAt;
import dev.skerry.language.payments.PaymentEvent.TenderWithdrawn;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconciliationTest {

    private static final String HEAD = "store,reference,batch,date,amount,currency,fee\n";
    private static final String BANK = "date,amount,currency,reference\n";

    @TempDir private Path folder;
    private Ledgers ledgers;

    @BeforeEach
    void open() {
        ledgers = new Ledgers(folder);
    }

    @AfterEach
    void close() {
        ledgers.close();
    }

    private List<Difference> open(Kind kind) {
        return ledgers.reconciliation.differences(Which.OPEN, kind, null, 0, 50).differences();
    }

    private List<Kind> kinds() {
        return ledgers
                .reconciliation
                .differences(Which.OPEN, null, null, 0, 50)
                .differences()
                .stream()
                .map(Difference::kind)
                .sorted()
                .toList();
    }

    private Taking.Taken settles(String lines) {
        return assertInstanceOf(
                Taking.Taken.class, ledgers.reconciliation.settlement(HEAD + lines, "anna"));
    }

    private Taking.Taken books(String lines) {
        return assertInstanceOf(
                Taking.Taken.class, ledgers.reconciliation.statement(BANK + lines, "anna"));
    }

    @Test
    void a_card_payment_that_till_processor_and_bank_know_alike_is_no_difference() {
        ledgers.card("o1", "t1", 1299);
        settles("0042,t1,b1,2026-03-03,12.99,EUR,0.20\n");
        books("2026-03-04,12.79,EUR,b1\n");
        ledgers.pass(Duration.ofDays(30));
        assertEquals(List.of(), kinds());
        var batch = ledgers.reconciliation.batches(10).getFirst();
        assertEquals(eur(1279), batch.net());
        assertEquals(eur(1279), batch.booked());
    }

    @Test
    void what_is_not_settled_in_time_is_a_difference_until_it_is() {
        ledgers.card("o1", "t1", 1299);
        assertEquals(List.of(), kinds());
        ledgers.pass(Duration.ofDays(3));
        Difference missing = open(Kind.NOT_SETTLED).getFirst();
        assertEquals(eur(1299), missing.expected());
        assertNull(missing.found());
        assertEquals(HARBOUR, missing.store());
        assertTrue(missing.detail().contains("VISA **** 4242"), missing::detail);
        settles("0042,t1,b1,2026-03-06,12.99,EUR,\n");
        assertEquals(List.of(), open(Kind.NOT_SETTLED));
    }

    @Test
    void another_amount_and_a_payment_that_no_till_knows_are_found() {
        ledgers.card("o1", "t1", 1299);
        settles("0042,t1,b1,2026-03-02,13.99,EUR,\n0042,t9,b1,2026-03-02,5.00,EUR,\n");
        Difference other = open(Kind.SETTLED_DIFFERENTLY).getFirst();
        assertEquals(eur(1399), other.found());
        // The store may be away.
        assertEquals(List.of(), open(Kind.SETTLED_UNKNOWN));
        ledgers.pass(Duration.ofDays(4));
        assertEquals("t9", open(Kind.SETTLED_UNKNOWN).getFirst().about());
        ledgers.card("o9", "t9", 500);
        assertEquals(List.of(), open(Kind.SETTLED_UNKNOWN));
    }

    @Test
    void a_refund_is_settled_below_zero_and_what_was_withdrawn_not_at_all() {
        ledgers.card("o1", "t1", 1299);
        ledgers.pays(
                new RefundMade(
                        "r1",
                        "t2",
                        TenderKind.CARD,
                        eur(1299),
                        eur(1299),
                        null,
                        new RefundOf("o1", "t1"),
                        place("s1"),
                        "anna"));
        ledgers.card("o3", "t3", 700);
        ledgers.pays(
                new TenderWithdrawn(
                        "o3",
                        "t3",
                        TenderKind.CARD,
                        eur(700),
                        true,
                        "stopped",
                        place("s1"),
                        "anna"));
        settles("0042,t1,b1,2026-03-03,12.99,EUR,\n0042,t2,b1,2026-03-03,-12.99,EUR,\n");
        books("2026-03-04,0.00,EUR,b1\n");
        ledgers.pass(Duration.ofDays(30));
        assertEquals(List.of(), kinds());
    }

    @Test
    void a_late_decline_is_shown_with_what_the_store_did_about_it() {
        ledgers.stored("o1", "t1", 2500);
        ledgers.pays(new StoredTenderDeclined("o1", "t1", eur(2500), "no funds"));
        Difference lost = open(Kind.LATE_DECLINE).getFirst();
        assertEquals(eur(2500), lost.expected());
        assertTrue(lost.detail().startsWith("no funds"), lost::detail);
        ledgers.pays(new TenderLookedAt("t1", "wrote to the customer", "meg"));
        assertEquals(List.of(), open(Kind.LATE_DECLINE));
        var done = ledgers.reconciliation.differences(Which.DONE, null, null, 0, 10).differences();
        assertEquals(
                "wrote to the customer", Objects.requireNonNull(done.getFirst().done()).what());
        assertEquals("meg", Objects.requireNonNull(done.getFirst().done()).by());
        ledgers.pass(Duration.ofDays(30));
        assertEquals(List.of(), open(Kind.NOT_SETTLED));
    }

    @Test
    void what_was_stored_and_approved_late_is_to_be_settled() {
        ledgers.stored("o1", "t1", 2500);
        ledgers.pays(new StoredTenderApproved("o1", "t1", eur(2500), "A7"));
        settles("0042,t1,b1,2026-03-05,25.00,EUR,\n");
        ledgers.pass(Duration.ofDays(4));
        assertEquals(List.of(), kinds());
    }

    @Test
    void a_reversal_that_was_refused_is_settled_and_stays_somebodys_to_pay_back() {
        ledgers.card("o1", "t1", 700);
        ledgers.pays(
                new TenderWithdrawn(
                        "o1",
                        "t1",
                        TenderKind.CARD,
                        eur(700),
                        true,
                        "stopped",
                        place("s1"),
                        "anna"));
        ledgers.pays(new ReversalRefused("o1", "t1", TenderKind.CARD, eur(700), "too late"));
        settles("0042,t1,b1,2026-03-03,7.00,EUR,\n");
        assertEquals(List.of(Kind.REVERSAL_REFUSED), kinds());
    }

    @Test
    void a_batch_that_the_bank_does_not_book_or_books_otherwise_is_found() {
        ledgers.card("o1", "t1", 1000);
        ledgers.card("o2", "t2", 2000);
        settles("0042,t1,b1,2026-03-02,10.00,EUR,0.10\n0042,t2,b2,2026-03-02,20.00,EUR,0.10\n");
        books("2026-03-04,19.80,EUR,b2\n");
        Difference other = open(Kind.PAID_OUT_DIFFERENTLY).getFirst();
        assertEquals(eur(1990), other.expected());
        assertEquals(eur(1980), other.found());
        ledgers.pass(Duration.ofDays(5));
        assertEquals("b1", open(Kind.NOT_PAID_OUT).getFirst().about());
        books("2026-03-08,9.90,EUR,b1\n2026-03-08,0.10,EUR,b2\n");
        assertEquals(List.of(), kinds());
        books("2026-03-08,3.00,EUR,b7\n");
        ledgers.pass(Duration.ofDays(6));
        assertEquals("b7", open(Kind.PAID_OUT_UNKNOWN).getFirst().about());
    }

    @Test
    void a_file_is_taken_once_whole_or_not_at_all() {
        String lines = "0042,t1,b1,2026-03-03,12.99,EUR,0.20\n0042,t2,b1,2026-03-03,2.00,EUR,\n";
        assertEquals(new Taking.Taken(2, 0), settles(lines));
        assertEquals(new Taking.Taken(0, 2), settles(lines));
        assertEquals(
                new Taking.BatchKnown("b1"),
                ledgers.reconciliation.settlement(
                        HEAD + "0042,t5,b5,2026-03-03,1.00,EUR,\n0042,t3,b1,2026-03-03,1.00,EUR,\n",
                        "anna"));
        assertEquals(1, ledgers.reconciliation.batches(10).size());
        assertEquals(
                new Taking.Taken(2, 0), books("2026-03-04,1.00,EUR,b1\n2026-03-04,1.00,EUR,b1\n"));
        assertEquals(
                new Taking.Taken(1, 2),
                books("2026-03-04,1.00,EUR,b1\n2026-03-04,1.00,EUR,b1\n2026-03-05,1.00,EUR,b1\n"));
    }

    @Test
    void what_cannot_be_read_is_said_with_its_line() {
        for (String[] wrong :
                new String[][] {
                    {
                        HEAD + "0042,t1,b1,2026-03-03,12.99,EUR,\n0042,t2,b1,3.3.2026,1.00,EUR,\n",
                        "line 3: date"
                    },
                    {HEAD + "0042,t1,b1,2026-03-03,\"1,50\",EUR,\n", "line 2: amount"},
                    {HEAD + "0042,t1,b1,2026-03-03,1.50,EURO,\n", "line 2: \"EURO\""},
                    {HEAD + "0042,t1,b1,2026-03-03,1.505,EUR,\n", "too many decimals"},
                    {HEAD + "0042,,b1,2026-03-03,1.50,EUR,\n", "line 2: reference is missing"},
                    {"store,reference,batch\n", "line 1: there is no column date"},
                    {"", "line 1: the file is empty"},
                    {HEAD + "0042,\"t1,b1\n", "a quote is not closed"},
                    {
                        HEAD + "0042,t1,b1,2026-03-03,1,EUR,\n0042,t2,b1,2026-03-03,1,USD,\n",
                        "several currencies"
                    }
                }) {
            var malformed =
                    assertInstanceOf(
                            Taking.Malformed.class,
                            ledgers.reconciliation.settlement(wrong[0], "anna"),
                            wrong[0]);
            assertTrue(malformed.detail().contains(wrong[1]), malformed::detail);
        }
        assertEquals(List.of(), ledgers.reconciliation.batches(10));
    }

    @Test
    void a_z_that_is_the_sum_of_its_tenders_is_right_and_another_is_named() {
        ledgers.cash("o1", 500);
        ledgers.completed("o1", 500);
        ledgers.sold("o1", 500);
        ledgers.closes(1, "s1", takings(TenderKind.CASH, 500));
        assertEquals(List.of(), kinds());
        ledgers.closes(2, "s2", takings(TenderKind.CASH, 300));
        Difference wrong = open(Kind.Z_DIFFERS).getFirst();
        assertEquals(eur(0), wrong.expected());
        assertEquals(eur(300), wrong.found());
        assertTrue(wrong.detail().contains("CASH"), wrong::detail);
        ledgers.closes(4, "s4");
        assertEquals("Z 4 came after Z 2", open(Kind.Z_MISSING).getFirst().detail());
    }

    @Test
    void sales_and_payments_find_each_other_whichever_comes_first() {
        ledgers.completed("o1", 500);
        ledgers.sold("o1", 500);
        ledgers.sold("o2", 300);
        ledgers.sold("o3", 200);
        ledgers.completed("o3", 210);
        ledgers.completed("o4", 900);
        assertEquals(List.of(Kind.SALE_PAID_DIFFERENTLY), kinds());
        ledgers.pass(Duration.ofDays(1));
        assertEquals(
                List.of(
                        Kind.SALE_WITHOUT_PAYMENT,
                        Kind.PAYMENT_WITHOUT_SALE,
                        Kind.SALE_PAID_DIFFERENTLY),
                kinds());
        ledgers.completed("o2", 300);
        ledgers.sold("o4", 900);
        assertEquals(List.of(Kind.SALE_PAID_DIFFERENTLY), kinds());
    }

    @Test
    void a_count_that_finds_something_else_than_the_books_is_a_difference() {
        Sku milk = new Sku("milk");
        ledgers.counts(
                new GoodsCounted(
                        "c1",
                        MORNING,
                        List.of(
                                new CountLine(milk, Quantity.of(7), MORNING, Quantity.of(9)),
                                new CountLine(
                                        new Sku("bread"), Quantity.of(3), MORNING, Quantity.of(3))),
                        "anna",
                        "h-1"));
        assertEquals("milk -2 (9)", open(Kind.STOCK_COUNTED).getFirst().detail());
    }

    @Test
    void who_did_what_about_a_difference_is_on_record_once() {
        ledgers.closes(1, "s1", takings(TenderKind.CASH, 300));
        String id = open(Kind.Z_DIFFERS).getFirst().id();
        Command command = ledgers.command();
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    new Deciding.Decided(),
                    ledgers.reconciliation.decide(command, id, "asked the store", "ann"));
        }
        assertEquals(List.of(), kinds());
        Difference done =
                ledgers.reconciliation
                        .differences(Which.ALL, Kind.Z_DIFFERS, HARBOUR, 0, 10)
                        .differences()
                        .getFirst();
        assertEquals("asked the store", Objects.requireNonNull(done.done()).what());
        assertInstanceOf(
                Deciding.NoSuchDifference.class,
                ledgers.reconciliation.decide(ledgers.command(), "Z_DIFFERS/x", "nothing", "ann"));
        assertInstanceOf(
                Deciding.Malformed.class,
                ledgers.reconciliation.decide(ledgers.command(), id, "", "ann"));
    }

    @Test
    void open_differences_are_summed_by_kind() {
        ledgers.closes(1, "s1", takings(TenderKind.CASH, 300));
        ledgers.closes(2, "s2", takings(TenderKind.CASH, 200));
        var kind = ledgers.reconciliation.open().getFirst();
        assertEquals(Kind.Z_DIFFERS, kind.kind());
        assertEquals(2, kind.open());
        assertEquals(List.of(eur(500)), kind.amounts());
    }

    @Test
    void the_state_is_the_same_when_it_is_made_anew_and_whatever_stream_comes_first() {
        String[] all = {
            "settled",
            "batch",
            "bank",
            "decided",
            "taking",
            "z",
            "looked_at",
            "card",
            "sale",
            "difference"
        };
        ledgers.card("o1", "t1", 1299);
        ledgers.completed("o1", 1299);
        ledgers.sold("o1", 1299);
        ledgers.stored("o2", "t2", 500);
        ledgers.pays(new StoredTenderDeclined("o2", "t2", eur(500), "no funds"));
        ledgers.sold("o7", 700);
        ledgers.card("o8", "t8", 800);
        settles(
                "0042,t1,b1,2026-03-03,12.99,EUR,0.20\n0042,t9,b1,2026-03-03,1.00,EUR,\n0042,t8,b2,2026-03-03,9.00,EUR,\n");
        books("2026-03-04,13.79,EUR,b1\n");
        ledgers.closes(2, "s1", takings(TenderKind.CARD, 2598));
        ledgers.pass(Duration.ofDays(9));
        ledgers.reconciliation.decide(
                ledgers.command(), open(Kind.Z_DIFFERS).getFirst().id(), "asked", "ann");
        List<String> before = ledgers.rows(all);
        ledgers.reconciliation.book().rebuild();
        assertEquals(before, ledgers.rows(all));
        try (Ledgers other = ledgers.another(folder)) {
            assertEquals(before, other.rows(all));
        }
    }
}
