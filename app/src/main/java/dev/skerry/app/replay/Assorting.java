package dev.skerry.app.replay;

import dev.skerry.language.Quantity;
import dev.skerry.language.Rounding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Decides which lines of the folder can be sold or taken back, and says of each other one why not. Pure; for one thread.
///
/// What a line says must add up: round(unit_price × quantity) − discount − coupon is its amount. Its amount is what is sold; a coupon is
/// money that another pays, so it may be worth more than its line, but not more than its basket.
final class Assorting {

    /// As many as a basket of a store takes.
    static final int BASKET_LINES_MAX = 1_000;

    private static final Quantity QUANTITY_MAX = Quantity.of(1_000_000);
    private static final int ID_LENGTH_MAX = 64;

    private final Predicate<String> articles;
    private final Map<String, List<SourceLine>> baskets = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final List<Rejected> rejected = new ArrayList<>();

    /// @param articles whether HQ has an article of this number
    Assorting(Predicate<String> articles) {
        this.articles = articles;
    }

    /// One more line, in the order of the file.
    void add(SourceLine line) {
        List<SourceLine> basket = baskets.computeIfAbsent(line.basket(), _ -> new ArrayList<>());
        Optional<String> no =
                !ids.add(line.basket() + "\n" + line.line())
                        ? Optional.of("its basket has a line %s already".formatted(line.line()))
                        : basket.isEmpty()
                                ? Optional.empty()
                                : notOf(basket.getFirst(), basket.size(), line);
        no.or(() -> notAlone(line))
                .ifPresentOrElse(
                        why -> rejected.add(Rejected.of(line, why)), () -> basket.add(line));
    }

    /// One that could not be read.
    void reject(Rejected line) {
        rejected.add(line);
    }

    // ---- a line by itself

    private static Optional<String> notOf(SourceLine first, int size, SourceLine line) {
        if (!first.store().equals(line.store())
                || !first.till().equals(line.till())
                || !first.time().equals(line.time())) {
            return Optional.of("its basket is at another store, till or time");
        }
        if (size == BASKET_LINES_MAX) {
            return Optional.of("a basket has at most %d lines".formatted(BASKET_LINES_MAX));
        }
        return Optional.empty();
    }

    private Optional<String> notAlone(SourceLine line) {
        if (line.basket().length() > ID_LENGTH_MAX || line.line().length() > ID_LENGTH_MAX) {
            return Optional.of("the id of its basket or line is longer than " + ID_LENGTH_MAX);
        }
        if (line.quantity().isZero()) {
            return Optional.of("nothing was sold: its quantity is 0");
        }
        if (line.back() != line.quantity().isNegative()) {
            return Optional.of(
                    line.back()
                            ? "a return of a quantity above 0"
                            : "a sale of a quantity below 0: no sale, but stock written off");
        }
        if (line.quantity().abs().compareTo(QUANTITY_MAX) > 0) {
            return Optional.of("a quantity beyond " + QUANTITY_MAX);
        }
        if (line.price() < 0) {
            return Optional.of("a price below 0");
        }
        if (line.discount() < 0 || line.coupon() < 0) {
            return Optional.of("a discount or a coupon below 0");
        }
        if (!articles.test(line.sku())) {
            return Optional.of("there is no article \"%s\"".formatted(line.sku()));
        }
        long gross =
                Rounding.ratio(line.price(), line.quantity().thousandths(), Quantity.THOUSANDTHS);
        if (gross - line.discount() - line.coupon() != line.amount()) {
            return Optional.of(
                    "does not add up: %d − %d − %d is not %d"
                            .formatted(gross, line.discount(), line.coupon(), line.amount()));
        }
        if (line.back() && (line.discount() > 0 || line.coupon() > 0)) {
            return Optional.of("a return that is discounted");
        }
        return !line.back() && line.net() < 0
                ? Optional.of("discounted below 0")
                : Optional.empty();
    }

    // ---- a basket

    /// What came of it.
    ///
    /// @param sales by store as the folder calls it, in the order of their times
    record Assorted(Map<String, List<Sale>> sales, List<Rejected> rejected) {}

    Assorted assorted() {
        Map<String, List<Sale>> sales = new LinkedHashMap<>();
        baskets.values().stream()
                .map(this::payable)
                .filter(it -> !it.isEmpty())
                .forEach(lines -> {
                    SourceLine first = lines.getFirst();
                    sales.computeIfAbsent(first.store(), _ -> new ArrayList<>())
                            .add(
                                    new Sale(
                                            first.basket(),
                                            Sale.device(first.till()),
                                            first.time(),
                                            lines));
                });
        sales.values().forEach(it -> it.sort(java.util.Comparator.comparing(Sale::time)));
        rejected.sort(java.util.Comparator.comparingLong(Rejected::row));
        return new Assorted(sales, List.copyOf(rejected));
    }

    /// Coupons give no change: those that a basket cannot bear are left out with their lines, the line's own excess first.
    private List<SourceLine> payable(List<SourceLine> basket) {
        return bearing(
                bearing(basket, line -> line.coupon() > 0 && line.amount() < 0),
                line -> line.coupon() > 0);
    }

    private List<SourceLine> bearing(List<SourceLine> basket, Predicate<SourceLine> tooMuch) {
        long amount = basket.stream().mapToLong(SourceLine::amount).sum();
        long coupons = basket.stream().mapToLong(SourceLine::coupon).sum();
        if (amount >= 0 || coupons == 0) {
            return basket;
        }
        Set<Long> out = new HashSet<>();
        for (SourceLine line : basket) {
            if (tooMuch.test(line)) {
                out.add(line.row());
                rejected.add(Rejected.of(line, "its coupon is worth more than the basket"));
            }
        }
        return basket.stream().filter(it -> !out.contains(it.row())).toList();
    }
}
