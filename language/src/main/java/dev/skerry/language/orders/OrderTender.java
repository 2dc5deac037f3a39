package dev.skerry.language.orders;

import dev.skerry.language.Money;
import org.jspecify.annotations.Nullable;

/// What an order was paid with, or what was paid back.
///
/// @param id of the tender
/// @param kind such as `CASH` or `CARD`
/// @param amount as given, so before change; negative where it is paid back
/// @param detail for the receipt: `VISA **** 1234`; null if there is nothing to say
public record OrderTender(String id, String kind, Money amount, @Nullable String detail) {}
