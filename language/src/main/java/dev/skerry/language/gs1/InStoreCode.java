package dev.skerry.language.gs1;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Gtin;
import dev.skerry.language.Quantity;
import java.math.BigDecimal;

/// What a store's own barcode says: GS1 General Specifications, 2.1.14.
public sealed interface InStoreCode {

    /// With a weight.
    ///
    /// @param item the digits that name the article
    /// @param blank the code with nothing in the place of the weight, as some chains list it
    record Weighed(String item, Quantity weight, Gtin blank) implements InStoreCode {
        public Weighed {
            requireNonNull(item, "item");
            requireNonNull(weight, "weight");
            requireNonNull(blank, "blank");
        }
    }

    /// With a price for all of it.
    ///
    /// @param item the digits that name the article
    /// @param digits of the price
    /// @param decimals how many of them stand behind the point; negative: as many as the store's currency has
    /// @param blank the code with nothing in the place of the price, as some chains list it
    record Priced(String item, long digits, int decimals, Gtin blank) implements InStoreCode {
        public Priced {
            requireNonNull(item, "item");
            requireNonNull(blank, "blank");
        }

        /// @param currencyDecimals of the store's currency
        public BigDecimal price(int currencyDecimals) {
            return BigDecimal.valueOf(digits, decimals < 0 ? currencyDecimals : decimals);
        }
    }

    /// The digit that guards price or weight is wrong.
    record Misread(String why) implements InStoreCode {
        public Misread {
            requireNonNull(why, "why");
        }
    }
}
