package dev.skerry.store.payments;

import static dev.skerry.language.payments.TenderKind.CARD;
import static dev.skerry.language.payments.TenderKind.CASH;
import static dev.skerry.language.payments.TenderKind.GIFT_CARD;
import static dev.skerry.language.payments.TenderKind.MANUFACTURER_COUPON;
import static dev.skerry.language.payments.TenderKind.ON_ACCOUNT;
import static dev.skerry.language.payments.TenderKind.VOUCHER;
import static dev.skerry.store.payments.Shop.money;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.language.payments.TenderTakings;
import dev.skerry.language.payments.ZReport;
import dev.skerry.store.payments.SimulatedTerminal.Act;
import dev.skerry.store.payments.Tender.State;
import dev.skerry.stream.Steps.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A shop in which everything goes wrong that can, from one seed: customers change their minds, cards are declined, answers are lost,
/// the line is cut, the process dies between any two steps. Then it heals, and everything has to add up.
class PaymentsSimulationTest {

    private static final int STEPS = 250;
    private static final int SEEDS = 5;

    /// Of how many orders the shop is busy with at a time.
    private static final int RECENT = 6;

    private static final List<String> TILLS = List.of("till-1", "till-2", "kiosk-1");
    private static final List<State> UNSETTLED =
            List.of(
                    State.REQUESTED,
                    State.UNKNOWN,
                    State.REVERSING,
                    State.CANCELLING,
                    State.PROMISED,
                    State.STORED,
                    State.FORWARDED);

    @TempDir private Path folder;

