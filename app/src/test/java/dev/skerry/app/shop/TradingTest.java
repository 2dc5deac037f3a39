package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.shop.TestShop.Answer;
import dev.skerry.context.Caller.Role;
import dev.skerry.language.Gtin;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store trades over its API, with no line at all.
class TradingTest {

    private static final String MILK = "4006381333931";
    private static final String BREAD = "96385074";

    @TempDir private Path folder;
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
        shop.tax();
        shop.article("milk", "Whole milk 1 l", MILK, "Dairy", 119);
        shop.article("bread", "Rye bread", BREAD, "Bakery", 342);
        done(shop.ask("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"s1\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"));
        shop.await(MILK);
        shop.await(BREAD);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Answer done(Answer answer) {
        assertTrue(answer.status() < 300, answer::toString);
        return answer;
    }

    private Answer scan(String basket, String line, String code) {
        return shop.ask(
                "POST",
                "/api/baskets/" + basket + "/lines",
                "{\"id\":\"%s\",\"code\":\"%s\"}".formatted(line, code));
    }

    private Answer pay(String basket, String tender, String kind, long cents) {
        return shop.ask(
                "POST",
                "/api/baskets/" + basket + "/pay",
                "{\"tenders\":[{\"id\":\"%s\",\"kind\":\"%s\",\"amount\":{\"amount\":%d,\"currency\":\"EUR\"}}]}"
                        .formatted(tender, kind, cents));
    }

    private Answer sold(String basket) {
        done(shop.ask("PUT", "/api/baskets/" + basket, "{}"));
        done(scan(basket, "1", MILK));
        done(scan(basket, "2", BREAD));
        return done(pay(basket, basket + "-t", "CASH", 500));
    }

    @Test
    void a_cash_sale_has_change_tax_and_a_receipt_number() {
        Answer paid = sold("b1");
        assertEquals(200, paid.status());
        assertEquals(461, paid.number("/order/order/total/amount"));
        assertEquals(40, paid.number("/order/order/change/amount"));
        assertEquals(-1, paid.number("/order/order/rounding/amount"));
        assertEquals("0042-till-1-20260302-0001", receipt(paid));
        // 7 % contained in 4.61.
        assertEquals(30, paid.number("/order/order/taxes/0/tax/amount"));
        assertEquals(431, paid.number("/order/order/taxes/0/net/amount"));
    }

    private static String receipt(Answer paid) {
        return "%s-%s-%s-%04d"
                .formatted(
                        paid.text("/order/order/receipt/store"),
                        paid.text("/order/order/receipt/till"),
                        paid.text("/order/order/receipt/businessDay").replace("-", ""),
                        paid.number("/order/order/receipt/sequence"));
    }

    @Test
    void the_same_payment_ten_times_at_once_is_one_sale() throws InterruptedException {
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        done(scan("b1", "1", MILK));
        List<Thread> all =
                IntStream.range(0, 10)
                        .mapToObj(
                                _ -> Thread.startVirtualThread(() -> pay("b1", "t1", "CASH", 200)))
                        .toList();
        for (Thread one : all) {
            one.join();
        }
        Answer again = done(pay("b1", "t1", "CASH", 200));
        assertEquals(1, again.number("/order/order/receipt/sequence"));
        assertEquals(1, again.json().at("/payment/tenders").size());
        Answer journal = done(shop.ask("GET", "/api/orders?day=2026-03-02", ""));
        assertEquals(1, journal.json().at("/orders").size());
    }

    @Test
    void the_journal_is_searched_by_amount_time_and_till_and_says_what_it_cannot_search() {
        sold("b1");
        String total = "/api/orders?day=2026-03-02&until=2026-03-31&amount=4.60";
        assertEquals(1, done(shop.ask("GET", total, "")).json().at("/orders").size());
        for (String other :
                List.of("&till=till-2", "&before=09:00", "&card=1234", "&text=nothing")) {
            assertEquals(
                    0, done(shop.ask("GET", total + other, "")).json().at("/orders").size(), other);
        }
        for (String wrong :
                List.of("until=2026-05-01", "amount=4.605", "since=9", "card=12", "max=0")) {
            assertEquals(
                    400,
                    shop.ask("GET", "/api/orders?day=2026-03-02&" + wrong, "").status(),
                    wrong);
        }
    }

    @Test
    void who_has_to_check_an_age_is_told_the_years_and_the_date_in_fields_of_their_own() {
        shop.article(
                Article.draft(new Sku("gin"), "Gin", "food", "Food", "Spirits")
                        .ageMin(18)
                        .codes(List.of(new Article.Code(Gtin.parse("4000417025005"), 1)))
                        .article(),
                1499);
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        Answer refused =
                shop.await(
                        () -> scan("b1", "1", "4000417025005"),
                        it -> it.text("/type").endsWith(":age-check-needed"));
        assertEquals(18, refused.number("/years"));
        assertEquals("2008-03-02", refused.text("/bornBy"));
        // A kiosk puts it in, and who takes the money checks.
        done(shop.ask("PUT", "/api/baskets/k1", "{\"source\":\"KIOSK\"}"));
        done(scan("k1", "1", "4000417025005"));
        Answer unpaid = pay("k1", "t1", "CASH", 1500);
        assertEquals("urn:skerry:problem:age-check-needed", unpaid.text("/type"));
        assertEquals(18, unpaid.number("/years"));
        done(shop.ask("PUT", "/api/baskets/k1/age", "{\"years\":18}"));
        done(pay("k1", "t1", "CASH", 1500));
    }

    @Test
    void a_sale_that_comes_late_counts_on_its_own_day_and_the_z_stays_as_it_was() {
        sold("b1");
        done(
                shop.ask(
                        "POST",
                        "/api/shifts/s1/counts",
                        "{\"id\":\"c\",\"amount\":{\"amount\":10460,\"currency\":\"EUR\"}}"));
        done(shop.ask("POST", "/api/shifts/s1/close", "{}"));
        done(shop.ask("POST", "/api/business-day/close", "{\"day\":\"2026-03-02\"}"));
        String z = shop.ask("GET", "/api/shifts/s1/z", "").json().at("/z").toString();
        shop.now.set(shop.now.get().plus(Duration.ofDays(1)));
        done(shop.ask("POST", "/api/business-day/open", "{}"));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts",
                        "{\"shift\":\"s2\",\"cashFloat\":{\"amount\":10000,\"currency\":\"EUR\"}}"));
        done(shop.ask("PUT", "/api/baskets/late", "{}"));
        done(scan("late", "1", MILK));
        String paying = "{\"day\":\"%s\",\"tenders\":[{\"id\":\"late-t\",\"kind\":\"CASH\"}]}";

        Answer early = shop.ask("POST", "/api/baskets/late/pay", paying.formatted("2026-03-04"));
        Answer paid =
                done(shop.ask("POST", "/api/baskets/late/pay", paying.formatted("2026-03-02")));
        Answer again =
                done(shop.ask("POST", "/api/baskets/late/pay", paying.formatted("2026-03-02")));

        assertEquals("urn:skerry:problem:no-business-day", early.text("/type"));
        assertEquals("2026-03-02", paid.text("/payment/place/day"));
        assertTrue(paid.json().at("/payment/place/late").asBoolean(), paid::toString);
        assertEquals("2026-03-02", paid.text("/order/order/businessDay"));
        assertEquals("0042-till-1-20260302-0002", receipt(paid));
        assertEquals(paid.json().at("/order"), again.json().at("/order"));
        Answer after = done(shop.ask("GET", "/api/shifts/s1/z", ""));
        assertEquals(z, after.json().at("/z").toString());
        assertEquals(120, after.number("/supplement/byTender/0/received/amount"), after::toString);
        assertEquals(
                10_000,
                done(shop.ask("GET", "/api/shifts/s2", "")).number("/takings/drawer/amount"));
        // What follows the store's stream books it to that day, too.
        shop.awaitReport("2026-03-02", 2);
        assertEquals(0, shop.ask("GET", "/api/reports/2026-03-03", "").number("/orders"));
        List<String> days = new ArrayList<>();
        shop.everyStream((stream, events) -> {
            if (stream.equals("store-0042/orders")) {
                events.stream()
                        .filter(it -> it.path("type").asString().endsWith(".OrderPaid"))
                        .map(it -> it.at("/data/paid/businessDay").asString())
                        .forEach(days::add);
            }
        });
        assertEquals(List.of("2026-03-02", "2026-03-02"), days);
    }

