package dev.skerry.pricing;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Rounding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tax on what lines cost after all discounts. By line: rounded for each line and rate. By document: rounded once for
/// each rate; what the lines' rounded taxes then lack or have too much goes to the lines with the most tax.
final class Taxes {

    private final Currency currency;
    private final Policies policies;
    private final List<Priced.TaxAmount> amounts = new ArrayList<>();

    Taxes(Currency currency, Policies policies) {
        this.currency = currency;
        this.policies = policies;
    }

    void apply(List<Receipt.Row> rows) {
        Map<TaxTable.TaxRate, List<Receipt.Row>> byRate = new LinkedHashMap<>();
        rows.stream()
                .sorted(Comparator.comparingInt(row -> row.order))
                .forEach(row -> {
                    for (TaxTable.TaxRate rate : rates(row)) {
                        byRate.computeIfAbsent(rate, _ -> new ArrayList<>()).add(row);
                    }
                });
        byRate.forEach(this::apply);
        amounts.sort(
                Comparator.comparing((Priced.TaxAmount it) -> it.rate().code())
                        .thenComparing(it -> it.rate().percent()));
    }

    private void apply(TaxTable.TaxRate rate, List<Receipt.Row> rows) {
        long[] exact = new long[rows.size()];
        long net = 0;
        long tax = 0;
        for (int i = 0; i < exact.length; i++) {
            Receipt.Row row = rows.get(i);
            exact[i] = tax(row.net(), rate, rates(row));
            net += row.net();
            tax += exact[i];
        }
        if (policies.taxRounding() == Policies.TaxRounding.DOCUMENT) {
            tax = documentTax(rate, rows);
            correct(exact, tax);
        }
        for (int i = 0; i < exact.length; i++) {
            rows.get(i).tax += exact[i];
        }
        amounts.add(new Priced.TaxAmount(rate, new Money(net, currency), new Money(tax, currency)));
    }

    /// Lines with the same rate may bear different taxes besides, which changes what a price with tax contains.
    private long documentTax(TaxTable.TaxRate rate, List<Receipt.Row> rows) {
        Map<Long, Long> netByTotal = new LinkedHashMap<>();
        for (Receipt.Row row : rows) {
            netByTotal.merge(totalRate(rates(row)), row.net(), Long::sum);
        }
        long tax = 0;
        for (Map.Entry<Long, Long> part : netByTotal.entrySet()) {
            tax += tax(part.getValue(), rate.percent().basisPoints(), part.getKey());
        }
        return tax;
    }

    /// Moves rounded taxes of lines by single minor units, the largest lines first, until they sum up.
    private static void correct(long[] taxes, long sum) {
        long off = sum;
        for (long tax : taxes) {
            off -= tax;
        }
        Integer[] largestFirst = new Integer[taxes.length];
        java.util.Arrays.setAll(largestFirst, i -> i);
        java.util.Arrays.sort(
                largestFirst,
                Comparator.comparing((Integer i) -> Math.abs(taxes[i]), Comparator.reverseOrder()));
        for (int i = 0; off != 0; i = (i + 1) % taxes.length) {
            long step = off > 0 ? 1 : -1;
            taxes[largestFirst[i]] += step;
            off -= step;
        }
    }

    private long tax(long net, TaxTable.TaxRate rate, List<TaxTable.TaxRate> all) {
        return tax(net, rate.percent().basisPoints(), totalRate(all));
    }

    private long tax(long net, long basisPoints, long totalBasisPoints) {
        return policies.taxMode() == Policies.TaxMode.INCLUDED
                ? Rounding.ratio(net, basisPoints, Percent.WHOLE + totalBasisPoints)
                : Rounding.ratio(net, basisPoints, Percent.WHOLE);
    }

    private static long totalRate(List<TaxTable.TaxRate> rates) {
        return rates.stream().mapToLong(rate -> rate.percent().basisPoints()).sum();
    }

    private List<TaxTable.TaxRate> rates(Receipt.Row row) {
        return policies.taxes().rates(row.line.article().taxCategory());
    }

    /// Whether tax comes on top of prices.
    boolean added() {
        return policies.taxMode() == Policies.TaxMode.ADDED;
    }

    List<Priced.TaxAmount> amounts() {
        return amounts;
    }
}
