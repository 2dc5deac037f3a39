package dev.skerry.pricing;

import static dev.skerry.pricing.Shop.EUR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What holds for any basket and any promotions.
class InvariantsTest {

    private static final int SEEDS = 1_000;
    private static final int UNITS_MAX = 16;

    private record Case(
            long seed, RandomShop shop, Basket basket, PromotionBook book, Policies policies) {

        static Case of(long seed) {
            RandomShop shop = new RandomShop(seed);
            Basket basket = shop.anyBasket(UNITS_MAX);
            return new Case(
                    seed,
                    shop,
                    basket,
                    PromotionBook.of("v", shop.anyPromotions(1 + shop.number(8))),
                    shop.policies());
        }

        Priced price() {
            return price(basket);
        }

        Priced price(Basket other) {
            return new Engine(STEPS).price(other, book, policies);
        }

        @Override
        public String toString() {
            return "seed " + seed;
        }
    }

    private static final int STEPS = 20_000;

    private static Stream<Case> cases() {
        return java.util.stream.LongStream.range(0, SEEDS).mapToObj(Case::of);
    }

    @Test
    void the_same_basket_costs_the_same_twice() {
        cases().forEach(it -> assertEquals(it.price(), it.price(), it::toString));
    }

    @Test
    void the_order_of_scanning_changes_nothing() {
        cases().forEach(it -> {
            List<BasketLine> lines = new ArrayList<>(it.basket.lines());
            Collections.shuffle(lines, new Random(it.seed));
            Priced one = it.price();
            Priced other = it.price(it.basket.with(lines));
            assertEquals(byNumber(one), byNumber(other), it::toString);
            assertEquals(one.applied(), other.applied(), it::toString);
            assertEquals(one.total(), other.total(), it::toString);
        });
    }

    @Test
    void a_line_split_in_two_costs_the_same() {
        cases().forEach(it -> {
            List<BasketLine> lines = new ArrayList<>();
            for (BasketLine line : it.basket.lines()) {
                boolean splits =
                        !line.article().measured() && line.quantity().compareTo(Quantity.ONE) > 0;
                lines.add(splits ? line.of(line.quantity().minus(Quantity.ONE)) : line);
                if (splits) {
                    lines.add(numbered(line.of(Quantity.ONE), 100 + line.line()));
                }
            }
            Priced one = it.price();
            Priced other = it.price(it.basket.with(lines));
            assertEquals(one.net(), other.net(), it::toString);
            assertEquals(amounts(one), amounts(other), it::toString);
        });
    }

    @Test
    void what_is_exempt_changes_nothing_for_others() {
        cases().forEach(it -> {
            List<BasketLine> lines = new ArrayList<>(it.basket.lines());
            BasketLine exempt = it.shop.exempt(99);
            lines.add(exempt);
            Priced one = it.price();
            Priced other = it.price(it.basket.with(lines));
            assertEquals(one.net().plus(exempt.extended()), other.net(), it::toString);
            assertEquals(amounts(one), amounts(other), it::toString);
            assertEquals(exempt.extended(), other.line(99).net(), it::toString);
        });
    }

    @Test
    void no_unit_costs_less_than_nothing_or_more_than_before() {
        cases().forEach(it -> {
            Basket manual = it.basket.discounted(it.shop.manual());
            for (Priced.Line line : it.price(manual).lines()) {
                long regular =
                        (line.of().article().measured()
                                        ? line.of().extended()
                                        : line.of().unitPrice())
                                .minor();
                for (Priced.Run run : line.runs()) {
                    assertTrue(run.each().minor() >= 0, it::toString);
                    assertTrue(run.each().minor() <= regular, it::toString);
                    run.cuts().forEach(cut -> assertFalse(cut.each().isNegative(), it::toString));
                    long cuts = run.cuts().stream().mapToLong(cut -> cut.each().minor()).sum();
                    assertEquals(regular, run.each().minor() + cuts, it::toString);
                }
            }
        });
    }

    @Test
    void parts_add_up() {
        cases().forEach(it -> {
            Priced priced = it.price(it.basket.discounted(it.shop.manual()));
            assertEquals(priced.regular().minus(priced.discount()), priced.net(), it::toString);
            assertEquals(priced.net(), sum(priced.lines().stream().map(Priced.Line::net)));
            assertEquals(priced.regular(), sum(priced.lines().stream().map(Priced.Line::regular)));
            for (Priced.Line line : priced.lines()) {
                boolean measured = line.of().article().measured();
                assertEquals(line.net(), sum(line.runs().stream().map(run -> run.net(measured))));
                assertEquals(
                        line.of().quantity().thousandths(),
                        line.runs().stream().mapToLong(run -> run.quantity().thousandths()).sum());
            }
            assertEquals(
                    priced.discount(),
                    sum(priced.applied().stream().map(Priced.Applied::amount)),
                    it::toString);
            for (Priced.Applied applied : priced.applied()) {
                assertEquals(
                        applied.amount(), sum(applied.parts().stream().map(Priced.Part::amount)));
            }
        });
    }