    /// Asks the same ten times at once.
    private void tenTimes(Runnable asking) throws InterruptedException {
        List<Thread> all =
                IntStream.range(0, 10).mapToObj(_ -> Thread.startVirtualThread(asking)).toList();
        for (Thread one : all) {
            one.join();
        }
    }

    private long drawer() {
        return done(shop.ask("GET", "/api/shifts/s1", "")).number("/takings/drawer/amount");
    }

    @Test
    void a_manager_voids_from_the_office_out_of_the_drawer_of_a_till() {
        sold("b1");
        String voiding =
                "{\"reason\":\"wrong customer\",\"approval\":{\"person\":\"chief\",\"pin\":\"1\"}%s}";
        String path = "/api/orders/b1/void";
        Answer without = shop.ask("POST", path, voiding.formatted(""), "office");
        assertEquals(409, without.status());
        assertEquals("urn:skerry:problem:no-shift", without.text("/type"));
        String elsewhere = voiding.formatted(",\"till\":\"till-9\"");
        assertEquals(409, shop.ask("POST", path, elsewhere, "office").status());
        assertFalse(done(shop.ask("GET", "/api/orders/b1", "")).json().has("voided"));
        String at = voiding.formatted(",\"till\":\"till-1\"");
        shop.roles.set(Set.of(Role.CASHIER));
        assertEquals(403, shop.ask("POST", path, at, "till-2").status());
        shop.roles.set(Set.of(Role.MANAGER));
        Answer voided = done(shop.ask("POST", path, at, "office"));
        assertEquals("till-1", voided.text("/order/voided/receipt/till"));
        assertEquals(2, voided.number("/order/voided/receipt/sequence"));
        assertEquals(10_000, drawer());
    }

