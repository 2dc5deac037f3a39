package dev.skerry.app.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.BusinessDayClosed;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.language.payments.TenderTakings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final LocalDate DAY = LocalDate.of(2011, 3, 1);

    private static Sale sale(String basket, LocalDate day, long amount) {
        LocalDateTime time = day.atTime(12, 0);
        return new Sale(
                basket,
                "till-1",
                time,
                List.of(
                        new SourceLine(
                                1,
                                time,
                                "s",
                                "1",
                                basket,
                                "1",
                                "cup",
                                Quantity.ONE,
                                amount,
                                0,
                                0,
                                amount,
                                false,
                                List.of())));
    }

    private static Ledger ledger(Sale... sales) {
        return Ledger.of(List.of(sales));
    }

    private static Cash closed(LocalDate day, long cash) {
        Money taken = Money.of(cash, "GBP");
        Money nothing = Money.of(0, "GBP");
        PaymentEvent event =
                new BusinessDayClosed(
                        day,
                        List.of(new TenderTakings(TenderKind.CASH, 1, taken, nothing)),
                        nothing,
                        "x");
        Cash all = new Cash();
        all.take(
                CloudEvent.of(
                        "1",
                        "store-s/payments",
                        PaymentEvent.FORM.type(event),
                        Instant.EPOCH,
                        PaymentEvent.FORM.data(event)));
        return all;
    }

    private static String only(List<Comparison.Difference> differences) {
        assertEquals(1, differences.size(), differences::toString);
        return differences.getFirst().toString();
    }

    @Test
    void where_all_four_say_the_same_nothing_differs() {
        Ledger file = ledger(sale("a", DAY, 85), sale("b", DAY, 100));
        assertEquals(List.of(), Comparison.of("s", file, file, file, closed(DAY, 185)));
    }

    @Test
    void a_cent_less_in_the_store_and_a_basket_that_hq_does_not_have_are_found() {
        Ledger file = ledger(sale("a", DAY, 85), sale("b", DAY, 100));
        Ledger less = ledger(sale("a", DAY, 85), sale("b", DAY, 99));
        String store = only(Comparison.of("s", file, less, less, closed(DAY, 185)));
        assertTrue(store.startsWith("s 2011-03-01: the file says"), store);
        Ledger behind = ledger(sale("a", DAY, 85));
        String hq = only(Comparison.of("s", file, file, behind, closed(DAY, 185)));
        assertTrue(hq.startsWith("s 2011-03-01: the store says"), hq);
    }

    @Test
    void a_sale_on_another_day_and_a_till_that_took_something_else_are_found() {
        Ledger file = ledger(sale("a", DAY, 85));
        Ledger late = ledger(sale("a", DAY.plusDays(1), 85));
        List<Comparison.Difference> days = Comparison.of("s", file, late, late, closed(DAY, 85));
        assertEquals(
                List.of("2011-03-01", "2011-03-02", "2011-03-02"),
                days.stream().map(Comparison.Difference::day).toList());
        String tills = only(Comparison.of("s", file, file, file, closed(DAY, 84)));
        assertTrue(tills.contains("by the file the tills took"), tills);
    }
}
