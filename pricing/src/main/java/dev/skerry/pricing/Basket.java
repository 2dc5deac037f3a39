package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a customer wants to buy, when and where. Nothing in it depends on how it will be paid.
///
/// @param at the store's time, in its zone
/// @param lines in the order of scanning, which changes nothing about what they cost
/// @param coupons the codes presented; a code twice is two coupons
/// @param discounts what a cashier takes off the whole basket
/// @param lineUp whether HQ can be asked
/// @param priceBook version of the prices in the lines; stamped on the result
public record Basket(
        Currency currency,
        ZonedDateTime at,
        List<BasketLine> lines,
        Customer customer,
        List<String> coupons,
        List<Redemption> redemptions,
        List<ManualDiscount> discounts,
        boolean lineUp,
        String priceBook) {

    public static final int LINES_MAX = 2_000;

    /// @throws IllegalArgumentException if two lines have one number, a price is in another currency, or it is too large
    public Basket {
        requireNonNull(currency, "currency");
        requireNonNull(at, "at");
        requireNonNull(customer, "customer");
        requireNonNull(priceBook, "priceBook");
        lines = List.copyOf(lines);
        coupons = List.copyOf(coupons);
        redemptions = List.copyOf(redemptions);
        discounts = List.copyOf(discounts);
        if (lines.size() > LINES_MAX) {
            throw new IllegalArgumentException(
                    "at most %d lines, not %d".formatted(LINES_MAX, lines.size()));
        }
        Set<Integer> numbers = new HashSet<>();
        for (BasketLine line : lines) {
            if (!numbers.add(line.line())) {
                throw new IllegalArgumentException("two lines have the number " + line.line());
            }
            if (!line.unitPrice().currency().equals(currency)) {
                throw new IllegalArgumentException(
                        "line %d costs %s, in a basket in %s"
                                .formatted(line.line(), line.unitPrice(), currency));
            }
        }
    }

    /// Of an unknown customer without coupons, while the line is up.
    public static Basket of(Currency currency, ZonedDateTime at, List<BasketLine> lines) {
        return new Basket(
                currency, at, lines, Customer.anybody(), List.of(), List.of(), List.of(), true, "");
    }

    public Basket with(List<BasketLine> other) {
        return new Basket(
                currency, at, other, customer, coupons, redemptions, discounts, lineUp, priceBook);
    }

    public Basket by(Customer other) {
        return new Basket(
                currency, at, lines, other, coupons, redemptions, discounts, lineUp, priceBook);
    }

    public Basket withCoupons(String... codes) {
        return new Basket(
                currency,
                at,
                lines,
                customer,
                List.of(codes),
                redemptions,
                discounts,
                lineUp,
                priceBook);
    }

    public Basket redeeming(Redemption... all) {
        return new Basket(
                currency, at, lines, customer, coupons, List.of(all), discounts, lineUp, priceBook);
    }

    public Basket discounted(ManualDiscount... all) {
        return new Basket(
                currency,
                at,
                lines,
                customer,
                coupons,
                redemptions,
                List.of(all),
                lineUp,
                priceBook);
    }

    public Basket lineDown() {
        return new Basket(
                currency, at, lines, customer, coupons, redemptions, discounts, false, priceBook);
    }

    public Basket at(ZonedDateTime other) {
        return new Basket(
                currency,
                other,
                lines,
                customer,
                coupons,
                redemptions,
                discounts,
                lineUp,
                priceBook);
    }

    public Basket pricedFrom(String version) {
        return new Basket(
                currency, at, lines, customer, coupons, redemptions, discounts, lineUp, version);
    }
}
