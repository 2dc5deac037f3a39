package dev.skerry.store.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.LockOut;
import dev.skerry.context.Secrets;
import dev.skerry.language.staff.StaffEvent.PersonChanged;
import dev.skerry.language.staff.StaffEvent.PersonRemoved;
import dev.skerry.language.staffing.DeviceKind;
import dev.skerry.language.staffing.StaffingEvent.AccessRefused;
import dev.skerry.language.staffing.StaffingEvent.ActionApproved;
import dev.skerry.language.staffing.StaffingEvent.DevicePaired;
import dev.skerry.language.staffing.StaffingEvent.DeviceRemoved;
import dev.skerry.language.staffing.StaffingEvent.Ending;
import dev.skerry.language.staffing.StaffingEvent.PairingRefused;
import dev.skerry.language.staffing.StaffingEvent.PinSet;
import dev.skerry.language.staffing.StaffingEvent.Purpose;
import dev.skerry.language.staffing.StaffingEvent.Refusal;
import dev.skerry.language.staffing.StaffingEvent.SignedOff;
import dev.skerry.language.staffing.StaffingEvent.SignedOn;
import dev.skerry.store.staff.Audited.What;
import dev.skerry.store.staff.Staff.Approved;
import dev.skerry.store.staff.Staff.Asked;
import dev.skerry.store.staff.Staff.Asking;
import dev.skerry.store.staff.Staff.Change;
import dev.skerry.store.staff.Staff.Elsewhere;
import dev.skerry.store.staff.Staff.Entered;
import dev.skerry.store.staff.Staff.Entry;
import dev.skerry.store.staff.Staff.Leaving;
import dev.skerry.store.staff.Staff.LockedOut;
import dev.skerry.store.staff.Staff.MayNot;
import dev.skerry.store.staff.Staff.NotHere;
import dev.skerry.store.staff.Staff.Occupied;
import dev.skerry.store.staff.Staff.Polled;
import dev.skerry.store.staff.Staff.Said;
import dev.skerry.store.staff.Staff.Session;
import dev.skerry.store.staff.Staff.WrongPin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaffTest {

    @TempDir private Path folder;
    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Caller at(String device) {
        return shop.staff().caller(shop.token(device)).orElseThrow();
    }

    private Session entered(Entry entry) {
        return assertInstanceOf(Entered.class, entry).session();
    }

    private Entry wrong(String device, String person) {
        return shop.staff().signOn(device, person, "0000");
    }

    private void wrongTimes(int times, String device, String person) {
        for (int i = 0; i < times; i++) {
            wrong(device, person);
        }
    }

    private Duration lockedFor(Entry entry) {
        return Duration.between(shop.instant(), assertInstanceOf(LockedOut.class, entry).until());
    }

    // ---- signing on

    @Test
    void who_signs_on_with_the_right_pin_is_who_asks_from_then_on() {
        assertEquals(new Caller("", "till-1", Set.of()), at("till-1"));
        Session session = entered(shop.signOn("till-1", "1001"));
        assertEquals("Anna", session.name());
        assertEquals(shop.instant(), session.since());
        assertEquals(new Caller("1001", "till-1", Set.of(Role.CASHIER)), at("till-1"));
        assertEquals(new SignedOn("till-1", "1001", "Anna", List.of("cashier")), shop.last());
    }

    @Test
    void a_role_that_is_not_known_here_gives_nothing_and_is_kept() {
        entered(shop.signOn("till-1", "1002"));
        assertEquals(Set.of(Role.CASHIER), at("till-1").roles());
        assertEquals(
                new SignedOn("till-1", "1002", "Ben", List.of("cashier", "juggler")), shop.last());
    }

    @Test
    void a_manager_may_what_all_may_and_a_supervisor_sells_and_counts() {
        entered(shop.signOn("office", "3001"));
        assertEquals(
                Set.of(Role.MANAGER, Role.CASHIER, Role.COOK, Role.STOCK), at("office").roles());
        entered(shop.signOn("till-1", "2001"));
        assertEquals(Set.of(Role.CASHIER, Role.STOCK), at("till-1").roles());
    }

    @Test
    void a_wrong_pin_a_wrong_person_and_one_without_a_pin_are_answered_alike() {
        assertEquals(new WrongPin(4), wrong("till-1", "1001"));
        assertEquals(new WrongPin(3), wrong("till-1", "4711"));
        assertEquals(new WrongPin(2), wrong("till-1", "9001"));
        assertEquals("", at("till-1").person());
    }

    @Test
    void what_was_typed_as_a_person_that_is_none_is_not_told_because_it_may_be_a_pin() {
        wrong("till-1", Shop.pin("1001"));
        AccessRefused refused = assertInstanceOf(AccessRefused.class, shop.last());
        assertEquals(Refusal.UNKNOWN_PERSON, refused.why());
        assertEquals("", refused.person());
        assertFalse(refused.toString().contains(Shop.pin("1001")));
    }

    @Test
    void signing_on_again_at_the_same_device_changes_nothing() {
        Session first = entered(shop.signOn("till-1", "1001"));
        int events = shop.published().size();
        shop.pass(Duration.ofHours(1));
        assertEquals(first, entered(shop.signOn("till-1", "1001")));
        assertEquals(events, shop.published().size());
    }

    @Test
    void one_cashier_is_at_one_device() {
        entered(shop.signOn("till-1", "1001"));
        assertEquals(new Elsewhere("till-1"), shop.signOn("till-2", "1001"));
        assertEquals("", at("till-2").person());
        assertInstanceOf(Leaving.Left.class, shop.staff().signOff("till-1"));
        entered(shop.signOn("till-2", "1001"));
    }

    @Test
    void a_manager_is_at_several() {
        entered(shop.signOn("office", "3001"));
        entered(shop.signOn("till-1", "3001"));
        assertEquals("3001", at("office").person());
        assertEquals("3001", at("till-1").person());
    }

    @Test
    void a_device_has_one_person_and_only_a_manager_takes_it_over() {
        Session anna = entered(shop.signOn("till-1", "1001"));
        assertEquals(new Occupied(anna), shop.signOn("till-1", "1002"));
        assertEquals("1001", at("till-1").person());
        entered(shop.signOn("till-1", "3001"));
        assertEquals("3001", at("till-1").person());
        assertTrue(
                shop.published()
                        .contains(new SignedOff("till-1", "1001", Ending.REPLACED, "3001")));
    }

    @Test
    void a_manager_releases_a_device_from_elsewhere() {
        entered(shop.signOn("till-1", "1001"));
        assertTrue(shop.staff().release("till-1", "3001"));
        assertEquals("", at("till-1").person());
        assertFalse(shop.staff().release("till-9", "3001"));
    }

    @Test
    void nobody_signs_on_at_what_is_for_guests_or_for_no_one() {
        for (DeviceKind kind :
                List.of(
                        DeviceKind.KIOSK,
                        DeviceKind.BOARD,
                        DeviceKind.DISPLAY,
                        DeviceKind.INTEGRATION)) {
            shop.add("it", kind);
            assertInstanceOf(NotHere.class, shop.signOn("it", "3001"), kind.name());
            shop.staff().remove("it", "operator");
        }
        assertInstanceOf(NotHere.class, shop.signOn("till-9", "3001"));
    }

    @Test
    void what_a_device_may_by_itself() {
        shop.add("kiosk-1", DeviceKind.KIOSK);
        shop.add("kitchen-1", DeviceKind.KITCHEN);
        shop.add("board-1", DeviceKind.BOARD);
        shop.add("web-shop", DeviceKind.INTEGRATION);
        assertEquals(Set.of(Role.GUEST), at("kiosk-1").roles());
        assertEquals(Set.of(Role.COOK), at("kitchen-1").roles());
        assertEquals(Set.of(), at("board-1").roles());
        assertEquals(Set.of(Role.INTEGRATION), at("web-shop").roles());
    }

    @Test
    void a_kitchen_stays_a_kitchen_whoever_signs_on() {
        shop.add("kitchen-1", DeviceKind.KITCHEN);
        entered(shop.signOn("kitchen-1", "1001"));
        assertEquals(Set.of(Role.COOK, Role.CASHIER), at("kitchen-1").roles());
    }

    // ---- locking

    @Test
    void a_locked_device_is_nobodys_until_the_same_person_is_back() {
        entered(shop.signOn("till-1", "1001"));
        assertInstanceOf(Leaving.Locked.class, shop.staff().lock("till-1"));
        assertEquals(new Caller("", "till-1", Set.of()), at("till-1"));
        assertInstanceOf(Leaving.Locked.class, shop.staff().signOff("till-1"));
        assertInstanceOf(Occupied.class, shop.signOn("till-1", "1002"));
        assertInstanceOf(WrongPin.class, shop.staff().unlock("till-1", "0000"));
        assertEquals("", at("till-1").person());
        assertFalse(entered(shop.staff().unlock("till-1", Shop.pin("1001"))).locked());
        assertEquals("1001", at("till-1").person());
    }

    @Test
    void signing_on_again_unlocks_and_a_manager_takes_a_locked_device_over() {
        entered(shop.signOn("till-1", "1001"));
        shop.staff().lock("till-1");
        entered(shop.signOn("till-1", "1001"));
        assertEquals("1001", at("till-1").person());
        shop.staff().lock("till-1");
        entered(shop.signOn("till-1", "3001"));
        assertEquals("3001", at("till-1").person());
    }

    @Test
    void where_nobody_is_signed_on_there_is_nothing_to_lock_or_unlock() {
        int events = shop.published().size();
        assertInstanceOf(Leaving.Left.class, shop.staff().lock("till-1"));
        assertInstanceOf(Leaving.Left.class, shop.staff().signOff("till-1"));
        assertInstanceOf(NotHere.class, shop.staff().unlock("till-1", "0000"));
        assertEquals(events, shop.published().size());
    }

    // ---- wrong PINs

    @Test
    void five_wrong_pins_lock_a_person_out_everywhere_and_the_right_one_does_not_help() {
        assertEquals(new WrongPin(4), wrong("till-1", "1001"));
        assertEquals(new WrongPin(3), wrong("till-1", "1001"));
        assertEquals(new WrongPin(2), wrong("till-1", "1001"));
        assertEquals(new WrongPin(1), wrong("till-2", "1001"));
        assertEquals(Duration.ofSeconds(30), lockedFor(wrong("till-2", "1001")));
        assertInstanceOf(LockedOut.class, shop.signOn("till-1", "1001"));
        assertInstanceOf(LockedOut.class, shop.signOn("office", "1001"));
        entered(shop.signOn("till-2", "1002"));
    }

    @Test
    void five_wrong_pins_of_anybody_lock_a_device() {
        wrongTimes(2, "till-1", "1001");
        wrongTimes(2, "till-1", "1002");
        assertEquals(Duration.ofSeconds(30), lockedFor(wrong("till-1", "nobody")));
        assertInstanceOf(LockedOut.class, shop.signOn("till-1", "3001"));
        entered(shop.signOn("till-2", "3001"));
    }

    @Test
    void each_further_wrong_pin_locks_out_for_twice_as_long_up_to_a_quarter_of_an_hour() {
        wrongTimes(4, "till-1", "1001");
        for (long seconds : new long[] {30, 60, 120, 240, 480, 900, 900}) {
            Entry entry = wrong("till-1", "1001");
            assertEquals(Duration.ofSeconds(seconds), lockedFor(entry));
            shop.pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertEquals(Duration.ofMillis(1), lockedFor(shop.signOn("till-1", "1001")));
            shop.pass(Duration.ofMillis(1));
        }
        entered(shop.signOn("till-1", "1001"));
        shop.staff().signOff("till-1");
        assertEquals(new WrongPin(4), wrong("till-1", "1001"));
    }

    @Test
    void a_lock_out_survives_a_restart() {
        wrongTimes(5, "till-1", "1001");
        shop.restart();
        assertEquals(Duration.ofSeconds(30), lockedFor(shop.signOn("till-1", "1001")));
        assertInstanceOf(LockedOut.class, shop.signOn("till-2", "1001"));
        shop.pass(Duration.ofSeconds(30));
        assertEquals(Duration.ofSeconds(60), lockedFor(wrong("till-2", "1001")));
    }

    @Test
    void who_knows_a_pin_cannot_wipe_out_his_guesses_at_another() {
        wrongTimes(4, "till-1", "3001");
        entered(shop.signOn("till-1", "1001"));
        shop.staff().signOff("till-1");
        assertInstanceOf(LockedOut.class, wrong("till-1", "3001"));
        assertInstanceOf(LockedOut.class, shop.signOn("office", "3001"));
    }

    @Test
    void mistyping_over_the_day_does_not_add_up() {
        for (int i = 0; i < 6; i++) {
            wrongTimes(2, "till-1", "1001");
            wrongTimes(2, "till-1", "1o01");
            entered(shop.signOn("till-1", "1001"));
            shop.staff().signOff("till-1");
            shop.pass(Duration.ofMinutes(20));
        }
    }

    @Test
    void wrong_pins_are_forgotten_after_a_day() {
        wrongTimes(4, "till-1", "1001");
        shop.pass(LockOut.FORGOTTEN_AFTER);
        assertEquals(new WrongPin(4), wrong("till-1", "1001"));
    }

    @Test
    void guesses_made_at_once_count_each_other() throws InterruptedException {
        Set<Entry> entries = ConcurrentHashMap.newKeySet();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int guess = i;
            all.add(
                    Thread.startVirtualThread(() ->
                            entries.add(
                                    shop.staff()
                                            .signOn("till-1", "1001", "%04d".formatted(guess)))));
        }
        for (Thread one : all) {
            one.join();
        }
        assertEquals(
                5,
                shop.published().stream()
                        .filter(it ->
                                it instanceof AccessRefused refused
                                        && refused.why() == Refusal.WRONG_PIN)
                        .count());
        assertInstanceOf(LockedOut.class, shop.signOn("till-1", "1001"));
        assertTrue(entries.stream().noneMatch(Entered.class::isInstance));
    }

    @Test
    void who_tries_on_and_on_while_locked_out_fills_no_disk() {
        wrongTimes(5, "till-1", "1001");
        wrong("till-1", "1001");
        int events = shop.published().size();
        wrongTimes(20, "till-1", "1001");
        assertEquals(events, shop.published().size());
        shop.pass(Duration.ofSeconds(30));
        wrong("till-1", "1001");
        wrong("till-1", "1001");
        assertEquals(events + 2, shop.published().size());
    }

    @Test
    void a_clock_that_was_a_year_ahead_locks_nobody_out_for_a_year() {
        shop.pass(Duration.ofDays(365));
        wrongTimes(5, "till-1", "1001");
        shop.pass(Duration.ofDays(-365));
        entered(shop.signOn("till-1", "1001"));
    }

    // ---- many at once

    @Test
    void ten_sign_ons_at_once_are_one() throws InterruptedException {
        Set<Entry> entries = ConcurrentHashMap.newKeySet();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(Thread.startVirtualThread(() -> entries.add(shop.signOn("till-1", "1001"))));
        }
        for (Thread one : all) {
            one.join();
        }
        assertEquals(1, entries.size(), entries::toString);
        assertEquals(1, shop.published().stream().filter(SignedOn.class::isInstance).count());
    }

    @Test
    void a_cashier_at_ten_devices_at_once_is_at_one() throws InterruptedException {
        Map<String, Entry> entries = new ConcurrentHashMap<>();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String device = "lane-" + i;
            shop.add(device, DeviceKind.TILL);
            all.add(
                    Thread.startVirtualThread(
                            () -> entries.put(device, shop.signOn(device, "1001"))));
        }
        for (Thread one : all) {
            one.join();
        }
        assertEquals(1, entries.values().stream().filter(Entered.class::isInstance).count());
        assertEquals(9, entries.values().stream().filter(Elsewhere.class::isInstance).count());
    }

    // ---- headquarters

    @Test
    void who_works_in_other_stores_only_is_not_known_here() {
        shop.publish(Shop.hired("5001", "Eva", List.of("store-0007"), "1234", "manager"));
        assertInstanceOf(WrongPin.class, shop.staff().signOn("till-1", "5001", "1234"));
        shop.publish(
                Shop.hired("5001", "Eva", List.of("store-0007", "store-0042"), "1234", "manager"));
        entered(shop.staff().signOn("till-1", "5001", "1234"));
        shop.publish(Shop.hired("5001", "Eva", List.of("store-0007"), "1234", "manager"));
        assertEquals("", at("till-1").person());
        assertEquals(new SignedOff("till-1", "5001", Ending.LEFT, null), shop.last());
    }

    @Test
    void who_leaves_is_out_at_once() {
        entered(shop.signOn("till-1", "1001"));
        shop.publish(new PersonRemoved("1001"));
        assertEquals(new Caller("", "till-1", Set.of()), at("till-1"));
        assertInstanceOf(WrongPin.class, shop.signOn("till-1", "1001"));
        entered(shop.signOn("till-2", "1002"));
        shop.publish(new PersonChanged("1002", "Ben", List.of("cashier"), null, null));
        assertEquals("", at("till-2").person());
    }

    @Test
    void new_roles_count_at_once_for_who_is_signed_on() {
        entered(shop.signOn("till-1", "1001"));
        shop.person("1001", "Anna", "manager");
        assertTrue(at("till-1").is(Role.MANAGER));
        shop.person("1001", "Anna");
        assertEquals(new Caller("1001", "till-1", Set.of()), at("till-1"));
    }

    @Test
    void a_new_pin_counts_and_the_old_one_does_not() {
        shop.publish(Shop.hired("1001", "Anna", null, "8888", "cashier"));
        assertInstanceOf(WrongPin.class, shop.signOn("till-1", "1001"));
        entered(shop.staff().signOn("till-1", "1001", "8888"));
    }

    @Test
    void people_are_listed_without_their_pins() {
        wrongTimes(5, "till-1", "1001");
        assertEquals(
                List.of("Anna", "Ben", "Cleo", "Dora", "Ole"),
                shop.staff().people().stream().map(Staff.Colleague::name).toList());
        Staff.Colleague anna = shop.staff().people().getFirst();
        assertEquals(shop.instant().plusSeconds(30), anna.lockedUntil());
        Staff.Colleague ole = shop.staff().people().getLast();
        assertFalse(ole.signsOn());
        assertNull(ole.lockedUntil());
    }

    // ---- allowing

    @Test
    void a_supervisor_allows_an_action_at_somebody_elses_device_and_it_is_noted() {
        entered(shop.signOn("till-1", "1001"));
        assertEquals(
                new Approved("2001"),
                shop.staff().approve("till-1", "1001", "20 % off", "2001", Shop.pin("2001")));
        assertEquals(new ActionApproved("till-1", "2001", "1001", "20 % off"), shop.last());
        assertEquals("1001", at("till-1").person());
    }

    @Test
    void a_cashier_allows_nothing() {
        assertEquals(
                new MayNot("1002"),
                shop.staff().approve("till-1", "1001", "20 % off", "1002", Shop.pin("1002")));
        assertEquals(
                new AccessRefused(
                        "till-1",
                        "1002",
                        Purpose.APPROVAL,
                        "20 % off",
                        Refusal.MAY_NOT,
                        null,
                        null,
                        null),
                shop.last());
    }

    @Test
    void wrong_pins_of_approvals_and_sign_ons_add_up() {
        for (int i = 0; i < 4; i++) {
            assertInstanceOf(
                    WrongPin.class,
                    shop.staff().approve("till-1", "1001", "20 % off", "3001", "0000"));
        }
        assertInstanceOf(LockedOut.class, wrong("till-2", "3001"));
        assertInstanceOf(
                LockedOut.class,
                shop.staff().approve("till-1", "1001", "20 % off", "3001", Shop.pin("3001")));
    }

    // ---- devices

    private Asking asking(DeviceKind kind) {
        return assertInstanceOf(Asked.Shown.class, shop.staff().ask(kind)).asking();
    }

    private Polled poll(Asking asking) {
        return shop.staff().poll(asking.pairing(), asking.secret());
    }

    @Test
    void a_screen_is_let_in_by_its_code_and_gets_a_token_that_stands_for_it() {
        Asking asking = asking(DeviceKind.TILL);
        assertTrue(asking.code().matches("[0-9]{6}"), asking.code());
        assertInstanceOf(Polled.Waiting.class, poll(asking));
        assertInstanceOf(
                Change.Done.class, shop.staff().confirm(asking.code(), "till-3", false, "3001"));
        Polled.Paired paired = assertInstanceOf(Polled.Paired.class, poll(asking));
        assertEquals("till-3", paired.device());
        assertEquals(
                Optional.of(new Caller("", "till-3", Set.of())),
                shop.staff().caller(paired.token()));
        DevicePaired event = assertInstanceOf(DevicePaired.class, shop.last());
        assertEquals("3001", event.by());
        assertEquals(Secrets.hash(paired.token()), event.tokenHash());
    }

    @Test
    void a_token_is_told_until_it_arrives_and_then_no_more() {
        Asking asking = asking(DeviceKind.TILL);
        shop.staff().confirm(asking.code(), "till-3", false, "3001");
        Polled.Paired paired = assertInstanceOf(Polled.Paired.class, poll(asking));
        assertEquals(paired, poll(asking));
        shop.staff().caller(paired.token());
        assertInstanceOf(Polled.Lapsed.class, poll(asking));
    }

    @Test
    void a_confirmation_that_is_repeated_leads_to_the_same() {
        Asking asking = asking(DeviceKind.TILL);
        Change first = shop.staff().confirm(asking.code(), "till-3", false, "3001");
        assertEquals(first, shop.staff().confirm(asking.code(), "till-3", false, "3001"));
        Polled.Paired paired = assertInstanceOf(Polled.Paired.class, poll(asking));
        shop.staff().caller(paired.token());
        assertEquals(first, shop.staff().confirm(asking.code(), "till-3", false, "3001"));
        assertInstanceOf(
                Change.NoSuchCode.class,
                shop.staff().confirm(asking.code(), "till-4", false, "3001"));
        assertEquals(4, shop.staff().devices().size());
    }

    @Test
    void who_does_not_know_the_screens_secret_learns_nothing() {
        Asking asking = asking(DeviceKind.TILL);
        Asking other = asking(DeviceKind.TILL);
        shop.staff().confirm(asking.code(), "till-3", false, "3001");
        assertInstanceOf(Polled.Lapsed.class, shop.staff().poll(asking.pairing(), other.secret()));
        assertInstanceOf(Polled.Lapsed.class, shop.staff().poll(asking.pairing(), asking.code()));
        assertInstanceOf(Polled.Waiting.class, poll(other));
        assertInstanceOf(Polled.Paired.class, poll(asking));
    }

    @Test
    void a_code_lapses() {
        Asking asking = asking(DeviceKind.TILL);
        shop.pass(Pairings.LIFE);
        assertInstanceOf(Polled.Lapsed.class, poll(asking));
        assertInstanceOf(
                Change.NoSuchCode.class,
                shop.staff().confirm(asking.code(), "till-3", false, "3001"));
    }

    @Test
    void a_token_that_is_not_fetched_lapses_and_the_device_can_be_replaced() {
        Asking late = asking(DeviceKind.TILL);
        shop.staff().confirm(late.code(), "till-3", false, "3001");
        shop.pass(Pairings.LIFE);
        assertInstanceOf(Polled.Lapsed.class, poll(late));
        Asking again = asking(DeviceKind.TILL);
        assertEquals(
                new Change.NameTaken("till-3"),
                shop.staff().confirm(again.code(), "till-3", false, "3001"));
        assertInstanceOf(Polled.Waiting.class, poll(again));
        shop.staff().confirm(again.code(), "till-3", true, "3001");
        assertInstanceOf(Polled.Paired.class, poll(again));
    }

    @Test
    void after_a_restart_a_screen_asks_again() {
        Asking asking = asking(DeviceKind.TILL);
        shop.restart();
        assertInstanceOf(Polled.Lapsed.class, poll(asking));
    }

    @Test
    void codes_cannot_be_found_out_by_trying() {
        Asking asking = asking(DeviceKind.TILL);
        for (int i = 0; i < Pairings.WRONG_CODES_MAX; i++) {
            assertInstanceOf(
                    Change.NoSuchCode.class,
                    shop.staff().confirm("code-" + i, "till-3", false, "3001"));
        }
        assertEquals(new PairingRefused("till-3", "3001"), shop.last());
        int events = shop.published().size();
        assertEquals(
                new Change.TooManyCodes(shop.instant().plus(Pairings.LIFE)),
                shop.staff().confirm(asking.code(), "till-3", false, "3001"));
        assertEquals(events, shop.published().size());
        shop.pass(Pairings.LIFE);
        Asking again = asking(DeviceKind.TILL);
        assertInstanceOf(
                Change.Done.class, shop.staff().confirm(again.code(), "till-3", false, "3001"));
    }

    @Test
    void screens_that_ask_in_masses_drive_out_none_that_waits() {
        List<Asking> all = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < Pairings.WAITING_MAX; i++) {
            all.add(asking(DeviceKind.BOARD));
            codes.add(all.getLast().code());
        }
        assertEquals(Pairings.WAITING_MAX, codes.size());
        assertEquals(
                new Asked.TooMany(shop.instant().plus(Pairings.LIFE)),
                shop.staff().ask(DeviceKind.BOARD));
        shop.staff().confirm(all.getFirst().code(), "board-1", false, "3001");
        assertInstanceOf(Polled.Paired.class, poll(all.getFirst()));
        asking(DeviceKind.BOARD);
    }

    @Test
    void a_removed_device_is_out_at_once_and_so_is_who_was_signed_on() {
        entered(shop.signOn("till-1", "1001"));
        String token = shop.token("till-1");
        assertTrue(shop.staff().caller(token).isPresent());
        assertTrue(shop.staff().remove("till-1", "3001"));
        assertEquals(Optional.empty(), shop.staff().caller(token));
        assertEquals(new DeviceRemoved("till-1", "3001"), shop.last());
        assertInstanceOf(NotHere.class, shop.signOn("till-1", "1001"));
        assertInstanceOf(
                NotHere.class, shop.staff().approve("till-1", "", "x", "3001", Shop.pin("3001")));
        assertFalse(shop.staff().remove("till-1", "3001"));
        entered(shop.signOn("till-2", "1001"));
        shop.restart();
        assertEquals(Optional.empty(), shop.staff().caller(token));
    }

    @Test
    void a_device_that_replaces_another_has_its_name_and_not_its_people() {
        String old = shop.token("till-1");
        entered(shop.signOn("till-1", "1001"));
        wrongTimes(4, "till-1", "nobody");
        String token =
                assertInstanceOf(
                                Change.Added.class,
                                shop.staff().add("till-1", DeviceKind.TILL, true, "operator"))
                        .token();
        assertNotEquals(old, token);
        assertEquals(Optional.empty(), shop.staff().caller(old));
        assertEquals(Optional.of(new Caller("", "till-1", Set.of())), shop.staff().caller(token));
        assertEquals(new WrongPin(4), wrong("till-1", "nobody"));
    }

    @Test
    void a_renamed_device_keeps_its_token_its_people_and_its_wrong_pins() {
        entered(shop.signOn("till-1", "1001"));
        wrongTimes(5, "till-1", "nobody");
        assertInstanceOf(Change.Done.class, shop.staff().rename("till-1", "till-9", "3001"));
        assertEquals(
                Optional.of(new Caller("1001", "till-9", Set.of(Role.CASHIER))),
                shop.staff().caller(shop.token("till-1")));
        assertEquals(Duration.ofSeconds(30), lockedFor(shop.signOn("till-9", "1001")));
        assertEquals(
                new Change.NameTaken("till-2"), shop.staff().rename("till-9", "till-2", "3001"));
        assertEquals(new Change.NoSuchDevice("till-1"), shop.staff().rename("till-1", "x", "3001"));
        assertInstanceOf(Change.Done.class, shop.staff().rename("till-9", "till-9", "3001"));
    }

    @Test
    void a_name_that_would_be_odd_on_a_receipt_is_none() {
        for (String name : List.of("", "Till 1", "-1", "a".repeat(32), "till_1", "../x")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> shop.staff().add(name, DeviceKind.TILL, false, "operator"),
                    name);
        }
    }

    @Test
    void a_token_that_was_made_up_is_nobodys() {
        assertEquals(Optional.empty(), shop.staff().caller(""));
        assertEquals(Optional.empty(), shop.staff().caller("x".repeat(43)));
        String token = shop.token("till-1");
        assertEquals(Optional.empty(), shop.staff().caller(Secrets.hash(token)));
    }

    @Test
    void neither_pins_nor_tokens_are_in_what_is_published() {
        entered(shop.signOn("till-1", "1001"));
        shop.staff().signOn("till-2", "3001", "not-the-pin");
        shop.staff().signOn("till-2", "typed-as-person", "1111");
        Asking asking = asking(DeviceKind.TILL);
        shop.staff().confirm(asking.code(), "till-3", false, "3001");
        Polled.Paired paired = assertInstanceOf(Polled.Paired.class, poll(asking));
        String all = shop.published() + shop.dump();
        for (String secret :
                List.of(
                        paired.token(),
                        asking.secret(),
                        shop.token("till-1"),
                        "not-the-pin",
                        "typed-as-person")) {
            assertFalse(all.contains(secret), secret);
        }
    }

    // ---- what a manager says of people

    private static final List<String> CASHIER = List.of("cashier");

    private Command command() {
        return new Command("c" + commands++, "");
    }

    private int commands;

    private Said setPin(String person, String pin) {
        return shop.staff().setPin(command(), person, pin, "3001");
    }

    private Said take(String person, String pin, Duration time) {
        return shop.staff()
                .take(command(), person, "Hugo", CASHIER, pin, shop.instant().plus(time), "3001");
    }

    private Staff.Colleague colleague(String person) {
        return shop.staff().people().stream()
                .filter(it -> it.person().equals(person))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_forgotten_pin_is_replaced_in_the_store_and_the_lock_out_is_over() {
        wrongTimes(5, "till-1", "1001");
        assertNotNull(colleague("1001").lockedUntil());
        assertInstanceOf(Said.Done.class, setPin("1001", "8341"));
        assertNull(colleague("1001").lockedUntil());
        assertTrue(colleague("1001").pinSetHere());
        assertInstanceOf(WrongPin.class, shop.signOn("till-2", "1001"));
        entered(shop.staff().signOn("till-2", "1001", "8341"));
        assertFalse(shop.dump().contains("8341"));
        assertFalse(shop.last().toString().contains("8341"));
    }

    @Test
    void a_pin_of_the_store_counts_until_headquarters_tell_of_another() {
        setPin("1001", "8341");
        // The same PIN again, with another name: it is not another.
        shop.publish(Shop.hired("1001", "Anna B.", null, Shop.pin("1001"), "cashier"));
        entered(shop.staff().signOn("till-1", "1001", "8341"));
        shop.publish(Shop.hired("1001", "Anna B.", null, "7777", "cashier"));
        assertFalse(colleague("1001").pinSetHere());
        assertInstanceOf(WrongPin.class, shop.staff().signOn("till-1", "1001", "8341"));
        entered(shop.staff().signOn("till-1", "1001", "7777"));
    }

    @Test
    void who_had_no_pin_gets_one_and_loses_it_with_the_place() {
        setPin("9001", "8341");
        entered(shop.staff().signOn("till-1", "9001", "8341"));
        shop.publish(new PersonChanged("9001", "Ole", List.of("auditor"), null, null));
        assertEquals("9001", at("till-1").person());
        shop.publish(new PersonRemoved("9001"));
        assertEquals("", at("till-1").person());
        assertInstanceOf(WrongPin.class, shop.staff().signOn("till-1", "9001", "8341"));
        assertInstanceOf(Said.Nobody.class, setPin("9001", "8341"));
    }

    @Test
    void what_anybody_would_try_first_is_no_pin() {
        for (String pin : List.of("", "123", "123456789", "12a4", "0000", "1234", "4321", "7890")) {
            assertThrows(IllegalArgumentException.class, () -> setPin("1001", pin), pin);
        }
    }

    @Test
    void a_helper_works_until_the_time_is_over_and_not_a_moment_longer() {
        assertInstanceOf(Said.Done.class, take("h1", "8341", Duration.ofHours(8)));
        entered(shop.staff().signOn("till-1", "h1", "8341"));
        assertEquals(new Caller("h1", "till-1", Set.of(Role.CASHIER)), at("till-1"));
        assertEquals(shop.instant().plus(Duration.ofHours(8)), colleague("h1").until());
        shop.pass(Duration.ofHours(8));
        assertEquals(new Caller("", "till-1", Set.of()), at("till-1"));
        assertTrue(shop.staff().people().stream().noneMatch(it -> it.person().equals("h1")));
        assertInstanceOf(WrongPin.class, shop.staff().signOn("till-2", "h1", "8341"));
        // The till is free for others.
        entered(shop.signOn("till-1", "1001"));
        assertEquals(
                List.of("till-1"),
                shop.staff().devices().stream()
                        .filter(it -> it.session() != null)
                        .map(Staff.DeviceState::device)
                        .toList());
    }

    @Test
    void a_helper_who_stays_longer_stays_signed_on_and_one_who_is_released_does_not() {
        take("h1", "8341", Duration.ofHours(8));
        entered(shop.staff().signOn("till-1", "h1", "8341"));
        take("h1", "8341", Duration.ofHours(30));
        shop.pass(Duration.ofHours(20));
        assertEquals("h1", at("till-1").person());
        assertEquals(Optional.empty(), shop.staff().release(command(), "h1", "3001"));
        assertEquals("", at("till-1").person());
        assertInstanceOf(
                Said.Nobody.class, shop.staff().release(command(), "h1", "3001").orElseThrow());
    }

    @Test
    void a_helper_is_nobody_of_headquarters_and_no_manager() {
        assertInstanceOf(Said.Headquarters.class, take("1001", "8341", Duration.ofDays(1)));
        assertInstanceOf(
                Said.Headquarters.class,
                shop.staff().release(command(), "1001", "3001").orElseThrow());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        shop.staff()
                                .take(
                                        command(),
                                        "h1",
                                        "Hugo",
                                        List.of("manager"),
                                        "8341",
                                        shop.instant().plusSeconds(60),
                                        "3001"));
        assertThrows(IllegalArgumentException.class, () -> take("h1", "8341", Duration.ofDays(32)));
        assertThrows(IllegalArgumentException.class, () -> take("h1", "8341", Duration.ZERO));
        for (int i = 0; i < Staff.HELPERS_MAX; i++) {
            assertInstanceOf(Said.Done.class, take("h" + i, "8341", Duration.ofDays(1)));
        }
        assertInstanceOf(Said.Full.class, take("h-more", "8341", Duration.ofDays(1)));
        // Somebody whom headquarters hire under the id of a helper is who they say.
        shop.person("1234", "Nina", "cashier");
        assertInstanceOf(Said.Headquarters.class, take("1234", "8341", Duration.ofDays(1)));
    }

    @Test
    void a_lock_out_is_lifted_for_a_person_and_for_a_device() {
        wrongTimes(5, "till-1", "1001");
        shop.staff().forgive(command(), "1001", "3001");
        assertInstanceOf(LockedOut.class, shop.signOn("till-1", "1001"));
        assertNotNull(
                shop.staff().devices().stream()
                        .filter(it -> it.device().equals("till-1"))
                        .findFirst()
                        .orElseThrow()
                        .lockedUntil());
        assertTrue(shop.staff().forgiveDevice("till-1", "3001"));
        entered(shop.signOn("till-1", "1001"));
        assertFalse(shop.staff().forgiveDevice("till-9", "3001"));
    }

    @Test
    void a_command_that_is_sent_again_is_done_once() {
        Command once = command();
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(Said.Done.class, shop.staff().setPin(once, "1001", "8341", "3001"));
        }
        assertEquals(1, shop.published().stream().filter(PinSet.class::isInstance).count());
    }

    @Test
    void the_audit_tells_all_of_it_the_newest_first_and_page_by_page() {
        wrong("till-1", "1001");
        setPin("1001", "8341");
        take("h1", "8341", Duration.ofDays(1));
        entered(shop.staff().signOn("till-1", "h1", "8341"));
        List<Audited> all = shop.staff().audit(Long.MAX_VALUE, 100);
        assertEquals(shop.published().size(), all.size());
        assertEquals(
                List.of(What.SIGNED_ON, What.HELPER_TAKEN, What.PIN_SET, What.REFUSED),
                all.stream().limit(4).map(Audited::what).toList());
        assertEquals("WRONG_PIN", all.get(3).why());
        assertEquals("3001", all.get(2).by());
        List<Audited> newest = shop.staff().audit(Long.MAX_VALUE, 2);
        List<Audited> next = shop.staff().audit(newest.getLast().number(), 2);
        assertEquals(all.subList(0, 2), newest);
        assertEquals(all.subList(2, 4), next);
        assertEquals(List.of(), shop.staff().audit(0, 10));
    }

    @Test
    void what_a_manager_said_of_people_is_made_anew_from_the_stream() {
        setPin("1001", "8341");
        take("h1", "8341", Duration.ofHours(8));
        entered(shop.staff().signOn("till-1", "h1", "8341"));
        setPin("h1", "8342");
        take("h2", "8341", Duration.ofHours(8));
        shop.staff().release(command(), "h2", "3001");
        wrongTimes(5, "till-2", "1002");
        shop.staff().forgive(command(), "1002", "3001");
        String before = shop.dump();
        shop.staff().rebuild();
        assertEquals(before, shop.dump());
    }

    @Test
    void state_made_anew_from_the_stream_is_the_same() {
        entered(shop.signOn("till-1", "1001"));
        shop.staff().lock("till-1");
        entered(shop.signOn("office", "3001"));
        shop.staff().approve("till-1", "1001", "20 % off", "1002", Shop.pin("1002"));
        wrongTimes(6, "till-2", "2001");
        wrongTimes(3, "office", "nobody");
        shop.staff().rename("till-2", "till-7", "3001");
        shop.add("till-8", DeviceKind.TILL);
        shop.staff().remove("till-8", "3001");
        shop.person("3001", "Dora D.", "manager", "juggler");
        String before = shop.dump();
        shop.staff().rebuild();
        assertEquals(before, shop.dump());
        shop.restart();
        assertEquals(before, shop.dump());
        assertEquals("3001", at("office").person());
    }
}
