package dev.skerry.store.loyalty;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.customers.CustomerEvent.PointsCounted;
import dev.skerry.language.loyalty.CustomerListEvent.StoreCounted;
import dev.skerry.language.loyalty.LoyaltyEvent;
import dev.skerry.language.loyalty.LoyaltyEvent.PointsBooked;
import dev.skerry.language.loyalty.LoyaltyEvent.Seen;
import dev.skerry.language.loyalty.LoyaltyEvent.Why;
import dev.skerry.language.orders.OrderEvent.BasketAbandoned;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.store.loyalty.Till.Sale;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointsTest {

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

    private Reserving reserve(String basket, long points) {
        return till.loyalty.reserve(basket, "C1", points, List.of());
    }

    private long free() {
        return till.loyalty.balance("C1", till.now).free();
    }

    /// @param points spent, which the basket has reserved
    private void paid(String order, long points) {
        assertEquals(new Reserving.Reserved(points), reserve(order, points));
        till.order(new OrderPaid(new Sale(order, "C1", 0).sold(1000).reward(points).order()));
    }

    @Test
    void an_order_earns_once_however_often_it_is_read() {
        till.customer("C1", "Anna", 100);
        till.pass(Duration.ofMinutes(1));
        till.sell("o1", "C1", 37, 3785);
        till.sell("o2", null, 12, 1200);
        assertEquals(
                List.of(new PointsBooked("C1", "o1", Why.EARNED, 37, null, 3785, null)),
                till.published());
        assertEquals(137, till.balance("C1"));
        till.restart();
        assertEquals(137, till.balance("C1"));
    }

    @Test
    void who_is_not_known_here_earns_all_the_same() {
        till.sell("o1", "new at another store", 37, 3785);
        assertEquals(37, till.balance("new at another store"));
    }

    @Test
    void what_comes_back_takes_its_share_and_all_of_it_takes_all() {
        till.sell("o1", "C1", 10, 1000);
        till.giveBack("r1", "o1", 333);
        assertEquals(7, till.balance("C1"));
        till.giveBack("r2", "o1", 333);
        assertEquals(4, till.balance("C1"));
        till.giveBack("r3", "o1", 334);
        assertEquals(0, till.balance("C1"));
        assertEquals(
                new PointsBooked("C1", "r3", Why.RETURNED, -4, "o1", 334, null),
                till.published().getLast());
    }

    @Test
    void shares_too_small_for_a_point_add_up() {
        till.sell("o1", "C1", 3, 300);
        till.giveBack("r1", "o1", 50);
        till.giveBack("r2", "o1", 50);
        assertEquals(2, till.balance("C1"));
    }

    @Test
    void goods_of_which_nothing_is_known_take_nothing() {
        till.customer("C1", "Anna", 100);
        till.pass(Duration.ofMinutes(1));
        till.sell("o1", null, 0, 1000);
        till.order(
                new OrderPaid(
                        new Sale("r1", "C1", 5)
                                .sold(500)
                                .returned("o1", 1000)
                                .returned("of another store", 1000)
                                .order()));
        assertEquals(105, till.balance("C1"));
    }

    @Test
    void what_was_spent_comes_back_with_the_goods_in_proportion() {
        till.customer("C1", "Anna", 500);
        till.pass(Duration.ofMinutes(1));
        assertEquals(new Reserving.Reserved(200), reserve("o1", 200));
        till.order(new OrderPaid(new Sale("o1", "C1", 0).sold(900).reward(200).order()));
        assertEquals(300, till.balance("C1"));
        till.giveBack("r1", "o1", 300);
        assertEquals(366, till.balance("C1"));
        till.giveBack("r2", "o1", 300);
        assertEquals(433, till.balance("C1"));
        till.giveBack("r3", "o1", 300);
        assertEquals(500, till.balance("C1"));
    }

    @Test
    void an_order_that_is_taken_back_leaves_nothing() {
        till.customer("C1", "Anna", 500);
        till.pass(Duration.ofMinutes(1));
        assertEquals(new Reserving.Reserved(200), reserve("o1", 200));
        till.order(new OrderPaid(new Sale("o1", "C1", 8).sold(800).reward(200).order()));
        assertEquals(308, till.balance("C1"));
        till.order(Till.voided("o1"));
        assertEquals(500, till.balance("C1"));
        till.order(Till.voided("o1"));
        assertEquals(500, till.balance("C1"));
        assertEquals(4, till.published().size());
        till.order(Till.voided("of long ago"));
        assertEquals(4, till.published().size());
    }

    @Test
    void a_return_that_is_taken_back_gives_the_points_back() {
        till.sell("o1", "C1", 10, 1000);
        till.giveBack("r1", "o1", 500);
        till.order(Till.voided("r1"));
        assertEquals(10, till.balance("C1"));
        till.giveBack("r2", "o1", 500);
        assertEquals(5, till.balance("C1"));
    }

    @Test
    void what_is_spent_says_what_the_store_had_seen() {
        till.customer("C1", "Anna", 500);
        Instant counted = till.now;
        till.pass(Duration.ofMinutes(1));
        till.sell("o1", "C1", 20, 2000);
        till.lineUp = false;
        paid("o2", 300);
        assertEquals(
                new PointsBooked(
                        "C1", "o2", Why.REDEEMED, -300, null, 300, new Seen(520, counted, false)),
                till.published().getLast());
        assertEquals(220, till.balance("C1"));
    }

    // ---- reserving

    @Test
    void reserved_points_are_nobody_elses_until_the_payment_stops() {
        till.customer("C1", "Anna", 500);
        assertEquals(new Reserving.Reserved(400), reserve("b1", 400));
        assertEquals(100, till.loyalty.customer("C1", till.now).points());
        assertEquals(500, till.loyalty.customer("C1", "b1", till.now).points());
        assertEquals(new Reserving.NotEnough(100), reserve("b2", 101));
        assertEquals(new Reserving.Reserved(400), reserve("b1", 400));
        till.loyalty.release("b1");
        till.loyalty.release("b1");
        assertEquals(new Reserving.Reserved(500), reserve("b2", 500));
        assertEquals(List.of(), till.published());
    }

    @Test
    void another_amount_for_the_same_basket_replaces_the_first() {
        till.customer("C1", "Anna", 500);
        reserve("b1", 400);
        assertEquals(new Reserving.Reserved(500), reserve("b1", 500));
        assertEquals(0, free());
        assertEquals(new Reserving.Reserved(0), reserve("b1", 0));
        assertEquals(500, free());
    }

    @Test
    void a_basket_that_is_given_up_gives_its_reservation_back() {
        till.customer("C1", "Anna", 500);
        reserve("b1", 400);
        till.order(
                new BasketAbandoned(
                        "b1",
                        "till-1",
                        "anna",
                        Till.DAY,
                        1,
                        new Sale("b1", null, 0).sold(100).order().total(),
                        null));
        assertEquals(500, free());
    }

    @Test
    void a_forgotten_reservation_keeps_nobody_for_long_and_still_counts_when_paid() {
        till.customer("C1", "Anna", 500);
        reserve("b1", 400);
        till.pass(Loyalty.RESERVED_MAX);
        assertEquals(500, free());
        till.order(new OrderPaid(new Sale("b1", "C1", 0).sold(1000).reward(400).order()));
        assertEquals(100, till.balance("C1"));
    }

    @Test
    void for_what_has_been_paid_nothing_is_reserved_again() {
        till.customer("C1", "Anna", 500);
        till.pass(Duration.ofMinutes(1));
        paid("o1", 200);
        assertEquals(new Reserving.Finished(), reserve("o1", 200));
        assertEquals(300, free());
    }

    @Test
    void nobody_spends_points_without_an_account() {
        assertEquals(new Reserving.NotEnough(0), till.loyalty.reserve("b1", null, 1, List.of()));
    }

    @Test
    void without_hq_a_basket_and_a_customer_spend_up_to_their_caps() {
        till.customer("C1", "Anna", 5000);
        till.pass(Duration.ofMinutes(1));
        till.lineUp = false;
        assertEquals(600, till.loyalty.customer("C1", till.now).points());
        assertEquals(new Reserving.AboveOfflineCap(600), reserve("o1", 601));
        paid("o1", 600);
        assertEquals(400, till.loyalty.customer("C1", till.now).points());
        assertEquals(new Reserving.AboveOfflineCap(400), reserve("o2", 401));
        reserve("o2", 300);
        assertEquals(new Reserving.AboveOfflineCap(100), reserve("o3", 101));
        till.lineUp = true;
        assertEquals(new Reserving.Reserved(4000), reserve("o3", 4000));
        till.loyalty.release("o3");
        till.loyalty.release("o2");
        till.lineUp = false;
        till.order(Till.voided("o1"));
        assertEquals(600, till.loyalty.customer("C1", till.now).points());
        paid("o4", 600);
        till.hq(new StoreCounted("store-0042", till.events().size(), till.now));
        till.hq(new PointsCounted("C1", 4400, till.now));
        assertEquals(600, till.loyalty.customer("C1", till.now).points());
    }

    @Test
    void more_than_there_is_is_more_than_a_cap_allows_in_other_words() {
        till.customer("C1", "Anna", 50);
        till.lineUp = false;
        assertEquals(new Reserving.NotEnough(50), reserve("o1", 700));
    }

    @Test
    void many_tills_at_once_spend_no_more_than_there_is() throws InterruptedException {
        till.customer("C1", "Anna", 1000);
        ConcurrentLinkedQueue<Reserving> results = new ConcurrentLinkedQueue<>();
        List<Thread> tills = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String basket = "b" + i;
            tills.add(Thread.ofPlatform().start(() -> results.add(reserve(basket, 300))));
        }
        for (Thread one : tills) {
            one.join();
        }
        assertEquals(12, results.size());
        assertEquals(3, results.stream().filter(Reserving.Reserved.class::isInstance).count());
        assertEquals(100, free());
    }

    // ---- what HQ has counted

    @Test
    void an_hq_that_says_nothing_of_stores_counts_by_the_clock() {
        till.sell("o1", "C1", 10, 1000);
        till.pass(Duration.ofMinutes(1));
        till.hq(new PointsCounted("C1", 110, till.now));
        till.pass(Duration.ofMinutes(1));
        till.sell("o2", "C1", 20, 2000);
        assertEquals(130, till.balance("C1"));
        assertEquals(
                new Balance(110, till.now.minusSeconds(60), 20, 130, 0, 130),
                till.loyalty.balance("C1", till.now));
    }

    @Test
    void what_was_cut_off_when_hq_counted_is_neither_lost_nor_counted_twice() {
        till.customer("C1", "Anna", 100);
        till.hq(new StoreCounted("store-0042", 0, till.now));
        till.pass(Duration.ofDays(1));
        till.sell("o1", "C1", 10, 1000);
        till.sell("o2", "C1", 20, 2000);
        till.pass(Duration.ofDays(1));
        // HQ has had nothing from here for two days, and something from elsewhere.
        till.hq(new PointsCounted("C1", 150, till.now));
        assertEquals(180, till.balance("C1"));
        till.pass(Duration.ofMinutes(1));
        till.hq(new StoreCounted("store-0042", 1, till.now));
        assertEquals(180, till.balance("C1"));
        till.hq(new StoreCounted("store-0777", 999, till.now));
        till.hq(new PointsCounted("C1", 160, till.now));
        assertEquals(180, till.balance("C1"));
        till.hq(new StoreCounted("store-0042", 2, till.now.plusSeconds(1)));
        till.hq(new PointsCounted("C1", 180, till.now.plusSeconds(1)));
        assertEquals(180, till.balance("C1"));
        assertEquals(0, till.loyalty.balance("C1", till.now).booked());
    }

    @Test
    void a_machine_that_replaces_another_books_nothing_twice() {
        till.customer("C1", "Anna", 500);
        till.pass(Duration.ofMinutes(1));
        till.sell("o1", "C1", 10, 1000);
        till.giveBack("r1", "o1", 500);
        paid("o2", 200);
        till.sell("o3", "C1", 30, 3000);
        till.order(Till.voided("o3"));
        List<LoyaltyEvent> published = till.published();
        long balance = till.balance("C1");
        till.replaced();
        assertEquals(published, till.published());
        assertEquals(balance, till.balance("C1"));
        till.sell("o4", "C1", 1, 100);
        assertEquals(balance + 1, till.balance("C1"));
    }

    @Test
    void what_is_too_old_to_be_looked_up_is_not_booked_again() {
        till.sell("o1", "C1", 10, 1000);
        till.pass(LoyaltyTables.BOOKINGS_KEPT.plusMinutes(1));
        till.sell("o2", "C1", 5, 500);
        assertTrue(till.dump().contains("|o2|"));
        assertTrue(!till.dump().contains("|o1|"), till.dump());
        int published = till.published().size();
        till.replaced();
        assertEquals(published, till.published().size());
        till.giveBack("r1", "o1", 500);
        assertEquals(published, till.published().size());
    }

    // ---- all of it together

    /// What the orders of a customer have come to, counted anew each time.
    private static final class Recount {
        private final Map<String, long[]> sales = new HashMap<>();
        private final Map<String, String> customers = new HashMap<>();

        /// Points, amount, refunded, spent.
        void sold(String order, String customer, long points, long amount, long spent) {
            sales.put(order, new long[] {points, amount, 0, spent});
            customers.put(order, customer);
        }

        long[] sale(String order) {
            return requireNonNull(sales.get(order), order);
        }

        long own(String customer) {
            long sum = 0;
            for (Map.Entry<String, long[]> sale : sales.entrySet()) {
                long[] it = sale.getValue();
                if (customer.equals(customers.get(sale.getKey()))) {
                    long net = it[0] - it[3];
                    sum += net - net * it[2] / it[1];
                }
            }
            return sum;
        }
    }

    /// Counts the store's stream as far as it has it, and what other stores have booked.
    private final class Hq {
        private final Map<String, Long> elsewhere = new HashMap<>();
        private final Map<String, Long> told = new HashMap<>();
        private int upTo;

        /// @param check after each event that the store hears
        void count(Random random, List<String> customers, Runnable check) {
            List<LoyaltyEvent> events = till.published();
            int next = upTo + random.nextInt(events.size() - upTo + 1);
            Map<String, Boolean> anew = new HashMap<>();
            events.subList(upTo, next)
                    .forEach(it -> {
                        if (it instanceof PointsBooked booked) {
                            anew.put(booked.customer(), true);
                        }
                    });
            upTo = next;
            till.hq(new StoreCounted("store-0042", upTo, till.now));
            check.run();
            for (String customer : customers) {
                if (random.nextInt(3) == 0) {
                    elsewhere.merge(customer, random.nextLong(-20, 100), Long::sum);
                    anew.put(customer, true);
                }
                if (anew.containsKey(customer)) {
                    long own =
                            events.subList(0, upTo).stream()
                                    .filter(PointsBooked.class::isInstance)
                                    .map(PointsBooked.class::cast)
                                    .filter(it -> it.customer().equals(customer))
                                    .mapToLong(PointsBooked::points)
                                    .sum();
                    told.put(customer, elsewhere.getOrDefault(customer, 0L));
                    till.hq(
                            new PointsCounted(
                                    customer,
                                    own + elsewhere.getOrDefault(customer, 0L),
                                    till.now));
                    check.run();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3})
    void under_any_history_a_balance_is_what_a_recount_says(long seed) {
        Random random = new Random(seed);
        List<String> customers = List.of("C0", "C1", "C2");
        Recount recount = new Recount();
        Hq hq = new Hq();
        List<String> open = new ArrayList<>();
        List<String> returnable = new ArrayList<>();
        Map<String, String> returns = new HashMap<>();
        Map<String, Long> returned = new HashMap<>();
        Runnable check =
                () ->
                        customers.forEach(customer ->
                                assertEquals(
                                        recount.own(customer) + hq.told.getOrDefault(customer, 0L),
                                        till.balance(customer),
                                        "seed " + seed + " " + customer));
        for (int i = 0; i < 90; i++) {
            till.pass(Duration.ofMinutes(random.nextInt(1, 60)));
            till.lineUp = random.nextInt(4) > 0;
            String id = "o" + i;
            String customer = customers.get(random.nextInt(customers.size()));
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> {
                    long amount = random.nextLong(1, 9000);
                    long points = amount / 100;
                    long free = till.loyalty.customer(customer, till.now).points();
                    long spent = random.nextBoolean() ? random.nextLong(free + 1) : 0;
                    Reserving result = till.loyalty.reserve(id, customer, spent, List.of());
                    assertInstanceOf(Reserving.Reserved.class, result);
                    till.order(
                            new OrderPaid(
                                    new Sale(id, customer, points)
                                            .sold(amount)
                                            .reward(spent)
                                            .order()));
                    recount.sold(id, customer, points, amount, spent);
                    returnable.add(id);
                }
                case 3, 4 -> {
                    if (!returnable.isEmpty()) {
                        String of = returnable.get(random.nextInt(returnable.size()));
                        long[] sale = recount.sale(of);
                        long left = sale[1] - sale[2];
                        if (left > 0) {
                            long amount =
                                    random.nextBoolean() ? left : random.nextLong(1, left + 1);
                            till.giveBack(id, of, amount);
                            sale[2] += amount;
                            returns.put(id, of);
                            returned.put(id, amount);
                        }
                    }
                }
                case 5 -> {
                    List<String> all = new ArrayList<>(returns.keySet());
                    all.sort(null);
                    if (!all.isEmpty() && random.nextBoolean()) {
                        String back = all.get(random.nextInt(all.size()));
                        till.order(Till.voided(back));
                        recount.sale(requireNonNull(returns.remove(back)))[2] -=
                                requireNonNull(returned.remove(back));
                    } else if (!returnable.isEmpty()) {
                        String sold = returnable.get(random.nextInt(returnable.size()));
                        if (recount.sale(sold)[2] == 0) {
                            till.order(Till.voided(sold));
                            recount.sales.remove(sold);
                            returnable.remove(sold);
                        }
                    }
                }
                case 6 -> {
                    till.loyalty.reserve(
                            id,
                            customer,
                            till.loyalty.customer(customer, till.now).points(),
                            List.of());
                    open.add(id);
                }
                case 7 -> {
                    open.forEach(till.loyalty::release);
                    open.clear();
                    if (random.nextInt(4) == 0) {
                        till.restart();
                    }
                }
                default -> hq.count(random, customers, check);
            }
            check.run();
        }
        String before = till.dump();
        till.loyalty.rebuild();
        assertEquals(before, till.dump());
        check.run();
        assertTrue(till.published().size() > 30);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void in_whatever_order_two_tills_reserve_stop_and_pay_they_never_overspend(long seed) {
        Random random = new Random(seed);
        till.customer("C1", "Anna", 1000);
        till.pass(Duration.ofMinutes(1));
        long[] held = {0, 0};
        int[] number = {0, 0};
        long spent = 0;
        for (int i = 0; i < 50; i++) {
            int one = random.nextInt(2);
            String basket = "till" + one + "-" + number[one];
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    long points = random.nextLong(1, 400);
                    if (reserve(basket, points) instanceof Reserving.Reserved) {
                        held[one] = points;
                    }
                }
                case 2 -> {
                    till.loyalty.release(basket);
                    held[one] = 0;
                }
                default -> {
                    till.order(
                            new OrderPaid(
                                    new Sale(basket, "C1", 0)
                                            .sold(1000)
                                            .reward(held[one])
                                            .order()));
                    spent += held[one];
                    held[one] = 0;
                    number[one]++;
                }
            }
            Balance balance = till.loyalty.balance("C1", till.now);
            assertEquals(1000 - spent, balance.balance(), "seed " + seed);
            assertEquals(held[0] + held[1], balance.reserved(), "seed " + seed);
            assertEquals(1000 - spent - held[0] - held[1], balance.free(), "seed " + seed);
        }
    }
}
