package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.headquarters.TestHeadquarters;
import dev.skerry.app.shop.TestShop.Answer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a store sells stands at HQ to the cent, as in the Z reports of its tills.
class SalesAtHqTest {

    private static final String MILK = "4006381333931";
    private static final String BREAD = "96385074";
    private static final String DAY = "/api/sales/0042/2026-03-02";

    @TempDir private Path folder;
    @TempDir private Path hqFolder;
    private TestShop shop;
    private TestHeadquarters hq;

    @BeforeEach
    void open() {
        hq = new TestHeadquarters(hqFolder);
        shop = new TestShop(folder);
        shop.tax();
        shop.article("milk", "Whole milk 1 l", MILK, "Dairy", 119);
        shop.article("bread", "Rye bread", BREAD, "Bakery", 342);
        done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
        shop.lineUp.set(true);
        shift("till-1", "s1");
        shift("till-2", "s2");
        shop.await(MILK);
        shop.await(BREAD);
    }

    @AfterEach
    void close() {
        shop.close();
        hq.close();
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    private void shift(String till, String shift) {
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"%s\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"
                                .formatted(shift),
                        till));
    }

    private void sell(String till, String basket, String tenders, String... codes) {
        done(shop.ask("PUT", "/api/baskets/" + basket, "{}", till));
        int line = 0;
        for (String code : codes) {
            line++;
            done(
                    shop.ask(
                            "POST",
                            "/api/baskets/" + basket + "/lines",
                            "{\"id\":\"%d\",\"code\":\"%s\"}".formatted(line, code),
                            till));
        }
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/" + basket + "/pay",
                        "{\"tenders\":[%s]}".formatted(tenders),
                        till));
    }

    private static String tender(String id, String kind, long cents) {
        return "{\"id\":\"%s\",\"kind\":\"%s\",\"amount\":{\"amount\":%d,\"currency\":\"EUR\"}}"
                .formatted(id, kind, cents);
    }

    private void close(String till, String shift) {
        long drawer =
                done(shop.ask("GET", "/api/shifts/" + shift, "")).number("/takings/drawer/amount");
        done(
                shop.ask(
                        "POST",
                        "/api/shifts/" + shift + "/counts",
                        "{\"id\":\"c-%s\",\"amount\":{\"amount\":%d,\"currency\":\"EUR\"}}"
                                .formatted(shift, drawer),
                        till));
        done(shop.ask("POST", "/api/shifts/" + shift + "/close", "{}", till));
    }

    @Test
    void the_tenders_of_a_day_at_hq_are_the_sum_of_the_z_reports() {
        sell("till-1", "a", tender("a1", "CASH", 500), MILK, BREAD);
        sell(
                "till-1",
                "b",
                tender("b1", "CARD", 300) + "," + tender("b2", "CASH", 200),
                BREAD,
                MILK);
        sell("till-2", "c", tender("c1", "CARD", 119), MILK);
        sell("till-2", "d", tender("d1", "CASH", 1000), BREAD, BREAD);
        done(
                shop.ask(
                        "POST",
                        "/api/orders/d/void",
                        "{\"reason\":\"wrong\",\"approval\":{\"person\":\"chief\",\"pin\":\"1\"}}",
                        "till-2"));
        close("till-1", "s1");
        close("till-2", "s2");
        done(shop.ask("POST", "/api/business-day/close", "{\"day\":\"2026-03-02\"}"));
        shop.everyEvent(hq::mirror);

        JsonNode day =
                hq.await(
                        () -> hq.ask("GET", DAY, "").json(),
                        it ->
                                it.at("/zs").size() == 2
                                        && it.at("/voids").size() == 1
                                        && it.hasNonNull("closedAt"));

        Map<String, Long> sold = new TreeMap<>();
        day.at("/tenders")
                .forEach(it ->
                        sold.put(it.path("key").asString(), it.at("/amount/amount").asLong()));
        Map<String, Long> ofZs = new TreeMap<>();
        day.at("/zs").forEach(z -> net(z.path("takings"), ofZs));
        Map<String, Long> ofDay = new TreeMap<>();
        net(day.path("takings"), ofDay);
        assertEquals(ofZs, sold);
        assertEquals(ofDay, sold);
        assertEquals(461 * 2 + 119, day.at("/total/0/amount/amount").asLong());
        assertEquals(3, day.at("/total/0/count").asLong());
        assertEquals(0, day.at("/late").asLong());
        var now = hq.ask("GET", "/api/sales/now?stores=true", "");
        assertEquals(461 * 2 + 119, now.number("/sums/0/sales/amount"));
        assertEquals("0042", now.text("/stores/0/store"));
        var articles = hq.ask("GET", "/api/sales?by=article&from=2026-03-02", "");
        assertEquals("Rye bread", articles.text("/rows/0/name"));
        var transactions = hq.ask("GET", "/api/transactions", "");
        assertEquals(5, transactions.number("/next"));
        assertTrue(transactions.json().at("/upToDate").asBoolean());
        assertEquals("d", transactions.text("/transactions/4/transactionId"));
        assertEquals("wrong", transactions.text("/transactions/4/transactionLink/reasonCode"));
        var xml = hq.text("/api/transactions?format=xml&max=1");
        assertEquals("1", xml.headers().firstValue("Skerry-Next").orElseThrow());
        assertTrue(xml.body().contains("<RetailStoreID>0042</RetailStoreID>"), xml::body);
        assertEquals("b", hq.ask("GET", "/api/transactions/0042/b", "").text("/transactionId"));
        assertEquals(404, hq.ask("GET", "/api/transactions/0042/none", "").status());
        String csv = hq.text("/api/files/2026-03-02/lines.csv").body();
        assertEquals(1 + 2 + 2 + 1 + 2, csv.lines().count(), csv);
        assertEquals(2, csv.lines().filter(it -> it.endsWith(",true")).count(), csv);
        assertEquals(400, hq.ask("GET", "/api/sales?by=color&from=2026-03-02", "").status());
    }

    private static void net(JsonNode takings, Map<String, Long> sums) {
        takings.forEach(it ->
                sums.merge(
                        it.path("kind").asString(),
                        it.at("/received/amount").asLong() - it.at("/refunded/amount").asLong(),
                        Long::sum));
    }
}
