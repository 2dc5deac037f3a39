package dev.skerry.app.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.replay.Assorting.Assorted;
import dev.skerry.language.Quantity;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssortingTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2011, 3, 1, 12, 0);

    private final Assorting assorting = new Assorting(Set.of("cup", "plate")::contains);
    private long rows;

    private SourceLine line(
            String basket, String quantity, long price, long discount, long coupon, long amount) {
        return line("1", basket, "cup", quantity, price, discount, coupon, amount);
    }

    private SourceLine line(
            String till,
            String basket,
            String sku,
            String quantity,
            long price,
            long discount,
            long coupon,
            long amount) {
        rows++;
        return new SourceLine(
                rows,
                NOON,
                "s",
                till,
                basket,
                String.valueOf(rows),
                sku,
                Quantity.of(new BigDecimal(quantity)),
                price,
                discount,
                coupon,
                amount,
                quantity.startsWith("-"),
                List.of());
    }

    private SourceLine asSale(SourceLine line) {
        return kind(line, false);
    }

    private static SourceLine kind(SourceLine line, boolean back) {
        return new SourceLine(
                line.row(),
                line.time(),
                line.store(),
                line.till(),
                line.basket(),
                line.line(),
                line.sku(),
                line.quantity(),
                line.price(),
                line.discount(),
                line.coupon(),
                line.amount(),
                back,
                line.fields());
    }

    /// @return why it is not sold
    private Optional<String> no(SourceLine line) {
        Assorting alone = new Assorting(Set.of("cup", "plate")::contains);
        alone.add(line);
        return alone.assorted().rejected().stream().map(Rejected::reason).findFirst();
    }

    @Test
    void what_adds_up_is_sold_whole_or_in_parts_for_nothing_or_for_much() {
        assertEquals(Optional.empty(), no(line("b", "74215", 104, 0, 0, 7_718_360)));
        assertEquals(Optional.empty(), no(line("b", "0.735", 399, 58, 0, 235)));
        assertEquals(Optional.empty(), no(line("b", "1", 0, 0, 0, 0)));
        assertEquals(Optional.empty(), no(line("b", "3", 100, 0, 300, 0)));
        assertEquals(Optional.empty(), no(line("b", "-2", 150, 0, 0, -300)));
    }

    @Test
    void each_line_that_cannot_be_sold_has_its_reason() {
        assertTrue(no(line("b", "0", 100, 0, 99, -99)).orElse("").contains("quantity is 0"));
        assertTrue(no(asSale(line("b", "-4", 0, 0, 0, 0))).orElse("").contains("written off"));
        assertTrue(no(kind(line("b", "4", 1, 0, 0, 4), true)).orElse("").contains("above 0"));
        assertTrue(no(line("b", "1", -5, 0, 0, -5)).orElse("").contains("a price below 0"));
        assertTrue(no(line("b", "2", 100, 0, 0, 199)).orElse("").contains("does not add up"));
        assertTrue(no(line("b", "1", 100, 101, 0, -1)).orElse("").contains("discounted below 0"));
        assertTrue(no(line("b", "-1", 100, 1, 0, -101)).orElse("").contains("discounted"));
        assertTrue(no(line("b", "1000001", 1, 0, 0, 1_000_001)).orElse("").contains("beyond"));
        assertTrue(no(line("1", "b", "POST", "1", 5, 0, 0, 5)).orElse("").contains("no article"));
        assertTrue(
                no(line("1", "b".repeat(65), "cup", "1", 5, 0, 0, 5))
                        .orElse("")
                        .contains("longer"));
    }

    @Test
    void a_coupon_may_be_worth_more_than_its_line_but_not_more_than_its_basket() {
        assorting.add(line("carried", "1", 50, 0, 80, -30));
        assorting.add(line("carried", "1", 100, 0, 0, 100));
        assorting.add(line("alone", "1", 50, 0, 80, -30));
        assorting.add(line("alone", "1", 20, 0, 0, 20));
        Assorted assorted = assorting.assorted();
        List<Sale> sales = assorted.sales().getOrDefault("s", List.of());
        assertEquals(List.of("carried", "alone"), sales.stream().map(Sale::id).toList());
        assertEquals(70, sales.getFirst().amount());
        assertEquals(80, sales.getFirst().coupon());
        assertEquals(20, sales.getLast().amount());
        assertEquals(List.of(-30L), assorted.rejected().stream().map(Rejected::amount).toList());
    }

    @Test
    void a_basket_is_at_one_till_has_a_thousand_lines_at_most_and_none_of_them_twice() {
        SourceLine first = line("b", "1", 1, 0, 0, 1);
        assorting.add(first);
        assorting.add(line("2", "b", "cup", "1", 1, 0, 0, 1));
        assorting.add(first);
        for (int i = 0; i < Assorting.BASKET_LINES_MAX; i++) {
            assorting.add(line("b", "1", 1, 0, 0, 1));
        }
        Assorted assorted = assorting.assorted();
        assertEquals(
                Assorting.BASKET_LINES_MAX,
                assorted.sales().getOrDefault("s", List.of()).getFirst().lines().size());
        assertEquals(
                List.of(
                        "its basket has a line 1 already",
                        "its basket is at another store, till or time",
                        "a basket has at most 1000 lines"),
                assorted.rejected().stream().map(Rejected::reason).toList());
    }

    @Test
    void a_line_is_cut_for_its_share_of_stores_and_days_evenly() {
        Cut cut = Cut.of("1/3:1/2").orElseThrow();
        long cuts = 0;
        for (int store = 0; store < 30; store++) {
            for (int day = 0; day < 20; day++) {
                cuts += cut.holds(store, day) ? 1 : 0;
            }
        }
        assertEquals(10 * 10, cuts);
        assertEquals(Optional.empty(), Cut.of("3/2:1/2"));
        assertEquals(Optional.empty(), Cut.of("1/0:1/2"));
        assertEquals(Optional.empty(), Cut.of("a third"));
    }
}
