package dev.skerry.app.headquarters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.headquarters.TestHeadquarters.Answer;
import dev.skerry.language.loyalty.LoyaltyEvent;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponUsed;
import dev.skerry.language.loyalty.LoyaltyEvent.PointsBooked;
import dev.skerry.language.loyalty.LoyaltyEvent.Why;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.BusinessDayOpened;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.StreamName;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A store sends what HQ cannot read.
@Timeout(120)
class FaultyStoreTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

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

    private void poison(String stream) {
        hq.mirror(new Event(StreamName.of(stream), 0, null, false, Bytes.of("{\"no\":\"event\"}")));
    }

    private Answer followers() {
        return hq.ask("GET", "/api/followers", "");
    }

    private static List<JsonNode> parked(Answer answer, String name) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode follower : answer.json().path("followers")) {
            if (follower.path("name").asString().equals(name)) {
                follower.path("parked").forEach(all::add);
            }
        }
        return all;
    }

    private static long stopped(Answer answer) {
        long stopped = 0;
        for (JsonNode follower : answer.json().path("followers")) {
            stopped += follower.path("state").asString().equalsIgnoreCase("stopped") ? 1 : 0;
        }
        return stopped;
    }

    @Test
    void the_payments_of_other_stores_go_on() {
        poison("store-0042/payments");
        for (String store : List.of("0042", "0043")) {
            hq.mirror(
                    "store-" + store + "/payments",
                    PaymentEvent.FORM,
                    new BusinessDayOpened(DAY, "2001"));
        }
        hq.await(
                () -> hq.ask("GET", "/api/sales/0043/" + DAY, ""),
                it -> !it.text("/openedAt").isEmpty());
        Answer all =
                hq.await(
                        this::followers,
                        it ->
                                parked(it, "sales: payments").size() == 2
                                        && parked(it, "customers: payments").size() == 2
                                        && parked(it, "reconciliation: reconciliation").size()
                                                == 2);
        assertEquals(0, stopped(all));
        JsonNode first = parked(all, "sales: payments").getFirst();
        assertEquals("store-0042/payments", first.path("key").asString());
        // The store's own order is kept: what comes after waits.
        assertEquals("", hq.ask("GET", "/api/sales/0042/" + DAY, "").text("/openedAt"));
        Answer skipped =
                hq.ask(
                        "POST",
                        "/api/followers/skip",
                        "{\"name\":\"sales: payments\",\"parked\":%d,\"why\":\"not an event\"}"
                                .formatted(first.path("id").asLong()));
        assertEquals(200, skipped.status());
        Answer retried =
                hq.ask(
                        "POST",
                        "/api/followers/retry",
                        "{\"name\":\"sales: payments\",\"key\":\"store-0042/payments\"}");
        assertEquals(1, retried.number("/applied"), () -> retried.json().toString());
        assertTrue(!hq.ask("GET", "/api/sales/0042/" + DAY, "").text("/openedAt").isEmpty());
    }

    @Test
    void of_what_waits_the_first_are_listed_and_all_are_counted() {
        for (int i = 0; i < 301; i++) {
            poison("store-0042/payments");
        }
        Answer all =
                hq.await(
                        this::followers,
                        it -> {
                            for (JsonNode follower : it.json().path("followers")) {
                                if (follower.path("name").asString().equals("sales: payments")) {
                                    return follower.path("waiting").asInt(0) == 301;
                                }
                            }
                            return false;
                        });
        assertEquals(200, parked(all, "sales: payments").size());
    }

    @Test
    void the_points_of_other_stores_go_on_and_those_put_aside_are_counted_when_tried_again() {
        poison("store-0042/loyalty");
        hq.mirror("store-0042/loyalty", LoyaltyEvent.FORM, new CouponUsed("V1", null, "o1"));
        for (String store : List.of("store-0042", "store-0043")) {
            hq.mirror(
                    store + "/loyalty",
                    LoyaltyEvent.FORM,
                    new PointsBooked("C1", "o-" + store, Why.EARNED, 30, null, 30, null));
        }
        Answer all = hq.await(this::followers, it -> parked(it, "customers: loyalty").size() == 3);
        assertEquals(0, stopped(all));
        hq.ask(
                "POST",
                "/api/followers/skip",
                "{\"name\":\"customers: loyalty\",\"parked\":%d,\"why\":\"not an event\"}"
                        .formatted(
                                parked(all, "customers: loyalty").getFirst().path("id").asLong()));
        Answer retried =
                hq.ask(
                        "POST",
                        "/api/followers/retry",
                        "{\"name\":\"customers: loyalty\",\"key\":\"store-0042/loyalty\"}");
        assertEquals(2, retried.number("/applied"), () -> retried.json().toString());
        assertEquals(0, parked(followers(), "customers: loyalty").size());
    }
}
