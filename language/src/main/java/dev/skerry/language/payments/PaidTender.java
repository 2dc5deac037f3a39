package dev.skerry.language.payments;

import dev.skerry.language.Money;
import org.jspecify.annotations.Nullable;

/// What an order was paid with, or what was given back for it.
///
/// @param amount as handed over, so before change; negative where it was given back
/// @param detail for the receipt: `VISA **** 1234`, the number of a voucher; null if there is nothing to say
/// @param offline taken while nobody could be asked: stored, or a gift card within its cap
public record PaidTender(
        String id, TenderKind kind, Money amount, @Nullable String detail, boolean offline) {}
