package dev.skerry.language.loyalty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.catalog.Golden;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.loyalty.CustomerListEvent.ListConfirmed;
import dev.skerry.language.loyalty.CustomerListEvent.StoreCounted;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponFreed;
import dev.skerry.language.loyalty.LoyaltyEvent.CouponUsed;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerForgotten;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerSignedUp;
import dev.skerry.language.loyalty.LoyaltyEvent.PointsBooked;
import dev.skerry.language.loyalty.LoyaltyEvent.Seen;
import dev.skerry.language.loyalty.LoyaltyEvent.Why;
import dev.skerry.language.loyalty.OfferEvent.CodeFreed;
import dev.skerry.language.loyalty.OfferEvent.CodeUsedUp;
import dev.skerry.language.loyalty.OfferEvent.OfferMade;
import dev.skerry.language.loyalty.OfferEvent.OfferWithdrawn;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoyaltyEventsTest {

    private static final Instant THEN = Instant.parse("2026-03-01T04:00:00Z");
    private static final LocalDateTime MARCH = LocalDateTime.of(2026, 3, 1, 0, 0);

    @Test
    void every_event_of_a_store_is_read_and_written_as_it_was_first_published() {
        new Golden<>(LoyaltyEvent.FORM, LoyaltyEventsTest.class)
                .check(
                        Map.of(
                                "CustomerSignedUp-1",
                                new CustomerSignedUp(
                                        "0199-a1",
                                        List.of("9276400000017"),
                                        "Anna Berg",
                                        "anna.berg@example.com",
                                        LocalDate.of(2026, 3, 1),
                                        "till-1",
                                        "eva"),
                                "CustomerSignedUp-2",
                                new CustomerSignedUp(
                                        "0199-a2",
                                        List.of(),
                                        "B. Ohm",
                                        null,
                                        LocalDate.of(2026, 3, 1),
                                        "kiosk-1",
                                        ""),
                                "CustomerForgotten",
                                new CustomerForgotten("0199-a1"),
                                "PointsBooked-1",
                                new PointsBooked("C000001", "o1", Why.EARNED, 37, null, 3785, null),
                                "PointsBooked-2",
                                new PointsBooked(
                                        "C000001",
                                        "o2",
                                        Why.REDEEMED,
                                        -500,
                                        null,
                                        500,
                                        new Seen(620, THEN, false)),
                                "PointsBooked-3",
                                new PointsBooked(
                                        "C000001", "o3", Why.RETURNED, -9, "o1", 999, null),
                                "PointsBooked-4",
                                new PointsBooked("C000001", "o3", Why.VOIDED, 9, "o1", -999, null),
                                "CouponUsed-1",
                                new CouponUsed("V-8317", null, "o1"),
                                "CouponUsed-2",
                                new CouponUsed("STUDENT5", "C000001", "o1"),
                                "CouponFreed",
                                new CouponFreed("V-8317", null, "o1")));
    }

    @Test
    void every_event_of_hqs_offers_is_read_and_written_as_it_was_first_published() {
        new Golden<>(OfferEvent.FORM, LoyaltyEventsTest.class)
                .check(
                        Map.of(
                                "OfferMade-1",
                                new OfferMade(
                                        "f1",
                                        "C000001",
                                        null,
                                        "V-8317",
                                        "SAVE5",
                                        "5.00 off, for your birthday",
                                        MARCH,
                                        MARCH.plusDays(31),
                                        true),
                                "OfferMade-2",
                                new OfferMade(
                                        "f2",
                                        null,
                                        "student",
                                        "STUDENT5",
                                        null,
                                        "5 % off",
                                        MARCH,
                                        null,
                                        false),
                                "OfferWithdrawn",
                                new OfferWithdrawn("f1"),
                                "CodeUsedUp-1",
                                new CodeUsedUp("V-8317", null, "store-0042", THEN),
                                "CodeUsedUp-2",
                                new CodeUsedUp("STUDENT5", "C000001", "store-0042", THEN),
                                "CodeFreed",
                                new CodeFreed("V-8317", null)));
    }

    @Test
    void every_event_about_the_list_is_read_and_written_as_it_was_first_published() {
        new Golden<>(CustomerListEvent.FORM, LoyaltyEventsTest.class)
                .check(
                        Map.of(
                                "ListConfirmed",
                                new ListConfirmed(THEN),
                                "StoreCounted",
                                new StoreCounted("store-0042", 1500, THEN)));
    }

    @Test
    void who_reads_customers_alone_passes_over_what_is_said_about_the_list() {
        StoreCounted counted = new StoreCounted("store-0042", 1500, THEN);
        CloudEvent event =
                CloudEvent.of(
                        "1",
                        CustomerEvent.STREAM,
                        CustomerListEvent.FORM.type(counted),
                        THEN,
                        CustomerListEvent.FORM.data(counted));
        assertEquals(Optional.empty(), CustomerEvent.FORM.read(event));
        assertEquals(Optional.of(counted), CustomerListEvent.FORM.read(event));
    }

    @Test
    void an_offer_and_the_use_of_its_code_are_kept_apart_when_the_stream_is_compacted() {
        OfferMade made = new OfferMade("f1", null, null, "V", null, "", MARCH, null, true);
        CodeUsedUp used = new CodeUsedUp("f1", null, "store-0042", THEN);
        assertNotEquals(made.key(), used.key());
        assertEquals(made.key(), new OfferWithdrawn("f1").key());
        assertEquals(used.key(), new CodeFreed("f1", null).key());
        assertNotEquals(used.key(), new CodeUsedUp("f1", "C1", "store-0042", THEN).key());
    }

    @Test
    void an_offer_is_not_for_a_customer_and_a_segment() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new OfferMade("f", "C1", "s", "V", null, "", MARCH, null, true));
    }
}