    /// `-DargLine=-Dpayments.seed=N` replays one; `-Dpayments.seeds=N` runs so many.
    static LongStream seeds() {
        long only = Long.getLong("payments.seed", 0);
        return only > 0
                ? LongStream.of(only)
                : LongStream.rangeClosed(1, Integer.getInteger("payments.seeds", SEEDS));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everything_adds_up_whatever_goes_wrong(long seed) {
        try (Run run = new Run(folder, seed)) {
            run.all();
        }
    }

    /// One run from one seed.
    private static final class Run implements AutoCloseable {
        private final Random random;
        private final Shaky shaky;
        private final Shop shop;
        private final List<String> orders = new ArrayList<>();
        private final List<Runnable> requests = new ArrayList<>();

        /// What really lies in the drawers, by shift.
        private final Map<String, Long> drawers = new HashMap<>();

        private final Map<String, String> shifts = new TreeMap<>();
        private final Map<String, ZReport> zs = new HashMap<>();
        private final Map<String, List<Integer>> numbers = new HashMap<>();
        private LocalDate day = Shop.MONDAY;
        private long issued;
        private int ids;
        private String trace = "";

        Run(Path folder, long seed) {
            random = new Random(seed);
            shaky = new Shaky(seed + 1000);
            shop =
                    new Shop(
                            folder,
                            Shop.policy()
                                    .withOffline(
                                            new OfflineLimits(
                                                    money(4000),
                                                    5,
                                                    money(10_000),
                                                    Duration.ofDays(1))),
                            seed);
            shop.terminal(shaky.over(shop.terminal));
            shop.giftCards(shaky.over(shop.giftCards));
            trace = "seed " + seed;
        }

        @Override
        public void close() {
            shop.close();
        }

        void all() {
            shop.openDay(day);
            openShift("till-1");
            openShift("till-2");
            for (int i = 0; i < 4; i++) {
                shop.giftCards.issue("G-" + i, money(5000));
                issued += 5000;
            }
            String seed = trace;
            for (int i = 0; i < STEPS; i++) {
                trace = seed + " step " + i;
                attempt(this::something);
                holds(false);
            }
            trace = seed + " healed";
            heal();
            holds(true);
            settled();
            shop.assertRebuiltEqual();
        }

        /// Does something, and starts the process again if it dies of it.
        private void attempt(Runnable work) {
            try {
                work.run();
            } catch (Crash _) {
                shop.restart();
                if (upTo(3) == 0) {
                    withdrawWhatIsAsked();
                }
            }
        }

        /// A cashier who does not wait for what the crash has left open.
        private void withdrawWhatIsAsked() {
            for (String order : recent()) {
                shop.payments.payment(order).stream()
                        .flatMap(it -> it.tenders().stream())
                        .filter(it -> it.asking() && !it.refund())
                        .forEach(it ->
                                shop.payments.withdraw(
                                        order, it.id(), "no answer", "till-1", "anna"));
            }
        }

        private String id(String prefix) {
            return prefix + "-" + ids++;
        }

        private int upTo(int bound) {
            return random.nextInt(bound);
        }

        private <T> T any(List<T> all) {
            return all.get(upTo(all.size()));
        }

        private @Nullable String anyOrder() {
            return orders.isEmpty() ? null : any(recent());
        }

        private List<String> recent() {
            return orders.subList(Math.max(0, orders.size() - RECENT), orders.size());
        }

        private String till() {
            return any(TILLS);
        }

        private void something() {
            switch (upTo(20)) {
                case 0, 1 -> open(till(), 1 + upTo(6000));
                case 2, 3, 4, 5, 6, 7, 8 -> pay();
                case 9 -> giveUp();
                case 10, 11 -> refund();
                case 12, 13 -> {
                    if (!requests.isEmpty()) {
                        any(requests).run();
                    }
                }
                case 14 -> shop.line = !shop.line;
                case 15 -> shop.restart();
                case 16 -> shop.payments.settling().step();
                case 17 -> shop.payments.forwarding().step();
                case 18 -> drawer();
                default -> {
                    shop.pass(Duration.ofMinutes(upTo(300)));
                    if (upTo(3) == 0) {
                        nextShift();
                    }
                }
            }
        }

        private void again(Runnable request) {
            requests.add(request);
            request.run();
        }

        private void open(String till, long due) {
            String order = id("o");
            orders.add(order);
            again(() ->
                    shop.payments.open(new Opening(order, money(due), till, "anna", null, null)));
        }

        private void pay() {
            String order = anyOrder();
            if (order == null) {
                return;
            }
            Payment payment = shop.payments.payment(order).orElse(null);
            if (payment == null
                    || !payment.due().isPositive()
                    || (payment.state() != Payment.State.OPEN && upTo(5) > 0)) {
                return;
            }
            TenderKind kind =
                    any(
                            List.of(
                                    CASH,
                                    CASH,
                                    CARD,
                                    CARD,
                                    CARD,
                                    GIFT_CARD,
                                    VOUCHER,
                                    MANUFACTURER_COUPON,
                                    ON_ACCOUNT));
            long left = Math.max(1, payment.left().minor());
            Long amount =
                    switch (upTo(4)) {
                        case 0 -> null;
                        case 1 -> left;
                        case 2 -> 1L + upTo((int) left);
                        default -> kind == CASH ? (left / 500 + 1) * 500 : left;
                    };
            if (kind == CARD && upTo(4) == 0) {
                shop.terminal.script(
                        any(
                                List.of(
                                        Act.DECLINE,
                                        Act.ANSWER_LATE,
                                        Act.APPROVE_HALF,
                                        Act.DECLINE_LATE,
                                        Act.OUT_OF_REACH)));
            }
            Offer offer =
                    new Offer(
                            order,
                            id("t"),
                            kind,
                            amount == null ? null : money(amount),
                            switch (kind) {
                                case CASH, CARD -> null;
                                case GIFT_CARD -> "G-" + upTo(4);
                                case VOUCHER -> "V-" + upTo(30);
                                case MANUFACTURER_COUPON, ON_ACCOUNT -> "x";
                            },
                            till(),
                            "anna");
            again(() -> moving(order, offer.till(), () -> shop.payments.take(offer)));
        }

        /// Does something with a payment, and moves the cash that is handed over by it.
        private void moving(String order, String till, Runnable work) {
            long before = cash(order);
            try {
                work.run();
            } finally {
                long moved = cash(order) - before;
                if (moved != 0) {
                    String shift = shifts.get(till);
                    Payment payment = shop.payment(order);
                    if (!payment.place().late()) {
                        assertTrue(shift != null, trace + ": cash without a drawer");
                        drawers.merge(String.valueOf(shift), moved, Long::sum);
                    }
                }
            }
        }

        /// What of an order's cash has stayed with the shop.
        private long cash(String order) {
            return shop.payments.payment(order).stream()
                    .mapToLong(payment ->
                            payment.tenders().stream()
                                            .filter(it -> it.kind() == CASH)
                                            .mapToLong(it ->
                                                    switch (it.state()) {
                                                        case TAKEN -> it.amount().minor();
                                                        case GIVEN -> -it.paid().minor();
                                                        default -> 0;
                                                    })
                                            .sum()
                                    - payment.change().minor())
                    .sum();
        }

        private void giveUp() {
            String order = anyOrder();
            if (order == null) {
                return;
            }
            String till = till();
            Payment payment = shop.payments.payment(order).orElse(null);
            boolean cash =
                    payment != null
                            && payment.tenders().stream()
                                    .anyMatch(it -> it.kind() == CASH && it.counts());
            if (cash && !shifts.containsKey(till)) {
                return;
            }
            if (upTo(2) == 0 || payment == null || payment.tenders().isEmpty()) {
                moving(order, till, () -> shop.payments.cancel(order, "no", till, "anna"));
            } else {
                String tender = any(payment.tenders()).id();
                moving(
                        order,
                        till,
                        () -> shop.payments.withdraw(order, tender, "no", till, "anna"));
            }
        }

        private void refund() {
            String order = anyOrder();
            Payment paid = order == null ? null : shop.payments.payment(order).orElse(null);
            if (paid == null
                    || paid.state() != Payment.State.COMPLETED
                    || !paid.due().isPositive()) {
                return;
            }
            long amount = upTo(2) == 0 ? paid.due().minor() : 1L + upTo((int) paid.due().minor());
            List<RefundPart> parts = shop.payments.refundPlan(paid.order(), money(amount));
            long back = parts.stream().mapToLong(it -> it.amount().minor()).sum();
            if (back == 0) {
                return;
            }
            String till = any(List.of("till-1", "till-2"));
            String id = id("o");
            orders.add(id);
            again(() -> shop.payments.open(new Opening(id, money(-back), till, "ben", null, null)));
            for (RefundPart part : parts) {
                String tender = id("b");
                again(() ->
                        moving(
                                id,
                                till,
                                () ->
                                        shop.payments.giveBack(
                                                new GivingBack(
                                                        id,
                                                        tender,
                                                        part.kind(),
                                                        part.amount(),
                                                        part.of(),
                                                        false,
                                                        null,
                                                        till,
                                                        "ben"))));
            }
        }

        private void drawer() {
            String till = any(List.of("till-1", "till-2"));
            String shift = shifts.get(till);
            if (shift == null) {
                return;
            }
            long amount = 1L + upTo(3000);
            DrawerMove move = new DrawerMove(shift, id("m"), money(amount), List.of(), "", "anna");
            int what = upTo(3);
            Set<String> done = new HashSet<>();
            again(() -> {
                CashOffice office = shop.payments.cashOffice();
                ShiftResult result =
                        switch (what) {
                            case 0 -> office.payIn(move);
                            case 1 -> office.payOut(move);
                            default -> office.pickUp(move);
                        };
                if (result instanceof ShiftResult.Done && done.add(move.id())) {
                    drawers.merge(shift, what == 0 ? amount : -amount, Long::sum);
                }
            });
        }

        private void openShift(String till) {
            String shift = id("s");
            shop.openShift(shift, till, 20_000);
            shifts.put(till, shift);
            drawers.put(shift, 20_000L);
        }

        private void nextShift() {
            String till = any(List.of("till-1", "till-2"));
            closeShift(till);
            if (upTo(3) == 0) {
                for (String other : List.copyOf(shifts.keySet())) {
                    closeShift(other);
                }
                assertInstanceOf(
                        BusinessDayResult.Done.class,
                        shop.payments.cashOffice().close(day, "ben"),
                        trace);
                String late = id("o");
                orders.add(late);
                LocalDate then = day;
                Payment opened =
                        Shop.done(
                                shop.payments.open(
                                        new Opening(
                                                late,
                                                money(1 + upTo(999)),
                                                till,
                                                "anna",
                                                then,
                                                null)));
                assertTrue(opened.place().late(), trace);
                shop.payments.take(new Offer(late, id("t"), CASH, null, null, till, "anna"));
                day = day.plusDays(1);
                shop.openDay(day);
                openShift("till-1");
                openShift("till-2");
            } else {
                openShift(till);
            }
        }

        private void closeShift(String till) {
            String shift = shifts.remove(till);
            if (shift == null) {
                return;
            }
            long physical = drawers.getOrDefault(shift, 0L);
            shop.count(shift, id("c"), physical + upTo(3) - 1);
            Shift closed = Shop.done(shop.payments.cashOffice().close(shift, true, "anna"));
            ZReport z = assertInstanceOf(ZReport.class, closed.z());
            assertEquals(physical, z.expectedCash().minor(), trace);
            numbers.computeIfAbsent(till, _ -> new ArrayList<>()).add(z.number());
            assertEquals(numbers.get(till).size(), z.number(), trace);
            zs.put(shift, z);
        }

        private void heal() {
            shaky.quiet = true;
            shop.line = true;
            // What hindered before is tried again after a pause; the last promises wait for what
            // goes up.
            for (int i = 0; i < 3; i++) {
                shop.pass(Errands.PAUSE_MAX);
                shop.settle();
                shop.forward();
            }
            assertEquals("", why(shop.settle()), trace);
            assertEquals("", why(shop.forward()), trace);
        }

        /// Empty if it is caught up.
        private static String why(Step step) {
            return step instanceof Step.CaughtUp ? "" : step.toString();
        }

        // ---- what must hold

        private void holds(boolean healed) {
            for (String order : healed ? orders : recent()) {
                shop.payments.payment(order).ifPresent(it -> holds(it, healed));
            }
            shifts.forEach((_, shift) ->
                    assertEquals(drawers.get(shift), shop.drawer(shift), trace + " " + shift));
        }

        private void holds(Payment payment, boolean healed) {
            String where = trace + " " + payment;
            long tenders =
                    payment.tenders().stream()
                            .filter(Tender::counts)
                            .mapToLong(it -> it.refund() ? -it.paid().minor() : it.amount().minor())
                            .sum();
            if (payment.state() == Payment.State.COMPLETED) {
                assertEquals(
                        payment.due().plus(payment.rounding()).minor(),
                        tenders - payment.change().minor(),
                        where);
                assertTrue(payment.tenders().stream().noneMatch(Tender::asking), where);
            } else {
                assertTrue(Math.abs(tenders) <= payment.due().abs().minor(), where);
            }
            for (Tender tender : payment.tenders()) {
                if (tender.kind() == CARD) {
                    charged(tender, healed, where);
                }
            }
        }

        /// What the bank says of a tender.
        private void charged(Tender tender, boolean healed, String where) {
            long moved = Math.abs(shop.terminal.moved(tender.id()));
            long amount = tender.amount().minor();
            assertTrue(moved <= amount, where);
            switch (tender.state()) {
                case APPROVED, APPROVED_LATE, GIVEN ->
                        assertEquals(
                                tender.refund() && cancelled(tender) ? 0 : amount, moved, where);
                case DECLINED, DECLINED_LATE, REVERSED, CANCELLED, DROPPED ->
                        assertEquals(0, moved, where);
                case REQUESTED, UNKNOWN, REVERSING, CANCELLING, STORED, FORWARDED, PROMISED -> {}
                case TAKEN, WITHDRAWN, REVERSAL_REFUSED, PROMISE_REFUSED ->
                        throw new AssertionError(where);
            }
            assertTrue(!healed || !UNSETTLED.contains(tender.state()), where);
        }

        /// Whether what is refunded had never gone up.
        private boolean cancelled(Tender refund) {
            RefundOf of = refund.of();
            return of != null
                    && of.tender() != null
                    && List.of(State.CANCELLING, State.CANCELLED)
                            .contains(shop.tender(of.order(), of.tender()).state());
        }

        private void settled() {
            List<Tender> all =
                    orders.stream()
                            .flatMap(it -> shop.payments.payment(it).stream())
                            .flatMap(it -> it.tenders().stream())
                            .toList();
            long taken =
                    all.stream()
                            .filter(it -> it.kind() == GIFT_CARD && it.state() == State.APPROVED)
                            .mapToLong(it -> it.amount().minor())
                            .sum();
            long balances = 0;
            for (int i = 0; i < 4; i++) {
                balances += shop.giftCards.balance("G-" + i);
            }
            assertEquals(issued, taken + balances, trace);
            assertEquals(
                    all.stream().filter(it -> it.state() == State.DECLINED_LATE).count(),
                    shop.payments.attention().stream()
                            .filter(it -> it.why() == Attention.Why.LATE_DECLINE)
                            .count(),
                    trace);
            zs.forEach(this::unchanged);
            closedDaysAddUp();
        }

        private void unchanged(String shift, ZReport z) {
            assertEquals(z, shop.payments.cashOffice().shift(shift).orElseThrow().z(), trace);
            Takings takings = shop.payments.takings(Span.ofShift(shift).onTime());
            assertEquals(z.takings(), takings.byTender(), trace);
            assertEquals(z.expectedCash(), takings.drawer(), trace);
            assertEquals(z.rounding(), takings.rounding(), trace);
            long cash =
                    z.takings().stream()
                            .filter(it -> it.kind() == CASH)
                            .mapToLong(it -> it.net().minor())
                            .sum();
            assertEquals(
                    z.cashFloat().minor()
                            + cash
                            + z.paidIn().minor()
                            - z.paidOut().minor()
                            - z.pickedUp().minor(),
                    z.expectedCash().minor(),
                    trace);
        }

        /// All money of all days is all money of all tenders.
        private void closedDaysAddUp() {
            Map<TenderKind, Long> byDays = new TreeMap<>();
            for (LocalDate it = Shop.MONDAY; !it.isAfter(day); it = it.plusDays(1)) {
                for (TenderTakings takings : shop.payments.takings(Span.ofDay(it)).byTender()) {
                    byDays.merge(takings.kind(), takings.net().minor(), Long::sum);
                }
            }
            Map<TenderKind, Long> byTenders = new TreeMap<>();
            for (String order : orders) {
                shop.payments
                        .payment(order)
                        .ifPresent(payment -> {
                            byTenders.merge(CASH, -payment.change().minor(), Long::sum);
                            for (Tender tender : payment.tenders()) {
                                if (tender.counts()) {
                                    byTenders.merge(
                                            tender.kind(),
                                            tender.refund()
                                                    ? -tender.paid().minor()
                                                    : tender.amount().minor(),
                                            Long::sum);
                                }
                            }
                        });
            }
            byDays.values().removeIf(it -> it == 0);
            byTenders.values().removeIf(it -> it == 0);
            assertEquals(byTenders, byDays, trace);
        }
    }
}