    @Test
    void a_void_and_a_drawer_that_was_opened_are_among_the_exceptions() {
        sold("b1");
        done(shop.ask("POST", "/api/shifts/drawer", "{\"id\":\"d1\",\"reason\":\"change\"}"));
        done(
                shop.ask(
                        "POST",
                        "/api/orders/b1/void",
                        "{\"reason\":\"wrong customer\",\"approval\":{\"person\":\"chief\",\"pin\":\"1\"}}"));
        String path = "/api/exceptions?day=2026-03-02&kind=VOID,NO_SALE";
        Answer exceptions =
                shop.await(
                        () -> shop.ask("GET", path, ""),
                        it -> it.json().at("/entries").size() == 2);
        List<String> found =
                exceptions
                        .json()
                        .at("/entries")
                        .valueStream()
                        .map(it -> it.get("kind").asString() + " " + it.get("detail").asString())
                        .sorted()
                        .toList();
        assertEquals(List.of("NO_SALE change", "VOID wrong customer"), found);
        assertEquals(400, shop.ask("GET", "/api/exceptions?day=2026-03-02&kind=VIOD", "").status());
        assertEquals(
                400,
                shop.ask("GET", "/api/exceptions?day=2026-03-02&until=2026-06-01", "").status());
    }

    @Test
    void a_report_for_a_spreadsheet_has_a_head_and_no_formula() {
        shop.article(
                Article.draft(new Sku("F"), "Formula", "food", "=HYPERLINK(1)", "None")
                        .codes(List.of(new Article.Code(Gtin.parse("4000417025005"), 1)))
                        .article(),
                100);
        shop.await("4000417025005");
        done(shop.ask("PUT", "/api/baskets/f1", "{}"));
        done(scan("f1", "1", "4000417025005"));
        done(pay("f1", "t1", "CASH", 100));
        shop.awaitReport("2026-03-02", 1);
        String csv = shop.text("/api/reports/2026-03-01?until=2026-03-02&format=csv");
        List<String> lines = csv.lines().toList();
        assertEquals("day,table,key,count,quantity,amount,tax,currency", lines.getFirst());
        assertTrue(
                lines.contains("2026-03-02,department,\"'=HYPERLINK(1)\",1,1,1.00,0.00,EUR"), csv);
        assertEquals(400, shop.ask("GET", "/api/reports/2026-03-02?until=2026-03-01", "").status());
    }

    @Test
    void the_same_void_ten_times_at_once_gives_the_money_back_once() throws InterruptedException {
        sold("b1");
        assertEquals(10_460, drawer());
        String voiding =
                "{\"reason\":\"wrong customer\",\"approval\":{\"person\":\"chief\",\"pin\":\"1\"}}";
        tenTimes(() -> shop.ask("POST", "/api/orders/b1/void", voiding));
        Answer voided = done(shop.ask("POST", "/api/orders/b1/void", voiding));
        assertEquals(2, voided.number("/order/voided/receipt/sequence"));
        assertEquals(10_000, drawer());
        assertEquals(3, sold("b2").number("/order/order/receipt/sequence"));
    }

