package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Takes off what the cashier says: first line by line, then off the basket.
final class CashierDiscounts {

    private final Basket basket;
    private final Verdicts verdicts;

    CashierDiscounts(Basket basket, Verdicts verdicts) {
        this.basket = basket;
        this.verdicts = verdicts;
    }

    void apply(List<Receipt.Row> rows) {
        for (Receipt.Row row : rows) {
            if (row.line.article().discountable()) {
                for (ManualDiscount discount : row.line.discounts()) {
                    take(discount, new Source.OfCashier(discount.reason(), false), List.of(row));
                }
            }
        }
        List<Receipt.Row> discountable =
                rows.stream()
                        .filter(row -> row.line.article().discountable())
                        .sorted(Comparator.comparingInt(row -> row.order))
                        .toList();
        for (ManualDiscount discount : basket.discounts()) {
            take(discount, new Source.OfCashier(discount.reason(), true), discountable);
        }
    }

    private void take(ManualDiscount discount, Source source, List<Receipt.Row> rows) {
        long total = rows.stream().mapToLong(Receipt.Row::net).sum();
        long off =
                switch (discount.reduction()) {
                    case Reduction.ByAmount(var amount) -> Math.min(total, amount.minor());
                    case Reduction.ByPercent(var percent) ->
                            Off.percent(total, percent.basisPoints());
                    case Reduction.ToPrice _ ->
                            throw new IllegalStateException("refused by ManualDiscount");
                };
        if (off == 0) {
            return;
        }
        long[] shares = Prorate.shares(off, rows.stream().mapToLong(Receipt.Row::net).toArray());
        for (int i = 0; i < shares.length; i++) {
            rows.get(i).take(shares[i], source);
        }
        verdicts.applied(source, 1);
    }

    static List<Lot> cut(List<Lot> lots, long off, Source source) {
        long[] shares = Prorate.shares(off, lots.stream().mapToLong(Lot::extended).toArray());
        List<Lot> cut = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            cut.addAll(lots.get(i).cutAll(shares[i], source, Priced.Role.REWARD));
        }
        return cut;
    }
}
