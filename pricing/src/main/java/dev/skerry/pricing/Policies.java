package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import java.time.Duration;

/// What a store has decided about money.
///
/// @param listAgeMax up to which age the membership list is believed while the line is down
/// @param offlineRewardMax how much may be redeemed for points in one basket while the line is down
public record Policies(
        TaxTable taxes,
        TaxMode taxMode,
        TaxRounding taxRounding,
        Duration listAgeMax,
        Money offlineRewardMax) {

    /// Whether prices contain the tax.
    public enum TaxMode {
        INCLUDED,
        ADDED
    }

    /// Where tax is rounded.
    public enum TaxRounding {
        LINE,
        DOCUMENT
    }

    public Policies {
        requireNonNull(taxes, "taxes");
        requireNonNull(taxMode, "taxMode");
        requireNonNull(taxRounding, "taxRounding");
        requireNonNull(listAgeMax, "listAgeMax");
        requireNonNull(offlineRewardMax, "offlineRewardMax");
    }
}
