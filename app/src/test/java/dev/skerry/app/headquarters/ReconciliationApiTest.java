package dev.skerry.app.headquarters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.headquarters.TestHeadquarters.Answer;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.inventory.InventoryEvent;
import dev.skerry.language.inventory.InventoryEvent.GoodsArrived;
import dev.skerry.language.inventory.InventoryEvent.GoodsSent;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.StoredTenderDeclined;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stock and reconciliation of headquarters over real HTTP.
class ReconciliationApiTest {

    private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");
    private static final String HEAD = "store,reference,batch,date,amount,currency\n";

    @TempDir private Path folder;
    private TestHeadquarters hq;

    @BeforeEach
    void open() {
        hq = new TestHeadquarters(folder);
    }

    @AfterEach
    void close() {
        hq.close();
    }

    private Answer get(String path) {
        return hq.ask("GET", path, "");
    }

    private Answer post(String path, String body, String key) {
        return hq.ask(
                "POST",
                path,
                body,
                "Authorization",
                "Bearer " + TestHeadquarters.ADMIN_TOKEN,
                "Idempotency-Key",
                key);
    }

    private static List<StockLine> milk(long whole) {
        return List.of(new StockLine(new Sku("milk"), Quantity.of(whole), null, null));
    }

    @Test
    void a_transfer_that_arrives_short_is_listed_and_closed_with_a_reason() {
        hq.mirror(
                "store-0042/inventory",
                InventoryEvent.FORM,
                new GoodsSent("t1", AT, "store-0043", milk(5), "anna", "h-1"));
        hq.mirror(
                "store-0043/inventory",
                InventoryEvent.FORM,
                new GoodsArrived("a1", AT, "store-0042", "t1", milk(4), "ben", "h-2"));
        Answer listed =
                hq.await(
                        () -> get("/api/transfers?state=different"),
                        it -> it.json().path("transfers").size() == 1);
        assertEquals("store-0042", listed.text("/transfers/0/sender"));
        assertEquals(-5, get("/api/stock/milk").number("/stores/0/quantity"));
        assertEquals(-1, get("/api/stock?find=mil").number("/articles/0/quantity"));
        String close = "/api/transfers/store-0042/t1/close";
        assertEquals(400, post(close, "{\"reason\":\"\"}", "k1").status());
        for (int i = 0; i < 2; i++) {
            Answer closed = post(close, "{\"reason\":\"one broke\"}", "k2");
            assertEquals("CLOSED", closed.text("/state"));
            assertEquals("admin", closed.text("/closed/by"));
        }
        assertEquals(
                404,
                post("/api/transfers/store-0042/t9/close", "{\"reason\":\"x\"}", "k3").status());
        assertEquals(404, get("/api/stock/none").status());
        assertEquals(400, get("/api/stock?which=some").status());
        assertEquals(400, get("/api/transfers?max=0").status());
    }

    @Test
    void a_late_decline_is_listed_until_somebody_says_what_was_done() {
        hq.mirror(
                "store-0042/payments",
                PaymentEvent.FORM,
                new StoredTenderDeclined("o1", "t1", Money.of(2500, "EUR"), "no funds"));
        Answer open =
                hq.await(
                        () -> get("/api/reconciliation"),
                        it -> it.json().path("kinds").size() == 1);
        assertEquals(2500, open.number("/kinds/0/amounts/0/amount"));
        String id =
                get("/api/reconciliation/differences?kind=late-decline").text("/differences/0/id");
        String decision = "{\"difference\":\"%s\",\"done\":\"wrote it off\"}".formatted(id);
        assertEquals(200, post("/api/reconciliation/decisions", decision, "d1").status());
        assertEquals(200, post("/api/reconciliation/decisions", decision, "d1").status());
        assertEquals(0, get("/api/reconciliation").json().path("kinds").size());
        Answer done = get("/api/reconciliation/differences?which=done&store=store-0042");
        assertEquals("wrote it off", done.text("/differences/0/done/what"));
        assertEquals(
                404,
                post(
                                "/api/reconciliation/decisions",
                                "{\"difference\":\"none\",\"done\":\"x\"}",
                                "d2")
                        .status());
    }

    @Test
    void a_file_with_a_fault_is_refused_with_its_line_and_nothing_of_it_is_taken() {
        String good = HEAD + "0042,t1,b1,2026-03-01,12.99,EUR\n";
        Answer wrong =
                hq.ask(
                        "POST",
                        "/api/reconciliation/settlements",
                        good + "0042,t2,b1,yesterday,1.00,EUR\n");
        assertEquals(400, wrong.status());
        assertTrue(wrong.text("/detail").startsWith("line 3: date"), wrong::toString);
        assertEquals(0, get("/api/reconciliation/batches").json().path("batches").size());
        assertEquals(1, hq.ask("POST", "/api/reconciliation/settlements", good).number("/lines"));
        assertEquals(1, hq.ask("POST", "/api/reconciliation/settlements", good).number("/known"));
        assertEquals(
                409,
                hq.ask(
                                "POST",
                                "/api/reconciliation/settlements",
                                HEAD + "0042,t9,b1,2026-03-01,1.00,EUR\n")
                        .status());
        assertEquals(
                1,
                hq.ask(
                                "POST",
                                "/api/reconciliation/statements",
                                "date,amount,currency,reference\n2026-03-02,12.99,EUR,b1\n")
                        .number("/lines"));
        assertEquals(1299, get("/api/reconciliation/batches").number("/batches/0/booked/amount"));
    }
}
