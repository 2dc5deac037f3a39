package dev.skerry.app.chain;

import dev.skerry.language.Gtin;
import java.util.HashMap;
import java.util.Map;

/// Numbers for packages, each once. Prefix 952 is the one that GS1 keeps for examples: no package anywhere has such a number.
final class Gtins {

    private static final String PREFIX = "952";
    private static final int PREFIXES_MAX = 10_000;
    private static final int ITEMS_MAX = 100_000;

    private final Map<String, Integer> brands = new HashMap<>();
    private final Map<String, Integer> items = new HashMap<>();

    /// The next of a brand.
    Gtin next(String brand) {
        int company = brands.computeIfAbsent(brand, _ -> 1_000 + brands.size() * 37);
        int item = items.merge(brand, 1, Integer::sum);
        if (company >= PREFIXES_MAX || item >= ITEMS_MAX) {
            throw new IllegalStateException("no numbers are left for " + brand);
        }
        String digits = PREFIX + "%04d%05d".formatted(company, item);
        return Gtin.parse(digits + Gtin.checkDigit(digits));
    }
}
