package dev.skerry.store.loyalty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.CommandIdReused;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.customers.CustomerEvent.CustomerRemoved;
import dev.skerry.language.customers.CustomerEvent.PointsCounted;
import dev.skerry.language.customers.CustomerEvent.PointsRemoved;
import dev.skerry.language.loyalty.CustomerListEvent.ListConfirmed;
import dev.skerry.language.loyalty.LoyaltyEvent.CustomerSignedUp;
import dev.skerry.pricing.Customer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersTest {

    @TempDir private Path folder;
    private Till till;

    @BeforeEach
    void open() {
        till = new Till(folder);
    }

    @AfterEach
    void close() {
        till.close();
    }

    private static CustomerChanged changed(String id, String name, String... cards) {
        return new CustomerChanged(id, List.of(cards), name, List.of(), null, null, false);
    }

    private List<String> named(String name) {
        return till.loyalty.named(name).stream().map(Member::id).toList();
    }

    private Optional<String> byCard(String card) {
        return till.loyalty.byCard(card).map(Member::id);
    }

    @Test
    void a_customer_is_found_by_each_card_by_id_and_by_the_beginnings_of_the_name() {
        till.hq(changed("C1", "Änna van Bergß", "1111", "1222"));
        till.hq(changed("C2", "Anton Berger", "1333"));
        assertEquals(Optional.of("C1"), byCard(" 1222 "));
        assertEquals(Optional.empty(), byCard("122"));
        assertEquals("Änna van Bergß", till.loyalty.byId("C1").orElseThrow().name());
        assertEquals(List.of("C2", "C1"), named("berg"));
        assertEquals(List.of("C1"), named("berg, an van"));
        assertEquals(List.of("C1"), named("BERGSS"));
        assertEquals(List.of(), named("erg"));
        assertEquals(List.of(), named("a"));
        assertEquals(List.of(), named("% _"));
    }

    @Test
    void no_more_are_found_than_are_read() {
        for (int i = 0; i < Loyalty.FOUND_MAX + 10; i++) {
            till.hq(changed("C" + i, "Anna Nr" + i));
        }
        assertEquals(Loyalty.FOUND_MAX, named("anna").size());
        assertEquals(List.of("C55"), named("anna nr55"));
    }

    @Test
    void what_has_changed_is_found_by_the_new_alone() {
        till.hq(changed("C1", "Anna Berg", "1111", "1222"));
        till.hq(changed("C1", "Anna Tal", "1222", "1333"));
        assertEquals(List.of(), named("berg"));
        assertEquals(List.of("C1"), named("tal"));
        assertEquals(List.of("C1"), named("anna"));
        assertEquals(Optional.empty(), byCard("1111"));
        assertEquals(Optional.of("C1"), byCard("1222"));
        assertEquals(Optional.of("C1"), byCard("1333"));
    }

    @Test
    void a_card_that_goes_to_another_customer_is_theirs_whoever_is_told_first() {
        till.hq(changed("C1", "Anna", "1111"));
        till.hq(changed("C2", "Bert", "1111"));
        till.hq(changed("C1", "Anna"));
        assertEquals(Optional.of("C2"), byCard("1111"));
        till.hq(changed("C2", "Bert"));
        till.hq(changed("C1", "Anna", "1111"));
        assertEquals(Optional.of("C1"), byCard("1111"));
    }

    @Test
    void after_any_changes_a_customer_is_found_by_what_was_told_last_and_by_nothing_else() {
        Random random = new Random(7);
        List<String> names = List.of("Anna Berg", "Anton Berger", "Bea Tal", "Änne Talmann");
        Map<String, CustomerChanged> there = new TreeMap<>();
        for (int i = 0; i < 120; i++) {
            String id = "C" + random.nextInt(5);
            if (random.nextInt(4) == 0) {
                there.remove(id);
                till.hq(new CustomerRemoved(id));
            } else {
                String[] cards =
                        random.ints(random.nextInt(3), 1000, 1003)
                                .distinct()
                                .mapToObj(card -> id + "-" + card)
                                .toArray(String[]::new);
                CustomerChanged now = changed(id, names.get(random.nextInt(names.size())), cards);
                there.put(id, now);
                till.hq(now);
            }
        }
        for (String word : List.of("an", "berg", "berger", "tal", "bea")) {
            assertEquals(
                    there.values().stream()
                            .filter(it ->
                                    Names.words(it.name()).stream()
                                            .anyMatch(one -> one.startsWith(word)))
                            .map(CustomerChanged::customer)
                            .toList(),
                    named(word).stream().sorted().toList(),
                    word);
        }
        for (int id = 0; id < 5; id++) {
            for (int card = 1000; card < 1003; card++) {
                String owner = "C" + id;
                String code = owner + "-" + card;
                assertEquals(
                        Optional.ofNullable(there.get(owner))
                                .filter(it -> it.cards().contains(code))
                                .map(CustomerChanged::customer),
                        byCard(code),
                        code);
            }
        }
    }

    @Test
    void of_a_customer_who_is_to_be_forgotten_nothing_stays() {
        till.customer("C1", "Anna Berg", 100);
        till.hq(new CustomerRemoved("C1"));
        assertEquals(Optional.empty(), till.loyalty.byId("C1"));
        assertEquals(Optional.empty(), byCard("card-C1"));
        assertEquals(List.of(), named("anna"));
        till.hq(new PointsRemoved("C1"));
        assertFalse(till.dumpOfHq().contains("C1"), till.dumpOfHq());
    }

    @Test
    void points_that_are_told_before_their_customer_are_kept() {
        till.hq(new PointsCounted("C1", 70, till.now));
        assertEquals(Optional.empty(), till.loyalty.byId("C1"));
        till.hq(changed("C1", "Anna", "1111"));
        assertEquals(70, till.balance("C1"));
    }

    @Test
    void a_mirror_that_begins_anew_leaves_nothing_of_the_old_one() {
        till.customer("C1", "Anna Berg", 100);
        till.customersBeginAnew();
        till.customer("C2", "Bert Tal", 7);
        assertEquals(Optional.empty(), till.loyalty.byId("C1"));
        assertEquals(Optional.empty(), byCard("card-C1"));
        assertEquals(List.of(), named("anna"));
        assertEquals(0, till.balance("C1"));
        assertEquals(Optional.of("C2"), byCard("card-C2"));
    }

    @Test
    void the_engine_sees_card_segments_age_and_points() {
        till.customer("C1", "Anna", 120, "family", "student");
        till.pass(Duration.ofHours(5));
        assertEquals(
                new Customer(true, Set.of("family", "student"), Duration.ofHours(5), 120),
                till.loyalty.customer("C1", till.now));
        assertEquals(Customer.anybody(), till.loyalty.customer(null, till.now));
        assertEquals(
                new Customer(true, Set.of(), Duration.ofHours(5), 0),
                till.loyalty.customer("somebody", till.now));
    }

    @Test
    void who_is_blocked_is_anybody() {
        till.customer("C1", "Anna", 120, "family");
        till.hq(
                new CustomerChanged(
                        "C1", List.of("1111"), "Anna", List.of("family"), null, null, true));
        assertEquals(Customer.anybody(), till.loyalty.customer("C1", till.now));
        assertTrue(till.loyalty.byCard("1111").orElseThrow().blocked());
        assertEquals(new Reserving.Blocked(), till.loyalty.reserve("b1", "C1", 10, List.of()));
    }

    @Test
    void the_list_is_as_old_as_the_last_that_was_heard_of_it() {
        assertTrue(till.loyalty.listAge(till.now).toDays() > 10_000);
        till.customer("C1", "Anna", 0);
        till.pass(Duration.ofDays(2));
        assertEquals(Duration.ofDays(2), till.loyalty.listAge(till.now));
        till.hq(new ListConfirmed(till.now.minusSeconds(5)));
        till.pass(Duration.ofSeconds(7));
        assertEquals(Duration.ofSeconds(7), till.loyalty.listAge(till.now));
        assertEquals(Duration.ZERO, till.loyalty.listAge(till.now.minus(Duration.ofDays(1))));
    }

    // ---- signing up

    private static Newcomer anna(String... cards) {
        return new Newcomer("new-customer-1", List.of(cards), "Anna Berg", "anna@example.com");
    }

    private SigningUp signUp(String command, Newcomer newcomer) {
        return till.loyalty.signUp(
                new Command(command, newcomer.toString()), newcomer, "till-1", "eva");
    }

    @Test
    void who_is_signed_up_is_a_customer_at_once_and_once() {
        SigningUp first = signUp("s1", anna("1111"));
        assertEquals(first, signUp("s1", anna("1111")));
        Member member = assertInstanceOf(SigningUp.Done.class, first).member();
        assertEquals(
                new Member(
                        "new-customer-1",
                        "Anna Berg",
                        List.of("1111"),
                        List.of(),
                        "anna@example.com",
                        LocalDate.of(2026, 3, 2),
                        false,
                        false),
                member);
        assertEquals(Optional.of(member.id()), byCard("1111"));
        assertEquals(List.of(member.id()), named("be an"));
        assertEquals(
                List.of(
                        new CustomerSignedUp(
                                member.id(),
                                List.of("1111"),
                                "Anna Berg",
                                "anna@example.com",
                                LocalDate.of(2026, 3, 2),
                                "till-1",
                                "eva")),
                till.published());
        assertThrows(CommandIdReused.class, () -> signUp("s1", anna("1112")));
    }

    @Test
    void nobody_gets_a_card_or_an_id_that_is_another_customers() {
        till.hq(changed("C1", "Bert", "1111"));
        assertEquals(new SigningUp.CardTaken("1111", "C1"), signUp("s1", anna("1110", "1111")));
        assertInstanceOf(SigningUp.Done.class, signUp("s2", anna("1112")));
        assertEquals(
                new SigningUp.CardTaken("1112", "new-customer-1"),
                signUp("s3", new Newcomer("new-customer-2", List.of("1112"), "Carl", null)));
        assertEquals(
                new SigningUp.IdTaken("new-customer-1"),
                signUp("s4", new Newcomer("new-customer-1", List.of(), "Carl", null)));
        assertEquals(1, till.published().size());
    }

    @Test
    void what_hq_says_of_somebody_signed_up_here_counts_and_points_go_on() {
        signUp("s1", anna("1111"));
        till.sell("o1", "new-customer-1", 30, 3000);
        till.hq(changed("new-customer-1", "Anna Berg-Tal", "1111", "1999"));
        Member member = till.loyalty.byCard("1111").orElseThrow();
        assertTrue(member.atHq());
        assertEquals("Anna Berg-Tal", member.name());
        assertEquals(List.of("new-customer-1"), named("anna"));
        assertEquals(30, till.balance("new-customer-1"));
        till.hq(new CustomerRemoved("new-customer-1"));
        assertEquals(Optional.empty(), till.loyalty.byId("new-customer-1"));
        assertEquals(Optional.empty(), byCard("1111"));
        assertEquals(List.of(), named("anna"));
        String before = till.dump();
        till.loyalty.rebuild();
        assertEquals(before, till.dump());
    }

    @Test
    void a_newcomer_is_told_what_is_wrong() {
        for (Runnable wrong :
                List.<Runnable>of(
                        () -> new Newcomer("short", List.of(), "A", null),
                        () -> new Newcomer("has a space", List.of(), "A", null),
                        () -> new Newcomer("new-customer-1", List.of(), " ", null),
                        () -> new Newcomer("new-customer-1", List.of("1 2 3 4"), "A", null),
                        () -> new Newcomer("new-customer-1", List.of("12"), "A", null),
                        () -> new Newcomer("new-customer-1", List.of(), "A", "a b@c"),
                        () -> new Newcomer("new-customer-1", List.of(), "A".repeat(201), null),
                        () ->
                                new Newcomer(
                                        "new-customer-1",
                                        List.of("1111", "1112", "1113", "1114", "1115", "1116"),
                                        "A",
                                        null))) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
        assertEquals(
                List.of("1111"),
                new Newcomer("new-customer-1", List.of(" 1111", "1111 "), "A", null).cards());
    }
}
