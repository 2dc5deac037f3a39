package dev.skerry.store.kitchen;

import static dev.skerry.store.kitchen.TestKitchen.COOK;
import static dev.skerry.store.kitchen.TestKitchen.line;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.skerry.context.Book.Command;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.kitchen.KitchenEvent.OrderLapsed;
import dev.skerry.language.kitchen.KitchenEvent.OrderReady;
import dev.skerry.language.kitchen.KitchenEvent.TicketBumped;
import dev.skerry.language.kitchen.Ticket;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.store.kitchen.Kitchen.AllDay;
import dev.skerry.store.kitchen.Kitchen.Passing;
import dev.skerry.store.kitchen.Kitchen.Shown;
import dev.skerry.store.kitchen.Kitchen.Station;
import dev.skerry.store.kitchen.KitchenResult.Done;
import dev.skerry.store.kitchen.KitchenResult.Refusal;
import dev.skerry.store.kitchen.KitchenResult.Refused;
import dev.skerry.store.kitchen.Timing.Colour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitchenTest {

    @TempDir private Path folder;
    private TestKitchen test;
    private Kitchen kitchen;

    @BeforeEach
    void open() {
        test = new TestKitchen(folder);
        kitchen = test.kitchen();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private void done(KitchenResult result) {
        assertInstanceOf(Done.class, result, result::toString);
    }

    private void refused(Refusal why, KitchenResult result) {
        assertEquals(why, assertInstanceOf(Refused.class, result).why());
    }

    private KitchenResult bump(String ticket) {
        return kitchen.bump(test.command(), ticket, COOK);
    }

    private KitchenResult recall(String ticket) {
        return kitchen.recall(test.command(), ticket, COOK);
    }

    private void kiosk(String order) {
        test.place(
                order,
                OrderSource.KIOSK,
                line("1", "burger", "grill", 1),
                line("2", "fries", "fryer", 2),
                line("3", "cola", null, 1));
    }

    private long ready() {
        return test.published().stream().filter(OrderReady.class::isInstance).count();
    }

    @Test
    void each_station_gets_what_it_makes_and_nothing_else() {
        kiosk("o1");
        assertEquals(List.of("grill FIRED: burger 1", "fryer FIRED: fries 2"), test.tickets("o1"));
        Ticket ticket = kitchen.tickets("grill").getFirst().ticket();
        assertEquals("7", ticket.number());
        assertEquals("Table 4", ticket.name());
        assertEquals(1, kitchen.tickets("grill").size());
        assertEquals(2, kitchen.tickets("").size());
        test.pay("o2", OrderSource.TILL, line("1", "cola", null, 1));
        assertEquals(List.of(), test.tickets("o2"));
    }

    @Test
    void an_order_that_was_placed_and_is_paid_later_has_one_set_of_tickets() {
        kiosk("o1");
        test.pay(
                "o1",
                OrderSource.KIOSK,
                line("1", "burger", "grill", 1),
                line("2", "fries", "fryer", 2),
                line("3", "cola", null, 1));
        assertEquals(2, test.published().size());
        test.pay("o2", OrderSource.TILL, line("1", "burger", "grill", 1));
        assertEquals(List.of("grill FIRED: burger 1"), test.tickets("o2"));
    }

    @Test
    void what_is_added_before_it_is_paid_is_a_supplement_and_what_is_taken_out_is_cut() {
        kiosk("o1");
        test.pay(
                "o1",
                OrderSource.KIOSK,
                line("1", "burger", "grill", 3),
                line("2", null, "fries", "fryer", 2, true),
                line("4", "shake", "bar", 1));
        assertEquals(
                List.of(
                        "grill FIRED: burger 1",
                        "fryer CANCELLED: fries 0",
                        "grill FIRED +: burger 2",
                        "bar FIRED +: shake 1"),
                test.tickets("o1"));
        assertEquals(Set.of("o1-1", "o1-2", "o1-3", "o1-4"), test.screen().keySet());
        test.pay("o1", OrderSource.KIOSK, line("1", "burger", "grill", 2));
        assertEquals("grill FIRED +: burger 1", test.tickets("o1").get(2));
        assertEquals("grill FIRED: burger 1", test.tickets("o1").getFirst());
    }

    @Test
    void an_order_that_is_told_again_changes_nothing() {
        kiosk("o1");
        done(bump("o1-1"));
        String before = test.dump();
        int events = test.published().size();
        kiosk("o1");
        assertEquals(events, test.published().size());
        assertEquals(before, test.dump());
    }

    @Test
    void a_new_machine_that_follows_all_orders_from_the_start_makes_nothing_twice() {
        kiosk("o0");
        done(bump("o0-1"));
        test.later(Duration.ofHours(13));
        kiosk("o1");
        kiosk("o2");
        done(bump("o2-2"));
        int events = test.published().size();
        test.replaceMachine();
        assertEquals(events, test.published().size());
        assertEquals(Set.of("o1-1", "o1-2", "o2-1", "o2-2"), test.screen().keySet());
    }

    @Test
    void an_order_that_becomes_known_after_half_a_day_makes_no_ticket() {
        test.placeUnseen("o1", OrderSource.KIOSK, line("1", "burger", "grill", 1));
        test.later(Duration.ofHours(12).plusSeconds(1));
        test.follow();
        assertEquals(List.of(), test.published());
        test.placeUnseen("o2", OrderSource.KIOSK, line("1", "burger", "grill", 1));
        test.later(Duration.ofHours(12));
        test.follow();
        assertEquals(1, test.published().size());
    }

    @Test
    void an_order_that_nobody_cares_about_for_half_a_day_is_taken_off_the_screens() {
        kiosk("o1");
        test.later(Duration.ofHours(13));
        kiosk("o2");
        assertEquals(2, test.tickets("o2").size());
        assertEquals(
                List.of("o1"),
                test.published().stream()
                        .filter(OrderLapsed.class::isInstance)
                        .map(it -> it.order())
                        .toList());
        assertEquals(Set.of("o2-1", "o2-2"), test.screen().keySet());
        assertEquals(2, kitchen.tickets("").size());
    }

    @Test
    void what_belongs_to_a_dish_is_written_below_it_and_deposits_are_not() {
        test.pay(
                "o1",
                OrderSource.KIOSK,
                line("1", "burger", "grill", 1),
                line("2", "1", "bacon", null, 1, false),
                line("3", "1", "onion", null, -1, false),
                line("4", "1", "fries", "fryer", 1, false),
                line("5", "4", "mayo", null, 1, false),
                line("6", "beer", "bar", 1),
                line("7", "6", "deposit", null, 1, false));
        assertEquals(
                List.of(
                        "grill FIRED: burger 1, > bacon 1, > onion -1",
                        "fryer FIRED: fries for burger 1, > mayo 1",
                        "bar FIRED: beer 1"),
                test.tickets("o1"));
    }

    @Test
    void an_extra_that_is_added_later_says_for_which_dish() {
        test.place("o1", OrderSource.TABLE, line("1", "burger", "grill", 1));
        test.pay(
                "o1",
                OrderSource.TABLE,
                line("1", "burger", "grill", 1),
                line("2", "1", "bacon", null, 1, false));
        assertEquals("grill FIRED +: bacon for burger 1", test.tickets("o1").getLast());
    }

    @Test
    void goods_that_come_back_are_not_made() {
        test.pay("o1", OrderSource.TILL, line("1", "burger", "grill", -1));
        assertEquals(List.of(), test.published());
    }

    @Test
    void a_bumped_ticket_is_done_and_a_recalled_one_is_to_be_made_again() {
        kiosk("o1");
        test.later(Duration.ofMinutes(3));
        done(bump("o1-1"));
        assertEquals(List.of(), kitchen.tickets("grill"));
        Shown bumped = kitchen.bumped("grill").getFirst();
        assertEquals(180, bumped.ageSeconds());
        done(bump("o1-1"));
        assertEquals(1, test.published().stream().filter(TicketBumped.class::isInstance).count());
        test.later(Duration.ofMinutes(1));
        done(recall("o1-1"));
        assertEquals(240, kitchen.tickets("grill").getFirst().ageSeconds());
        assertEquals(List.of(), kitchen.bumped("grill"));
        refused(Refusal.NO_SUCH_TICKET, bump("o9-1"));
    }

    @Test
    void the_same_command_again_does_not_undo_what_came_after_it() {
        kiosk("o1");
        Command bump = test.command();
        done(kitchen.bump(bump, "o1-1", COOK));
        done(recall("o1-1"));
        done(kitchen.bump(bump, "o1-1", COOK));
        assertEquals("grill FIRED: burger 1", test.tickets("o1").getFirst());
    }

    @Test
    void an_order_is_ready_when_all_stations_have_bumped() {
        kiosk("o1");
        refused(Refusal.NOT_READY, kitchen.serve(test.command(), "o1", "cleo"));
        done(bump("o1-1"));
        assertEquals(0, ready());
        done(bump("o1-2"));
        assertEquals(1, ready());
        Passing passing = kitchen.expo().getFirst();
        assertEquals(TestKitchen.NOON, passing.readyAt());
        assertEquals(Set.of("o1-1", "o1-2"), test.screen().keySet());

        done(recall("o1-2"));
        assertEquals(null, kitchen.expo().getFirst().readyAt());
        done(bump("o1-2"));
        assertEquals(2, ready());

        done(kitchen.serve(test.command(), "o1", "cleo"));
        done(kitchen.serve(test.command(), "o1", "cleo"));
        assertEquals(List.of(), kitchen.expo());
        assertEquals(Set.of(), test.screen().keySet());
        refused(Refusal.NO_SUCH_ORDER, kitchen.serve(test.command(), "o9", "cleo"));
        done(recall("o1-2"));
        assertEquals(1, kitchen.expo().size());
    }

    @Test
    void without_an_expo_an_order_is_done_with_its_last_bump() {
        test.close();
        Path other = folder.resolve("other");
        other.toFile().mkdir();
        test =
                new TestKitchen(
                        other,
                        new Kitchen.Rules(
                                Timing.standard(), false, Set.of(), Duration.ofHours(12)));
        kitchen = test.kitchen();
        kiosk("o1");
        done(bump("o1-1"));
        assertEquals(Set.of("o1-1", "o1-2"), test.screen().keySet());
        done(bump("o1-2"));
        assertEquals(Set.of(), test.screen().keySet());
        assertEquals(List.of(), kitchen.expo());
        done(recall("o1-1"));
        assertEquals(Set.of("o1-1", "o1-2"), test.screen().keySet());
    }

    @Test
    void courses_of_a_table_are_fired_one_after_the_other() {
        test.place(
                "o1",
                OrderSource.TABLE,
                line("1", "2-steak", "grill", 1),
                line("2", "soup", "stove", 1));
        assertEquals(List.of("stove FIRED: soup 1", "grill HELD: 2-steak 1"), test.tickets("o1"));
        refused(Refusal.HELD, bump("o1-2"));
        done(bump("o1-1"));
        assertEquals(1, ready());
        assertEquals(false, kitchen.expo().getFirst().complete());
        test.later(Duration.ofMinutes(15));
        done(kitchen.fire(test.command(), "o1", null, "anna"));
        Shown steak = kitchen.tickets("grill").getFirst();
        assertEquals(0, steak.ageSeconds());
        assertEquals(Ticket.State.FIRED, steak.ticket().state());
        done(kitchen.fire(test.command(), "o1", 2, "anna"));
        refused(Refusal.NOTHING_TO_FIRE, kitchen.fire(test.command(), "o1", null, "anna"));
        refused(Refusal.NOTHING_TO_FIRE, kitchen.fire(test.command(), "o1", 3, "anna"));
        refused(Refusal.NO_SUCH_ORDER, kitchen.fire(test.command(), "o9", null, "anna"));
        done(bump("o1-2"));
        assertEquals(true, kitchen.expo().getFirst().complete());
    }

    @Test
    void a_supplement_of_a_course_that_is_fired_is_fired_and_one_of_a_later_course_is_held() {
        test.place("o1", OrderSource.TABLE, line("1", "soup", "stove", 1));
        test.pay(
                "o1",
                OrderSource.TABLE,
                line("1", "soup", "stove", 1),
                line("2", "bread", "stove", 1),
                line("3", "2-steak", "grill", 1));
        assertEquals(
                List.of("stove FIRED: soup 1", "stove FIRED +: bread 1", "grill HELD +: 2-steak 1"),
                test.tickets("o1"));
    }

    @Test
    void a_kiosk_has_no_courses() {
        test.place(
                "o1",
                OrderSource.KIOSK,
                line("1", "2-steak", "grill", 1),
                line("2", "soup", "stove", 1));
        assertEquals(
                2,
                kitchen.tickets("").stream().filter(it -> it.ticket().firedAt() != null).count());
    }

    @Test
    void a_cancelled_order_is_shown_as_cancelled_until_each_station_has_taken_notice() {
        kiosk("o1");
        done(bump("o1-1"));
        test.cancel("o1");
        assertEquals(
                List.of("grill BUMPED: burger 1", "fryer CANCELLED: fries 2"), test.tickets("o1"));
        assertEquals(
                "changed their minds", requireNonNull(test.screen().get("o1-2")).cancelledFor());
        assertEquals(Set.of("o1-2"), test.screen().keySet());
        assertEquals(1, kitchen.tickets("fryer").size());
        assertEquals(List.of(), kitchen.expo());
        refused(Refusal.CANCELLED, recall("o1-2"));
        done(bump("o1-2"));
        assertEquals(Set.of(), test.screen().keySet());
        assertEquals(List.of(), kitchen.tickets("fryer"));
        assertEquals(0, ready());
    }

    @Test
    void a_sale_that_is_taken_back_cancels_what_is_not_made_and_a_held_course_vanishes() {
        test.place(
                "o1",
                OrderSource.TABLE,
                line("1", "2-steak", "grill", 1),
                line("2", "soup", "stove", 1));
        test.voidOrder("o1");
        assertEquals(Set.of("o1-1"), test.screen().keySet());
        assertEquals(List.of(), kitchen.tickets("grill"));
        int events = test.published().size();
        test.voidOrder("o1");
        test.voidOrder("o9");
        test.pay("o1", OrderSource.TABLE, line("1", "2-steak", "grill", 5));
        assertEquals(events, test.published().size());
    }

    @Test
    void taking_out_the_last_thing_to_make_makes_an_order_ready() {
        kiosk("o1");
        done(bump("o1-1"));
        test.pay("o1", OrderSource.KIOSK, line("1", "burger", "grill", 1));
        assertEquals(1, ready());
    }

    @Test
    void all_day_counts_are_by_station_and_article() {
        kiosk("o1");
        kiosk("o2");
        test.place(
                "o3",
                OrderSource.TABLE,
                line("1", "soup", "stove", 1),
                line("2", "2-steak", "grill", 3),
                line("3", "1", "cream", null, -1, false));
        done(bump("o2-1"));
        assertEquals(
                List.of(
                        new AllDay(
                                "fryer", new Sku("fries"), "fries", Quantity.of(4), Quantity.ZERO),
                        new AllDay(
                                "grill",
                                new Sku("2-steak"),
                                "2-steak",
                                Quantity.ZERO,
                                Quantity.of(3)),
                        new AllDay(
                                "grill",
                                new Sku("burger"),
                                "burger",
                                Quantity.of(1),
                                Quantity.ZERO),
                        new AllDay(
                                "stove", new Sku("soup"), "soup", Quantity.of(1), Quantity.ZERO)),
                kitchen.allDay(""));
        assertEquals(2, kitchen.allDay("grill").size());
    }

    @Test
    void stations_show_the_colour_of_their_oldest_ticket() {
        kiosk("o1");
        assertEquals(
                List.of(
                        new Station("fryer", 1, 0, Colour.NORMAL),
                        new Station("grill", 1, 0, Colour.NORMAL)),
                kitchen.stations());
        test.later(Duration.ofMinutes(5));
        kiosk("o2");
        assertEquals(new Station("grill", 2, 0, Colour.LATE), kitchen.stations().getLast());
        test.later(Duration.ofMinutes(5));
        assertEquals(Colour.OVERDUE, kitchen.tickets("grill").getFirst().colour());
        assertEquals(Colour.LATE, kitchen.tickets("grill").getLast().colour());
        done(bump("o1-2"));
        assertEquals(Colour.OVERDUE, kitchen.bumped("fryer").getFirst().colour());
    }

    @Test
    void a_ticket_says_at_which_age_its_colour_changes() {
        kiosk("o1");
        Shown shown = kitchen.tickets("grill").getFirst();
        assertEquals(300, shown.lateSeconds());
        assertEquals(600, shown.overdueSeconds());
    }

    @Test
    void what_was_bumped_last_is_found_at_all_stations_at_once() {
        kiosk("o1");
        kiosk("o2");
        done(bump("o1-2"));
        test.later(Duration.ofSeconds(1));
        done(bump("o2-1"));
        test.later(Duration.ofSeconds(1));
        done(bump("o2-2"));
        assertEquals(
                List.of("o2-2", "o2-1", "o1-2"),
                kitchen.bumped("").stream().map(it -> it.ticket().id()).toList());
        assertEquals(
                List.of("o2-2", "o1-2"),
                kitchen.bumped("fryer").stream().map(it -> it.ticket().id()).toList());
    }

    @Test
    void orders_of_which_nothing_is_left_are_forgotten_in_time() {
        kiosk("o1");
        done(bump("o1-1"));
        done(bump("o1-2"));
        test.later(KitchenTables.KEPT.plusSeconds(1));
        kiosk("o2");
        assertEquals(List.of(), test.tickets("o1"));
        assertEquals(Set.of("o2-1", "o2-2"), test.screen().keySet());
        String before = test.dump();
        kitchen.rebuild();
        assertEquals(before, test.dump());
    }
}