    @Test
    void the_same_refund_ten_times_at_once_gives_the_money_back_once() throws InterruptedException {
        sold("b1");
        done(shop.ask("PUT", "/api/baskets/r1", "{}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/r1/returns",
                        "{\"id\":\"1\",\"order\":\"b1\",\"line\":\"1\",\"quantity\":1,\"reason\":\"sour\"}"));
        tenTimes(() -> shop.ask("POST", "/api/baskets/r1/pay", "{}"));
        Answer paid = done(shop.ask("POST", "/api/baskets/r1/pay", "{}"));
        assertEquals(-119, paid.number("/order/order/total/amount"));
        assertEquals(1, paid.json().at("/payment/tenders").size());
        assertEquals(10_340, drawer());
    }

    @Test
    void a_sale_is_there_after_a_restart_and_so_is_what_was_suspended() {
        sold("b1");
        done(shop.ask("PUT", "/api/baskets/b2", "{}"));
        done(scan("b2", "1", MILK));
        done(shop.ask("POST", "/api/baskets/b2/suspend", "{\"name\":\"blue coat\"}"));
        shop.restart();
        assertEquals(
                461, done(shop.ask("GET", "/api/orders/b1", "")).number("/order/total/amount"));
        Answer recalled = done(shop.ask("POST", "/api/baskets/b2/recall", "{}", "till-2"));
        assertEquals("blue coat", recalled.text("/name"));
        assertEquals(119, recalled.number("/priced/total/amount"));
    }

    @Test
    void a_card_goes_through_the_terminal_and_what_is_declined_takes_another_tender() {
        shop.lineUp.set(true);
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        done(scan("b1", "1", MILK));
        done(shop.ask("POST", "/api/baskets/b1/pay", "{}"));
        Answer paid = done(pay("b1", "t1", "CARD", 119));
        assertEquals("CARD", paid.text("/order/order/tenders/0/kind"));
        assertTrue(paid.text("/order/order/tenders/0/detail").contains("****"));
    }

    @Test
    void a_part_that_was_taken_is_answered_with_what_is_left_and_not_to_be_asked_for_again() {
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        done(scan("b1", "1", MILK));
        Answer part = pay("b1", "t1", "CASH", 100);
        assertEquals(200, part.status());
        assertEquals(19, part.number("/payment/left/amount"));
        Answer rest = pay("b1", "t2", "CASH", 20);
        assertEquals(200, rest.status());
        assertEquals("COMPLETED", rest.text("/payment/state"));
    }

    @Test
    void without_a_line_a_small_card_payment_is_stored() {
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        done(scan("b1", "1", MILK));
        Answer paid = done(pay("b1", "t1", "CARD", 119));
        assertEquals("STORED", paid.text("/payment/tenders/0/state"));
    }

    @Test
    void what_comes_back_is_paid_back_as_it_was_paid() {
        sold("b1");
        done(shop.ask("PUT", "/api/baskets/r1", "{}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/r1/returns",
                        "{\"id\":\"1\",\"order\":\"b1\",\"line\":\"1\",\"quantity\":1,\"reason\":\"sour\"}"));
        Answer paid = done(shop.ask("POST", "/api/baskets/r1/pay", "{}"));
        assertEquals(-119, paid.number("/order/order/total/amount"));
        assertEquals(2, paid.number("/order/order/receipt/sequence"));
        assertEquals(-1, paid.number("/order/order/lines/0/quantity"));
    }