    @Test
    void taxes_add_up() {
        cases().forEach(it -> {
            Priced priced = it.price();
            assertEquals(priced.tax(), sum(priced.taxes().stream().map(Priced.TaxAmount::tax)));
            assertEquals(priced.tax(), sum(priced.lines().stream().map(Priced.Line::tax)));
            assertEquals(priced.net(), sum(priced.taxes().stream().map(Priced.TaxAmount::net)));
            boolean added = it.policies.taxMode() == Policies.TaxMode.ADDED;
            assertEquals(added ? priced.net().plus(priced.tax()) : priced.net(), priced.total());
        });
    }

    @Test
    void all_partial_refunds_together_are_what_was_paid() {
        cases().forEach(it -> {
            Priced priced = it.price();
            Money back = Money.zero(EUR);
            for (Priced.Line line : priced.lines()) {
                boolean measured = line.of().article().measured();
                Quantity before = Quantity.ZERO;
                Money ofLine = Money.zero(EUR);
                while (before.compareTo(line.of().quantity()) < 0) {
                    Quantity left = line.of().quantity().minus(before);
                    long unit = measured ? 1 : 1000;
                    Quantity now =
                            new Quantity(
                                    unit * (1 + it.shop.number((int) (left.thousandths() / unit))));
                    Refunds.Refund refund = Refunds.of(priced, line.of().line(), before, now);
                    assertTrue(
                            refund.total().minor() >= 0 || line.of().unitPrice().isNegative(),
                            it::toString);
                    ofLine = ofLine.plus(refund.net());
                    back = back.plus(refund.total());
                    before = before.plus(now);
                }
                assertEquals(line.net(), ofLine, it::toString);
            }
            assertEquals(priced.total(), back, it::toString);
        });
    }

    @Test
    void claw_backs_together_are_what_was_paid() {
        cases().forEach(it -> {
            Priced sale = it.price();
            Money back = Money.zero(EUR);
            Map<Integer, Quantity> returned = new HashMap<>();
            List<BasketLine> lines = new ArrayList<>(it.basket.lines());
            Collections.shuffle(lines, new Random(it.seed));
            for (BasketLine line : lines) {
                returned.put(line.line(), line.quantity());
                Priced kept = it.price(Refunds.kept(it.basket, returned));
                Money now = Refunds.clawedBack(sale, back, kept);
                assertFalse(now.isNegative(), it::toString);
                back = back.plus(now);
            }
            assertEquals(sale.total(), back, it::toString);
        });
    }

    @Test
    void a_promotion_has_taken_something_off_or_there_is_a_reason() {
        cases().forEach(it -> {
            Priced priced = it.price();
            for (Promotion promotion : it.book.promotions()) {
                boolean applied =
                        priced.applied().stream()
                                .anyMatch(one ->
                                        one.source() instanceof Source.OfPromotion of
                                                && of.id().equals(promotion.id()));
                boolean explained =
                        priced.notApplied().stream()
                                .anyMatch(one -> one.promotion().equals(promotion.id()));
                boolean points = promotion.effect() instanceof Effect.OnPoints;
                assertFalse(applied && explained, it::toString);
                assertEquals(
                        applied,
                        priced.whyNot(promotion.id()).isEmpty() || (points && applied),
                        () -> it + " " + promotion.id());
            }
            for (Priced.Applied applied : priced.applied()) {
                boolean points =
                        applied.source() instanceof Source.OfPromotion of
                                && it.book.find(of.id()).orElseThrow().effect()
                                        instanceof Effect.OnPoints;
                assertTrue(points || applied.amount().isPositive(), it::toString);
                assertTrue(applied.times() > 0, it::toString);
            }
        });
    }

    private static Map<Integer, Priced.Line> byNumber(Priced priced) {
        Map<Integer, Priced.Line> lines = new HashMap<>();
        priced.lines().forEach(line -> lines.put(line.of().line(), line));
        return lines;
    }

    private static Map<Source, Money> amounts(Priced priced) {
        Map<Source, Money> amounts = new HashMap<>();
        priced.applied().forEach(it -> amounts.put(it.source(), it.amount()));
        return amounts;
    }

    private static Money sum(Stream<Money> amounts) {
        return amounts.reduce(Money.zero(EUR), Money::plus);
    }

    private static BasketLine numbered(BasketLine line, int number) {
        return new BasketLine(
                number,
                line.article(),
                line.quantity(),
                line.unitPrice(),
                line.source(),
                line.expires(),
                line.markdowns(),
                line.discounts());
    }
}
