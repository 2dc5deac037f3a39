package dev.skerry.store.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.orders.Order.BookVersions;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.store.orders.Basket.Line;
import dev.skerry.store.orders.BasketRules.No;
import dev.skerry.store.orders.Pricer.Priced;
import dev.skerry.store.orders.Pricer.PricedLine;
import dev.skerry.store.orders.Splitting.Part;
import dev.skerry.store.orders.Splitting.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// No cent is lost or made, however a check is split.
class SplittingTest {

    private static Money eur(long cents) {
        return Money.of(cents, "EUR");
    }

    private static Item item(String sku) {
        return new Item(
                new Sku(sku),
                sku,
                "PIECE",
                false,
                null,
                null,
                List.of("Food"),
                "",
                List.of(),
                "food",
                0,
                true,
                true,
                null,
                0,
                null,
                null,
                null,
                null);
    }

    private static Basket check(List<Line> lines, Map<String, PricedLine> prices) {
        Money total = prices.values().stream().map(PricedLine::net).reduce(eur(0), Money::plus);
        return new Basket(
                "a",
                OrderSource.TABLE,
                Basket.Status.OPEN,
                "pad-1",
                "anna",
                null,
                "",
                null,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                lines,
                List.of(),
                null,
                0,
                null,
                new Priced(
                        prices,
                        List.of(),
                        List.of(),
                        total,
                        true,
                        new BookVersions("1", "1"),
                        true,
                        0,
                        List.of(),
                        List.of(),
                        null),
                "12",
                null,
                null);
    }

    private static Basket some(Random random) {
        List<Line> lines = new ArrayList<>();
        Map<String, PricedLine> prices = new HashMap<>();
        int dishes = 1 + random.nextInt(8);
        for (int i = 0; i < dishes; i++) {
            Quantity quantity = Quantity.of(1 + random.nextInt(4));
            String id = String.valueOf(i);
            lines.add(Line.of(id, null, item("dish" + i), quantity));
            prices.put(id, price(random, quantity));
            if (random.nextBoolean()) {
                lines.add(Line.of(id + ".1", id, item("extra"), quantity));
                prices.put(id + ".1", price(random, quantity));
            }
            if (random.nextInt(3) == 0) {
                lines.add(
                        Line.of(id + "-out", id, item("out"), quantity.negated())
                                .as(Line.Part.LEFT_OUT, null, null, false));
                prices.put(id + "-out", free());
            }
        }
        return check(lines, prices);
    }

    private static PricedLine free() {
        return new PricedLine(eur(0), eur(0), "NONE", eur(0), eur(0), List.of(), List.of(), null);
    }

    private static PricedLine price(Random random, Quantity quantity) {
        Money unit = eur(random.nextInt(10) == 0 ? 0 : random.nextLong(1, 3_000));
        Money gross = unit.times(quantity);
        List<OrderDiscount> discounts = new ArrayList<>();
        Money net = gross;
        for (int i = random.nextInt(3); i > 0 && net.isPositive(); i--) {
            Money off = eur(1 + random.nextLong(net.minor()));
            net = net.minus(off);
            discounts.add(new OrderDiscount("PROMOTION", "p" + i, "Offer", off, null));
        }
        return new PricedLine(unit, unit, "CHAIN", gross, net, List.of(), discounts, null);
    }

    private static List<Part> parts(Basket check, Random random) {
        long total = check.priced().total().minor();
        int count = 1 + random.nextInt(4);
        List<Part> parts = new ArrayList<>();
        switch (random.nextInt(3)) {
            case 0 -> {
                for (int i = 0; i < count; i++) {
                    parts.add(new Part("s" + i, null, null));
                }
            }
            case 1 -> parts.add(new Part("s", null, eur(1 + random.nextLong(Math.max(1, total)))));
            default -> {
                List<Line> tops = check.lines().stream().filter(it -> it.parent() == null).toList();
                Line one = tops.get(random.nextInt(tops.size()));
                long much = 1 + random.nextLong(one.quantity().thousandths());
                parts.add(
                        new Part(
                                "s",
                                List.of(
                                        new Taken(
                                                one.id(),
                                                random.nextBoolean() ? null : new Quantity(much))),
                                null));
            }
        }
        return parts;
    }

    private record Sum(long net, long gross, long quantity, long off) {
        static Sum of(Line line) {
            Line.Share share = java.util.Objects.requireNonNull(line.share());
            return new Sum(
                    share.net().minor(),
                    share.gross().minor(),
                    line.quantity().thousandths(),
                    share.discounts().stream().mapToLong(it -> it.amount().minor()).sum());
        }

        Sum plus(Sum other) {
            return new Sum(
                    net + other.net,
                    gross + other.gross,
                    quantity + other.quantity,
                    off + other.off);
        }
    }

    private static Map<String, Sum> sums(List<Line> lines) {
        Map<String, Sum> sums = new TreeMap<>();
        lines.forEach(it -> sums.merge(it.id(), Sum.of(it), Sum::plus));
        return sums;
    }

    @Test
    void however_a_check_is_split_the_parts_are_the_whole_line_by_line() {
        int split = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Basket check = some(random);
            List<Part> parts = parts(check, random);
            Map<String, Sum> before = sums(new Splitting(check).rest());
            Splitting splitting = new Splitting(check);
            List<List<Line>> off;
            try {
                off = splitting.off(parts);
            } catch (No e) {
                continue;
            }
            split++;
            List<Line> all = new ArrayList<>(splitting.rest());
            off.forEach(all::addAll);
            assertEquals(before, sums(all), "seed " + seed);
            for (Line line : all) {
                Sum sum = Sum.of(line);
                assertEquals(sum.net, sum.gross - sum.off, "seed " + seed);
                assertTrue(sum.net >= 0, "seed " + seed);
            }
            if (parts.getFirst().lines() == null) {
                long total = check.priced().total().minor();
                for (int i = 0; i < parts.size(); i++) {
                    long got = off.get(i).stream().mapToLong(it -> Sum.of(it).net).sum();
                    Money wanted = parts.get(i).amount();
                    if (wanted != null) {
                        assertEquals(wanted.minor(), got, "seed " + seed);
                    } else {
                        long share = total / (parts.size() + 1);
                        assertTrue(got == share || got == share + 1, "seed " + seed);
                    }
                }
            }
        }
        assertTrue(split > 2_000, "too few splits to mean anything: " + split);
    }

    @Test
    void more_than_there_is_cannot_be_taken_and_something_is_left() {
        Basket check = some(new Random(1));
        Line first = check.lines().getFirst();
        Money total = check.priced().total();
        assertThrows(No.class, () -> new Splitting(check).off(List.of(new Part("s", null, total))));
        assertThrows(
                No.class,
                () ->
                        new Splitting(check)
                                .off(
                                        List.of(
                                                new Part(
                                                        "s",
                                                        List.of(
                                                                new Taken(
                                                                        first.id(),
                                                                        Quantity.of(99))),
                                                        null))));
        List<Taken> all =
                check.lines().stream()
                        .filter(it -> it.parent() == null)
                        .map(it -> new Taken(it.id(), null))
                        .toList();
        assertThrows(No.class, () -> new Splitting(check).off(List.of(new Part("s", all, null))));
    }
}