    @Test
    void a_line_that_comes_back_says_what_goes_back_for_one() {
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/b1/lines",
                        "{\"id\":\"1\",\"sku\":\"milk\",\"quantity\":3}"));
        done(pay("b1", "b1-t", "CASH", 500));
        done(shop.ask("PUT", "/api/baskets/r1", "{}"));
        done(
                shop.ask(
                        "POST",
                        "/api/baskets/r1/returns",
                        "{\"id\":\"1\",\"order\":\"b1\",\"line\":\"1\",\"quantity\":2,\"reason\":\"sour\"}"));
        Answer paid = done(shop.ask("POST", "/api/baskets/r1/pay", "{}"));
        assertEquals(-2, paid.number("/order/order/lines/0/quantity"));
        assertEquals(119, paid.number("/order/order/lines/0/unitPrice/amount"));
        assertEquals(-238, paid.number("/order/order/lines/0/gross/amount"));
    }

    // ---- what another system has sold

    private Answer given(String basket, String lines) {
        return shop.ask(
                "POST",
                "/api/baskets/" + basket + "/given",
                "{\"reason\":\"replay\",\"lines\":[%s]}".formatted(lines));
    }

    private static String given(String line, String sku, String quantity, long price, long off) {
        return "{\"id\":\"%s\",\"sku\":\"%s\",\"quantity\":%s,\"price\":{\"amount\":%d,\"currency\":\"EUR\"},\"discount\":{\"amount\":%d,\"currency\":\"EUR\"}}"
                .formatted(line, sku, quantity, price, off);
    }

    private void opened(String basket) {
        done(shop.ask("PUT", "/api/baskets/" + basket, "{\"source\":\"VENDOR\"}"));
    }

    @Test
    void what_another_system_sold_costs_what_that_says_to_the_cent() {
        // This store would give a third of the milk away, and bread for less.
        shop.promotion(
                "p1",
                "{\"id\":\"p1\",\"effect\":{\"type\":\"take-pay\",\"articles\":{\"skus\":[\"milk\"]},\"take\":2,\"pay\":1}}");
        opened("v1");
        done(
                given(
                        "v1",
                        given("1", "milk", "74215", 104, 0)
                                + ","
                                + given("2", "bread", "0.735", 399, 58)
                                + ","
                                + given("3", "milk", "1", 0, 0)));
        Answer paid = done(pay("v1", "t", "CASH", 7718595));
        assertEquals(7718360 + 293 - 58, paid.number("/order/order/total/amount"));
        assertEquals("VENDOR", paid.text("/order/order/source"));
        assertEquals("GIVEN", paid.text("/order/order/lines/1/priceSource"));
        assertEquals(399, paid.number("/order/order/lines/1/unitPrice/amount"));
        assertEquals(293, paid.number("/order/order/lines/1/gross/amount"));
        assertEquals(235, paid.number("/order/order/lines/1/net/amount"));
        assertEquals(58, paid.number("/order/order/discounts/0/amount/amount"));
        assertEquals("replay", paid.text("/order/order/discounts/0/reason"));
        assertEquals(0, paid.number("/order/order/lines/2/net/amount"));
    }

    @Test
    void what_another_system_took_back_is_paid_back_and_mirrors_its_sale() {
        opened("v1");
        done(given("v1", given("1", "milk", "-3", 150, 20)));
        Answer paid = done(shop.ask("POST", "/api/baskets/v1/pay", "{}"));
        assertEquals(-430, paid.number("/order/order/total/amount"));
        assertEquals(-3, paid.number("/order/order/lines/0/quantity"));
        assertEquals(150, paid.number("/order/order/lines/0/unitPrice/amount"));
        assertEquals(-450, paid.number("/order/order/lines/0/gross/amount"));
        assertEquals(-20, paid.number("/order/order/lines/0/discounts/0/amount/amount"));
        assertEquals("replay", paid.text("/order/order/lines/0/returnReason"));
    }

    @Test
    void what_costs_nothing_is_paid_whatever_is_offered_for_it() {
        opened("v1");
        done(given("v1", given("1", "milk", "2", 0, 0)));
        Answer paid = done(pay("v1", "t", "CASH", 0));
        assertEquals(0, paid.number("/order/order/total/amount"));
        assertEquals(1, paid.number("/order/order/receipt/sequence"));
        assertEquals(1, done(pay("v1", "t", "CASH", 0)).number("/order/order/receipt/sequence"));
        opened("v2");
        done(given("v2", given("1", "milk", "2", 119, 238)));
        assertEquals(0, done(pay("v2", "t", "CASH", 500)).number("/order/order/change/amount"));
    }

    @Test
    void given_lines_come_all_or_not_at_all_and_are_there_once_however_often_they_are_sent() {
        opened("v1");
        assertEquals(
                404,
                given("v1", given("1", "milk", "1", 100, 0) + "," + given("2", "gold", "1", 1, 0))
                        .status());
        assertEquals(
                422,
                given("v1", given("1", "milk", "1", 100, 0) + "," + given("2", "milk", "1", 5, 6))
                        .status());
        assertEquals(422, given("v1", given("1", "milk", "0", 100, 0)).status());
        assertEquals(
                409,
                given("v1", given("1", "milk", "1", 5, 0) + "," + given("1", "milk", "1", 5, 0))
                        .status());
        String lines = given("1", "milk", "1", 100, 0) + "," + given("2", "bread", "1", 200, 0);
        done(given("v1", lines));
        assertEquals(300, done(given("v1", lines)).number("/priced/total/amount"));
        String override =
                "{\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"reason\":\"nicer\",\"approval\":{\"person\":\"chief\",\"pin\":\"1\"}}";
        assertEquals(422, shop.ask("PATCH", "/api/baskets/v1/lines/1", override).status());
        shop.restart();
        Answer again = done(shop.ask("GET", "/api/baskets/v1", ""));
        assertEquals(2, again.json().at("/lines").size());
        assertEquals(300, again.number("/priced/total/amount"));
    }

    @Test
    void a_whole_order_is_taken_back_with_approval() {
        sold("b1");
        Answer voided =
                done(
                        shop.ask(
                                "POST",
                                "/api/orders/b1/void",
                                "{\"reason\":\"wrong customer\",\"approval\":{\"person\":\"chief\",\"pin\":\"1\"}}"));
        assertEquals("chief", voided.text("/order/voided/approvedBy"));
        assertEquals("wrong customer", voided.text("/order/voided/reason"));
    }

    @Test
    void a_vendor_puts_an_order_into_the_tills_in_one_request() {
        String order =
                "{\"id\":\"v1\",\"name\":\"Mia\",\"lines\":[{\"sku\":\"milk\",\"quantity\":2},{\"sku\":\"bread\"}]}";
        Answer placed = shop.ask("POST", "/api/orders", order, "vendor-1");
        assertEquals(201, placed.status(), placed::toString);
        assertEquals("1", placed.text("/number"));
        assertEquals(580, placed.number("/priced/total/amount"));
        done(shop.ask("POST", "/api/orders", order, "vendor-1"));
        Answer list = done(shop.ask("GET", "/api/baskets", ""));
        assertEquals(1, list.json().at("/baskets").size());
        done(shop.ask("POST", "/api/baskets/v1/recall", "{}"));
        assertEquals("1", done(pay("v1", "t1", "CASH", 580)).text("/order/order/number"));
    }

    @Test
    void an_order_with_an_unknown_article_leaves_nothing_behind() {
        Answer refused =
                shop.ask(
                        "POST",
                        "/api/orders",
                        "{\"id\":\"v1\",\"lines\":[{\"sku\":\"milk\"},{\"sku\":\"unobtainium\"}]}",
                        "vendor-1");
        assertEquals(404, refused.status());
        assertEquals("urn:skerry:problem:unknown-article", refused.text("/type"));
        assertEquals(0, done(shop.ask("GET", "/api/baskets", "")).json().at("/baskets").size());
    }

    @Test
    void mistakes_are_told() {
        assertEquals("urn:skerry:problem:no-such-basket", scan("b9", "1", MILK).text("/type"));
        done(shop.ask("PUT", "/api/baskets/b1", "{}"));
        assertEquals("urn:skerry:problem:unknown-article", scan("b1", "1", "123").text("/type"));
        Answer malformed =
                shop.ask("POST", "/api/baskets/b1/lines", "{\"id\":\"1\",\"cod\":\"123\"}");
        assertEquals(400, malformed.status());
        assertTrue(malformed.text("/detail").startsWith("cod: there is no such field here"));
        done(scan("b1", "1", MILK));
        assertEquals(
                422,
                shop.ask(
                                "POST",
                                "/api/baskets/b1/lines",
                                "{\"id\":\"1\",\"code\":\"" + BREAD + "\"}")
                        .status());
    }

    @Test
    void the_day_is_closed_and_drawer_z_receipts_and_reports_agree() {
        long total = 0;
        for (int i = 0; i < 5; i++) {
            Answer paid = sold("b" + i);
            total += paid.number("/order/order/total/amount");
            total += paid.number("/order/order/rounding/amount");
        }
        Answer x = done(shop.ask("GET", "/api/shifts/s1", ""));
        assertEquals(10000 + total, x.number("/takings/drawer/amount"));
        done(
                shop.ask(
                        "POST",
                        "/api/shifts/s1/counts",
                        "{\"id\":\"c1\",\"amount\":{\"amount\":%d,\"currency\":\"EUR\"}}"
                                .formatted(10000 + total - 3)));
        Answer closed = done(shop.ask("POST", "/api/shifts/s1/close", "{}"));
        assertEquals(1, closed.number("/z/number"), closed::toString);
        done(shop.ask("POST", "/api/business-day/close", "{\"day\":\"2026-03-02\"}"));
        shop.awaitReport("2026-03-02", 5);
        Answer report = done(shop.ask("GET", "/api/reports/2026-03-02", ""));
        assertEquals(total, report.number("/total/amount") + report.number("/rounding/amount"));
        assertEquals(total, report.number("/byTender/0/amount/amount"));
        assertEquals("Food", report.text("/byDepartment/0/key"));
    }
}
